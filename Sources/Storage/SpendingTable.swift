import Foundation
import GRDB
import JobModel

/// What models cost, within a transaction.
struct SpendingTable {
    let db: Database

    // MARK: Reserving and settling

    func reserve(
        _ spending: ModelSpending, caps: SpendingCaps, dayStart: Date
    ) throws -> Result<ModelSpending, SpendingRefusal> {
        let (cost, start) = (spending.usage.cost, dayStart.milliseconds)
        let inDay = try total("SELECT sum(cost) AS total FROM spending WHERE at >= ?", [start])
        let inJob = try spending.purpose.job.map { job in
            try total("SELECT sum(cost) AS total FROM spending WHERE job_id = ? AND at >= ?", [job, start])
        }
        if let refusal = caps.refusal(of: cost, inJob: inJob, inDay: inDay) { return .failure(refusal) }
        return .success(try insert(spending))
    }

    private func total(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
        let total: Int64? = try db.row(sql, arguments)?["total"]
        return total ?? 0
    }

    private func insert(_ spending: ModelSpending) throws -> ModelSpending {
        var stored = spending
        (stored.at, stored.state, stored.usage.isEstimated) = (spending.at.stored, .reserved, true)
        let usage = stored.usage
        stored.id = try db.insert(
            """
            INSERT INTO spending
                (at, model, job_id, run_id, input_tokens, cached_tokens, output_tokens, cost, is_estimated, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 'reserved')
            """,
            [
                stored.at.milliseconds, stored.model, stored.purpose.job, stored.purpose.run, usage.inputTokens,
                usage.cachedTokens, usage.outputTokens, usage.cost,
            ])
        return stored
    }

    func close(_ id: Int64, model: String?, usage: ModelUsage, state: ModelSpending.State) throws {
        try db.change(
            """
            UPDATE spending SET model = coalesce(?, model), input_tokens = ?, cached_tokens = ?, output_tokens = ?,
                cost = ?, is_estimated = ?, state = ?
            WHERE id = ? AND state = 'reserved'
            """,
            [
                model, usage.inputTokens, usage.cachedTokens, usage.outputTokens, usage.cost, usage.isEstimated,
                state.rawValue, id,
            ])
    }

    // MARK: Reading

    func since(_ moment: Date) throws -> [ModelSpending] {
        try db.rows("SELECT * FROM spending WHERE at >= ? ORDER BY at, id", [moment.milliseconds]).map { row in
            let job: JobID? = row["job_id"]
            let usage = ModelUsage(
                inputTokens: row["input_tokens"], cachedTokens: row["cached_tokens"],
                outputTokens: row["output_tokens"], cost: row["cost"], isEstimated: row["is_estimated"])
            return ModelSpending(
                id: row["id"], at: row.date("at"), model: row["model"],
                purpose: job.map { .job(id: $0, run: row["run_id"]) } ?? .request, usage: usage,
                state: try row.state("state"))
        }
    }

    // MARK: Answers

    func answer(_ key: String, keptSince moment: Date) throws -> ModelAnswer? {
        try db.row("SELECT text, model, at FROM kept_answer WHERE key = ? AND at >= ?", [key, moment.milliseconds])
            .map { .kept($0["text"], model: $0["model"], at: $0.date("at")) }
    }

    func keep(_ answer: ModelAnswer, as key: String, at moment: Date) throws {
        try forgetAnswers(before: moment - ModelAnswer.lifetime)
        try db.change(
            "INSERT OR REPLACE INTO kept_answer (key, at, text, model) VALUES (?, ?, ?, ?)",
            [key, moment.milliseconds, answer.text, answer.model])
    }

    private func forgetAnswers(before moment: Date) throws {
        try db.change("DELETE FROM kept_answer WHERE at < ?", [moment.milliseconds])
    }

    // MARK: Retention

    func prune(before cutoff: Int64, at: Date, limit: Int) throws -> Int {
        try forgetAnswers(before: at - ModelAnswer.lifetime)
        let latest = min(cutoff, (at - Retention.shortestSpending).milliseconds)
        return try db.change(
            "DELETE FROM spending WHERE id IN (SELECT id FROM spending WHERE at < ? LIMIT ?)", [latest, limit])
    }
}

extension SQLiteStore: SpendingLedger {
    package func reserve(
        _ spending: ModelSpending, caps: SpendingCaps, dayStart: Date
    ) async throws -> ModelSpending {
        try await write { try SpendingTable(db: $0).reserve(spending, caps: caps, dayStart: dayStart) }.get()
    }

    package func settle(id: Int64, model: String, usage: ModelUsage) async throws {
        try await write { try SpendingTable(db: $0).close(id, model: model, usage: usage, state: .settled) }
    }

    package func release(_ id: Int64) async throws {
        try await write { try SpendingTable(db: $0).close(id, model: nil, usage: .none, state: .released) }
    }

    package func spending(since moment: Date) async throws -> [ModelSpending] {
        try await read { try SpendingTable(db: $0).since(moment) }
    }

    package func answer(forKey key: String, keptSince moment: Date) async throws -> ModelAnswer? {
        try await read { try SpendingTable(db: $0).answer(key, keptSince: moment) }
    }

    package func keep(_ answer: ModelAnswer, forKey key: String, at moment: Date) async throws {
        try await write { try SpendingTable(db: $0).keep(answer, as: key, at: moment) }
    }
}
