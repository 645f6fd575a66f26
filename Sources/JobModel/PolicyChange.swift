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
    /// 1 s to 30 d; `never` asks in each run.
    package var reuseAnswers: String?

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
        case reuseAnswers = "reuse_answers"
    }

    package init() {}

    package var isEmpty: Bool { self == PolicyChange() }

    /// What `later` names takes the place of what this names.
    package func merged(with later: PolicyChange) -> PolicyChange {
        var merged = self
        func take<Value>(_ member: WritableKeyPath<PolicyChange, Value?>) {
            if let value = later[keyPath: member] { merged[keyPath: member] = value }
        }
        for member in [
            \.missed, \.missedWindow, \.overlap, \.group, \.retryBase, \.retryCap, \.retryJitter, \.retryOn, \.timeout,
            \.priority, \.guarantee, \.adaptive, \.reuseAnswers,
        ] as [WritableKeyPath<PolicyChange, String?>] { take(member) }
        for member in [\.missedCap, \.parallel, \.retries, \.pauseAfter] as [WritableKeyPath<PolicyChange, Int?>] {
            take(member)
        }
        take(\.retryFactor)
        return merged
    }
}

/// A policy that cannot be set to what was asked for.
package struct PolicyError: Error, Hashable, Sendable {
    /// As files write it: `missed_window`.
    package let policy: String
    /// A whole sentence that names the bad part and what would be right.
    package let message: String
}
