import Foundation
import Synchronization

/// When writes last reached the disk, and who wants to know how long that took.
final class SyncRecord: Sendable {
    private struct State {
        var last: Date?
        var observer: (@Sendable (TimeInterval) -> Void)?
    }

    private let state = Mutex(State())

    var last: Date? { state.withLock { $0.last } }

    func observe(_ observer: @escaping @Sendable (TimeInterval) -> Void) { state.withLock { $0.observer = observer } }

    func note(_ duration: Duration) {
        let observer = state.withLock { state in
            state.last = Date()
            return state.observer
        }
        observer?(duration / .seconds(1))
    }
}
