import Dispatch
import JobModel
import Synchronization

/// The owner's sign of life: while runs are live, its board is renewed every two seconds, on a queue of its own.
///
/// Idle it costs nothing: then the lock alone says who owns the scheduler.
package final class OwnerLease: Sendable {
    /// Seconds.
    package static let renewal = 2
    /// A lease that was not renewed for so long has run out.
    package static let span = 6

    private struct State {
        var board: OwnerBoard
        var timer: (any DispatchSourceTimer)?
        var isLost = false
    }

    private let lock: SchedulerLock
    private let lost: @Sendable () -> Void
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "lease")

    /// - Parameter lost: told once when another process has taken the lock over.
    package init(_ lock: SchedulerLock, lost: @escaping @Sendable () -> Void) {
        self.lock = lock
        self.lost = lost
        let own = ProcessInspection.current ?? ProcessIdentity(pid: 0, startTime: 0)
        state = Mutex(State(board: OwnerBoard(holder: own)))
    }

    deinit { state.withLock { $0.timer?.cancel() } }

    /// Runs are under way, or none is any more.
    package func setLive(_ isLive: Bool) {
        state.withLock { state in
            guard state.board.isLive != isLive else { return }
            state.board.isLive = isLive
            state.timer?.cancel()
            state.timer = isLive ? timer() : nil
        }
        post()
    }

    private func timer() -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .seconds(Self.renewal), repeating: .seconds(Self.renewal))
        timer.setEventHandler { @Sendable [weak self] in self?.post() }
        timer.activate()
        return timer
    }

    private func post() {
        let isNews = state.withLock { state -> Bool in
            state.board.renewals += 1
            guard !state.isLost, lock.isHeld, !lock.post(state.board), !lock.isNamedLock else { return false }
            state.isLost = true
            state.timer?.cancel()
            return true
        }
        if isNews { lost() }
    }
}
