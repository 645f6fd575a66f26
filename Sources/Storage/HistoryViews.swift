/// What queries see of the store. Their columns are a promise: a column is added, never changed.
///
/// Moments are RFC 3339 in UTC. What jobs hold, from capabilities to words of events, is in none of them.
enum HistoryViews {
    static let names = ["jobs", "runs", "deliveries", "costs"]
    /// What they are made of.
    static let tables = ["job", "run", "delivery", "spending"]

    /// The statements that make the views; the inner ones have names that nobody can guess.
    ///
    /// The permission to read a table goes by the name of the view that reads it, and a query may call a part of itself
    /// by any name that it knows.
    static func statements(secret: String) -> [String] {
        names.flatMap { name in
            let inner = innerName(name, secret: secret)
            return [
                "CREATE TEMP VIEW \(inner) AS \(bodies[name] ?? "")",
                "CREATE TEMP VIEW \(name) AS SELECT * FROM temp.\(inner)",
            ]
        }
    }

    static func innerName(_ name: String, secret: String) -> String { "inner_\(secret)_\(name)" }

    private static func moment(_ column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%SZ', \(column) / 1000, 'unixepoch')"
    }

    private static let bodies: [String: String] = [
        "jobs": """
        SELECT id, name, status, playbook IS NOT NULL AS playbook,
            json_extract(playbook, '$.category') AS category, failures, \(moment("created_at")) AS created
        FROM main.job WHERE deleted_at IS NULL
        """,
        "runs": """
        SELECT run.id, run.job_id, job.name AS job, run.cause, run.state, run.late, run.attempt,
            \(moment("run.due")) AS due, \(moment("run.started")) AS started, \(moment("run.finished")) AS finished,
            (run.finished - run.started) / 1000.0 AS seconds, run.reason, run.output
        FROM main.run AS run JOIN main.job AS job ON job.id = run.job_id
        """,
        "deliveries": """
        SELECT id, run_id, job_name AS job, gateway, recipient, state, attempt,
            \(moment("created_at")) AS created, \(moment("finished")) AS finished, reason
        FROM main.delivery
        """,
        "costs": """
        SELECT \(moment("spending.at")) AS at, spending.model, spending.job_id, job.name AS job, spending.run_id,
            spending.input_tokens, spending.cached_tokens, spending.output_tokens,
            spending.cost / 1000000.0 AS dollars, spending.is_estimated AS estimated
        FROM main.spending AS spending LEFT JOIN main.job AS job ON job.id = spending.job_id
        WHERE spending.state <> 'released'
        """,
    ]
}
