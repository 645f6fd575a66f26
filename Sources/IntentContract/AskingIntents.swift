// Intents that ask about what is there.

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

package struct ShowCosts: IntentBody {
    package static let intentName = "show_costs"
    /// How many days back, today included; `nil` is a week.
    package var days: Int?
    package init(days: Int? = nil) { self.days = days }
}
