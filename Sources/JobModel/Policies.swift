import Foundation

/// How a job behaves when things do not go to plan.
package struct Policies: Codable, Hashable, Sendable {
    /// Occurrences that passed while no scheduler ran.
    package enum Missed: String, Codable, Sendable {
        case skip
        /// One late run for all that was missed.
        case once
        case all
    }

    /// An occurrence that comes due while an earlier run still runs.
    package enum Overlap: String, Codable, Sendable {
        case skip, queueOne, allow, cancelOther
    }

    package enum Priority: Int, Codable, Sendable, Comparable {
        case low = 0, normal, high, critical
        package static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
    }

    package var missed: Missed
    /// A missed occurrence older than this is skipped, with that reason; `nil` is without limit.
    package var missedWindow: TimeInterval?
    package var overlap: Overlap
    package var retry: RetryPolicy
    /// Seconds that one attempt may take.
    package var timeout: TimeInterval
    package var priority: Priority
    /// What follows a run whose owner died: `false` starts it again, `true` reports it as failed.
    package var atMostOnce: Bool

    package init(
        missed: Missed = .once, missedWindow: TimeInterval? = nil, overlap: Overlap = .skip, retry: RetryPolicy = .none,
        timeout: TimeInterval = 3600, priority: Priority = .normal, atMostOnce: Bool = false
    ) {
        self.missed = missed
        self.missedWindow = missedWindow
        self.overlap = overlap
        self.retry = retry
        self.timeout = timeout
        self.priority = priority
        self.atMostOnce = atMostOnce
    }
}

/// Exponential backoff with full jitter: the wait before retry n is uniform in 0 … min(cap, base × factorⁿ⁻¹).
package struct RetryPolicy: Codable, Hashable, Sendable {
    /// Retries after the first attempt.
    package var retries: Int
    /// Seconds.
    package var base: TimeInterval
    package var factor: Double
    /// Seconds.
    package var cap: TimeInterval

    package static let none = RetryPolicy(retries: 0, base: 1, factor: 2, cap: 300)
    package static let network = RetryPolicy(retries: 3, base: 1, factor: 2, cap: 300)

    package init(retries: Int, base: TimeInterval, factor: Double, cap: TimeInterval) {
        self.retries = retries
        self.base = base
        self.factor = factor
        self.cap = cap
    }

    /// Seconds to wait after `attempt` (from 1) failed, or `nil` when no retry is left.
    package func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> TimeInterval? {
        guard attempt <= retries else { return nil }
        let longest = min(cap, base * pow(factor, Double(attempt - 1)))
        return Double.random(in: 0...longest, using: &generator)
    }
}
