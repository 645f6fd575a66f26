import Foundation
import GRDB
import JobModel

/// Deleting what is over and old, a few rows at a time, within a transaction.
///
/// Left alone: what is not over, deliveries that are still queued, and messages that nobody has seen.
struct RetentionTable {
    let db: Database

    func prune(_ retention: Retention, at: Date) throws -> Int {
        let cutoff = (at - retention.age).milliseconds
        var deleted = try delete(runs: oldRuns(before: cutoff, limit: retention.batch))
        if deleted < retention.batch { deleted += try pruneByCount(retention, limit: retention.batch - deleted) }
        if deleted < retention.batch {
            deleted += try pruneOthers(before: cutoff, at: at, limit: retention.batch - deleted)
        }
        return deleted
    }

    private func oldRuns(before cutoff: Int64, limit: Int) throws -> [RunID] {
        try db.rows(
            """
            SELECT id FROM run WHERE due < ?1 AND finished IS NOT NULL AND finished < ?1
                AND NOT EXISTS (SELECT 1 FROM delivery WHERE run_id = run.id AND state = 'queued')
            ORDER BY due LIMIT ?2
            """, [cutoff, limit]
        ).map { $0["id"] }
    }

    private func pruneByCount(_ retention: Retention, limit: Int) throws -> Int {
        var deleted = 0
        for row in try db.rows("SELECT id FROM job") where deleted < limit {
            let job: JobID = row["id"]
            let oldestKept = try db.row(
                "SELECT due FROM run WHERE job_id = ? ORDER BY due DESC LIMIT 1 OFFSET ?",
                [job, max(0, retention.runsPerJob - 1)])
            guard let oldestKept else { continue }
            let due: Int64 = oldestKept["due"]
            let runs: [RunID] = try db.rows(
                """
                SELECT id FROM run WHERE job_id = ? AND due < ? AND finished IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM delivery WHERE run_id = run.id AND state = 'queued')
                ORDER BY due LIMIT ?
                """, [job, due, limit - deleted]
            ).map { $0["id"] }
            deleted += try delete(runs: runs)
        }
        return deleted
    }

    private func delete(runs: [RunID]) throws -> Int {
        for run in runs {
            // What was forgotten cannot come again, should the clock be set back.
            try db.change(
                """
                UPDATE job_trigger SET pruned_through = max(coalesce(pruned_through, 0), r.due)
                FROM (SELECT trigger_id, coalesce(through, due) AS due FROM run WHERE id = ? AND cause = 'schedule') AS r
                WHERE job_trigger.id = r.trigger_id
                """, [run])
            try db.change("DELETE FROM step_run WHERE run_id = ?", [run])
            try db.change("DELETE FROM delivery WHERE run_id = ?", [run])
            try db.change("UPDATE message SET run_id = NULL WHERE run_id = ?", [run])
            try db.change("DELETE FROM run WHERE id = ?", [run])
        }
        return runs.count
    }

    private func pruneOthers(before cutoff: Int64, at: Date, limit: Int) throws -> Int {
        let messages = try db.change(
            "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE at < ? AND seen = 1 LIMIT ?)",
            [cutoff, limit])
        let events = try db.change(
            "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE at < ? LIMIT ?)", [cutoff, limit])
        let spending = try SpendingTable(db: db).prune(before: cutoff, at: at, limit: limit)
        return try messages + events + spending + HintTable(db: db).prune(before: cutoff, limit: limit)
    }
}
