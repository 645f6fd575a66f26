import Foundation

package typealias EventID = Int64

/// Something that happened: to a job, to a run, to the scheduler, or outside.
package struct Event: Codable, Hashable, Sendable, Identifiable {
    /// A chain of jobs that trigger each other ends here.
    package static let depthLimit = 5

    /// Counts up; 0 until the store has given it one.
    package var id: EventID
    /// `source.object.verb`, or `source.verb`: `github.issue.created`, `run.failed`.
    package var name: String
    package var at: Date
    /// An object.
    package var data: JSONValue
    package var jobID: JobID?
    package var runID: RunID?
    /// How many triggers led here; 0 for what a person or the world did.
    package var depth: Int

    package init(
        id: EventID = 0, name: String, at: Date, data: JSONValue = [:], jobID: JobID? = nil, runID: RunID? = nil,
        depth: Int = 0
    ) {
        self.id = id
        self.name = name
        self.at = at
        self.data = data
        self.jobID = jobID
        self.runID = runID
        self.depth = depth
    }
}

/// An event as it was stored, and what it set off.
package struct EmittedEvent: Hashable, Sendable {
    package var event: Event
    package var runs: [Run]

    package init(event: Event, runs: [Run]) {
        self.event = event
        self.runs = runs
    }
}

/// The events that the program itself tells of.
package enum LifecycleEvent: String, CaseIterable, Sendable {
    case jobCreated = "job.created"
    case jobChanged = "job.changed"
    case jobDeleted = "job.deleted"
    case jobPaused = "job.paused"
    case jobResumed = "job.resumed"
    case jobFinished = "job.finished"
    case runStarted = "run.started"
    case runSucceeded = "run.succeeded"
    case runFailed = "run.failed"
    case runCancelled = "run.cancelled"
    case runSkipped = "run.skipped"
    case runRetrying = "run.retrying"
    /// Begun, or skipped, after its moment had passed unseen.
    case runLate = "run.late"
    case schedulerStarted = "scheduler.started"
    case schedulerStopped = "scheduler.stopped"
    case schedulerPaused = "scheduler.paused"
    case schedulerResumed = "scheduler.resumed"
    /// Runs of an owner that died, or was stopped, are taken over.
    case schedulerTookOver = "scheduler.took_over"
    /// It should have looked and did not.
    case schedulerStalled = "scheduler.stalled"
    /// Jobs that trigger each other were stopped at `Event.depthLimit`.
    case chainStopped = "chain.stopped"

    /// The event of a run that came to this state; `nil` for states on the way.
    package init?(ending state: Run.State) {
        switch state {
        case .succeeded: self = .runSucceeded
        case .failed: self = .runFailed
        case .cancelled: self = .runCancelled
        case .skipped: self = .runSkipped
        case .retrying: self = .runRetrying
        case .due, .claimed, .running, .waiting: return nil
        }
    }
}

extension Event {
    /// A lifecycle event about a run of `job`; its data name both, as conditions and filters read them, its moment, and
    /// how many seconds ago it was started.
    package static func about(
        _ run: Run, of job: String, _ kind: LifecycleEvent, reason: String? = nil, at date: Date
    ) -> Event {
        var data: [String: JSONValue] = [
            "job": .string(job), "job_id": .number(Double(run.jobID)), "run": .number(Double(run.id)),
            "attempt": .number(Double(run.attempt)), "late": .bool(run.late), "reason": .string(reason ?? ""),
            "due": .string(RFC3339.text(run.due)),
        ]
        if let started = run.started { data["seconds"] = .number(max(0, date.timeIntervalSince(started))) }
        return Event(
            name: kind.rawValue, at: date, data: .object(data), jobID: run.jobID, runID: run.id, depth: run.depth)
    }

    package static func about(_ job: Job, _ kind: LifecycleEvent, at date: Date) -> Event {
        let data: JSONValue = ["job": .string(job.name), "job_id": .number(Double(job.id))]
        return Event(name: kind.rawValue, at: date, data: data, jobID: job.id)
    }

    /// Nothing is triggered any more: too many triggers led here.
    package var isTooDeep: Bool { depth >= Self.depthLimit }

    /// The run as it is stored where `waiting` runs of its job wait already: beyond the limit it is skipped, with that
    /// reason.
    package static func limited(_ run: Run, waiting: Int, at date: Date) -> Run {
        guard waiting >= Policies.queueLimit else { return run }
        var skipped = run
        skipped.state = .skipped
        skipped.finished = date
        skipped.reason = "\(Policies.queueLimit) runs of it waited already"
        return skipped
    }

    /// The run that a trigger of `job` makes of it, however deep the chain is; `nil` where none matches.
    package func run(of job: Job) -> Run? {
        guard job.status == .active, let trigger = job.triggers.first(where: { $0.matches(self) }) else { return nil }
        return Run(
            jobID: job.id, triggerID: trigger.id, cause: .event, due: at, event: data, depth: depth + 1, eventID: id)
    }
}

extension Trigger {
    package func matches(_ event: Event) -> Bool {
        guard case .event(let filter) = kind else { return false }
        return filter.matches(event)
    }
}

extension EventFilter {
    package func matches(_ event: Event) -> Bool {
        guard name == event.name, isAbout(event) else { return false }
        return data?.matches(event.data) ?? true
    }

    /// A renamed job is still the same; a filter without its number goes by the name.
    package func isAbout(_ event: Event) -> Bool {
        if let jobID { return event.data["job_id"]?.number == Double(jobID) }
        guard let job else { return true }
        return event.data["job"]?.string?.caseInsensitiveCompare(job) == .orderedSame
    }

    /// "inventory.low_stock arrives with sku == "A1"", "run.failed arrives from "Backup"".
    package var words: String {
        "\(name) arrives" + (job.map { " from \"\($0)\"" } ?? "") + (data.map { " with \($0)" } ?? "")
    }
}
