import JobModel

/// What a person wants, as a closed contract: one case for each file in `Intents/`.
///
/// As JSON an intent is one flat object whose member `intent` names it (`{"intent": "pause_job", "job": "report"}`);
/// absent and `null` members mean the same. Time stays in the person's words: no interpreter computes a moment.
package enum Intent: Hashable, Sendable {
    case createJob(CreateJob)
    case createPlaybook(CreatePlaybook)
    case updateJob(UpdateJob)
    case pauseJob(PauseJob)
    case resumeJob(ResumeJob)
    case deleteJob(DeleteJob)
    case runJob(RunJob)
    case snoozeJob(SnoozeJob)
    case listJobs(ListJobs)
    case showJob(ShowJob)
    case jobHistory(JobHistory)
    case forecast(Forecast)
    case explainSchedule(ExplainSchedule)
    case schedulerStatus(SchedulerStatus)
    case pauseScheduler(PauseScheduler)
    case resumeScheduler(ResumeScheduler)
    case approve(Approve)
    case reject(Reject)
    case setPreference(SetPreference)
    case editPlaybook(EditPlaybook)
    case testJob(TestJob)
    case listDeliveries(ListDeliveries)
    case acknowledge(Acknowledge)
    case mute(Mute)
    case undo(Undo)
    case redo(Redo)
    case help(Help)
    case chat(Chat)
}

/// One intent's data: its name in the contract and its members.
package protocol IntentBody: Codable, Hashable, Sendable {
    static var intentName: String { get }
}

// MARK: Making and changing

/// Which jobs are meant: by name, by number, by "it", or all that the words fit.
package struct JobReference: Codable, Hashable, Sendable {
    /// The person's words for it without article ("weekly report", "3", "it").
    package var words: String
    /// Every job that the words fit is meant ("all reports").
    package var all: Bool

    package init(_ words: String, all: Bool = false) {
        self.words = words
        self.all = all
    }
}

/// An action as the contract writes it: `type`, and the members that this type needs.
package struct ActionIntent: Codable, Hashable, Sendable {
    /// `notify`, `prompt`, `script`, `http` or `playbook`.
    package var type: String
    /// The words of a `notify` or a `prompt`.
    package var text: String?
    /// The file of a `script`, and the arguments that were said with it.
    package var path: String?
    package var arguments: [String]?
    /// Method, address and body of an `http`.
    package var method: String?
    package var url: String?
    package var body: String?
    /// The playbook or job that a `playbook` runs.
    package var name: String?

    package init(
        type: String, text: String? = nil, path: String? = nil, arguments: [String]? = nil, method: String? = nil,
        url: String? = nil, body: String? = nil, name: String? = nil
    ) {
        self.type = type
        self.text = text
        self.path = path
        self.arguments = arguments
        self.method = method
        self.url = url
        self.body = body
        self.name = name
    }

    package static func notify(_ text: String) -> ActionIntent { ActionIntent(type: "notify", text: text) }
    package static func prompt(_ text: String) -> ActionIntent { ActionIntent(type: "prompt", text: text) }
    package static func script(_ path: String) -> ActionIntent { ActionIntent(type: "script", path: path) }
    package static func http(_ method: String, _ url: String) -> ActionIntent {
        ActionIntent(type: "http", method: method, url: url)
    }
    package static func playbook(_ name: String) -> ActionIntent { ActionIntent(type: "playbook", name: name) }
}

package struct CreateJob: IntentBody {
    package static let intentName = "create_job"
    package var name: String?
    /// The time words of the sentence ("every weekday at 9", "in 20 minutes"), or a cron expression as written.
    package var when: String?
    /// The name of the event that fires it (`github.issue.created`).
    package var event: String?
    /// With an event about jobs (`run.failed`): the job's name.
    package var eventJob: String?
    package var action: ActionIntent
    /// Recipients as `gateway` or `gateway/name`; empty means the person's default.
    package var deliver: [String]

    private enum CodingKeys: String, CodingKey {
        case name, when, event, action, deliver
        case eventJob = "event_job"
    }

    package init(
        name: String? = nil, when: String? = nil, event: String? = nil, eventJob: String? = nil, action: ActionIntent,
        deliver: [String] = []
    ) {
        self.name = name
        self.when = when
        self.event = event
        self.eventJob = eventJob
        self.action = action
        self.deliver = deliver
    }
}

