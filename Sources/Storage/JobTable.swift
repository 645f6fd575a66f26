import Foundation
import GRDB
import JobModel

/// Jobs and their triggers, within a transaction.
struct JobTable {
    let db: Database

    private static let columns =
        "id, name, status, paused_until, steps, delivery, policies, capabilities, provenance, created_at, playbook"

    // MARK: Reading

    func all() throws -> [Job] {
        let triggers = Dictionary(
            grouping: try db.rows(
                """
                SELECT job_trigger.id, job_id, definition FROM job_trigger JOIN job ON job.id = job_id
                WHERE removed = 0 AND deleted_at IS NULL ORDER BY position
                """), by: { $0["job_id"] as JobID })
        return try db.rows("SELECT \(Self.columns) FROM job WHERE deleted_at IS NULL ORDER BY id").map { row in
            try job(row, triggers: triggers[row["id"]] ?? [])
        }
    }

    /// The job, unless it was deleted.
    func find(_ id: JobID) throws -> Job? {
        guard let row = try db.row("SELECT \(Self.columns) FROM job WHERE id = ? AND deleted_at IS NULL", [id])
        else { return nil }
        let triggers = try db.rows(
            "SELECT id, definition FROM job_trigger WHERE job_id = ? AND removed = 0 ORDER BY position", [id])
        return try job(row, triggers: triggers)
    }

    private func job(_ row: Row, triggers: [Row]) throws -> Job {
        var job = Job(
            id: row["id"], name: row["name"], triggers: try triggers.map(trigger), steps: try row.json("steps"),
            delivery: try row.json("delivery"), policies: try row.json("policies"), status: try row.state("status"),
            capabilities: try row.json("capabilities"), provenance: try row.json("provenance"),
            createdAt: row.date("created_at"), playbook: try row.optionalJSON("playbook"))
        job.pausedUntil = row.optionalDate("paused_until")
        return job
    }

    private func trigger(_ row: Row) throws -> Trigger {
        Trigger(id: row["id"], try row.json("definition"))
    }

    // MARK: Writing

    /// Stores a new job, armed after `at` when it is active; returns it with its ids.
    func insert(_ job: Job, at: Date) throws -> Job {
        try requireFreeName(job.name, except: nil)
        let id = try db.insert(
            """
            INSERT INTO job (name, name_key, status, paused_until, steps, delivery, policies, capabilities, provenance,
                created_at, playbook) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, values(of: job))
        try TriggerTable(db: db).set(job.triggers, of: id, armedAfter: job.status == .active ? at : nil)
        return try stored(id)
    }

    /// Gives the job with this id a whole new value, and brings it back if it was deleted. Returns it with its ids.
    func put(_ job: Job, at: Date) throws -> Job {
        try requireFreeName(job.name, except: job.id)
        let changed = try db.change(
            """
            UPDATE job SET name = ?, name_key = ?, status = ?, paused_until = ?, steps = ?, delivery = ?, policies = ?,
                capabilities = ?, provenance = ?, created_at = ?, playbook = ?, deleted_at = NULL WHERE id = ?
            """, values(of: job) + [job.id])
        guard changed == 1 else { throw StoreError.noSuchJob(job.id) }
        try TriggerTable(db: db).set(job.triggers, of: job.id, armedAfter: job.status == .active ? at : nil)
        return try stored(job.id)
    }

    /// The row stays, for the history and for undo.
    func delete(_ id: JobID, at: Date) throws {
        try db.change("UPDATE job SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", [at.milliseconds, id])
        try TriggerTable(db: db).disarm(id)
    }

    // MARK: How its runs go

    /// Counts a run that ended: failures in a row, and since when.
    func count(_ state: Run.State, of id: JobID, at: Date) throws {
        switch state {
        case .failed:
            try db.change(
                """
                UPDATE job SET failures = failures + 1, failing_since = coalesce(failing_since, ?1), failed_at = ?1
                WHERE id = ?2
                """, [at.milliseconds, id])
        case .succeeded:
            try db.change(
                """
                UPDATE job SET failures = 0, failing_since = NULL, failed_at = NULL WHERE id = ? AND failures > 0
                """, [id])
        default: break
        }
    }

    func failures(of id: JobID) throws -> FailureStreak {
        let row = try db.row("SELECT failures, failing_since, failed_at FROM job WHERE id = ?", [id])
        guard let row, row["failures"] as Int > 0 else { return FailureStreak() }
        let last = try db.row(
            "SELECT reason FROM run WHERE job_id = ? AND state = 'failed' ORDER BY due DESC, id DESC LIMIT 1", [id])
        return FailureStreak(
            count: row["failures"], since: row.optionalDate("failing_since"), latest: row.optionalDate("failed_at"),
            reason: last?["reason"])
    }

    /// Until a person resumes it. Failures are counted anew from then on.
    func pause(_ id: JobID) throws {
        try db.change(
            """
            UPDATE job SET status = 'paused', paused_until = NULL, failures = 0, failing_since = NULL,
                failed_at = NULL
            WHERE id = ? AND status = 'active'
            """, [id])
        try TriggerTable(db: db).disarm(id)
    }

    // MARK: Activation

    /// Makes the job active and arms its triggers for their first moments strictly after `moment`.
    func activate(_ id: JobID, after moment: Date) throws -> Job {
        try db.change("UPDATE job SET status = 'active', paused_until = NULL WHERE id = ?", [id])
        let job = try stored(id)
        try TriggerTable(db: db).set(job.triggers, of: id, armedAfter: moment)
        return job
    }

    private func stored(_ id: JobID) throws -> Job {
        guard let job = try find(id) else { throw StoreError.noSuchJob(id) }
        return job
    }

    private func values(of job: Job) throws -> StatementArguments {
        let pausedUntil = job.status == .paused ? job.pausedUntil?.milliseconds : nil
        return [
            job.name, Job.nameKey(job.name), job.status.rawValue, pausedUntil, try JSONColumn.text(job.steps),
            try JSONColumn.text(job.delivery), try JSONColumn.text(job.policies),
            try JSONColumn.text(job.capabilities), try JSONColumn.text(job.provenance), job.createdAt.milliseconds,
            try job.playbook.map { try JSONColumn.text($0) },
        ]
    }

    private func requireFreeName(_ name: String, except id: JobID?) throws {
        let holder = try db.row("SELECT id FROM job WHERE name_key = ? AND deleted_at IS NULL", [Job.nameKey(name)])
        guard let holder, holder["id"] as JobID != id else { return }
        throw StoreError.nameTaken(name)
    }
}
