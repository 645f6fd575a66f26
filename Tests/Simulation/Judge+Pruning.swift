import Foundation
import JobModel

/// What is deleted is over, and old or one of too many.
extension Judge {
    /// The clock was set back: rows of moments that are to come again go, where nothing of them has begun; what has begun,
    /// or was asked for by no clock, waits no longer.
    func takenBack(after date: Date, armed: Set<TriggerID>) {
        let now = Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
        for (id, row) in rows {
            let run = row.run
            let isArmed = run.cause == .schedule && run.triggerID.map(armed.contains) ?? false
            if isArmed, run.due > now, run.state == .skipped || (run.state == .due && run.attempt == 0) {
                takeBack(run)
            } else if isArmed, run.state == .skipped, let through = run.through, through > now {
                rows[id]?.run.through = now
            } else if run.state == .due || run.state == .retrying, run.ready > now,
                run.attempt > 0 || run.cause != .schedule
            {
                leave(run)
                rows[id]?.run.notBefore = now
                enter(rows[id]!.run)
            }
        }
    }

    private func takeBack(_ run: Run) {
        rows[run.id] = nil
        rowsOfJob[run.jobID, default: 0] -= 1
        leave(run)
        if let trigger = run.triggerID { moments[trigger]?.forget(run.due) }
        goneAgain.insert(run.id)
    }

    func pruned(_ deleted: [RunID]) throws(Violation) {
        let ids = deleted.filter { goneAgain.remove($0) == nil }
        guard !ids.isEmpty else { return }
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