/// A step as the contract writes it.
package struct StepIntent: Codable, Hashable, Sendable {
    /// Unique in the playbook (`fetch`); conditions of later steps refer to it.
    package var name: String
    package var action: ActionIntent
    /// A condition on an earlier step or the event: `backup failed`, `fetch.number < 20`, `fetch.status != 200`,
    /// `fetch contains "delayed"`, `fetch changed`, `not …`, `event.total > 500`.
    package var when: String?
    /// Recipients of a `notify` step.
    package var to: [String]

    package init(name: String, action: ActionIntent, when: String? = nil, to: [String] = []) {
        self.name = name
        self.action = action
        self.when = when
        self.to = to
    }
}

package struct CreatePlaybook: IntentBody {
    package static let intentName = "create_playbook"
    package var name: String?
    package var when: String?
    package var event: String?
    package var eventJob: String?
    package var steps: [StepIntent]
    /// Recipients of the outcome, beside what single steps send.
    package var deliver: [String]

    private enum CodingKeys: String, CodingKey {
        case name, when, event, steps, deliver
        case eventJob = "event_job"
    }

    package init(
        name: String? = nil, when: String? = nil, event: String? = nil, eventJob: String? = nil, steps: [StepIntent],
        deliver: [String] = []
    ) {
        self.name = name
        self.when = when
        self.event = event
        self.eventJob = eventJob
        self.steps = steps
        self.deliver = deliver
    }
}

package struct UpdateJob: IntentBody {
    package static let intentName = "update_job"
    package var job: JobReference
    /// New time words; where they say only a time or only a day, the rest of the job's schedule stays.
    package var when: String?
    package var newName: String?
    /// New recipients; `nil` leaves them.
    package var deliver: [String]?
    /// New words of a reminder or prompt.
    package var text: String?

    private enum CodingKeys: String, CodingKey {
        case job, when, deliver, text
        case newName = "new_name"
    }

    package init(
        job: JobReference, when: String? = nil, newName: String? = nil, deliver: [String]? = nil, text: String? = nil
    ) {
        self.job = job
        self.when = when
        self.newName = newName
        self.deliver = deliver
        self.text = text
    }
}

package struct PauseJob: IntentBody {
    package static let intentName = "pause_job"
    package var job: JobReference
    /// Time words ("Monday", "1 June", "for 2 hours"); `nil` is until a person resumes it.
    package var until: String?

    package init(job: JobReference, until: String? = nil) {
        self.job = job
        self.until = until
    }
}

package struct ResumeJob: IntentBody {
    package static let intentName = "resume_job"
    package var job: JobReference
    package init(job: JobReference) { self.job = job }
}

package struct DeleteJob: IntentBody {
    package static let intentName = "delete_job"
    package var job: JobReference
    package init(job: JobReference) { self.job = job }
}

package struct RunJob: IntentBody {
    package static let intentName = "run_job"
    package var job: JobReference
    package init(job: JobReference) { self.job = job }
}

package struct SnoozeJob: IntentBody {
    package static let intentName = "snooze_job"
    package var job: JobReference
    /// Time words for how long or which day ("an hour", "tomorrow"); `nil` skips the next occurrence only.
    package var until: String?

    package init(job: JobReference, until: String? = nil) {
        self.job = job
        self.until = until
    }
}

