import Foundation
import GRDB
import JobModel
import TestSupport
import Testing

@testable import Storage

@Suite struct LedgerTests {
    @Test(arguments: LedgerConformance.all)
    func inMemory(_ promise: LedgerConformance) async throws {
        try await promise.check(InMemoryStore())
    }

    @Test(arguments: LedgerConformance.all)
    func onSQLite(_ promise: LedgerConformance) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            try await promise.check(store)
            #expect(try await store.integrityProblems() == [])
            try store.close()
        }
    }

    private static let caps = SpendingCaps(request: nil, job: nil, day: 100)

    private static func asking(_ cost: Int64) -> ModelSpending {
        let usage = ModelUsage(inputTokens: 1, outputTokens: 1, cost: cost, isEstimated: true)
        return ModelSpending(at: start, model: "openai:x", purpose: .request, usage: usage)
    }

    /// Two values on one file stand for two processes: neither sees what the other holds in memory.
    @Test func sixteenReservationsOverTwoConnectionsKeepToTheCap() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("rota.db")
            let stores = [try await SQLiteStore.open(at: path), try await SQLiteStore.open(at: path)]
            let allowed = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        let store = stores[number % 2]
                        return (try? await store.reserve(Self.asking(15), caps: Self.caps, dayStart: start)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(allowed == 6)
            for store in stores { try store.close() }
        }
    }

    @Test func whatADeadProcessReservedStaysCounted() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("rota.db")
            let dead = try await SQLiteStore.open(at: path)
            let reserved = try await dead.reserve(Self.asking(90), caps: Self.caps, dayStart: start)
            try dead.close()
            let store = try await SQLiteStore.open(at: path)
            #expect(try await store.spending(since: start) == [reserved])
            await #expect(throws: SpendingRefusal(.day, asked: 20, spent: 90, limit: 100)) {
                _ = try await store.reserve(Self.asking(20), caps: Self.caps, dayStart: start)
            }
            try store.close()
        }
    }

    @Test(arguments: [
        "UPDATE spending SET cost = -1", "UPDATE spending SET state = 'lost'", "UPDATE spending SET is_estimated = 0",
        "UPDATE spending SET state = 'released'", "UPDATE spending SET cached_tokens = input_tokens + 1",
        "UPDATE spending SET run_id = 5", "UPDATE spending SET model = ''", "UPDATE spending SET output_tokens = NULL",
    ])
    func refusesRowsThatMeanNothing(_ statement: String) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let row = try await store.reserve(Self.asking(9), caps: .none, dayStart: start)
            await #expect(throws: StoreError.self) { try await store.write { try $0.execute(sql: statement) } }
            #expect(try await store.spending(since: start) == [row])
        }
    }
}
