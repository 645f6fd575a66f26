import Foundation
import GRDB
import JobModel

extension SQLiteStore {
    package func armed(limit: Int) async throws -> [ArmedTrigger] {
        try await read { try TriggerTable(db: $0).armed(limit: limit) }
    }

    package func claim(_ claims: [OccurrenceClaim], at: Date) async throws -> [Run] {
        guard !claims.isEmpty else { return [] }
        return try await write { db in
            let runs = RunTable(db: db)
            return try claims.compactMap { try runs.claim($0, at: at) }
        }
    }

    package func enqueue(_ run: Run) async throws -> Run {
        try await write { [path] db in
            guard try JobTable(db: db).find(run.jobID) != nil else { throw StoreError.noSuchJob(run.jobID) }
            var stored = run
            (stored.due, stored.notBefore) = (run.due.stored, run.notBefore?.stored)
            guard let id = try RunTable(db: db).insert(stored) else {
                throw StoreError.unavailable(path: path, detail: "this occurrence has its run already")
            }
            stored.id = id
            return stored
        }
    }

    package func queue() async throws -> [Run] {
        try await read { try RunTable(db: $0).waiting() }
    }

    package func claim(run id: RunID, token: String, at: Date) async throws -> Bool {
        try await write { try RunTable(db: $0).claim(id, token: token) }
    }

    package func begin(run id: RunID, token: String, at: Date) async throws -> Bool {
        try await write { try RunTable(db: $0).begin(id, token: token, at: at) }
    }

    package func finish(run id: RunID, token: String, outcome: RunOutcome, at: Date) async throws -> Bool {
        try await write { db in
            guard try RunTable(db: db).finish(id, token: token, outcome: outcome, at: at) else { return false }
            try Outbox(db: db).leave(outcome, of: id, at: at)
            return true
        }
    }

    package func record(_ step: StepRun) async throws {
        try await write { try StepRunTable(db: $0).record(step) }
    }

    package func stepRuns(of run: RunID) async throws -> [StepRun] {
        try await read { try StepRunTable(db: $0).of(run) }
    }

    package func interruptedRuns() async throws -> [Run] {
        try await read { try RunTable(db: $0).owned() }
    }

    package func requeue(run id: RunID, token: String, reason: String) async throws -> Bool {
        try await write { try RunTable(db: $0).requeue(id, token: token, reason: reason) }
    }

    package func cancel(run id: RunID, reason: String, at: Date) async throws -> Bool {
        try await write { try RunTable(db: $0).cancel(id, reason: reason, at: at) }
    }

    package func runs(_ query: RunQuery) async throws -> [Run] {
        try await read { try RunTable(db: $0).matching(query) }
    }

    /// What became due between the end of the pause and `at` counts as missed: nothing is passed over unnamed.
    package func resumeDue(at: Date) async throws -> [Job] {
        guard let next = try await nextResume(), next <= at else { return [] }
        return try await write { db in
            try db.rows(
                """
                SELECT id, paused_until FROM job
                WHERE status = 'paused' AND paused_until <= ? AND deleted_at IS NULL ORDER BY id
                """, [at.milliseconds]
            ).map { row in
                // One millisecond earlier: who pauses until nine means the run at nine to happen.
                try JobTable(db: db).activate(row["id"], after: row.date("paused_until") - 0.001)
            }
        }
    }

    package func nextResume() async throws -> Date? {
        try await read { db in
            try db.row(
                """
                SELECT min(paused_until) AS moment FROM job
                WHERE paused_until IS NOT NULL AND status = 'paused' AND deleted_at IS NULL
                """)?.optionalDate("moment")
        }
    }

    package func finishSpent() async throws {
        try await write { try RunTable(db: $0).finishSpentJobs() }
    }
}
