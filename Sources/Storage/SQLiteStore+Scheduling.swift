import Foundation
import GRDB
import JobModel

extension SQLiteStore {
    package func armed(dueBy moment: Date?, limit: Int) async throws -> [ArmedTrigger] {
        try await read { try TriggerTable(db: $0).armed(dueBy: moment, limit: limit) }
    }

    package func nextDue() async throws -> Date? { try await read { try TriggerTable(db: $0).nextDue() } }

    package func rearm(after moment: Date) async throws {
        try await write { try TriggerTable(db: $0).rearm(after: moment) }
    }

    // MARK: The way of a run

    package func claim(_ request: ClaimRequest, at: Date) async throws -> [Run] {
        guard !request.isEmpty else { return [] }
        return try await write { [path] db in try ClaimTransaction(db: db, path: path).carryOut(request, at: at) }
    }

    package func enqueue(_ run: Run) async throws -> Run {
        try await write { [path] db in
            guard try JobTable(db: db).find(run.jobID) != nil else { throw StoreError.noSuchJob(run.jobID) }
            guard let stored = try RunTable(db: db).insert(run) else {
                throw StoreError.unavailable(path: path, detail: "this occurrence has its run already")
            }
            return stored
        }
    }

    package func begin(run id: RunID, token: String, at: Date) async throws -> Bool {
        try await write { db in
            let runs = RunTable(db: db)
            guard try runs.begin(id, token: token, at: at), let run = try runs.find(id) else { return false }
            let job: String = try db.row("SELECT name FROM job WHERE id = ?", [run.jobID])?["name"] ?? ""
            let events = EventTable(db: db)
            try events.emit(.about(run, of: job, .runStarted, at: at))
            if run.late, run.attempt == 1 {
                try events.emit(.about(run, of: job, .runLate, reason: run.reason, at: at))
            }
            return true
        }
    }

    package func finish(run id: RunID, token: String, outcome: RunOutcome, at: Date) async throws -> Bool {
        try await write { db in
            guard try RunTable(db: db).finish(id, token: token, outcome: outcome, at: at) else { return false }
            try Outbox(db: db).leave(outcome, of: id, at: at)
            return true
        }
    }

    package func requeue(run id: RunID, token: String, reason: String?, isDeath: Bool) async throws -> Bool {
        try await write { try RunTable(db: $0).requeue(id, token: token, reason: reason, isDeath: isDeath) }
    }

    package func cancel(run id: RunID, reason: String, at: Date) async throws -> Bool {
        try await write { db in
            let runs = RunTable(db: db)
            guard try runs.cancel(id, reason: reason, at: at), let run = try runs.find(id) else { return false }
            let job: String = try db.row("SELECT name FROM job WHERE id = ?", [run.jobID])?["name"] ?? ""
            try EventTable(db: db).emit(.about(run, of: job, .runCancelled, reason: reason, at: at))
            try runs.finishIfSpent(run.jobID, at: at)
            return true
        }
    }

    // MARK: Steps

    package func record(_ steps: [StepRun]) async throws {
        guard !steps.isEmpty else { return }
        // Put into words before its turn comes: the one that writes is waited for by all others.
        let rows = try steps.map(StepRunRow.init)
        try await write { db in
            for row in rows { try StepRunTable(db: db).record(row) }
        }
    }

    package func stepRuns(of run: RunID) async throws -> [StepRun] {
        try await read { try StepRunTable(db: $0).of(run) }
    }

    package func interruptedRuns() async throws -> [Run] {
        try await read { try RunTable(db: $0).owned() }
    }

    package func run(_ id: RunID) async throws -> Run? { try await read { try RunTable(db: $0).find(id) } }

    package func runs(_ query: RunQuery) async throws -> [Run] {
        try await read { try RunTable(db: $0).matching(query) }
    }

    package func queue(_ query: QueueQuery) async throws -> [Run] {
        try await read { try RunTable(db: $0).waiting(query) }
    }

    package func backlog(at: Date) async throws -> Backlog { try await read { try RunTable(db: $0).backlog(at: at) } }

    package func nextReady(after moment: Date) async throws -> Date? {
        try await read { try RunTable(db: $0).nextReady(after: moment) }
    }

    package func unfinished(of jobs: [JobID]) async throws -> [JobID: [Run]] {
        guard !jobs.isEmpty else { return [:] }
        return try await read { db in
            let runs = RunTable(db: db)
            let pairs = try Set(jobs).map { ($0, try runs.unfinished(of: $0)) }
            return Dictionary(uniqueKeysWithValues: pairs.filter { !$0.1.isEmpty })
        }
    }

    package func lost(_ claims: [RunClaim]) async throws -> Set<RunID> {
        guard !claims.isEmpty else { return [] }
        return try await read { db in Set(try claims.filter { try RunTable(db: db).isLost($0) }.map(\.id)) }
    }

    package func failures(of job: JobID) async throws -> FailureStreak {
        try await read { try JobTable(db: $0).failures(of: job) }
    }

    // MARK: Jobs that resume and end by themselves

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
                let job = try JobTable(db: db).activate(row["id"], after: row.date("paused_until") - 0.001)
                try EventTable(db: db).emit(.about(job, .jobResumed, at: at))
                return job
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
}
