import CronExpressions
import Foundation
import JobModel

/// What is shown before (or when) something is made or changed: what, when in words, the next occurrences, where it
/// goes, what happens when it is missed, and what needs a yes.
package struct Card: Sendable {
    package static let shownOccurrences = 3

    let situation: Situation
    let zoneOfPerson: String

    package init(situation: Situation, zoneOfPerson: String) {
        self.situation = situation
        self.zoneOfPerson = zoneOfPerson
    }

    // MARK: New jobs

    /// - Parameter usual: the policies of such a job where nothing was said of them; only others are told.
    package func lines(
        for job: Job, runNow: Bool, usual: Policies, risks: [Risk], warnings: [String]
    ) -> [String] {
        var lines = ["\(job.name): \(StepText.describe(job.steps))"]
        lines += runNow ? ["Runs once, now."] : whenLines(job)
        lines.append(
            ([deliverySentence(job), missedSentence(job, runNow: runNow)] + policySentences(job, usual: usual)
                + [approvalSentence(risks)])
                .compactMap(\.self).joined(separator: " "))
        lines += warnings
        return lines.filter { !$0.isEmpty }
    }

    /// One line a trigger: "Every weekday at 09:00, Europe/Berlin. Next: …".
    package func whenLines(_ job: Job) -> [String] {
        job.triggers.map { trigger in
            switch trigger.kind {
            case .schedule(let schedule): whenLine(schedule)
            case .event(let filter): "When \(filter.words)."
            case .manual: "When you say so."
            }
        }
    }

    func whenLine(_ schedule: Schedule) -> String {
        let next = schedule.occurrences(after: situation.now, limit: Self.shownOccurrences)
        let year = (try? ZoneRules.named(schedule.zone))?.localComponents(at: situation.now).year
        let words = schedule.text(countingHolidaysOf: year)
        guard !next.isEmpty else { return "\(words), \(schedule.zone). Nothing is left to come." }
        let text = OccurrenceText(zone: schedule.zone).list(next, now: situation.now)
        let isPlain = schedule.jitter == nil && schedule.exclusions.isEmpty
        if schedule.kind == .once, next.count == 1, isPlain { return "Once: \(text), \(schedule.zone)." }
        return "\(words), \(schedule.zone). Next: \(text)."
    }

    private func deliverySentence(_ job: Job) -> String? {
        if !job.delivery.isEmpty {
            return "Told here and on \(job.delivery.map(\.description).joined(separator: ", "))."
        }
        return job.steps.contains { !$0.recipients.isEmpty } ? nil : "Told here."
    }

    private func missedSentence(_ job: Job, runNow: Bool) -> String? {
        guard !runNow, !job.schedules.isEmpty else { return nil }
        return "If missed: \(PolicyText(job.policies).missed)."
    }

    /// "Retries: 3. Priority: high."
    private func policySentences(_ job: Job, usual: Policies) -> [String?] {
        zip(PolicyText(job.policies).entries, PolicyText(usual).entries).dropFirst().filter { $0 != $1 }.map {
            entry, _ in
            "\(entry.name.prefix(1).uppercased())\(entry.name.dropFirst()): \(entry.value)."
        }
    }

    private func approvalSentence(_ risks: [Risk]) -> String? {
        guard !risks.isEmpty else { return nil }
        return "Needs your approval: \(risks.map(\.text).joined(separator: ", "))."
    }

    package func approvalLines(_ risks: [Risk]) -> [String] {
        approvalSentence(risks).map { [$0] } ?? []
    }

    // MARK: Changes

    /// "Stand up: every weekday at 09:00 → every weekday at 10:00", one line for each thing that differs.
    package func difference(from before: Job, to after: Job) -> [String] {
        var lines: [String] = []
        func changed(_ what: String, _ old: String, _ new: String) {
            if old != new {
                lines.append("\(before.name), \(what): \(old.isEmpty ? "none" : old) → \(new.isEmpty ? "none" : new)")
            }
        }
        changed("name", before.name, after.name)
        changed("when", Self.when(before), Self.when(after))
        changed("does", StepText.describe(before.steps), StepText.describe(after.steps))
        changed("goes to", Self.recipients(before), Self.recipients(after))
        for (old, new) in zip(PolicyText(before.policies).entries, PolicyText(after.policies).entries) {
            changed(old.name, old.value, new.value)
        }
        lines += nextLines(from: before, to: after)
        return lines
    }

    /// "Next: …", where the schedules are others.
    func nextLines(from before: Job, to after: Job) -> [String] {
        guard before.schedules != after.schedules else { return [] }
        let next = after.schedules.flatMap { schedule in
            schedule.occurrences(after: situation.now, limit: Self.shownOccurrences)
        }.sorted().prefix(Self.shownOccurrences)
        let zone = after.schedules.first?.zone ?? zoneOfPerson
        return next.isEmpty ? [] : ["Next: \(OccurrenceText(zone: zone).list(Array(next), now: situation.now))."]
    }

    /// What is left out or moved, and what is next.
    package func snoozeLines(from before: Job, to after: Job) -> [String] {
        let zone = after.schedules.first?.zone ?? zoneOfPerson
        let text = OccurrenceText(zone: zone)
        let coming = before.schedules.flatMap { $0.occurrences(after: situation.now, limit: 100) }.sorted()
        let next = after.schedules.flatMap { $0.occurrences(after: situation.now, limit: Self.shownOccurrences) }
            .sorted()
        let left = coming.filter { moment in moment < (next.last ?? .distantFuture) && !next.contains(moment) }
        let skipped =
            left.isEmpty
            ? ""
            : " skips " + left.prefix(3).map { text.moment($0, now: situation.now) }.joined(separator: ", ")
                + (left.count > 3 ? " and \(left.count - 3) more" : "") + "."
        let rest =
            next.isEmpty
            ? " Nothing is left to come."
            : " Next: \(text.list(Array(next.prefix(Self.shownOccurrences)), now: situation.now))."
        return ["\"\(before.name)\"\(skipped.isEmpty ? ":" : skipped)\(rest)"]
    }

    private static func when(_ job: Job) -> String { job.schedules.map(\.text).joined(separator: "; ") }

    private static func recipients(_ job: Job) -> String {
        job.delivery.isEmpty ? "here" : job.delivery.map(\.description).joined(separator: ", ")
    }

    /// "24 h", "30 min", "90 s".
    package static func duration(_ seconds: TimeInterval) -> String {
        let whole = Int(seconds.rounded())
        if whole >= 3600, whole % 3600 == 0 { return "\(whole / 3600) h" }
        if whole >= 60, whole % 60 == 0 { return "\(whole / 60) min" }
        return "\(whole) s"
    }
}
