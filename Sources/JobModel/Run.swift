import Foundation

/// One execution of an occurrence, of an event or of a person's wish.
package struct Run: Codable, Hashable, Sendable, Identifiable {
    /// Due → claimed → running → one of the four ends, with `retrying` and `waiting` between.
    package enum State: String, Codable, Sendable {
        case due, claimed, running, retrying, waiting
        case succeeded, failed, cancelled, skipped

        package var isFinal: Bool {
            switch self {
            case .succeeded, .failed, .cancelled, .skipped: true
            case .due, .claimed, .running, .retrying, .waiting: false
            }
        }

        /// Where a run may go from here; every store refuses the rest.
        package var successors: Set<State> {
            switch self {
            case .due: [.claimed, .running, .cancelled, .failed, .skipped]
            case .claimed: [.running, .due, .succeeded, .failed, .cancelled, .retrying, .waiting]
            case .running: [.succeeded, .failed, .cancelled, .retrying, .waiting, .due]
            case .retrying: [.claimed, .running, .cancelled, .failed]
            case .waiting: [.due, .claimed, .running, .cancelled, .failed]
            case .succeeded, .failed, .cancelled, .skipped: []
            }
        }
    }

    package enum Cause: String, Codable, Sendable {
        case schedule, event, manual
    }

    /// From when on it may start.
    package var ready: Date { notBefore ?? due }

    package var id: RunID
    package var jobID: JobID
    /// `nil` for manual runs.
    package var triggerID: TriggerID?
    package var cause: Cause
    /// The moment that it stands for: the occurrence, the event's arrival, the person's request.
    package var due: Date
    package var state: State
    /// Made after its due moment because nothing ran then.
    package var late: Bool
    /// From 1; counts starts, so a run whose owner died has 2.
    package var attempt: Int
    /// Proves the claim: only its holder may begin or finish the run.
    package var token: String
    /// With `retrying`: when the next attempt starts.
    package var notBefore: Date?
    package var started: Date?
    package var finished: Date?
    /// Why it was skipped, failed or is late, in words.
    package var reason: String?
    package var output: String?
    /// Data of the event that caused it.
    package var event: JSONValue?
    /// The same chain of triggers never goes deeper than five.
    package var depth: Int
    /// The event that caused it; a trigger runs once for an event.
    package var eventID: EventID?
    /// With `skipped`: the last of the moments that this row stands for; `nil` is its own alone.
    package var through: Date?
    /// As the job had it when the run came to be; a store fills it in.
    package var priority: Policies.Priority
    package var group: String?
    /// How often its owner died, or was told to stop, while it ran: starts that do not count against the retries.
    package var deaths: Int
    package var stops: Int
    /// What a person gave it by name; the playbook's own values stand for what is missing.
    package var inputs: JSONValue?

    package init(
        id: RunID = 0, jobID: JobID, triggerID: TriggerID? = nil, cause: Cause, due: Date, state: State = .due,
        late: Bool = false, attempt: Int = 0, token: String = "", notBefore: Date? = nil, started: Date? = nil,
        finished: Date? = nil, reason: String? = nil, output: String? = nil, event: JSONValue? = nil, depth: Int = 0,
        eventID: EventID? = nil, through: Date? = nil, priority: Policies.Priority = .normal, group: String? = nil,
        deaths: Int = 0, stops: Int = 0, inputs: JSONValue? = nil
    ) {
        self.inputs = inputs
        self.id = id
        self.jobID = jobID
        self.triggerID = triggerID
        self.cause = cause
        self.due = due
        self.state = state
        self.late = late
        self.attempt = attempt
        self.token = token
        self.notBefore = notBefore
        self.started = started
        self.finished = finished
        self.reason = reason
        self.output = output
        self.event = event
        self.depth = depth
        self.eventID = eventID
        self.through = through
        self.priority = priority
        self.group = group
        self.deaths = deaths
        self.stops = stops
    }
}

/// The record of one step of one run.
package struct StepRun: Codable, Hashable, Sendable {
    package enum State: String, Codable, Sendable { case running, succeeded, failed, skipped }

    package var runID: RunID
    /// From 0, in the order of the job's steps.
    package var index: Int
    package var name: String
    package var state: State
    package var attempt: Int
    package var started: Date
    package var finished: Date?
    package var result: StepResult?
    /// The process of a script while it runs: fences a script that outlived its scheduler.
    package var process: ProcessIdentity?

    package init(
        runID: RunID, index: Int, name: String, state: State, attempt: Int, started: Date, finished: Date? = nil,
        result: StepResult? = nil, process: ProcessIdentity? = nil
    ) {
        self.runID = runID
        self.index = index
        self.name = name
        self.state = state
        self.attempt = attempt
        self.started = started
        self.finished = finished
        self.result = result
        self.process = process
    }
}

