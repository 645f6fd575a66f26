import Foundation
import JobModel
import Planning

/// A job on one line.
package enum JobLines {
    package static func short(_ job: Job, now: Date, retimed: Date? = nil) -> String {
        let when =
            job.schedules.map(\.text)
            + job.triggers.compactMap { trigger in
                if case .event(let filter) = trigger.kind { "when \(filter.words)" } else { nil }
            }
        let parts = [
            "\(job.id)", job.name, when.isEmpty ? "when you say so" : when.joined(separator: "; "),
            status(job, now: now, retimed: retimed),
        ]
        return parts.joined(separator: "  ")
    }

    /// "next Mon 30 Mar 09:00 +02:00", "paused until …", "waits for approval", "finished".
    ///
    /// - Parameter retimed: what a hint armed the job for; `nil` goes by its schedule.
    package static func status(_ job: Job, now: Date, retimed: Date? = nil) -> String {
        let text = OccurrenceText(zone: job.schedules.first?.zone ?? "UTC")
        switch job.status {
        case .paused: return "paused" + (job.pausedUntil.map { " until \(text.moment($0, now: now))" } ?? "")
        case .draft: return "waits for approval"
        case .finished: return "finished"
        case .active:
            guard let next = retimed ?? job.nextOccurrence(after: now) else { return "on" }
            return "next \(text.moment(next, now: now))"
        }
    }

    /// How it behaves, in two sentences, what becomes of a model's answers where one is asked, and where it may be
    /// changed.
    package static func policies(_ job: Job) -> [String] {
        let text = PolicyText(job.policies)
        let retries = text.retries == "none" ? "no retries" : "retries: \(text.retries)"
        let group = job.policies.group.map { "in the group \($0)" } ?? "in no group"
        var lines = [
            "If missed: \(text.missed); \(text.overlap); \(retries); at most \(Card.duration(job.policies.timeout)) a run.",
            """
            Priority \(text.priority); starts each run \(text.start); pauses \(text.pause); \(group); \(text.next).
            """,
        ]
        if job.policies.reuseAnswers != nil || job.steps.contains(where: \.asksOnce) {
            lines.append("Answers of models: \(text.answers).")
        }
        if let file = job.provenance.registry { lines.append("Declared in \(file), where it is changed.") }
        return lines
    }
}

extension Step {
    /// It is one question to a model, whose answer may be used again.
    fileprivate var asksOnce: Bool { if case .prompt = action { true } else { false } }
}

/// A run on one line.
package enum RunLines {
    package static func short(_ run: Run, zone: String, now: Date) -> String {
        let text = OccurrenceText(zone: zone)
        var parts = [text.short(run.due, now: now), run.state.rawValue]
        if run.late { parts.append("late") }
        // Going on after a wait or a stop is no new attempt.
        let attempt = run.attempt - run.stops
        if attempt > 1 { parts.append("attempt \(attempt)") }
        if let started = run.started, let finished = run.finished {
            parts.append(String(format: "%.1f s", finished.timeIntervalSince(started)))
        }
        let line = parts.joined(separator: ", ")
        return run.reason.map { "\(line): \($0)" } ?? line
    }
}

/// An outcome on one line, as chats and transcripts show it: "09:00:03 [1] Backup failed …".
package enum OutcomeLines {
    package static func line(_ message: Message, zone: String) -> String {
        let clock = OccurrenceText(zone: zone).clockWithSeconds(message.at)
        let job = message.jobID.map { "[\($0)] " } ?? ""
        return "\(clock) \(job)\(message.text)"
    }
}

/// Words that narrow a list of jobs.
package struct JobFilter: Sendable {
    private let words: String

    package init(_ words: String) { self.words = words.lowercased().trimmingCharacters(in: .whitespaces) }

    package func apply(to jobs: [Job]) -> [Job] {
        switch words {
        case "", "all": jobs.filter { $0.status != .finished }
        case "paused", "draft", "drafts", "finished", "active":
            jobs.filter { words.hasPrefix($0.status.rawValue) }
        case "reminders", "reminder": open(jobs).filter { $0.steps.allSatisfy { $0.action.kind == "notify" } }
        case "playbooks", "playbook": open(jobs).filter(\.isPlaybook)
        case "scripts", "script": open(jobs).filter { $0.steps.contains { $0.action.kind == "script" } }
        default:
            open(jobs).filter { job in
                job.name.lowercased().contains(words) || job.delivery.contains { $0.gateway == words }
            }
        }
    }

    private func open(_ jobs: [Job]) -> [Job] { jobs.filter { $0.status != .finished } }
}

/// What is due in a span.
package enum Forecasting {
    package static func occurrences(
        of jobs: [Job], in span: DateInterval, after now: Date, limit: Int
    ) -> [(job: Job, due: Date)] {
        let start = max(span.start - 0.001, now)
        let found = jobs.filter {
            $0.status == .active || ($0.status == .paused && ($0.pausedUntil ?? .distantFuture) < span.end)
        }
        .flatMap { job in
            let from = max(start, job.status == .paused ? (job.pausedUntil ?? start) - 0.001 : start)
            return job.schedules.flatMap { $0.occurrences(after: from, through: span.end - 0.001, limit: limit) }
                .map { (job: job, due: $0) }
        }
        return Array(found.sorted { ($0.due, $0.job.id) < ($1.due, $1.job.id) }.prefix(limit))
    }
}
