import Foundation
import JobModel

/// What is deleted is over, and old or one of too many.
extension Judge {
    func pruned(_ ids: [RunID]) throws(Violation) {
        guard let (rule, date) = retention else { throw violation("runs were deleted, and nobody wanted that") }
        let cutoff = date - rule.age + 0.001
        var old: [JobID: Int] = [:]
        var surplus: Set<JobID> = []
        for id in ids {
            guard let run = rows.removeValue(forKey: id)?.run else { throw violation("run \(id) was deleted twice") }
            guard run.state.isFinal else { throw violation("pruned, but not over: \(run)") }
            rowsOfJob[run.jobID, default: 0] -= 1
            let isOld = run.due < cutoff && (run.finished ?? run.due) < cutoff
            if isOld { old[run.jobID, default: 0] += 1 } else { surplus.insert(run.jobID) }
        }
        for job in surplus where rowsOfJob[job, default: 0] + old[job, default: 0] < rule.runsPerJob {
            throw violation("fewer than \(rule.runsPerJob) runs of job \(job) were kept")
        }
    }
}
