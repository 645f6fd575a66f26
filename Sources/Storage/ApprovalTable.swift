import Foundation
import GRDB
import JobModel

/// Approvals, within a transaction.
struct ApprovalTable {
    let db: Database

    func all(waitingOnly: Bool) throws -> [Approval] {
        let condition = waitingOnly ? "WHERE state = 'waiting'" : ""
        return try db.rows("SELECT * FROM approval \(condition) ORDER BY id").map(approval)
    }

    private func approval(_ row: Row) throws -> Approval {
        Approval(
            id: row["id"], jobID: row["job_id"], planHash: row["plan_hash"], reasons: try row.json("reasons"),
            state: try row.state("state"), createdAt: row.date("created_at"), decidedAt: row.optionalDate("decided_at"))
    }

    func insert(_ approval: Approval) throws {
        try db.change(
            "INSERT INTO approval (job_id, plan_hash, reasons, state, created_at) VALUES (?, ?, ?, 'waiting', ?)",
            [
                approval.jobID, approval.planHash, try JSONColumn.text(approval.reasons),
                approval.createdAt.milliseconds,
            ])
    }

    /// What waits for this job can no longer be approved: its plan changed or is gone.
    func expire(of job: JobID, at: Date) throws {
        try db.change(
            "UPDATE approval SET state = 'expired', decided_at = ? WHERE job_id = ? AND state = 'waiting'",
            [at.milliseconds, job])
    }

    /// Asks once more what was asked last about this job.
    func askAgain(for job: JobID, at: Date) throws {
        guard let row = try db.row("SELECT * FROM approval WHERE job_id = ? ORDER BY id DESC LIMIT 1", [job]) else {
            return
        }
        var again = try approval(row)
        again.createdAt = at
        try insert(again)
    }

    /// False when it was not waiting.
    func decide(_ id: Int64, approved: Bool, at: Date) throws -> Bool {
        let state: Approval.State = approved ? .approved : .rejected
        let changed = try db.change(
            "UPDATE approval SET state = ?, decided_at = ? WHERE id = ? AND state = 'waiting'",
            [state.rawValue, at.milliseconds, id])
        guard changed == 1 else { return false }
        guard approved, let row = try db.row("SELECT job_id FROM approval WHERE id = ?", [id]) else { return true }
        let jobs = JobTable(db: db)
        if let job = try jobs.find(row["job_id"]), job.status == .draft {
            let active = try jobs.activate(job.id, after: at)
            try EventTable(db: db).emit(.about(active, .jobChanged, at: at))
        }
        return true
    }
}
