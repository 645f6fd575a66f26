import Dispatch
import Foundation
import Scheduling
import ServiceLifecycle
import Synchronization

/// Asks the watchdog at the right moments, on a dispatch queue of its own: it goes on where every thread of Swift's
/// pool, or the scheduler itself, is stuck. It wakes the machine only when a moment has passed without a look.
final class WatchdogService: Service {
    private struct State {
        var watchdog = Watchdog()
        /// What the timer is set for.
        var due: Date?
    }

    private let looks: LookRecord
    private let now: @Sendable () -> Date
    private let tell: @Sendable (Watchdog.Report) -> Void
    private let state = Mutex(State())
    /// Serial, so that threads are made for it whatever the others do.
    private let queue = DispatchQueue(label: "rota.watchdog", qos: .userInitiated)
    /// Dispatch sources may be used from any thread; the type is only not marked so.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    init(
        looks: LookRecord, now: @escaping @Sendable () -> Date = { Date() },
        tell: @escaping @Sendable (Watchdog.Report) -> Void
    ) {
        self.looks = looks
        self.now = now
        self.tell = tell
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(wallDeadline: .distantFuture)
        timer.setEventHandler { @Sendable [weak self] in self?.check() }
        timer.activate()
    }

    deinit { timer.cancel() }

    func run() async throws {
        looks.listen { [weak self] in self?.looked($0) }
        defer { looks.listen { _ in } }
        try? await gracefulShutdown()
    }

    /// On the loop's thread: most looks change nothing.
    private func looked(_ look: Watchdog.Look?) {
        let isNews = state.withLock { $0.watchdog.isStalled || $0.due != look?.due && look?.phase != .looking }
        if isNews { queue.async { self.check() } }
    }

    /// Also called by tests, which have no timer to wait for.
    func check() {
        let look = looks.last
        let found = state.withLock { state in
            state.due = look?.due
            return state.watchdog.check(look, at: now(), awake: looks.awake())
        }
        if let report = found.report { tell(report) }
        if let again = found.again {
            timer.schedule(wallDeadline: .now() + again, leeway: .milliseconds(100))
        } else {
            timer.schedule(wallDeadline: .distantFuture)
        }
    }
}
