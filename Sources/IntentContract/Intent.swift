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
    case cancelRun(CancelRun)
    case snoozeJob(SnoozeJob)
    case listJobs(ListJobs)
    case showJob(ShowJob)
    case jobHistory(JobHistory)
    case forecast(Forecast)
    case explainSchedule(ExplainSchedule)
    case schedulerStatus(SchedulerStatus)
    case showCosts(ShowCosts)
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
