import Foundation
import GRDB
import JobModel

/// Events and the runs that they cause, within a transaction: an event is stored with what it tells of, and its runs
/// with it, so that nothing can come between.
struct EventTable {
    let db: Database

    @discardableResult
    func emit(_ event: Event) throws -> EmittedEvent {
        var stored = event
        stored.at = event.at.stored
        stored.id = try db.insert(
            "INSERT INTO event (name, at, data, job_id, run_id, depth) VALUES (?, ?, ?, ?, ?, ?)",
            [
                event.name, event.at.milliseconds, try JSONColumn.text(event.data), event.jobID, event.runID,
                event.depth,
            ])
        return EmittedEvent(event: stored, runs: try runs(of: stored))
    }

    private func runs(of event: Event) throws -> [Run] {
        try waitingJobs(for: event.name).compactMap { id in
            guard let run = try JobTable(db: db).find(id)?.event(event) else { return nil }
            return try RunTable(db: db).insert(run)
        }
    }

    /// By id: jobs with a trigger for events of this name.
    private func waitingJobs(for name: String) throws -> [JobID] {
        try db.rows(
            """
            SELECT DISTINCT job_id FROM job_trigger
            WHERE kind = 'event' AND removed = 0 AND event_name = ? ORDER BY job_id
            """, [name]
        ).map { $0["job_id"] }
    }

    func after(_ id: EventID, limit: Int) throws -> [Event] {
        try db.rows("SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?", [id, limit]).map { row in
            Event(
                id: row["id"], name: row["name"], at: row.date("at"), data: try row.json("data"), jobID: row["job_id"],
                runID: row["run_id"], depth: row["depth"])
        }
    }

    /// Also right when the last events have been pruned: numbers are never given twice.
    func lastID() throws -> EventID {
        try db.row("SELECT seq FROM sqlite_sequence WHERE name = 'event'")?["seq"] ?? 0
    }
}

extension Job {
    fileprivate func event(_ event: Event) -> Run? { event.run(of: self) }
}
