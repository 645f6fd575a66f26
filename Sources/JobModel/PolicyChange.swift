import Foundation

/// The policies that somebody named: in words, by flag or in a file. What is `nil` stays as it was.
///
/// Durations are texts (`90s`, `10m`, `2h`, `1d`, or bare seconds), and so are the words of the choices, as files and
/// the contract write them; `applied(to:)` checks them.
package struct PolicyChange: Codable, Hashable, Sendable {
    /// `skip`, `once` or `all`.
    package var missed: String?
    /// A duration, or `unlimited`.
    package var missedWindow: String?
    /// 1 to 1000.
    package var missedCap: Int?
    /// `skip`, `queue-one`, `allow` or `cancel-other`.
    package var overlap: String?
    /// 1 to 1000.
    package var parallel: Int?
    /// A name; `none` leaves the group.
    package var group: String?
    /// 0 to 100.
    package var retries: Int?
    package var retryBase: String?
    /// 1 to 10.
    package var retryFactor: Double?
    package var retryCap: String?
    /// `full` or `none`.
    package var retryJitter: String?
    /// `passing` or `any`.
    package var retryOn: String?
    /// 1 s to 30 d.
    package var timeout: String?
    /// `critical`, `high`, `normal` or `low`.
    package var priority: String?
    /// `at-least-once` or `at-most-once`.
    package var guarantee: String?
    /// 1 to 1000; 0 is never.
    package var pauseAfter: Int?
    /// `MIN..MAX`, two durations; `off` keeps to the schedule.
    package var adaptive: String?

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case missed, overlap, parallel, group, retries, timeout, priority, guarantee, adaptive
        case missedWindow = "missed_window"
        case missedCap = "missed_cap"
        case retryBase = "retry_base"
        case retryFactor = "retry_factor"
        case retryCap = "retry_cap"
        case retryJitter = "retry_jitter"
        case retryOn = "retry_on"
        case pauseAfter = "pause_after"
    }

    package init() {}

    package var isEmpty: Bool { self == PolicyChange() }

    /// What `later` names takes the place of what this names.
    package func merged(with later: PolicyChange) -> PolicyChange {
        PolicyChange(
            missed: later.missed ?? missed, missedWindow: later.missedWindow ?? missedWindow,
            missedCap: later.missedCap ?? missedCap, overlap: later.overlap ?? overlap,
            parallel: later.parallel ?? parallel, group: later.group ?? group, retries: later.retries ?? retries,
            retryBase: later.retryBase ?? retryBase, retryFactor: later.retryFactor ?? retryFactor,
            retryCap: later.retryCap ?? retryCap, retryJitter: later.retryJitter ?? retryJitter,
            retryOn: later.retryOn ?? retryOn, timeout: later.timeout ?? timeout,
            priority: later.priority ?? priority, guarantee: later.guarantee ?? guarantee,
            pauseAfter: later.pauseAfter ?? pauseAfter, adaptive: later.adaptive ?? adaptive)
    }

    private init(
        missed: String?, missedWindow: String?, missedCap: Int?, overlap: String?, parallel: Int?, group: String?,
        retries: Int?, retryBase: String?, retryFactor: Double?, retryCap: String?, retryJitter: String?,
        retryOn: String?, timeout: String?, priority: String?, guarantee: String?, pauseAfter: Int?, adaptive: String?
    ) {
        self.missed = missed
        self.missedWindow = missedWindow
        self.missedCap = missedCap
        self.overlap = overlap
        self.parallel = parallel
        self.group = group
        self.retries = retries
        self.retryBase = retryBase
        self.retryFactor = retryFactor
        self.retryCap = retryCap
        self.retryJitter = retryJitter
        self.retryOn = retryOn
        self.timeout = timeout
        self.priority = priority
        self.guarantee = guarantee
        self.pauseAfter = pauseAfter
        self.adaptive = adaptive
    }
}

/// A policy that cannot be set to what was asked for.
package struct PolicyError: Error, Hashable, Sendable {
    /// As files write it: `missed_window`.
    package let policy: String
    /// A whole sentence that names the bad part and what would be right.
    package let message: String
}
