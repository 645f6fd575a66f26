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
        if let refusal = caps.refusal(of: spending.usage, after: try soFar(spending.purpose, dayStart: dayStart)) {
            return .failure(refusal)
        }
        return .success(try insert(spending))
    }

    private func soFar(_ purpose: ModelPurpose, dayStart: Date) throws -> SpendingSoFar {
        let start = dayStart.milliseconds
        let job = try purpose.job.map { try tally("AND job_id = ?", [start, $0]) }
        // A run may go on over midnight.
        let run = try purpose.run.map { run in
            try tally(
                "AND job_id = ? AND run_id = ?", [(dayStart - Self.longestRun).milliseconds, purpose.job, run])
        }
        return SpendingSoFar(run: run, job: job, day: try tally("", [start]))
    }

    private static let longestRun: TimeInterval = 86_400

    private func tally(_ condition: String, _ arguments: StatementArguments) throws -> SpendingTally {
        let row = try db.row(
            """
            SELECT count(*) AS calls, coalesce(sum(input_tokens + output_tokens), 0) AS tokens,
                coalesce(sum(cost), 0) AS cost
            FROM spending WHERE state <> 'released' AND at >= ? \(condition)
            """, arguments)
        return row.map { SpendingTally(calls: $0["calls"], tokens: $0["tokens"], cost: $0["cost"]) } ?? .none
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

    // MARK: Notices

    func tell(_ notice: BudgetNotice) throws -> Bool {
        let told: String? = try db.row("SELECT value FROM remembered WHERE name = ?", [notice.name])?["value"]
        if let told, let old = BudgetNotice(name: notice.name, value: told), old.isSame(as: notice) { return false }
        try db.change("INSERT OR REPLACE INTO remembered (name, value) VALUES (?, ?)", [notice.name, notice.value])
        return true
    }

    func notices(ofDay dayStart: Date) throws -> [BudgetNotice] {
        let rows = try db.rows(
            "SELECT name, value FROM remembered WHERE name GLOB ? ORDER BY name", [BudgetNotice.prefix + "*"])
        return rows.compactMap { BudgetNotice(name: $0["name"], value: $0["value"]) }
            .filter { $0.day == dayStart.stored }
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

    package func tell(_ notice: BudgetNotice) async throws -> Bool {
        try await write { try SpendingTable(db: $0).tell(notice) }
    }

    package func notices(ofDay dayStart: Date) async throws -> [BudgetNotice] {
        try await read { try SpendingTable(db: $0).notices(ofDay: dayStart) }
    }

    package func answer(forKey key: String, keptSince moment: Date) async throws -> ModelAnswer? {
        try await read { try SpendingTable(db: $0).answer(key, keptSince: moment) }
    }

    package func keep(_ answer: ModelAnswer, forKey key: String, at moment: Date) async throws {
        try await write { try SpendingTable(db: $0).keep(answer, as: key, at: moment) }
    }
}
