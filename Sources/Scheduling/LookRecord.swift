import Foundation
import Synchronization

/// When the scheduler's loop looked last, and what it waits for: readable from any thread, also while the loop's own
/// actor is stuck.
package final class LookRecord: Sendable {
    private struct State {
        var look: Watchdog.Look?
        var number = 0
        var listener: (@Sendable (Watchdog.Look?) -> Void)?
    }

    private let state = Mutex(State())
    /// Seconds that the machine was awake.
    package let awake: @Sendable () -> TimeInterval

    package init(awake: @escaping @Sendable () -> TimeInterval = LookRecord.secondsAwake()) { self.awake = awake }

    /// `nil` before the first look and after the last.
    package var last: Watchdog.Look? { state.withLock { $0.look } }

    /// Told of every look, on the loop's thread; must return at once.
    package func listen(_ listener: @escaping @Sendable (Watchdog.Look?) -> Void) {
        state.withLock { $0.listener = listener }
    }

    func began(at now: Date) { note(.looking, at: now, isNew: true) }

    /// - Parameters:
    ///   - due: the next moment at which there is something to do; `nil` where only a wake can bring work.
    ///   - look: when the loop will look for it.
    func waits(for due: Date?, look: Date, at now: Date) {
        note(due.map { .waiting(due: $0, look: max($0, look)) } ?? .idle, at: now, isNew: false)
    }

    func ended() { tell { $0.look = nil } }

    private func note(_ phase: Watchdog.Look.Phase, at now: Date, isNew: Bool) {
        let awake = awake()
        tell { state in
            if isNew { state.number += 1 }
            state.look = Watchdog.Look(number: state.number, phase: phase, wall: now, awake: awake)
        }
    }

    private func tell(_ change: (inout State) -> Void) {
        let (look, listener) = state.withLock { state in
            change(&state)
            return (state.look, state.listener)
        }
        listener?(look)
    }

    /// A clock that stands still while the machine is suspended and that nobody can set.
    package static func secondsAwake() -> @Sendable () -> TimeInterval {
        let start = SuspendingClock.now
        return { start.duration(to: .now) / .seconds(1) }
    }
}
