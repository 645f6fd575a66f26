import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Planning new jobs and playbooks.
extension PlannedIntent {
    func create(_ body: CreateJob) throws -> Plan.Item {
        let recipients = body.deliver.map(Recipient.init)
        let action = try builder.action(body.action, to: [])
        let step = Step(name: JobNaming.stepName(action), action: action)
        let trigger = try triggers(when: body.when, event: body.event, eventJob: body.eventJob, action: action)
        return try create(
            name: body.name, triggers: trigger.triggers, runNow: trigger.runNow, steps: [step], deliver: recipients,
            policies: body.policies)
    }

    func create(_ body: CreatePlaybook) throws -> Plan.Item {
        let steps = try builder.steps(body.steps)
        let trigger = try triggers(
            when: body.when, event: body.event, eventJob: body.eventJob, action: steps.first?.action)
        return try create(
            name: body.name, triggers: trigger.triggers, runNow: trigger.runNow, steps: steps,
            deliver: body.deliver.map(Recipient.init), policies: body.policies)
    }

    private var builder: ActionBuilder { ActionBuilder(surroundings: situation.surroundings) }

    private func create(
        name: String?, triggers: [Trigger], runNow: Bool, steps: [Step], deliver: [Recipient],
        policies change: PolicyChange?
    ) throws -> Plan.Item {
        try checkCount(of: steps)
        // Steps that say where their words go need no delivery of the whole; a default is for jobs that name none.
        let named = deliver + steps.flatMap(\.recipients)
        let delivery = named.isEmpty ? situation.defaultDelivery : deliver
        let recipients = (delivery + steps.flatMap(\.recipients)).uniqued()
        let missing = try checkGateways(recipients)
        var job = Job(
            name: JobNaming.unique(name ?? JobNaming.name(for: steps), among: takenNames), triggers: triggers,
            steps: steps, delivery: delivery.uniqued(), provenance: provenance, createdAt: situation.now)
        job.capabilities = try builder.capabilities(of: steps)
        let usual = Policies.usual(for: job)
        job.policies = try Self.applying(change, to: usual)
        let risks = risks(of: job, recipients: recipients)
        let warnings = missing + warnings(for: job)
        let card = Card(situation: situation, zoneOfPerson: situation.zone)
            .lines(for: job, runNow: runNow, usual: usual, risks: risks, warnings: warnings)
        return Plan.Item(.create(job, runNow: runNow), card: card, risks: risks, warnings: warnings)
    }

    /// Throws where there are more steps than the settings allow.
    func checkCount(of steps: [Step]) throws {
        guard let most = situation.surroundings.mostSteps, steps.count > most else { return }
        throw PlanningFailure(
            "That is \(steps.count) steps, and a job may have \(most): split it, or raise limits.steps "
                + "(rota config set limits.steps \(steps.count)).")
    }

    // MARK: When

    private func triggers(
        when: String?, event: String?, eventJob: String?, action: Action?
    ) throws -> (triggers: [Trigger], runNow: Bool) {
        var triggers: [Trigger] = []
        if let event { triggers.append(Trigger(.event(try eventFilter(event, job: eventJob)))) }
        if let words = answers.when ?? when, !words.isEmpty {
            triggers.append(Trigger(.schedule(try schedule(words))))
        }
        if triggers.isEmpty {
            guard let action, Self.runsNow(action) else {
                throw QuestionError(
                    Question(
                        about: .missingTime, text: "When? For example \"every weekday at 9\" or \"tomorrow at 14:00\".")
                )
            }
            return ([Trigger(.manual)], true)
        }
        return (triggers, false)
    }

    private func eventFilter(_ event: String, job words: String?) throws -> EventFilter {
        guard let words else { return EventFilter(name: event) }
        let job = try resolver.resolve(JobReference(answers.job ?? words)).get()
        return EventFilter(name: event, job: job.name, jobID: job.id > 0 ? job.id : nil)
    }

    /// Without a time, a script, a request or a playbook is meant for now; a reminder or a prompt is not.
    private static func runsNow(_ action: Action) -> Bool {
        switch action {
        case .script, .http, .playbook, .system, .call: true
        case .notify, .prompt, .agent: false
        }
    }

    // MARK: Where

    /// Asks about gateways that are not configured; returns warnings when the person has agreed to go without.
    private func checkGateways(_ recipients: [Recipient]) throws -> [String] {
        let missing = recipients.filter { !situation.surroundings.hasGateway($0) }
        guard let first = missing.first else { return [] }
        let names = missing.map(\.description).joined(separator: " and ")
        let verb = missing.count == 1 ? "is" : "are"
        if answers.acceptsMissingGateway {
            return [
                "\(names) \(verb) not configured: until \(missing.count == 1 ? "it is" : "they are"), outcomes stay here."
            ]
        }
        let known = situation.surroundings.gatewayNames
        let hint = known.isEmpty ? "No gateway is configured yet." : "Configured: \(known.joined(separator: ", "))."
        throw QuestionError(
            Question(
                about: .gateway,
                text: "\(names) \(verb) not configured (\(hint) See \"rota config set gateways.\(first.gateway)…\"). "
                    + "Create it anyway, with outcomes told here?", options: ["yes", "no"]))
    }

    // MARK: Risks

    func risks(of job: Job, recipients: [Recipient]) -> [Risk] {
        let surroundings = situation.surroundings
        var risks = Risk.all(of: job.capabilities)
        // An address needs a yes although nothing is sent there yet: the gateway may be configured later.
        let addresses = job.steps.flatMap { step -> [Recipient] in
            if case .call(let call) = step.action { call.recipients } else { [] }
        }
        risks += (recipients.filter(surroundings.hasGateway) + addresses).uniqued().map(Risk.recipient)
        return risks.filter { risk in risk.approvalKey.map { !surroundings.isApproved($0) } ?? true }
    }

    func warnings(for job: Job) -> [String] {
        var warnings = job.schedules.compactMap { MonthEndWarning.text(for: $0) }
        warnings += job.schedules.compactMap { HolidayWarning.text(for: $0, now: situation.now) }
        let prompts = job.steps.filter { $0.action.kind == "prompt" }
        if !prompts.isEmpty, !situation.surroundings.hasModel {
            warnings.append("No model is configured: what the program gathers is delivered as it is, not summarised.")
        }
        if job.steps.contains(where: { $0.action.kind == "agent" }), !situation.surroundings.hasModel {
            warnings.append("No model is configured: until there is, each run of the agent will fail and say so.")
        }
        let commits = prompts.contains { step in
            if case .prompt(let text, _) = step.action { ActionBuilder.speaksOfCommits(text) } else { false }
        }
        // A file says itself where commits come from.
        if commits, job.playbook == nil, situation.surroundings.repository == nil {
            warnings.append("There is no git repository here: made inside of one, the job would gather its commits.")
        }
        if case .playbook(let name)? = job.steps.first?.action, !situation.surroundings.assumesNamedJobs,
            (try? resolver.resolve(JobReference(name)).get()) == nil
        {
            warnings.append(
                "There is no job or playbook \"\(name)\" yet: until there is, each run will fail and say so.")
        }
        return warnings
    }
}

extension Step {
    var recipients: [Recipient] {
        switch action {
        case .notify(_, let to): return to
        case .call(let call): return call.recipients
        default: return []
        }
    }
}
