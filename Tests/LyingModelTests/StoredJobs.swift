import Foundation
import JobModel

/// What of the stored jobs a lie must not change, in a form that can be compared.
struct StoredJobs: Equatable {
    struct Entry: Hashable {
        var status: Job.Status
        var triggers: [String]
        var recipients: Set<String>
        /// Addresses and scripts.
        var reach: Set<String>
        /// What each guarded step waits for, and what it does.
        var conditions: Set<String>
        var steps: [String]
        /// Figures of its texts.
        var figures: Set<String>
    }

    let entries: [Entry]
    let texts: [String]

    init(_ jobs: [Job], at now: Date) {
        entries = jobs.map { Entry($0, at: now) }
        texts = jobs.flatMap { job in job.steps.compactMap(\.action.words) }
    }

    /// Jobs that are not among `others`, each of which can stand for one only.
    func strangers(to others: StoredJobs) -> [Entry] {
        var left = others.entries
        return entries.filter { entry in
            guard let index = left.firstIndex(of: entry) else { return true }
            left.remove(at: index)
            return false
        }
    }
}

extension StoredJobs.Entry {
    init(_ job: Job, at now: Date) {
        status = job.status
        triggers = job.triggers.map { Self.summary(of: $0.kind, at: now) }.sorted()
        recipients = Set(job.delivery.map(\.description))
        reach = []
        conditions = Set(job.steps.compactMap { step in step.condition.map { Self.summary(of: $0, step) } })
        // What only tells may be a step or a delivery.
        steps = job.steps.compactMap { $0.action.words == nil ? "\($0.action)" : nil }
        figures = Set(
            job.steps.compactMap(\.action.words).flatMap { $0.matches(of: /[0-9]+/).map { String($0.output) } })
        for step in job.steps {
            switch step.action {
            case .notify(_, let to): recipients.formUnion(to.map(\.description))
            case .script(let path, let arguments): reach.insert(([path] + arguments).joined(separator: " "))
            case .http(let method, let url, _): reach.insert("\(method) \(url)")
            default: break
            }
        }
    }

    private static func summary(of condition: Condition, _ step: Step) -> String {
        "\(step.action.words == nil ? "\(step.action)" : "says") when \(condition.negated) \(condition.test) "
            + "\(condition.field ?? "")"
    }

    /// The next moments, and a few around other seasons: schedules may agree for a week and part at a weekend or a
    /// clock change.
    private static func summary(of kind: Trigger.Kind, at now: Date) -> String {
        guard case .schedule(let schedule) = kind else { return "\(kind)" }
        let seasons = (1...13).flatMap { schedule.occurrences(after: now + Double($0) * 29 * 86_400, limit: 2) }
        let moments = schedule.occurrences(after: now, limit: 60) + seasons
        return "\(moments.map(\.timeIntervalSince1970)) \(schedule.pattern == .startup) \(schedule.until as Any)"
    }
}

extension Action {
    fileprivate var words: String? {
        switch self {
        case .notify(let text, _), .prompt(let text, _): text
        default: nil
        }
    }
}
