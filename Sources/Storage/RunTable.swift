import Foundation
import GRDB
import JobModel

/// Runs and their steps, within a transaction. Every change is guarded by the state, and by the token of the claim.
struct RunTable {
    let db: Database

    // MARK: Reading

    func waiting() throws -> [Run] {
        try db.rows(
            """
            SELECT * FROM run WHERE finished IS NULL AND state IN ('due', 'retrying')
            ORDER BY coalesce(not_before, due), id
            """
        ).map(run)
    }

    func owned() throws -> [Run] {
        try db.rows("SELECT * FROM run WHERE finished IS NULL AND state IN ('claimed', 'running') ORDER BY id").map(run)
    }

    func matching(_ query: RunQuery) throws -> [Run] {
        var conditions = ["1"]
        var arguments = StatementArguments()
        if let job = query.job {
            conditions.append("job_id = ?")
            arguments += [job]
        }
        if let since = query.since {
            conditions.append("due >= ?")
            arguments += [since.milliseconds]
        }
        if !query.states.isEmpty {
            conditions.append("state IN (\(query.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))")
        }
        let condition = conditions.joined(separator: " AND ")
        arguments += [query.limit]
        return try db.rows("SELECT * FROM run WHERE \(condition) ORDER BY due DESC, id DESC LIMIT ?", arguments).map(
            run)
    }

    private func run(_ row: Row) throws -> Run {
        Run(
            id: row["id"], jobID: row["job_id"], triggerID: row["trigger_id"], cause: try row.state("cause"),
            due: row.date("due"), state: try row.state("state"), late: row["late"], attempt: row["attempt"],
            token: row["token"], notBefore: row.optionalDate("not_before"), started: row.optionalDate("started"),
            finished: row.optionalDate("finished"), reason: row["reason"], output: row["output"],
            event: try row.optionalJSON("event"), depth: row["depth"])
    }

    // MARK: Adding

    /// The row's id, or `nil` when this occurrence has a row already.
    func insert(_ run: Run) throws -> RunID? {
        let changed = try db.change(
            """
            INSERT INTO run (job_id, trigger_id, cause, due, state, late, attempt, token, not_before, started, finished,
                reason, output, event, depth) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (job_id, trigger_id, due) WHERE cause = 'schedule' DO NOTHING
            """,
            [
                run.jobID, run.triggerID, run.cause.rawValue, run.due.milliseconds, run.state.rawValue, run.late,
                run.attempt, run.token, run.notBefore?.milliseconds, run.started?.milliseconds,
                run.finished?.milliseconds, run.reason, run.output, try run.event.map { try JSONColumn.text($0) },
                run.depth,
            ])
        return changed == 1 ? db.lastInsertedRowID : nil
    }

    /// Carries out the decision about one due moment; returns the run that it made, if any.
    func claim(_ claim: OccurrenceClaim, at: Date) throws -> Run? {
        guard try TriggerTable(db: db).advance(claim) else { return nil }
        var run = Run(jobID: claim.jobID, triggerID: claim.triggerID, cause: .schedule, due: claim.due.stored)
        switch claim.disposition {
        case .pass:
            return nil
        case .skip(let reason):
            (run.state, run.reason, run.finished) = (.skipped, reason, at)
            _ = try insert(run)
            return nil
        case .run(let late, let reason, let token):
            (run.state, run.late, run.reason, run.token, run.attempt) = (.claimed, late, reason, token, 1)
            guard let id = try insert(run) else { return nil }
            run.id = id
            return run
        }
    }

    // MARK: The way of a run

    /// A retry leaves behind why the attempt before failed; why a run is late stays.
    func claim(_ id: RunID, token: String) throws -> Bool {
        try db.change(
            """
            UPDATE run SET state = 'claimed', token = ?, attempt = attempt + 1, not_before = NULL,
                reason = iif(state = 'retrying' AND late = 0, NULL, reason)
            WHERE id = ? AND state IN ('due', 'retrying')
            """, [token, id]) == 1
    }

    func begin(_ id: RunID, token: String, at: Date) throws -> Bool {
        try db.change(
            "UPDATE run SET state = 'running', started = ? WHERE id = ? AND token = ? AND state = 'claimed'",
            [at.milliseconds, id, token]) == 1
    }

    /// A retry gives its claim up: its token no longer holds.
    func finish(_ id: RunID, token: String, outcome: RunOutcome, at: Date) throws -> Bool {
        let retryAt = outcome.state == .retrying ? outcome.retryAt ?? at : nil
        return try db.change(
            """
            UPDATE run SET state = ?, finished = ?, not_before = ?, reason = coalesce(?, reason), output = ?,
                token = iif(?, token, '')
            WHERE id = ? AND token = ? AND state IN ('claimed', 'running')
            """,
            [
                outcome.state.rawValue, outcome.state.isFinal ? at.milliseconds : nil, retryAt?.milliseconds,
                outcome.reason, outcome.output, outcome.state.isFinal, id, token,
            ]) == 1
    }

    func requeue(_ id: RunID, token: String, reason: String) throws -> Bool {
        try db.change(
            """
            UPDATE run SET state = 'due', token = '', not_before = NULL, started = NULL, reason = ?
            WHERE id = ? AND token = ? AND state IN ('claimed', 'running')
            """, [reason, id, token]) == 1
    }

    func cancel(_ id: RunID, reason: String, at: Date) throws -> Bool {
        try db.change(
            """
            UPDATE run SET state = 'cancelled', finished = ?, not_before = NULL, reason = ?
            WHERE id = ? AND finished IS NULL
            """, [at.milliseconds, reason, id]) == 1
    }

    /// Active jobs that only a clock starts, with nothing armed and nothing under way, are over.
    func finishSpentJobs() throws {
        try db.change(
            """
            UPDATE job SET status = 'finished'
            WHERE status = 'active' AND deleted_at IS NULL
                AND EXISTS (SELECT 1 FROM job_trigger t WHERE t.job_id = job.id AND removed = 0)
                AND NOT EXISTS (
                    SELECT 1 FROM job_trigger t
                    WHERE t.job_id = job.id AND removed = 0 AND (kind <> 'schedule' OR next_due IS NOT NULL))
                AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.id AND run.finished IS NULL)
            """)
    }
}
