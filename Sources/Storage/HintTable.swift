import Foundation
import GRDB
import JobModel

/// Hints about the next run of jobs, and what was decided about them, within a transaction.
struct HintTable {
    let db: Database

    /// Keeps the decision, and arms the job for what was chosen; false where nothing is armed for a later moment.
    func retime(_ retiming: Retiming) throws -> Bool {
        try db.change(
            """
            INSERT INTO hint (job_id, run_id, at, rule, hint, expires, baseline, chosen, clamped, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                retiming.jobID, retiming.runID, retiming.at.milliseconds, retiming.rule.rawValue,
                try retiming.hint.map { try JSONColumn.text($0) }, retiming.hint?.expires.milliseconds,
                retiming.baseline?.milliseconds, retiming.chosen?.milliseconds, retiming.isClamped, retiming.reason,
            ])
        guard retiming.rule.isApplied, let chosen = retiming.chosen else { return false }
        return try arm(retiming.jobID, for: chosen, at: retiming.at)
    }

    /// The trigger that is armed for the earliest moment takes the chosen one; others must not come before it. A moment
    /// that is overdue stays.
    private func arm(_ job: JobID, for chosen: Date, at: Date) throws -> Bool {
        let armed = try db.rows(
            """
            SELECT id, definition, next_due FROM job_trigger
            WHERE job_id = ? AND kind = 'schedule' AND next_due > ? ORDER BY next_due, id
            """, [job, at.milliseconds])
        for (place, row) in armed.enumerated() {
            var due: Date? = chosen
            if place > 0 {
                guard row.date("next_due") < chosen else { continue }
                guard case .schedule(let schedule) = try row.json("definition", as: Trigger.Kind.self) else { continue }
                due = schedule.next(after: chosen)
            }
            try db.change(
                "UPDATE job_trigger SET next_due = ? WHERE id = ?", [due?.milliseconds, row["id"] as TriggerID])
        }
        return !armed.isEmpty
    }

    /// Latest first.
    func latest(of job: JobID, limit: Int) throws -> [Retiming] {
        try db.rows("SELECT * FROM hint WHERE job_id = ? ORDER BY id DESC LIMIT ?", [job, limit]).map { row in
            Retiming(
                id: row["id"], jobID: row["job_id"], runID: row["run_id"], at: row.date("at"),
                rule: try row.state("rule"), hint: try row.optionalJSON("hint"),
                baseline: row.optionalDate("baseline"), chosen: row.optionalDate("chosen"),
                isClamped: row["clamped"], reason: row["reason"])
        }
    }

    /// Each once, by the moment at which it was given.
    func unexpired(of job: JobID, at: Date) throws -> [TimingHint] {
        try db.rows(
            "SELECT hint FROM hint WHERE job_id = ? AND expires > ? ORDER BY id", [job, at.milliseconds]
        ).map { try $0.json("hint", as: TimingHint.self) }.uniqued().sorted { $0.at < $1.at }
    }

    func prune(before cutoff: Int64, limit: Int) throws -> Int {
        try db.change(
            """
            DELETE FROM hint WHERE id IN (
                SELECT id FROM hint WHERE at < ?1 AND (expires IS NULL OR expires < ?1) LIMIT ?2)
            """, [cutoff, limit])
    }
}

extension SQLiteStore {
    package func retime(_ retiming: Retiming) async throws -> Bool {
        try await write { try HintTable(db: $0).retime(retiming) }
    }

    package func retimings(of job: JobID, limit: Int) async throws -> [Retiming] {
        try await read { try HintTable(db: $0).latest(of: job, limit: limit) }
    }

    package func hints(of job: JobID, at: Date) async throws -> [TimingHint] {
        try await read { try HintTable(db: $0).unexpired(of: job, at: at) }
    }
}
