import CronExpressions
import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Planning changes of jobs that exist.
extension PlannedIntent {
    // MARK: Update

    func update(_ body: UpdateJob) throws -> Plan.Item {
        let before = try job(body.job)
        try Self.requireEditable(before)
        var after = before
        if let words = answers.when ?? body.when { after.replaceSchedule(with: try adjusted(before, by: words)) }
        if let name = body.newName {
            after.name = try newName(name, of: before)
        }
        if let deliver = body.deliver {
            after.delivery = deliver.map(Recipient.init)
            try requireGateways(after.delivery)
        }
        if let text = body.text { after.steps = Self.replacingText(of: after.steps, with: text) }
        after.policies = try Self.applying(body.policies, to: before.policies)
        guard after != before || situation.surroundings.assumesNamedJobs else {
            if body.policies != nil { throw PlanningFailure("\"\(before.name)\" behaves that way already.") }
            throw QuestionError(
                Question(
                    about: .other,
                    text:
                        "What should change about \"\(before.name)\"? Its time, its name, its words, where it goes or how it behaves?"
                ))
        }
        return planned(from: before, to: after)
    }

    /// The card of a change: what is different, and what that means for the next occurrences.
    func planned(from before: Job, to after: Job) -> Plan.Item {
        var after = after
        after.policies = followingSchedule(after, from: before)
        if after.status == .finished, !after.schedules.isEmpty { after.status = .active }
        let risks = risks(of: after, recipients: after.delivery)
        let card = Card(situation: situation, zoneOfPerson: situation.zone)
        return Plan.Item(
            .update(before: before, after: after),
            card: card.difference(from: before, to: after) + card.approvalLines(risks), risks: risks)
    }

    private func adjusted(_ job: Job, by words: String) throws -> Schedule {
        let current = job.schedules.first
        var context = situation.phraseContext
        if let current { context.zone = current.zone }
        context.hourHabit = answers.hourHabit ?? context.hourHabit
        context.dateOrder = answers.dateOrder ?? context.dateOrder
        context.zone = answers.zone ?? context.zone
        context.holidays = answers.calendar
        return try Self.schedule(from: PhraseParser(context: context).adjust(current, by: phrase(words)))
    }

    private func newName(_ name: String, of job: Job) throws -> String {
        let clean = name.trimmingCharacters(in: CharacterSet(charactersIn: "\"“” "))
        guard !clean.isEmpty else { throw PlanningFailure("A job needs a name.") }
        let others = situation.jobs.filter { $0.id != job.id }.map { $0.name.lowercased() }
        guard !others.contains(clean.lowercased()) else {
            throw PlanningFailure("There is a job \"\(clean)\" already; choose another name.")
        }
        return clean
    }

    private func requireGateways(_ recipients: [Recipient]) throws {
        guard let missing = recipients.first(where: { !situation.surroundings.hasGateway($0) }),
            !answers.acceptsMissingGateway
        else { return }
        throw QuestionError(
            Question(
                about: .gateway, text: "\(missing) is not configured. Change it anyway, with outcomes told here?",
                options: ["yes", "no"]))
    }

    private static func replacingText(of steps: [Step], with text: String) -> [Step] {
        steps.map { step in
            var step = step
            switch step.action {
            case .notify(_, let to): step.action = .notify(text: text, to: to)
            case .prompt(_, let gather): step.action = .prompt(text: text, gather: gather)
            case .agent(var order):
                order.goal = text
                step.action = .agent(order)
            case .script, .http, .playbook, .system, .call: break
            }
            return step
        }
    }

    // MARK: Pause, delete, snooze

    func pause(_ body: PauseJob) throws -> Plan.Item {
        let jobs = try jobs(body.job)
        let until = try (answers.when ?? body.until).map(moment)
        if let until, until <= situation.now {
            throw QuestionError(Question(about: .past, text: "That is past already. Until when should it pause?"))
        }
        return Plan.Item(.pause(jobs, until: until))
    }

    func delete(_ body: DeleteJob) throws -> Plan.Item {
        let jobs = try jobs(body.job)
        for job in jobs { try Self.requireEditable(job) }
        return Plan.Item(.delete(jobs), risks: [.deletion(jobs.map(\.name))])
    }

    /// The 2 of "2 runs"; `nil` for a moment or a length of time.
    private static func runs(in words: String?) -> Int? {
        guard let parts = words?.split(separator: " "), parts.count == 2, ["run", "runs"].contains(parts[1]) else {
            return nil
        }
        return Int(parts[0])
    }

    /// Leaves out the next `count` occurrences.
    /// More runs than that are a date rather than a count.
    private static let mostSkips = 1_000

    private func skip(_ count: Int, of job: inout Job) throws {
        guard count > 0 else { throw PlanningFailure("\(count) runs cannot be skipped: say one or more.") }
        guard count <= Self.mostSkips else {
            throw PlanningFailure("\(count) runs are too many to skip: say until when, for example \"until May\".")
        }
        var last = situation.now
        for _ in 0..<count {
            guard let next = job.nextOccurrence(after: last) else { break }
            last = next
        }
        guard last > situation.now else {
            if situation.surroundings.assumesNamedJobs { return }
            throw PlanningFailure("\"\(job.name)\" has no next run to skip.")
        }
        job.mapSchedules { $0.start = last + 1 }
    }

