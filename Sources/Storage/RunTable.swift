import Foundation
import GRDB
import JobModel

/// Runs, within a transaction. Every change is guarded by the state, and by the token of the claim.
struct RunTable {
    let db: Database

    // MARK: Adding

    /// The run with its id, or `nil` when this occurrence (or this event's run) has a row already. Priority and group
    /// are those of the job.
    func insert(_ run: Run) throws -> Run? {
        var stored = run
        (stored.due, stored.notBefore, stored.through) = (run.due.stored, run.notBefore?.stored, run.through?.stored)
        let job = try db.row(
            """
            SELECT coalesce(json_extract(policies, '$.priority'), 1) AS priority,
                json_extract(policies, '$.group') AS run_group FROM job WHERE id = ?
            """, [run.jobID])
        stored.priority = (job?["priority"]).flatMap(Policies.Priority.init) ?? .normal
        stored.group = job?["run_group"]
        let changed = try db.change(
            """
            INSERT INTO run (job_id, trigger_id, cause, due, state, late, attempt, token, not_before, started, finished,
                reason, output, event, depth, event_id, through, priority, run_group, inputs)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """, try values(of: stored))
        guard changed == 1 else { return nil }
        stored.id = db.lastInsertedRowID
        return stored
    }

    private func values(of run: Run) throws -> StatementArguments {
        [
            run.jobID, run.triggerID, run.cause.rawValue, run.due.milliseconds, run.state.rawValue, run.late,
            run.attempt, run.token, run.notBefore?.milliseconds, run.started?.milliseconds,
            run.finished?.milliseconds, run.reason, run.output, try run.event.map { try JSONColumn.text($0) },
            run.depth, run.eventID, run.through?.milliseconds, run.priority.rawValue, run.group,
            try run.inputs.map { try JSONColumn.text($0) },
        ]
    }

    /// Carries out the decision about one due moment; returns the row that it made, if any.
    func decide(_ claim: OccurrenceClaim, at: Date) throws -> Run? {
        let triggers = TriggerTable(db: db)
        guard try triggers.advance(claim) else { return nil }
        var run = Run(jobID: claim.jobID, triggerID: claim.triggerID, cause: .schedule, due: claim.due)
        switch claim.disposition {
        case .skip(let reason, let through):
            (run.state, run.reason, run.finished, run.through) = (.skipped, reason, at, through)
        case .wait(let late, let reason):
            (run.state, run.late, run.reason) = (.due, late, reason)
        case .run(let late, let reason, let token):
            (run.state, run.late, run.reason, run.token, run.attempt) = (.claimed, late, reason, token, 1)
        }
        if let made = try insert(run) { return made }
        // A span keeps its row where its first moment has one already: the clock was set back.
        guard let through = run.through, let schedule = try triggers.schedule(of: claim.triggerID) else { return nil }
        while let next = schedule.next(after: run.due), next <= through + 0.001 {
            run.due = next
            if let made = try insert(run) { return made }
        }
        return nil
    }

    // MARK: The way of a run

    /// The run as it is claimed, or `nil`. One that waited goes on as begun when it was. A retry leaves behind why the attempt before failed; why a run is late stays.
    func claim(_ claim: RunClaim) throws -> Run? {
        let changed = try db.change(
            """
            UPDATE run SET state = 'claimed', token = ?, attempt = attempt + 1, not_before = NULL,
                reason = iif(state = 'retrying' AND late = 0, NULL, reason),
                started = iif(state = 'waiting', started, NULL)
            WHERE id = ? AND state IN ('due', 'retrying', 'waiting')
            """, [claim.token, claim.id])
        return changed == 1 ? try find(claim.id) : nil
    }

    func begin(_ id: RunID, token: String, at: Date) throws -> Bool {
        try db.change(
            "UPDATE run SET state = 'running', started = coalesce(started, ?) WHERE id = ? AND token = ? AND state = 'claimed'",
            [at.milliseconds, id, token]) == 1
    }

