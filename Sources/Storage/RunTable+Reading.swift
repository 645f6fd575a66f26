import Foundation
import GRDB
import JobModel

extension RunTable {
    func find(_ id: RunID) throws -> Run? {
        try db.row("SELECT * FROM run WHERE id = ?", [id]).map(run)
    }

    /// Of each priority the earliest ones that are ready and not excluded; all of them earliest first.
    func waiting(_ query: QueueQuery) throws -> [Run] {
        let jobs = query.excludedJobs.map(String.init).sorted().joined(separator: ", ")
        let groups = Array(repeating: "?", count: query.excludedGroups.count).joined(separator: ", ")
        let runs = try Policies.Priority.allCases.flatMap { priority in
            var arguments: StatementArguments = [priority.rawValue, query.readyBy.milliseconds]
            for group in query.excludedGroups.sorted() { arguments += [group] }
            arguments += [query.limit]
            return try db.rows(
                """
                SELECT * FROM run WHERE state IN ('due', 'retrying', 'waiting') AND priority = ?
                    AND coalesce(not_before, due) <= ? AND job_id NOT IN (\(jobs))
                    AND coalesce(run_group, '') NOT IN (\(groups))
                ORDER BY coalesce(not_before, due), id LIMIT ?
                """, arguments
            ).map(run)
        }
        return runs.sorted { ($0.ready, $0.id) < ($1.ready, $1.id) }
    }

    func backlog(at: Date) throws -> Backlog {
        let row = try db.row(
            """
            SELECT count(*) AS waiting, min(iif(coalesce(not_before, due) <= ?, coalesce(not_before, due), NULL)) AS oldest
            FROM run WHERE state IN ('due', 'retrying', 'waiting')
            """, [at.milliseconds])
        return Backlog(waiting: row?["waiting"] ?? 0, oldestReady: row?.optionalDate("oldest"))
    }

    func nextReady(after moment: Date) throws -> Date? {
        try Policies.Priority.allCases.compactMap { priority in
            try db.row(
                """
                SELECT min(coalesce(not_before, due)) AS moment FROM run
                WHERE state IN ('due', 'retrying', 'waiting') AND priority = ? AND coalesce(not_before, due) > ?
                """, [priority.rawValue, moment.milliseconds])?.optionalDate("moment")
        }.min()
    }

    func unfinished(of job: JobID) throws -> [Run] {
        try db.rows("SELECT * FROM run WHERE job_id = ? AND finished IS NULL ORDER BY id", [job]).map(run)
    }

    func isLost(_ claim: RunClaim) throws -> Bool {
        try db.row(
            "SELECT 1 FROM run WHERE id = ? AND token = ? AND state IN ('claimed', 'running')", [claim.id, claim.token]
        ) == nil
    }

    func owned() throws -> [Run] {
        try db.rows("SELECT * FROM run WHERE state IN ('claimed', 'running') ORDER BY id").map(run)
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

    func run(_ row: Row) throws -> Run {
        guard let priority = Policies.Priority(rawValue: row["priority"]) else {
            throw UnreadableRow(detail: "a run has no priority")
        }
        return Run(
            id: row["id"], jobID: row["job_id"], triggerID: row["trigger_id"], cause: try row.state("cause"),
            due: row.date("due"), state: try row.state("state"), late: row["late"], attempt: row["attempt"],
            token: row["token"], notBefore: row.optionalDate("not_before"), started: row.optionalDate("started"),
            finished: row.optionalDate("finished"), reason: row["reason"], output: row["output"],
            event: try row.optionalJSON("event"), depth: row["depth"], eventID: row["event_id"],
            through: row.optionalDate("through"), priority: priority, group: row["run_group"], deaths: row["deaths"],
            stops: row["stops"], inputs: try row.optionalJSON("inputs"))
    }
}
