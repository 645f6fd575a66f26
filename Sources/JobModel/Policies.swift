import Foundation

/// How a job behaves when things do not go to plan.
package struct Policies: Hashable, Sendable {
    /// Occurrences that passed while no scheduler ran.
    package enum Missed: String, Codable, Sendable, CaseIterable {
        case skip
        /// One late run for all that was missed.
        case once
        /// A late run for each, at most `missedCap` of them.
        case all
    }

    /// An occurrence that comes due while an earlier run of the job is still under way.
    package enum Overlap: String, Codable, Sendable, CaseIterable {
        case skip
        /// One more waits; further ones are skipped.
        case queueOne
        case allow
        /// The earlier run is cancelled.
        case cancelOther
    }

    package enum Priority: Int, Codable, Sendable, Comparable, CaseIterable {
        case low = 0, normal, high, critical
        package static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
    }

    package var missed: Missed
    /// Seconds: a missed occurrence older than this is skipped, with that reason; `nil` is without limit.
    package var missedWindow: TimeInterval?
    /// With `all`: late runs that one downtime may cause, the latest of them.
    package var missedCap: Int
    package var overlap: Overlap
    /// With `allow`: runs of the job at a time; `nil` leaves it to the scheduler's limit.
    package var parallel: Int?
    /// Jobs of one group share that group's limit (`scheduler.groups` of the settings; 1 where it names none).
    package var group: String?
    package var retry: RetryPolicy
    /// Seconds that one attempt may take.
    package var timeout: TimeInterval
    package var priority: Priority
    /// What follows a run whose owner died: `false` starts it again, `true` reports it as failed.
    package var atMostOnce: Bool
    /// Failed runs in a row after which the job is paused by itself; `nil` never.
    package var pauseAfter: Int?
    /// The bounds within which results of the job may move its next run; `nil` keeps to the schedule.
    package var adaptive: AdaptiveBounds?
    /// Seconds for which a model's answer to exactly the same question may be used again; `nil` asks in each run.
    package var reuseAnswers: TimeInterval?

    /// Runs of one job that may wait; an endless backlog helps nobody.
    package static let queueLimit = 100
    package static let usualMissedCap = 10
    package static let usualTimeout: TimeInterval = 3600
    package static let usualPauseAfter = 10

    package init(
        missed: Missed = .once, missedWindow: TimeInterval? = nil, missedCap: Int = Policies.usualMissedCap,
        overlap: Overlap = .skip, parallel: Int? = nil, group: String? = nil, retry: RetryPolicy = .none,
        timeout: TimeInterval = Policies.usualTimeout, priority: Priority = .normal, atMostOnce: Bool = false,
        pauseAfter: Int? = Policies.usualPauseAfter, adaptive: AdaptiveBounds? = nil, reuseAnswers: TimeInterval? = nil
    ) {
        self.missed = missed
        self.missedWindow = missedWindow
        self.missedCap = missedCap
        self.overlap = overlap
        self.parallel = parallel
        self.group = group
        self.retry = retry
        self.timeout = timeout
        self.priority = priority
        self.atMostOnce = atMostOnce
        self.pauseAfter = pauseAfter
        self.adaptive = adaptive
        self.reuseAnswers = reuseAnswers
    }
}

/// What a job that re-times itself may not go beyond; the person sets it.
package struct AdaptiveBounds: Codable, Hashable, Sendable {
    /// Seconds between two runs, at least and at most.
    package var shortest: TimeInterval
    package var longest: TimeInterval

    package init(shortest: TimeInterval, longest: TimeInterval) {
        self.shortest = shortest
        self.longest = longest
    }
}

/// Exponential backoff: the wait before retry n is up to min(cap, base × factorⁿ⁻¹).
package struct RetryPolicy: Codable, Hashable, Sendable {
    enum CodingKeys: String, CodingKey { case retries, base, factor, cap, jitter, errors }

    package enum Jitter: String, Codable, Sendable, CaseIterable {
        /// Uniform in 0 … the longest wait, so that many that failed together do not come back together.
        case full
        case none
    }

    /// Which failures are worth another attempt.
    package enum Errors: String, Codable, Sendable, CaseIterable {
        /// Those that may pass by themselves: refused, timed out, 429, 5xx.
        case passing
        case any
    }

    /// Retries after the first attempt.
    package var retries: Int
    /// Seconds.
    package var base: TimeInterval
    package var factor: Double
    /// Seconds.
    package var cap: TimeInterval
    package var jitter: Jitter
    package var errors: Errors

    package static let none = RetryPolicy(retries: 0, base: 1, factor: 2, cap: 300)
    package static let network = RetryPolicy(retries: 3, base: 1, factor: 2, cap: 300)

    package init(
        retries: Int, base: TimeInterval, factor: Double, cap: TimeInterval, jitter: Jitter = .full,
        errors: Errors = .passing
    ) {
        self.retries = retries
        self.base = base
        self.factor = factor
        self.cap = cap
        self.jitter = jitter
        self.errors = errors
    }

    /// Seconds to wait after `attempt` (from 1) failed, or `nil` when no retry is left.
    package func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> TimeInterval? {
        guard attempt <= retries else { return nil }
        let longest = min(cap, base * pow(factor, Double(attempt - 1)))
        switch jitter {
        case .full: return Double.random(in: 0...longest, using: &generator)
        case .none: return longest
        }
    }
}
