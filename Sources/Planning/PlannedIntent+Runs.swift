import IntentContract
import JobModel

/// Planning the end of runs.
extension PlannedIntent {
    /// "it" is the job last spoken of where a run of it is under way, else the only job of which one is.
    func cancelRuns(_ body: CancelRun) throws -> Plan.Item {
        let words = JobResolver.normalized(body.job.words)
        guard answers.job == nil, !body.job.all, JobResolver.pronouns.contains(words) else {
            return Plan.Item(.cancelRuns(try jobs(body.job)))
        }
        let busy = situation.jobs.filter { situation.underWay.contains($0.id) }
        if let job = busy.first(where: { $0.id == situation.focus }) { return Plan.Item(.cancelRuns([job])) }
        if busy.count > 1 {
            let names = busy.prefix(8).map(\.name)
            throw QuestionError(Question(about: .job, text: "The run of which job?", options: names))
        }
        return Plan.Item(.cancelRuns(try busy.isEmpty ? jobs(body.job) : busy))
    }
}
