import Foundation
import GRDB
import JobModel

/// The records of steps, within a transaction.
struct StepRunTable {
    let db: Database

    /// The same run, attempt and index replace each other. Throws `StoreError.superseded` where that attempt is over: the
    /// run was taken over, or ended.
    func record(_ row: StepRunRow) throws {
        let changed = try db.change(
            """
            INSERT INTO step_run (run_id, position, attempt, name, state, started, finished, result, process)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
            WHERE EXISTS (SELECT 1 FROM run WHERE id = ?1 AND attempt = ?3 AND state IN ('claimed', 'running'))
            ON CONFLICT (run_id, attempt, position) DO UPDATE SET name = excluded.name, state = excluded.state,
                started = excluded.started, finished = excluded.finished, result = excluded.result,
                process = excluded.process
            """,
            row.values)
        guard changed == 1 else { throw StoreError.superseded }
    }

    /// By attempt, then in the order of the steps.
    func of(_ run: RunID) throws -> [StepRun] {
        try db.rows("SELECT * FROM step_run WHERE run_id = ? ORDER BY attempt, position", [run]).map { row in
            StepRun(
                runID: row["run_id"], index: row["position"], name: row["name"], state: try row.state("state"),
                attempt: row["attempt"], started: row.date("started"), finished: row.optionalDate("finished"),
                result: try row.optionalJSON("result"), process: try row.optionalJSON("process"))
        }
    }
}

/// A record as its row holds it.
struct StepRunRow: Sendable {
    fileprivate let values: StatementArguments

    init(_ step: StepRun) throws {
        values = [
            step.runID, step.index, step.attempt, step.name, step.state.rawValue, step.started.milliseconds,
            step.finished?.milliseconds, try step.result.map { try JSONColumn.text($0) },
            try step.process.map { try JSONColumn.text($0) },
        ]
    }
}
