import CronExpressions
import Documents
import JobModel
import Planning

/// Writes a job as a playbook file that reads back as the same job.
///
/// Moments that words count from ("every 45 minutes") begin anew when the file is read.
package struct PlaybookWriter: Sendable {
    private let job: Job

    package init(_ job: Job) { self.job = job }

    package func text(_ syntax: PlaybookReading.Syntax) -> String {
        switch syntax {
        case .yaml: YAMLText.text(of: document)
        case .json: IndentedJSON.text(of: document)
        }
    }

    /// What the file says of triggers, policies and all else, key by key.
    package var document: DocumentNode {
        var members = Members()
        members.add("name", job.name)
        addHeader(to: &members)
        members.add("triggers", .list(job.triggers.map(Self.trigger)))
        if let inputs = job.playbook?.inputs, !inputs.isEmpty { members.add("inputs", Self.inputs(inputs)) }
        members.add("steps", .list(job.steps.map { StepWriter($0).node }))
        members.add("deliver", job.delivery.map(\.description))
        addPolicies(to: &members)
        addCapabilities(to: &members)
        return members.node
    }

    private func addHeader(to members: inout Members) {
        if job.playbook?.isHeartbeat == true { members.add("kind", PlaybookFormat.Kind.heartbeat.rawValue) }
        switch job.status {
        case .active, .finished: break
        case .draft: members.add("status", PlaybookFormat.Status.draft.rawValue)
        case .paused: members.add("status", PlaybookFormat.Status.paused.rawValue)
        }
        members.add("agent", job.playbook?.agent)
        members.add("category", job.playbook?.category)
        members.add("description", job.playbook?.description)
    }

    // MARK: Triggers

    static func trigger(_ trigger: Trigger) -> DocumentNode {
        var members = Members()
        switch trigger.kind {
        case .manual: members.add("manual", .truth(true))
        case .event(let filter):
            members.add("event", filter.name)
            members.add("job", filter.job)
            members.add("when", filter.data?.description)
        case .schedule(let schedule):
            if let cron = cron(schedule) {
                members.add("cron", cron)
            } else {
                members.add("schedule", schedule.text)
            }
            members.add("zone", schedule.zone)
        }
        return members.inBraces
    }

    /// The expression, where the schedule is one and nothing else.
    private static func cron(_ schedule: Schedule) -> String? {
        let isBare =
            schedule.start == nil && schedule.until == nil && schedule.count == nil && schedule.exclusions.isEmpty
            && schedule.jitter == nil
        guard isBare else { return nil }
        switch schedule.pattern {
        case .cron(let expressions): return expressions.count == 1 ? expressions[0].text : nil
        case .startup: return "@reboot"
        case .interval(let seconds, _): return "@every \(seconds)s"
        case .calendar, .once: return nil
        }
    }

    // MARK: The rest

    private static func inputs(_ inputs: [PlaybookInput]) -> DocumentNode {
        var all = Members()
        for input in inputs {
            var members = Members()
            members.add("type", input.kind.rawValue)
            members.add("default", input.usual.map(DocumentNode.init))
            members.add("description", input.description)
            all.add(input.name, members.inBraces)
        }
        return all.node
    }

    /// Only those that are not the usual ones.
    private func addPolicies(to members: inout Members) {
        guard let usual = try? JSONValue(encoding: PolicyChange(describing: .usual(for: job))).object,
            let own = try? JSONValue(encoding: PolicyChange(describing: job.policies)).object
        else { return }
        var different = own.filter { usual[$0.key] != $0.value }
        // Naming one of these sets another one as well, which must be named too then.
        if different["retries"] != nil { different["retry_on"] = own["retry_on"] }
        if different["parallel"] != nil { different["overlap"] = own["overlap"] }
        guard !different.isEmpty else { return }
        var policies = Members()
        for key in PlaybookFormat.policyKeys { policies.add(key, different[key].map(DocumentNode.init)) }
        members.add("policies", policies.node)
    }

    private func addCapabilities(to members: inout Members) {
        var capabilities = Members()
        for (key, list) in CapabilityCheck.lists(job.capabilities) { capabilities.add(key.rawValue, list) }
        if job.capabilities.listsJobs { capabilities.add("jobs", .truth(true)) }
        if !capabilities.isEmpty { members.add("capabilities", capabilities.node) }
    }
}

/// One step of a playbook file.
struct StepWriter {
    private let step: Step

    init(_ step: Step) { self.step = step }

    var node: DocumentNode {
        var members = Members()
        members.add("name", step.name)
        members.add("action", step.action.kind)
        let with = BuiltInAction.parameters(of: step.action) ?? callParameters
        if !with.isEmpty { members.add("with", DocumentNode(.object(with))) }
        members.add("if", step.condition?.description)
        members.add("when", step.when)
        if let needs = step.needs { members.add("needs", .list(needs.map(DocumentNode.text))) }
        members.add("forEach", step.forEach)
        members.add("retry", step.retry.map(Self.retry))
        members.add("timeout", step.timeout.map(DurationWords.text))
        members.add("onError", Self.onError(step.onError))
        members.add("undo", step.undoneBy)
        members.add("unchanged", step.unchanged?.rawValue)
        return members.node
    }

    private var callParameters: [String: JSONValue] {
        guard case .call(let call) = step.action else { return [:] }
        return call.parameters
    }

    private static func onError(_ handling: OnError) -> DocumentNode? {
        if case .run(let step) = handling {
            var members = Members()
            members.add("run", step)
            return members.inBraces
        }
        guard handling != .stop else { return nil }
        return PlaybookFormat.OnErrorWord.allCases.first { $0.meaning == handling }.map { .text($0.rawValue) }
    }

    private static func retry(_ retry: RetryPolicy) -> DocumentNode {
        var policies = Policies()
        policies.retry = retry
        let words = (try? JSONValue(encoding: PolicyChange(describing: policies)).object) ?? [:]
        var members = Members()
        for (key, policy) in PlaybookFormat.retryKeys { members.add(key, words[policy].map(DocumentNode.init)) }
        return members.inBraces
    }
}
