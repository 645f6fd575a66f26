import Foundation
import JobModel
import Planning

/// The rows of `--json`: one object a line, each with `type` and `v`. Instants are RFC 3339 in UTC with milliseconds.
package enum Rows {
    package static func instant(_ date: Date) -> String {
        RFC3339.text(date, fraction: .milliseconds)
    }

    package static func reference(_ job: Job) -> JSONValue {
        ["id": .number(Double(job.id)), "name": .string(job.name)]
    }

    package static func job(_ job: Job, now: Date, retimed: Date? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "job", "v": 1, "id": .number(Double(job.id)), "name": .string(job.name),
            "status": .string(job.status.rawValue), "actions": .array(job.steps.map { .string($0.action.kind) }),
            "deliver": .array(job.delivery.map { .string($0.description) }),
            "schedule": .array(
                job.schedules.map { IntentReadout.json($0, next: $0.occurrences(after: now, limit: 3)) }),
        ]
        let events = job.triggers.compactMap { trigger -> JSONValue? in
            guard case .event(let filter) = trigger.kind else { return nil }
            return .string(filter.name)
        }
        members["policies"] = try? JSONValue(encoding: PolicyChange(describing: job.policies))
        if let file = job.provenance.registry { members["registry"] = .string(file) }
        if !events.isEmpty { members["events"] = .array(events) }
        if let until = job.pausedUntil { members["paused_until"] = .string(instant(until)) }
        if job.status == .active, let next = retimed ?? job.nextOccurrence(after: now) {
            members["next"] = .string(instant(next))
        }
        return .object(members)
    }

    package static func run(_ run: Run, job: Job?) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "run", "v": 1, "id": .number(Double(run.id)),
            "job": ["id": .number(Double(run.jobID)), "name": .string(job?.name ?? "")],
            "due": .string(instant(run.due)), "started": run.started.map { .string(instant($0)) } ?? .null,
            "finished": run.finished.map { .string(instant($0)) } ?? .null, "state": .string(run.state.rawValue),
            "late": .bool(run.late), "attempt": .number(Double(run.attempt)),
        ]
        if let reason = run.reason { members["reason"] = .string(reason) }
        return .object(members)
    }

    package static func message(_ message: Message) -> JSONValue {
        [
            "type": "message", "v": 1, "id": .number(Double(message.id)),
            "job": message.jobID.map { .number(Double($0)) } ?? .null,
            "run": message.runID.map { .number(Double($0)) } ?? .null, "at": .string(instant(message.at)),
            "text": .string(message.text), "seen": .bool(message.seen),
        ]
    }

    package static func delivery(_ delivery: Delivery) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "delivery", "v": 1, "id": .number(Double(delivery.id)), "job": .string(delivery.jobName),
            "to": .string(delivery.recipient.description), "text": .string(delivery.text),
            "state": .string(delivery.state.rawValue), "attempt": .number(Double(delivery.attempt)),
            "created": .string(instant(delivery.createdAt)),
        ]
        if let finished = delivery.finished { members["finished"] = .string(instant(finished)) }
        if let reason = delivery.reason { members["reason"] = .string(reason) }
        return .object(members)
    }

    package static func occurrence(_ job: Job, due: Date) -> JSONValue {
        ["type": "occurrence", "v": 1, "job": reference(job), "due": .string(instant(due))]
    }

    package static func approval(_ approval: Approval) -> JSONValue {
        [
            "type": "approval", "v": 1, "id": .number(Double(approval.id)), "job": .number(Double(approval.jobID)),
            "state": .string(approval.state.rawValue), "reasons": .array(approval.reasons.map(JSONValue.string)),
        ]
    }

    package static func reply(_ text: String) -> JSONValue { ["type": "reply", "v": 1, "text": .string(text)] }

    package static func question(_ question: OpenQuestion) -> JSONValue {
        [
            "type": "question", "v": 1, "about": .string(question.about.rawValue), "text": .string(question.text),
            "options": .array(question.options.map(JSONValue.string)),
        ]
    }

    package static func error(code: String, message: String) -> JSONValue {
        ["type": "error", "v": 1, "code": .string(code), "message": .string(message)]
    }
}
