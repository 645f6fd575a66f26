import Foundation

/// What a result says about when its job should run next. It holds for moments until it expires; afterwards, and wherever
/// there is none, the job's own schedule goes on.
package struct TimingHint: Codable, Hashable, Sendable {
    package enum Kind: Codable, Hashable, Sendable {
        /// The next run, once.
        case next(Date)
        /// Seconds between a run's start and the next one.
        case interval(TimeInterval)
        /// Nothing of the schedule before this moment.
        case pause(until: Date)
    }

    package enum Source: String, Codable, Sendable {
        case step, model
    }

    package var kind: Kind
    /// As the result gave it: words of others, shown and never followed.
    package var reason: String
    package var source: Source
    package var at: Date
    package var expires: Date

    package init(_ kind: Kind, reason: String, source: Source, at: Date, expires: Date) {
        self.kind = kind
        self.reason = reason
        self.source = source
        self.at = at
        self.expires = expires
    }

    package var isPause: Bool { if case .pause = kind { true } else { false } }

    /// The moment that it names, as seen at `now`; `nil` where it has expired, is spent, or would have expired by then.
    ///
    /// - Parameter lastRun: the start of the run that ended last.
    package func moment(after lastRun: Date, at now: Date) -> Date? {
        guard expires > now else { return nil }
        switch kind {
        case .next(let date): return date > now && date <= expires ? date : nil
        case .interval(let seconds):
            let date = lastRun + seconds
            return date <= expires ? date : nil
        case .pause(let until): return until > now ? min(until, expires) : nil
        }
    }
}

/// A decision about a job's next run that a hint gave rise to, as it is kept.
package struct Retiming: Codable, Hashable, Sendable, Identifiable {
    package enum Rule: String, Codable, Sendable {
        case pause, hint
        /// The hint changes nothing: it would have expired, or nothing is left to come.
        case baseline
        /// What was said is no hint.
        case refused

        /// The job is armed for the chosen moment.
        package var isApplied: Bool { self == .pause || self == .hint }
    }

    package var id: Int64
    package var jobID: JobID
    package var runID: RunID?
    package var at: Date
    package var rule: Rule
    package var hint: TimingHint?
    /// What the schedule says.
    package var baseline: Date?
    package var chosen: Date?
    /// The hint went beyond what the person allows.
    package var isClamped: Bool
    package var reason: String

    package init(
        id: Int64 = 0, jobID: JobID, runID: RunID?, at: Date, rule: Rule, hint: TimingHint? = nil,
        baseline: Date? = nil, chosen: Date? = nil, isClamped: Bool = false, reason: String
    ) {
        self.id = id
        self.jobID = jobID
        self.runID = runID
        self.at = at
        self.rule = rule
        self.hint = hint
        self.baseline = baseline
        self.chosen = chosen
        self.isClamped = isClamped
        self.reason = reason
    }
}
