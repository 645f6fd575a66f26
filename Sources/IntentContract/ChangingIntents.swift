// Intents that make jobs and change them.

import JobModel

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
    /// `notify`, `prompt`, `script`, `http`, `playbook`, `system` or `agent`.
    package var type: String
    /// The words of a `notify` or a `prompt`; the goal of an `agent`.
    package var text: String?
    /// The file of a `script`, and the arguments that were said with it. Of an `agent`: what it may use (`read:~/logs`,
    /// `get:https://x.test/docs/*`, `script:count.sh`, `jobs`), which steps it may ask for (`call:STEP`), `rounds:N`.
    package var path: String?
    package var arguments: [String]?
    /// Method, address and body of an `http`.
    package var method: String?
    package var url: String?
    package var body: String?
    /// The playbook or job that a `playbook` runs; what a `system` measures (`disk_used_percent`); who an
    /// `agent` is.
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
    package static func system(_ measure: SystemMeasure, path: String?) -> ActionIntent {
        ActionIntent(type: "system", path: path, name: measure.rawValue)
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
    /// How it behaves when things do not go to plan, where the person said something of it.
    package var policies: PolicyChange?

    private enum CodingKeys: String, CodingKey {
        case name, when, event, action, deliver, policies
        case eventJob = "event_job"
    }

    package init(
        name: String? = nil, when: String? = nil, event: String? = nil, eventJob: String? = nil, action: ActionIntent,
        deliver: [String] = [], policies: PolicyChange? = nil
    ) {
        self.name = name
        self.when = when
        self.event = event
        self.eventJob = eventJob
        self.action = action
        self.deliver = deliver
        self.policies = policies
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
    /// As of a job.
    package var policies: PolicyChange?

    private enum CodingKeys: String, CodingKey {
        case name, when, event, steps, deliver, policies
        case eventJob = "event_job"
    }

    package init(
        name: String? = nil, when: String? = nil, event: String? = nil, eventJob: String? = nil, steps: [StepIntent],
        deliver: [String] = [], policies: PolicyChange? = nil
    ) {
        self.name = name
        self.when = when
        self.event = event
        self.eventJob = eventJob
        self.steps = steps
        self.deliver = deliver
        self.policies = policies
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
    /// The policies that change; `nil` leaves all of them.
    package var policies: PolicyChange?

    private enum CodingKeys: String, CodingKey {
        case job, when, deliver, text, policies
        case newName = "new_name"
    }

    package init(
        job: JobReference, when: String? = nil, newName: String? = nil, deliver: [String]? = nil, text: String? = nil,
        policies: PolicyChange? = nil
    ) {
        self.job = job
        self.when = when
        self.newName = newName
        self.deliver = deliver
        self.text = text
        self.policies = policies
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

/// Ends the runs of a job that are under way or wait. The job itself stays.
package struct CancelRun: IntentBody {
    package static let intentName = "cancel_run"
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
