import Foundation
import IntentContract
import JobModel

/// Intents as they are read from outside (`rota interpret`): with the schedule computed, and nothing stored.
package struct IntentReadout: Sendable {
    let planner: Planner
    let now: Date

    package init(situation: Situation) {
        now = situation.now
        planner = Planner(
            situation: situation, provenance: Provenance(sentence: "", interpreter: "interpret"))
    }

    /// The whole answer: intents with their schedules, or the one question that stands in the way.
    package func document(for interpretation: Interpretation) -> JSONValue {
        var question = interpretation.question
        var intents: [JSONValue] = []
        var failure: PlanningFailure?
        if question == nil {
            switch planner.plan(interpretation.intents) {
            case .question(let asked, _): question = asked
            case .failure(let error): failure = error
            case .plan(let plan):
                intents = zip(interpretation.intents, plan.items).map { read($0, planned: $1.action) }
            }
        }
        var document: [String: JSONValue] = [
            "interpreter": .string(interpretation.interpreter),
            "certainty": .string((question == nil ? interpretation.certainty : .guess).rawValue),
            "intents": .array(intents),
            "question": question.map(Self.json) ?? .null,
        ]
        if let failure { document["error"] = ["code": "refused", "message": .string(failure.message)] }
        return .object(document)
    }

    private func read(_ intent: Intent, planned: Planned) -> JSONValue {
        var members = ((try? JSONValue(encoding: intent)) ?? .null).object ?? [:]
        members = members.filter { !$0.value.isNull }
        if let job = planned.job {
            members["schedule"] = Self.schedule(of: job, after: now)
            if job.isPlaybook || intent.name == "create_playbook" {
                members["has_condition"] = .bool(job.steps.contains { $0.condition != nil })
            }
            if case .createPlaybook = intent {
                let recipients = (job.delivery + job.steps.flatMap(\.recipients)).uniqued()
                members["deliver"] = .array(recipients.map { .string($0.description) })
            }
        }
        if members["deliver"]?.array?.isEmpty == true { members["deliver"] = nil }
        if case .pause(_, let until?) = planned { members["until"] = .string(RFC3339.text(until)) }
        return .object(members)
    }

    /// The job's time triggers as one schedule; `nil` when only events or people start it.
    package static func schedule(of job: Job, after now: Date) -> JSONValue? {
        guard let first = job.schedules.first else { return nil }
        let next = job.schedules.flatMap { $0.occurrences(after: now, limit: 5) }.sorted().uniqued().prefix(5)
        return json(first, next: Array(next))
    }

    /// A schedule as `schedule parse --batch` writes it.
    package static func json(_ schedule: Schedule, next: [Date]) -> JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(schedule.kind.rawValue), "timezone": .string(schedule.zone),
            "next": .array(next.map { .string(RFC3339.text($0)) }), "text": .string(schedule.text),
        ]
        if let jitter = schedule.jitter { members["jitter"] = .number(Double(jitter.seconds)) }
        switch schedule.pattern {
        case .cron(let expressions) where expressions.count == 1: members["cron"] = .string(expressions[0].text)
        case .interval(let seconds, _): members["seconds"] = .number(Double(seconds))
        default: break
        }
        return .object(members)
    }

    package static func json(_ question: Question) -> JSONValue {
        [
            "about": .string(question.about.rawValue), "text": .string(question.text),
            "options": .array(question.options.map(JSONValue.string)),
        ]
    }
}

extension Planned {
    /// The job that is made or changed; `nil` for what makes or changes none.
    package var job: Job? {
        switch self {
        case .create(let job, _), .update(_, let job), .snooze(_, let job): job
        default: nil
        }
    }
}
