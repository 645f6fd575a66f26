import Foundation
import GRDB
import JobModel

/// Events and the runs that they cause, within a transaction: an event is stored with what it tells of, and its runs
/// with it, so that nothing can come between.
struct EventTable {
    let db: Database

    @discardableResult
    func emit(_ event: Event) throws -> EmittedEvent {
        let stored = try insert(event)
        let jobs = JobTable(db: db)
        let caused = try waitingJobs(for: stored.name).compactMap { id in
            try jobs.find(id).flatMap { job in stored.run(of: job).map { (job: job, run: $0) } }
        }
        guard !stored.isTooDeep else {
            if !caused.isEmpty { try tell(ChainStop(at: stored, before: caused.map(\.job))) }
            return EmittedEvent(event: stored, runs: [])
        }
        let runs = try caused.compactMap { try insert($0.run, at: stored.at) }
        return EmittedEvent(event: stored, runs: runs.filter { $0.state == .due })
    }

    private func insert(_ run: Run, at: Date) throws -> Run? {
        let row = try db.row(
            "SELECT count(*) AS waiting FROM run WHERE job_id = ? AND finished IS NULL AND state = 'due'", [run.jobID])
        return try RunTable(db: db).insert(Event.limited(run, waiting: row?["waiting"] ?? 0, at: at))
    }

    private func insert(_ event: Event) throws -> Event {
        var stored = event
        stored.at = event.at.stored
        stored.id = try db.insert(
            "INSERT INTO event (name, at, data, job_id, run_id, depth) VALUES (?, ?, ?, ?, ?, ?)",
            [
                event.name, event.at.milliseconds, try JSONColumn.text(event.data), event.jobID, event.runID,
                event.depth,
            ])
        return stored
    }

    private func tell(_ stop: ChainStop) throws {
        _ = try insert(stop.event)
        let isTold = try db.row("SELECT 1 FROM message WHERE seen = 0 AND text = ? LIMIT 1", [stop.message.text])
        if isTold == nil { _ = try MessageTable(db: db).insert(stop.message) }
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