    /// A retry, and a run that waits, give their claim up: its token no longer holds. The start that goes on after a wait
    /// does not count against the retries.
    func finish(_ id: RunID, token: String, outcome: RunOutcome, at: Date) throws -> Bool {
        let retryAt = outcome.state.isFinal ? nil : outcome.retryAt ?? at
        return try db.change(
            """
            UPDATE run SET state = ?, finished = ?, not_before = ?, reason = coalesce(?, reason), output = ?,
                token = iif(?, token, ''), stops = stops + iif(?, 1, 0)
            WHERE id = ? AND token = ? AND state IN ('claimed', 'running')
            """,
            [
                outcome.state.rawValue, outcome.state.isFinal ? at.milliseconds : nil, retryAt?.milliseconds,
                outcome.reason, outcome.output, outcome.state.isFinal, outcome.state == .waiting, id, token,
            ]) == 1
    }

    /// A start that never happened is not counted.
    func requeue(_ id: RunID, token: String, reason: String?, isDeath: Bool) throws -> Bool {
        try db.change(
            """
            UPDATE run SET state = 'due', token = '', not_before = NULL, started = NULL, reason = coalesce(?1, reason),
                deaths = deaths + iif(state = 'running' AND ?2, 1, 0),
                stops = stops + iif(state = 'running' AND NOT ?2, 1, 0), attempt = attempt - iif(state = 'claimed', 1, 0)
            WHERE id = ?3 AND token = ?4 AND state IN ('claimed', 'running')
            """, [reason, isDeath, id, token]) == 1
    }

    func cancel(_ id: RunID, reason: String, at: Date) throws -> Bool {
        try db.change(
            """
            UPDATE run SET state = 'cancelled', finished = ?, not_before = NULL, reason = ?
            WHERE id = ? AND finished IS NULL
            """, [at.milliseconds, reason, id]) == 1
    }

    /// The clock was set back to `moment`. Rows of moments that are to come again go, where nothing of them has begun and
    /// their trigger is armed; one that stands for a span ends where the clock is now. What waits for a moment of the
    /// clock before and has begun, or was asked for by no clock, is ready at once.
    func takeBack(after moment: Date) throws {
        let now = moment.milliseconds
        let isArmed = "trigger_id IN (SELECT id FROM job_trigger WHERE next_due IS NOT NULL)"
        let spans = "SELECT * FROM run WHERE state = 'skipped' AND due <= ? AND through > ? AND \(isArmed)"
        for row in try db.rows(spans, [now, now]) {
            var kept = try run(row)
            kept.through = moment
            try db.change("DELETE FROM run WHERE id = ?", [kept.id])
            _ = try insert(kept)
        }
        try db.change(
            """
            DELETE FROM run WHERE cause = 'schedule' AND due > ? AND \(isArmed)
                AND (state = 'skipped' OR (state = 'due' AND attempt = 0))
            """, [now])
        try db.change(
            """
            UPDATE run SET not_before = ?1 WHERE state IN ('due', 'retrying', 'waiting') AND coalesce(not_before, due) > ?1
                AND (attempt > 0 OR cause <> 'schedule')
            """, [now])
    }

    /// An active job that only a clock starts, with nothing armed and nothing under way, is over.
    func finishIfSpent(_ id: JobID, at: Date) throws {
        let changed = try db.change(
            """
            UPDATE job SET status = 'finished'
            WHERE id = ? AND status = 'active' AND deleted_at IS NULL
                AND EXISTS (SELECT 1 FROM job_trigger t WHERE t.job_id = job.id AND removed = 0)
                AND NOT EXISTS (
                    SELECT 1 FROM job_trigger t
                    WHERE t.job_id = job.id AND removed = 0 AND (kind <> 'schedule' OR next_due IS NOT NULL))
                AND NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.id AND run.finished IS NULL)
            """, [id])
        guard changed == 1, let job = try JobTable(db: db).find(id) else { return }
        try EventTable(db: db).emit(.about(job, .jobFinished, at: at))
    }
}