    func snooze(_ body: SnoozeJob) throws -> Plan.Item {
        let before = try job(body.job)
        var after = before
        if let count = answers.when == nil ? Self.runs(in: body.until) : nil {
            try skip(count, of: &after)
        } else if let words = answers.when ?? body.until {
            try after.snooze(words, at: situation.now, parser: parser, moment: moment)
        } else if let next = before.nextOccurrence(after: situation.now) {
            after.mapSchedules { $0.start = next + 1 }
        } else if !situation.surroundings.assumesNamedJobs {
            throw PlanningFailure("\"\(before.name)\" has nothing to come that could be skipped.")
        }
        after.status = before.status == .finished ? .active : before.status
        let card = Card(situation: situation, zoneOfPerson: situation.zone)
        return Plan.Item(.snooze(before: before, after: after), card: card.snoozeLines(from: before, to: after))
    }

    // MARK: Playbooks

    func edit(_ body: EditPlaybook) throws -> Plan.Item {
        let before = try job(body.job)
        try Self.requireEditable(before)
        var after = before
        let builder = ActionBuilder(surroundings: situation.surroundings)
        let number = body.step ?? before.steps.count
        let position = before.steps.indices.contains(number &- 1) ? number - 1 : -1
        switch body.change {
        case "add":
            after.steps.append(try newStep(body, builder: builder, among: before.steps))
        case "remove" where before.steps.indices.contains(position) && before.steps.count > 1:
            after.steps.remove(at: position)
        case "replace" where before.steps.indices.contains(position):
            var step = try newStep(body, builder: builder, among: before.steps)
            step.name = before.steps[position].name
            step.condition = before.steps[position].condition
            after.steps[position] = step
        case _ where situation.surroundings.assumesNamedJobs: break
        default:
            throw PlanningFailure("\"\(before.name)\" has \(before.steps.count) steps; say which one to change.")
        }
        if after.steps.count > before.steps.count { try checkCount(of: after.steps) }
        let names = Set(after.steps.map(\.name))
        if let orphan = after.steps.compactMap(\.condition).first(where: {
            $0.step != "event" && !names.contains($0.step)
        }) {
            throw PlanningFailure(
                "A later step asks about \"\(orphan.step)\" (\(orphan.words)); change that one first.")
        }
        after.steps = AgentOrderBuilder.withoutGoneEndpoints(after.steps, of: before)
        after.capabilities = try builder.capabilities(of: after.steps)
        try AgentOrderBuilder.checkRequested(from: before, to: after)
        return planned(from: before, to: after)
    }

    private func newStep(_ body: EditPlaybook, builder: ActionBuilder, among steps: [Step]) throws -> Step {
        guard let intent = body.action else {
            throw QuestionError(Question(about: .other, text: "What should that step do?"))
        }
        let action = try builder.action(intent, to: [])
        return Step(name: JobNaming.unique(JobNaming.stepName(action), among: steps.map(\.name)), action: action)
    }

    // MARK: Preferences

    func preference(_ body: SetPreference) throws -> Plan.Item {
        var value = body.value.trimmingCharacters(in: .whitespaces)
        switch body.name {
        case "timezone":
            do {
                value = try ZoneLookup.identifier(for: value) ?? ZoneRules.named(value).identifier
            } catch let error as ZoneError {
                throw QuestionError(
                    Question(about: .zone, text: error.message, options: Array(error.suggestions.prefix(4))))
            }
        case "deliver":
            let recipients = value.split(separator: ",").map { Recipient($0.trimmingCharacters(in: .whitespaces)) }
            try requireGateways(recipients.filter { !$0.isConversation })
        case "ambiguous_hour" where ["am", "pm", "ask"].contains(value): break
        case "date_order" where ["day_first", "month_first", "ask"].contains(value): break
        default:
            throw PlanningFailure(
                "There is no preference \"\(body.name)\" with the value \"\(body.value)\"; timezone, deliver, "
                    + "ambiguous_hour (am, pm, ask) and date_order (day_first, month_first, ask) are.")
        }
        return Plan.Item(.preference(name: body.name, value: value))
    }
}

extension Job {
    /// The new schedule takes the place of all time triggers; events and manual starts stay.
    fileprivate mutating func replaceSchedule(with schedule: Schedule) {
        var others = triggers.filter { trigger in
            if case .event = trigger.kind { true } else { false }
        }
        others.append(Trigger(.schedule(schedule)))
        triggers = others
    }

    fileprivate mutating func mapSchedules(_ change: (inout Schedule) -> Void) {
        triggers = triggers.map { trigger in
            guard case .schedule(var schedule) = trigger.kind else { return trigger }
            change(&schedule)
            return Trigger(id: trigger.id, .schedule(schedule))
        }
    }

    /// A day that is named is left out; a length of time ("an hour") moves a one-shot and silences a repeating job.
    fileprivate mutating func snooze(
        _ words: String, at now: Date, parser: PhraseParser, moment: (String) throws -> Date
    ) throws {
        if let span = parser.span(words), span.start > now, span.duration >= 23 * 3600 {
            mapSchedules { schedule in
                schedule.exclusions += Self.days(of: span, zone: schedule.zone)
            }
            return
        }
        let until = try moment(words)
        let isOneShot = !schedules.isEmpty && schedules.allSatisfy { $0.kind == .once }
        if schedules.isEmpty { return }
        mapSchedules { schedule in
            if isOneShot { schedule.pattern = .once([until]) } else { schedule.start = until }
        }
    }

    private static func days(of span: DateInterval, zone: String) -> [Exclusion] {
        guard let rules = try? ZoneRules.named(zone) else { return [] }
        var days: [Exclusion] = []
        var moment = span.start + 43_200  // noon: a day of 23 or 25 hours is met once
        while moment < span.end {
            let local = rules.localComponents(at: moment)
            days.append(.date(month: local.month, day: local.day, year: local.year))
            moment += 86_400
        }
        return days
    }
}