package struct EditPlaybook: IntentBody {
    package static let intentName = "edit_playbook"
    package var job: JobReference
    /// `add`, `remove` or `replace`.
    package var change: String
    /// From 1, as the card numbers the steps.
    package var step: Int?
    /// The step that is added or replaces another.
    package var action: ActionIntent?

    package init(job: JobReference, change: String, step: Int? = nil, action: ActionIntent? = nil) {
        self.job = job
        self.change = change
        self.step = step
        self.action = action
    }
}

package struct TestJob: IntentBody {
    package static let intentName = "test_job"
    package var job: JobReference
    package init(job: JobReference) { self.job = job }
}

// MARK: Asking

package struct ListJobs: IntentBody {
    package static let intentName = "list_jobs"
    /// Words that narrow the list: a status (`paused`), a kind (`reminders`), a gateway or part of a name.
    package var filter: String?
    package init(filter: String? = nil) { self.filter = filter }
}

package struct ShowJob: IntentBody {
    package static let intentName = "show_job"
    package var job: JobReference
    package init(job: JobReference) { self.job = job }
}

package struct JobHistory: IntentBody {
    package static let intentName = "job_history"
    /// `nil` asks about all jobs ("what failed last night?").
    package var job: JobReference?
    /// `failed` or `succeeded`; `nil` is any.
    package var outcome: String?
    /// Time words of the span ("last night", "this week").
    package var span: String?
    package var limit: Int?

    package init(job: JobReference? = nil, outcome: String? = nil, span: String? = nil, limit: Int? = nil) {
        self.job = job
        self.outcome = outcome
        self.span = span
        self.limit = limit
    }
}

package struct Forecast: IntentBody {
    package static let intentName = "forecast"
    /// Time words of the span ("tomorrow", "the next 3 hours"); `nil` is the next 24 hours.
    package var span: String?
    package init(span: String? = nil) { self.span = span }
}

package struct ExplainSchedule: IntentBody {
    package static let intentName = "explain_schedule"
    package var expression: String
    package init(expression: String) { self.expression = expression }
}

package struct ListDeliveries: IntentBody {
    package static let intentName = "list_deliveries"
    package var job: JobReference?
    package init(job: JobReference? = nil) { self.job = job }
}

package struct SchedulerStatus: IntentBody {
    package static let intentName = "scheduler_status"
    package init() {}
}

// MARK: Steering

package struct PauseScheduler: IntentBody {
    package static let intentName = "pause_scheduler"
    package var until: String?
    package init(until: String? = nil) { self.until = until }
}

package struct ResumeScheduler: IntentBody {
    package static let intentName = "resume_scheduler"
    package init() {}
}

package struct Approve: IntentBody {
    package static let intentName = "approve"
    /// `nil` means the only one that waits.
    package var approval: Int?
    package init(approval: Int? = nil) { self.approval = approval }
}

package struct Reject: IntentBody {
    package static let intentName = "reject"
    package var approval: Int?
    package init(approval: Int? = nil) { self.approval = approval }
}

package struct SetPreference: IntentBody {
    package static let intentName = "set_preference"
    /// `timezone`, `deliver`, `ambiguous_hour` (`am`, `pm`, `ask`) or `date_order` (`day_first`, `month_first`, `ask`).
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

package struct Acknowledge: IntentBody {
    package static let intentName = "acknowledge"
    package var job: JobReference?
    package init(job: JobReference? = nil) { self.job = job }
}

package struct Mute: IntentBody {
    package static let intentName = "mute"
    /// Time words ("8", "tomorrow morning"); `nil` is until a person says otherwise.
    package var until: String?
    package init(until: String? = nil) { self.until = until }
}

package struct Undo: IntentBody {
    package static let intentName = "undo"
    package init() {}
}

package struct Redo: IntentBody {
    package static let intentName = "redo"
    package init() {}
}

package struct Help: IntentBody {
    package static let intentName = "help"
    package var topic: String?
    package init(topic: String? = nil) { self.topic = topic }
}

package struct Chat: IntentBody {
    package static let intentName = "chat"
    package init() {}
}
