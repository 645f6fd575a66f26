import Foundation
import JobModel
import Synchronization

/// A clock that does not make anybody wait: a sleep moves it to its deadline. Keeps how long each sleep was.
final class JumpingClock: TimeSource {
    private struct State {
        var now = Date(timeIntervalSince1970: 1_774_600_000)
        var sleeps: [TimeInterval] = []
    }

    private let state = Mutex(State())

    var now: Date { state.withLock { $0.now } }
    var sleeps: [TimeInterval] { state.withLock { $0.sleeps } }

    func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.sleeps.append(deadline.timeIntervalSince(state.now))
            state.now = max(state.now, deadline)
        }
    }
}
