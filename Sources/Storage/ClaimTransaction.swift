import Foundation
import GRDB
import JobModel

/// What one cycle of the scheduler writes, within a transaction.
struct ClaimTransaction {
    let db: Database
    let path: String

    /// Returns the runs that were claimed.
    func carryOut(_ request: ClaimRequest, at: Date) throws -> [Run] {
        if let epoch = request.epoch { try OwnerTable(db: db, path: path).require(epoch, at: at) }
        let runs = RunTable(db: db)
        var claimed: [Run] = []
        var made: Set<JobID> = []
        for occurrence in request.occurrences {
            guard let run = try runs.decide(occurrence, at: at) else { continue }
            if run.state != .skipped { made.insert(run.jobID) }
            if run.state == .claimed { claimed.append(run) }
            if run.state == .skipped { try tell(run.id, .runSkipped, at: at) }
        }
        for id in request.cancelled {
            guard let job = try runs.find(id)?.jobID, made.contains(job) else { continue }
            guard try runs.cancel(id, reason: "ended for a newer run", at: at) else { continue }
            try tell(id, .runCancelled, at: at)
        }
        claimed += try request.queued.compactMap(runs.claim)
        for occurrence in request.occurrences where occurrence.nextDue == nil {
            try runs.finishIfSpent(occurrence.jobID, at: at)
        }
        for message in request.messages { _ = try MessageTable(db: db).insert(message) }
        return claimed
    }

    private func tell(_ id: RunID, _ kind: LifecycleEvent, at: Date) throws {
        guard let run = try RunTable(db: db).find(id) else { return }
        let job: String = try db.row("SELECT name FROM job WHERE id = ?", [run.jobID])?["name"] ?? ""
        try EventTable(db: db).emit(.about(run, of: job, kind, reason: run.reason, at: at))
    }
}
