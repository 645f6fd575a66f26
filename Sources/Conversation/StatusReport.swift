import Foundation
import JobModel
import Planning

/// The scheduler's state in words and as a row.
package struct StatusReport: Sendable {
    package struct ActiveRun: Hashable, Sendable {
        package var run: Run
        package var job: String
        /// How far it is; `nil` for a job of one step.
        package var steps: StepsDone?

        package init(run: Run, job: String, steps: StepsDone? = nil) {
            self.run = run
            self.job = job
            self.steps = steps
        }
    }

    package var presence: SchedulerPresence
    package var sight: SchedulerSight
    package var pausedUntil: Date?
    package var armed: ArmedTrigger?
    /// Should have fired and did not; earliest first.
    package var overdue: [ArmedTrigger] = []
    /// Runs under way, and the first of them one by one.
    package var running = 0
    package var active: [ActiveRun] = []
    package var backlog = Backlog()
    /// Why the store cannot be read.
    package var problem: String?

    package init(presence: SchedulerPresence, sight: SchedulerSight = SchedulerSight()) {
        self.presence = presence
        self.sight = sight
    }

    /// `stopped` where no process owns the scheduler; `error` where its owner has trouble, or the store cannot be read.
    package var state: String {
        if problem != nil { return "error" }
        if presence == .none { return "stopped" }
        if sight.trouble != nil { return "error" }
        if pausedUntil != nil { return "paused" }
        return running > 0 ? "running" : "idle"
    }

    package var row: JSONValue {
        var members: [String: JSONValue] = [
            "type": "status", "v": 1, "state": .string(state), "running": .number(Double(running)),
            "waiting": .number(Double(backlog.waiting)),
            "runs": .array(active.map(Self.row)), "overdue": .array(overdue.map(Self.row)),
        ]
        if case .elsewhere(let pid) = presence { members["pid"] = .number(Double(pid)) }
        members["next"] = armed.map(Self.row)
        if let pausedUntil, pausedUntil != .distantFuture { members["paused_until"] = Self.moment(pausedUntil) }
        members["since"] = sight.since.map(Self.moment)
        members["oldest"] = backlog.oldestReady.map(Self.moment)
        members["last_sync"] = sight.lastSync.map(Self.moment)
        if let bytes = sight.storeBytes {
            members["store"] = ["bytes": .number(Double(bytes)), "log_bytes": .number(Double(sight.logBytes ?? 0))]
        }
        if let trouble = sight.trouble {
            members["trouble"] = ["at": Self.moment(trouble.at), "text": .string(trouble.text)]
        }
        members["error"] = problem.map(JSONValue.string)
        return .object(members)
    }

    private static func moment(_ date: Date) -> JSONValue { .string(Rows.instant(date)) }

    private static func row(_ armed: ArmedTrigger) -> JSONValue {
        ["due": moment(armed.due), "job": Rows.reference(armed.job)]
    }

    private static func row(_ active: ActiveRun) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .number(Double(active.run.id)),
            "job": ["id": .number(Double(active.run.jobID)), "name": .string(active.job)],
            "since": active.run.started.map(moment) ?? .null, "attempt": .number(Double(active.run.attempt)),
        ]
        members["steps"] = active.steps.map { steps in
            [
                "done": .number(Double(steps.done)), "total": .number(Double(steps.total)),
                "current": .array(steps.current.map(JSONValue.string)),
            ]
        }
        return .object(members)
    }
}
