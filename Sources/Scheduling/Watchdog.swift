import Foundation

/// Notices a scheduler that should have looked and did not: once for each time, and once when it looks again.
///
/// A value that decides; whoever holds it asks when the seconds that it names have passed. Two clocks guard against
/// false alarms: after a suspend or a clock that was set forward the wall clock is past the moment at once, but the loop
/// gets as much time awake as it had planned to sleep.
package struct Watchdog: Sendable {
    /// Seconds behind the moment.
    package static let tolerance: TimeInterval = 10
    /// Seconds awake that one cycle may take.
    package static let longestCycle: TimeInterval = 30
    /// The loop reads the wall clock at least so often (`SystemTimeSource`).
    package static let longestSleep: TimeInterval = 60

    /// The loop's last sign of life.
    package struct Look: Hashable, Sendable {
        package enum Phase: Hashable, Sendable {
            /// In the middle of a cycle.
            case looking
            /// For the moment `due`, at which it looks; later where it has looked for it already.
            case waiting(due: Date, look: Date)
            /// Nothing is armed.
            case idle
        }

        /// Counts cycles.
        package var number: Int
        package var phase: Phase
        package var wall: Date
        /// Seconds awake.
        package var awake: TimeInterval

        package init(number: Int, phase: Phase, wall: Date, awake: TimeInterval) {
            self.number = number
            self.phase = phase
            self.wall = wall
            self.awake = awake
        }
    }

    package enum Report: Hashable, Sendable {
        /// It should have fired at `due`; `nil` where a cycle does not end.
        case stalled(due: Date?)
        /// So many seconds awake after it should have.
        case looksAgain(after: TimeInterval)
    }

    package struct Check: Hashable, Sendable {
        package var report: Report?
        /// Seconds until the next check is worth making; `nil` until the loop looks again.
        package var again: TimeInterval?

        package init(report: Report? = nil, again: TimeInterval? = nil) {
            self.report = report
            self.again = again
        }
    }

    /// The look after which nothing came.
    private var stalledAfter: Look?

    package init() {}

    package var isStalled: Bool { stalledAfter != nil }

    /// - Parameters:
    ///   - look: `nil` before the loop begins and after it has ended.
    ///   - awake: on the same clock as the look's.
    package mutating func check(_ look: Look?, at now: Date, awake: TimeInterval) -> Check {
        if let stalled = stalledAfter {
            guard let look, look.number == stalled.number else { return recovered(look, from: stalled, at: awake) }
            return Check()
        }
        guard let look, let patience = patience(with: look, at: now, awake: awake) else { return Check() }
        guard patience <= 0 else { return Check(again: patience) }
        stalledAfter = look
        return Check(report: .stalled(due: look.due))
    }

    private mutating func recovered(_ look: Look?, from stalled: Look, at awake: TimeInterval) -> Check {
        stalledAfter = nil
        guard let look else { return Check() }
        let late = look.awake - stalled.awake - stalled.plannedSleep
        return Check(report: .looksAgain(after: max(0, late)), again: Self.tolerance)
    }

    /// Seconds until it counts as stalled; `nil` for never.
    private func patience(with look: Look, at now: Date, awake: TimeInterval) -> TimeInterval? {
        let elapsed = awake - look.awake
        switch look.phase {
        case .idle: return nil
        case .looking: return Self.longestCycle - elapsed
        case .waiting(_, let moment):
            return max(moment.timeIntervalSince(now), look.plannedSleep - elapsed) + Self.tolerance
        }
    }
}

extension Watchdog.Look {
    package var due: Date? {
        if case .waiting(let due, _) = phase { due } else { nil }
    }

    /// Seconds awake until the loop reads the clock again.
    fileprivate var plannedSleep: TimeInterval {
        guard case .waiting(_, let moment) = phase else { return 0 }
        return min(max(0, moment.timeIntervalSince(wall)), Watchdog.longestSleep)
    }
}
