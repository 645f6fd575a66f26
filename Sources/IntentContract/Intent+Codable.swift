import JobModel

/// Reading and writing intents as the contract's JSON.
extension Intent: Codable {
    /// Every kind of intent, in the order of the contract.
    package static let bodies: [any IntentBody.Type] = [
        CreateJob.self,
        CreatePlaybook.self,
        UpdateJob.self,
        PauseJob.self,
        ResumeJob.self,
        DeleteJob.self,
        RunJob.self,
        CancelRun.self,
        SnoozeJob.self,
        ListJobs.self,
        ShowJob.self,
        JobHistory.self,
        Forecast.self,
        ExplainSchedule.self,
        SchedulerStatus.self,
        ShowCosts.self,
        PauseScheduler.self,
        ResumeScheduler.self,
        Approve.self,
        Reject.self,
        SetPreference.self,
        EditPlaybook.self,
        TestJob.self,
        ListDeliveries.self,
        Acknowledge.self,
        Mute.self,
        Undo.self,
        Redo.self,
        Help.self,
        Chat.self,
    ]

    package var body: any IntentBody {
        switch self {
        case .createJob(let body): body
        case .createPlaybook(let body): body
        case .updateJob(let body): body
        case .pauseJob(let body): body
        case .resumeJob(let body): body
        case .deleteJob(let body): body
        case .runJob(let body): body
        case .cancelRun(let body): body
        case .snoozeJob(let body): body
        case .listJobs(let body): body
        case .showJob(let body): body
        case .jobHistory(let body): body
        case .forecast(let body): body
        case .explainSchedule(let body): body
        case .schedulerStatus(let body): body
        case .showCosts(let body): body
        case .pauseScheduler(let body): body
        case .resumeScheduler(let body): body
        case .approve(let body): body
        case .reject(let body): body
        case .setPreference(let body): body
        case .editPlaybook(let body): body
        case .testJob(let body): body
        case .listDeliveries(let body): body
        case .acknowledge(let body): body
        case .mute(let body): body
        case .undo(let body): body
        case .redo(let body): body
        case .help(let body): body
        case .chat(let body): body
        }
    }

    /// The name that the contract gives it (`create_job`).
    package var name: String { type(of: body).intentName }

    package init(from decoder: any Decoder) throws {
        let document = JobMembers.nested(try JSONValue(from: decoder))
        guard let name = document["intent"]?.string else {
            throw Self.unreadable("an intent needs the member 'intent'", at: decoder)
        }
        guard let body = Self.bodies.first(where: { $0.intentName == name }) else {
            throw Self.unreadable("'\(name)' is no intent of the contract", at: decoder)
        }
        guard let intent = Intent(try document.decoded(as: body)) else {
            throw Self.unreadable("'\(name)' cannot be read", at: decoder)
        }
        self = intent
    }

    private static func unreadable(_ message: String, at decoder: any Decoder) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: message))
    }

    package func encode(to encoder: any Encoder) throws {
        let body = body
        var document = JobMembers.flat(try JSONValue(encoding: body))
        if case .object(var members) = document {
            members["intent"] = .string(name)
            document = .object(members)
        }
        try document.encode(to: encoder)
    }

    /// The intent that has this body; `nil` for a type that is not of the contract.
    package init?(_ body: any IntentBody) {
        switch body {
        case let body as CreateJob: self = .createJob(body)
        case let body as CreatePlaybook: self = .createPlaybook(body)
        case let body as UpdateJob: self = .updateJob(body)
        case let body as PauseJob: self = .pauseJob(body)
        case let body as ResumeJob: self = .resumeJob(body)
        case let body as DeleteJob: self = .deleteJob(body)
        case let body as RunJob: self = .runJob(body)
        case let body as CancelRun: self = .cancelRun(body)
        case let body as SnoozeJob: self = .snoozeJob(body)
        case let body as ListJobs: self = .listJobs(body)
        case let body as ShowJob: self = .showJob(body)
        case let body as JobHistory: self = .jobHistory(body)
        case let body as Forecast: self = .forecast(body)
        case let body as ExplainSchedule: self = .explainSchedule(body)
        case let body as SchedulerStatus: self = .schedulerStatus(body)
        case let body as ShowCosts: self = .showCosts(body)
        case let body as PauseScheduler: self = .pauseScheduler(body)
        case let body as ResumeScheduler: self = .resumeScheduler(body)
        case let body as Approve: self = .approve(body)
        case let body as Reject: self = .reject(body)
        case let body as SetPreference: self = .setPreference(body)
        case let body as EditPlaybook: self = .editPlaybook(body)
        case let body as TestJob: self = .testJob(body)
        case let body as ListDeliveries: self = .listDeliveries(body)
        case let body as Acknowledge: self = .acknowledge(body)
        case let body as Mute: self = .mute(body)
        case let body as Undo: self = .undo(body)
        case let body as Redo: self = .redo(body)
        case let body as Help: self = .help(body)
        case let body as Chat: self = .chat(body)
        default: return nil
        }
    }
}
