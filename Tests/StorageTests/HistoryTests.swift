import Foundation
import JobModel
import Storage
import TestSupport
import Testing

@Suite("Queries over the history") struct HistoryTests {
    private static let forbidden =
        "a query may read jobs, runs, deliveries, costs, and nothing else"

    /// A store with the job `a`, a run that succeeded and one that failed.
    private func ask(_ sql: String, _ parameters: [JSONValue] = [], limit: Int = 100, time: TimeInterval = 5)
        async throws
        -> HistoryRows
    {
        try await TemporaryFolder.use { folder in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            defer { try? store.close() }
            let job = try #require(try await store.create("a"))
            for (minute, state) in [Run.State.succeeded, .failed].enumerated() {
                let due = start + Double(minute) * 60
                let run = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: due))
                #expect(try await store.claim(run: run.id, token: "t", at: due))
                let outcome = RunOutcome(state: state, reason: state == .failed ? "exit 1" : nil, output: "12")
                #expect(try await store.finish(run: run.id, token: "t", outcome: outcome, at: due + 3))
            }
            return try await store.rows(
                HistoryQuery(sql: sql, parameters: parameters, limit: limit, timeLimit: time))
        }
    }

    @Test("answer from the documented views")
    func views() async throws {
        let runs = try await ask(
            "SELECT job, state, due, finished, reason FROM runs WHERE state = ? ORDER BY id", ["failed"])
        #expect(runs.columns == ["job", "state", "due", "finished", "reason"])
        #expect(runs.rows == [["a", "failed", "2026-01-01T00:01:00Z", "2026-01-01T00:01:03Z", "exit 1"]])
        #expect(try await ask("SELECT count(*) FROM runs").rows == [[2]])
        #expect(try await ask("SELECT count(*) FROM deliveries").rows == [[0]])
        #expect(
            try await ask("SELECT name, status, playbook, created FROM jobs").rows == [
                ["a", "active", 0, "2026-01-01T00:00:00Z"]
            ])
        #expect(try await ask("SELECT sum(dollars) FROM costs").rows == [[nil]])
        let joined =
            "SELECT j.name, count(*) AS n FROM jobs j JOIN runs r ON r.job_id = j.id GROUP BY j.name HAVING n > 1"
        #expect(try await ask(joined).rows == [["a", 2]])
        #expect(
            try await ask("WITH f AS (SELECT * FROM runs WHERE state = 'failed') SELECT count(*) FROM f").rows == [[1]])
    }

    @Test("give so many rows and say that there are more")
    func limit() async throws {
        let rows = try await ask("SELECT id FROM runs", limit: 1)
        #expect(rows.rows.count == 1 && rows.isCut)
        #expect(try await ask("SELECT id FROM runs", limit: 2).isCut == false)
    }

    @Test(
        "reach nothing else",
        arguments: [
            ("SELECT * FROM main.job", forbidden), ("SELECT steps FROM job", forbidden),
            ("SELECT * FROM sqlite_schema", forbidden), ("SELECT sql FROM sqlite_temp_schema", forbidden),
            ("WITH jobs AS (SELECT capabilities AS name FROM main.job) SELECT name FROM jobs", forbidden),
            ("SELECT (SELECT value FROM setting LIMIT 1) FROM jobs", forbidden),
            ("SELECT * FROM runs; DROP TABLE run", "the query must be one SELECT"),
            ("DELETE FROM run", forbidden), ("UPDATE job SET name = 'x'", forbidden),
            ("PRAGMA user_version", forbidden),
            ("ATTACH '/tmp/x.db' AS x", forbidden), ("CREATE TEMP TABLE t (a)", forbidden),
            ("SELECT load_extension('x')", "not authorized"), ("VACUUM INTO '/tmp/x.db'", ""),
            ("SELECT writefile('/tmp/x', 'y')", "no such function"), ("SELECT nonesuch FROM runs", "no such column"),
            ("", "the query is empty"), ("SELECT ?", "has 1 parameters, and 0 are given"), ("BEGIN", ""),
            ("SELECT hex(zeroblob(1000000000))", "not authorized"),
            ("SELECT count(*) FROM setting", forbidden), ("SELECT 1 FROM sqlite_schema", forbidden),
            ("EXPLAIN SELECT * FROM runs", ""),
        ])
    func refusals(_ sql: String, _ reason: String) async throws {
        let error = await #expect(throws: HistoryProblem.self, "\(sql)") { _ = try await ask(sql) }
        #expect(error?.message.contains(reason) == true || reason.isEmpty, "\(sql): \(error?.message ?? "")")
        #expect(error?.message.contains("inner_") == false)
    }

    @Test("end when their time is over")
    func time() async throws {
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        let error = await #expect(throws: HistoryProblem.self) { _ = try await ask(endless, time: 0.2) }
        #expect(error?.message == "the query takes too long")
    }
}
