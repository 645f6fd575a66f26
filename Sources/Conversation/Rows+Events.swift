import Foundation
import JobModel

extension Rows {
    package static func event(_ event: Event) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "event", "v": 1, "id": .number(Double(event.id)), "name": .string(event.name),
            "at": .string(instant(event.at)), "data": event.data,
        ]
        if let job = event.jobID { members["job"] = .number(Double(job)) }
        if let run = event.runID { members["run"] = .number(Double(run)) }
        return .object(members)
    }

    /// An event trigger of a job.
    package static func trigger(_ trigger: Trigger, _ filter: EventFilter, of job: Job) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "trigger", "v": 1, "id": .number(Double(trigger.id)), "job": reference(job),
            "status": .string(job.status.rawValue), "event": .string(filter.name),
        ]
        if let about = filter.job { members["about"] = .string(about) }
        if let data = filter.data { members["filter"] = .string(data.description) }
        return .object(members)
    }

    /// What an event would do with a job.
    package static func trial(_ trial: TriggerTrial) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "trial", "v": 1, "job": reference(trial.job), "starts": .bool(trial.verdict == .starts),
        ]
        switch trial.verdict {
        case .starts: break
        case .refuses(let reason): members["reason"] = .string(reason)
        case .waitsForOthers: members["reason"] = .string("it waits for \(trial.job.awaitedEvents)")
        }
        return .object(members)
    }
}

extension Job {
    /// "run.failed, build.failed".
    package var awaitedEvents: String { eventFilters.map(\.name).uniqued().joined(separator: ", ") }
}
