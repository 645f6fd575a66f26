import Foundation
import JobModel

/// The way of one claimed run, as a value: each thing that happens to it yields the one action that follows. The
/// scheduler performs actions; the store guards each of them by state and token.
package struct RunLife: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        case claimed, running
        /// Nothing follows any more for this claim.
        case over
    }

    package enum Action: Hashable, Sendable {
        /// Stores this end (or wait for a retry).
        case finish(RunOutcome)
        /// Back to the queue; a death of the owner is counted, a graceful stop is not.
        case requeue(reason: String?, isDeath: Bool)
    }

    /// A run that keeps killing its owner is given up after so many deaths.
    package static let deathLimit = 3

    package private(set) var phase: Phase
    package let run: Run
    package let policies: Policies

    /// - Parameter run: as it was claimed, or as the dead owner left it.
    package init(_ run: Run, policies: Policies) {
        self.run = run
        self.policies = policies
        phase = run.state == .running ? .running : .claimed
    }

    package mutating func began() {
        precondition(phase == .claimed, "began in \(phase)")
        phase = .running
    }

    /// Its steps have come to an end: a failure that is worth it becomes a retry while the policy has one left.
    package mutating func ended(
        _ outcome: RunOutcome, at now: Date, using generator: inout some RandomNumberGenerator
    ) -> Action {
        precondition(phase == .running, "ended in \(phase)")
        phase = .over
        guard let delay = retryDelay(after: outcome, using: &generator) else { return .finish(outcome) }
        return .finish(
            RunOutcome(state: .retrying, retryAt: now + delay, reason: outcome.reason, output: outcome.output))
    }

    /// The scheduler was told to stop and the run did not get to its end.
    package mutating func stopped() -> Action {
        precondition(phase != .over, "stopped in \(phase)")
        let wasRunning = phase == .running
        phase = .over
        guard wasRunning, policies.atMostOnce else { return .requeue(reason: nil, isDeath: false) }
        return .finish(Self.failure("the scheduler was stopped while it ran; at most once was asked for"))
    }

    /// The owner died. What never began is simply not begun yet; a run that was under way is started again, unless the
    /// job forbids that, or it has killed its owner too often.
    package mutating func ownerDied() -> Action {
        let wasRunning = phase == .running
        phase = .over
        guard wasRunning else {
            return .requeue(reason: "taken over: the scheduler died before it began", isDeath: false)
        }
        let deaths = run.deaths + 1
        if policies.atMostOnce {
            return .finish(Self.failure("the scheduler died while it ran; at most once was asked for"))
        }
        if deaths >= Self.deathLimit {
            return .finish(Self.failure("given up: the scheduler died \(deaths) times while it ran"))
        }
        return .requeue(reason: "started again: the scheduler died while it ran", isDeath: true)
    }

    /// Starts that a death or a stop of the owner cost do not count against the retries.
    private func retryDelay(
        after outcome: RunOutcome, using generator: inout some RandomNumberGenerator
    ) -> TimeInterval? {
        guard outcome.state == .failed, outcome.isTransient || policies.retry.errors == .any else { return nil }
        return policies.retry.delay(afterAttempt: max(1, run.attempt - run.deaths - run.stops), using: &generator)
    }

    private static func failure(_ reason: String) -> RunOutcome { RunOutcome(state: .failed, reason: reason) }
}
