import JobModel

extension Intent {
    /// The job that it is about; `nil` for intents about none, or about all that there are.
    package var job: JobReference? {
        switch self {
        case .updateJob(let body): body.job
        case .pauseJob(let body): body.job
        case .resumeJob(let body): body.job
        case .deleteJob(let body): body.job
        case .runJob(let body): body.job
        case .cancelRun(let body): body.job
        case .snoozeJob(let body): body.job
        case .showJob(let body): body.job
        case .jobHistory(let body): body.job
        case .editPlaybook(let body): body.job
        case .testJob(let body): body.job
        case .listDeliveries(let body): body.job
        case .acknowledge(let body): body.job
        default: nil
        }
    }

    /// The same about another job; an intent that is about none stays as it is.
    package func naming(_ job: JobReference) -> Intent {
        guard self.job != nil else { return self }
        switch self {
        case .updateJob(var body): body.job = job; return .updateJob(body)
        case .pauseJob(var body): body.job = job; return .pauseJob(body)
        case .resumeJob(var body): body.job = job; return .resumeJob(body)
        case .deleteJob(var body): body.job = job; return .deleteJob(body)
        case .runJob(var body): body.job = job; return .runJob(body)
        case .cancelRun(var body): body.job = job; return .cancelRun(body)
        case .snoozeJob(var body): body.job = job; return .snoozeJob(body)
        case .showJob(var body): body.job = job; return .showJob(body)
        case .jobHistory(var body): body.job = job; return .jobHistory(body)
        case .editPlaybook(var body): body.job = job; return .editPlaybook(body)
        case .testJob(var body): body.job = job; return .testJob(body)
        case .listDeliveries(var body): body.job = job; return .listDeliveries(body)
        case .acknowledge(var body): body.job = job; return .acknowledge(body)
        default: return self
        }
    }

    /// A request for a new job with these policies in place of what it said of them; any other intent as it is.
    package func setting(_ policies: PolicyChange) -> Intent {
        switch self {
        case .createJob(var body):
            body.policies = body.policies?.merged(with: policies) ?? policies
            return .createJob(body)
        case .createPlaybook(var body):
            body.policies = body.policies?.merged(with: policies) ?? policies
            return .createPlaybook(body)
        default: return self
        }
    }
}
