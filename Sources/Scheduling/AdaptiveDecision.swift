import Foundation
import JobModel

/// When a job that may re-time itself runs next: a pause before any other hint, a hint before the schedule.
///
/// Pure, and asked only after a run has ended: what is due is claimed without it.
package struct AdaptiveDecision: Sendable {
    package struct Choice: Hashable, Sendable {
        package var rule: Retiming.Rule
        /// The hint that decided, or the newest that did not count.
        package var hint: TimingHint
        package var baseline: Date?
        package var chosen: Date?
        package var isClamped: Bool
        package var reason: String
    }

    package var bounds: AdaptiveBounds
    /// The start of the run that has ended.
    package var lastRun: Date
    /// What the schedule names strictly after a moment.
    package var baseline: @Sendable (Date) -> Date?

    package init(bounds: AdaptiveBounds, lastRun: Date, baseline: @escaping @Sendable (Date) -> Date?) {
        self.bounds = bounds
        self.lastRun = lastRun
        self.baseline = baseline
    }

    /// `nil` where there is no hint. What is chosen by a hint lies within the bounds, counted from the last run, and never
    /// before `now`; where the bounds are over already, it is `now`.
    package func decide(_ hints: [TimingHint], at now: Date) -> Choice? {
        let next = baseline(now)
        let newest = hints.sorted { $0.at < $1.at }
        let valid = newest.compactMap { hint in hint.moment(after: lastRun, at: now).map { (hint: hint, moment: $0) } }
        guard let found = valid.last(where: \.hint.isPause) ?? valid.last else {
            return newest.last.map { keep($0, next, "it would have expired by the moment that it names") }
        }
        guard let next else { return keep(found.hint, nil, "nothing is left to come") }
        let wanted = found.hint.isPause ? baseline(found.moment - 0.001) ?? found.moment : found.moment
        let chosen = clamp(wanted, at: now)
        guard baseline(chosen - 0.001) != nil else { return keep(found.hint, next, "the schedule ends before it") }
        return Choice(
            rule: found.hint.isPause ? .pause : .hint, hint: found.hint, baseline: next, chosen: chosen,
            isClamped: chosen != wanted, reason: found.hint.reason)
    }

    private func keep(_ hint: TimingHint, _ next: Date?, _ reason: String) -> Choice {
        Choice(rule: .baseline, hint: hint, baseline: next, chosen: next, isClamped: false, reason: reason)
    }

    private func clamp(_ wanted: Date, at now: Date) -> Date {
        let earliest = max(lastRun + bounds.shortest, now)
        let latest = max(lastRun + bounds.longest, earliest)
        return min(max(wanted, earliest), latest)
    }
}
