import Foundation
import JobModel
import Synchronization

/// Wakes one waiting loop. A ring while nobody waits is kept, so that none is lost.
package final class WakeSignal: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiter else {
                state.isRung = true
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring, at once if one came since the last wait, or when the task is cancelled.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumeNow = state.withLock { state -> Bool in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if resumeNow { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }

    /// Waits for a ring, but no longer than until `deadline`, nor than `seconds`, whatever the clock is set to meanwhile.
    package func wait(until deadline: Date?, atMost seconds: TimeInterval? = nil, on time: any TimeSource) async {
        guard deadline != nil || seconds != nil else { return await wait() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            if let deadline { group.addTask { try? await time.sleep(until: deadline) } }
            if let seconds { group.addTask { try? await time.sleep(for: seconds) } }
            await group.next()
            group.cancelAll()
        }
    }
}