/// A process that cannot be mistaken for a later one of the same number (proc(5), field 22 of `stat`).
package struct ProcessIdentity: Codable, Hashable, Sendable {
    package var pid: Int32
    /// Clock ticks after boot.
    package var startTime: UInt64

    package init(pid: Int32, startTime: UInt64) {
        self.pid = pid
        self.startTime = startTime
    }
}

/// What an action came to.
package struct StepResult: Codable, Hashable, Sendable {
    /// Text for people and for later steps; already cut to the output cap and free of control characters.
    package var text: String
    package var exitCode: Int?
    package var status: Int?
    /// Why it failed, in one clause ("exit 1: disk full"); `nil` when it succeeded.
    package var error: String?
    /// The failure may pass: worth a retry.
    package var isTransient: Bool
    /// Something the person should know although it succeeded ("no model configured: not summarised").
    package var note: String?
    /// Messages that the action asked for (a `notify` step).
    package var messages: [OutgoingMessage]
    /// `model` where its words may follow from foreign text; `nil` is a program or an endpoint.
    package var origin: Origin?
    /// Nobody was asked: the model's answer is of this moment, and was used again.
    package var answeredAt: Date?
    /// What an agent did, a line for each thing, refused ones included.
    package var trace: [String]?
    /// Steps that an agent asks for; carried out by whoever runs the playbook.
    package var plan: ExecutionPlan?
    /// What it came to as data, of the shape that the action's schema of results declares: `{{scan.price}}`.
    package var value: JSONValue?
    /// The step is not over: it goes on at this moment, and the run gives its place up until then.
    package var waitsUntil: Date?
    /// SHA-256 of what the step was given, where it may be left out while that is the same.
    package var inputHash: String?

    package enum Origin: String, Codable, Sendable { case model }

    package init(
        text: String = "", exitCode: Int? = nil, status: Int? = nil, error: String? = nil, isTransient: Bool = false,
        note: String? = nil, messages: [OutgoingMessage] = [], origin: Origin? = nil, answeredAt: Date? = nil,
        trace: [String]? = nil, plan: ExecutionPlan? = nil, value: JSONValue? = nil, waitsUntil: Date? = nil,
        inputHash: String? = nil
    ) {
        self.value = value
        self.waitsUntil = waitsUntil
        self.inputHash = inputHash
        self.text = text
        self.exitCode = exitCode
        self.status = status
        self.error = error
        self.isTransient = isTransient
        self.note = note
        self.messages = messages
        self.origin = origin
        self.answeredAt = answeredAt
        self.trace = trace
        self.plan = plan
    }

    package var succeeded: Bool { error == nil }
}

/// A line of the conversation about an outcome.
package struct Message: Codable, Hashable, Sendable, Identifiable {
    package var id: Int64
    package var jobID: JobID?
    package var runID: RunID?
    package var at: Date
    package var text: String
    package var seen: Bool

    package init(id: Int64 = 0, jobID: JobID?, runID: RunID?, at: Date, text: String, seen: Bool = false) {
        self.id = id
        self.jobID = jobID
        self.runID = runID
        self.at = at
        self.text = text
        self.seen = seen
    }
}

/// One message to one recipient, kept until it is sent or given up.
package struct Delivery: Codable, Hashable, Sendable, Identifiable {
    package enum State: String, Codable, Sendable { case queued, sent, failed, givenUp }

    package var id: Int64
    package var runID: RunID?
    package var jobName: String
    package var recipient: Recipient
    package var text: String
    package var state: State
    package var attempt: Int
    package var createdAt: Date
    package var notBefore: Date
    package var finished: Date?
    package var reason: String?

    package init(
        id: Int64 = 0, runID: RunID?, jobName: String, recipient: Recipient, text: String, state: State = .queued,
        attempt: Int = 0, createdAt: Date, notBefore: Date, finished: Date? = nil, reason: String? = nil
    ) {
        self.id = id
        self.runID = runID
        self.jobName = jobName
        self.recipient = recipient
        self.text = text
        self.state = state
        self.attempt = attempt
        self.createdAt = createdAt
        self.notBefore = notBefore
        self.finished = finished
        self.reason = reason
    }
}

/// A plan that only a person can release.
package struct Approval: Codable, Hashable, Sendable, Identifiable {
    package enum State: String, Codable, Sendable { case waiting, approved, rejected, expired }

    package var id: Int64
    package var jobID: JobID
    package var planHash: String
    package var reasons: [String]
    package var state: State
    package var createdAt: Date
    package var decidedAt: Date?

    package init(
        id: Int64 = 0, jobID: JobID, planHash: String, reasons: [String], state: State = .waiting, createdAt: Date,
        decidedAt: Date? = nil
    ) {
        self.id = id
        self.jobID = jobID
        self.planHash = planHash
        self.reasons = reasons
        self.state = state
        self.createdAt = createdAt
        self.decidedAt = decidedAt
    }
}
