import Foundation
import GRDB
import JobModel
import TestSupport
import Testing

@testable import Storage

@Suite struct ConcurrencyTests {
    @Test func syncsEveryCommitAndCheckpointsOnlyAsOwner() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            func pragma(_ name: String) async throws -> Int? {
                try await store.write { try Int.fetchOne($0, sql: "PRAGMA \(name)") }
            }
            #expect(try await pragma("synchronous") == 2)
            #expect(try await pragma("foreign_keys") == 1)
            #expect(try await pragma("busy_timeout") == 5000)
            #expect(try await pragma("wal_autocheckpoint") == 0)
            try await store.becomeOwner()
            #expect(try await pragma("wal_autocheckpoint") == 1000)
            try await store.create("a")
            try await store.checkpoint()
            let log = try FileManager.default.attributesOfItem(atPath: store.path + "-wal")
            #expect(log[.size] as? Int == 0)
            #expect(try await store.jobs().count == 1)
        }
    }

    @Test func aRefusedWriteLeavesTheOthersOfItsGroupAlone() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let refused = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        do {
                            try await store.create("job \(number / 3)")
                            return false
                        } catch { return error as? StoreError == .nameTaken("job \(number / 3)") }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 200)
            #expect(try await Set(store.jobs().map(\.name)).count == 100)
            #expect(try await store.changes(limit: 1000).count == 100)
        }
    }

    @Test func aCancelledCallerStillWritesAndReads() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.create("a")
                return try await store.jobs().count
            }
            #expect(try await task.value == 1)
        }
    }

    /// Two pools stand for two processes: each has connections and locks of its own.
    @Test func twoStoresOnOneFileClaimEachOccurrenceOnce() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let stores = [
                try await SQLiteStore.open(at: folder.path("rota.db")),
                try await SQLiteStore.open(at: folder.path("rota.db")),
            ]
            for number in 0..<10 { try await stores[0].create("\(number)") }
            let rounds = 5
            let claimed = try await withThrowingTaskGroup(of: Int.self) { group in
                for claimer in 0..<8 {
                    group.addTask { try await Self.claim(rounds, from: stores[claimer % 2], as: "\(claimer)") }
                }
                return try await group.reduce(0, +)
            }
            #expect(claimed == 10 * rounds)
            let runs = try await stores[1].runs(RunQuery(limit: 1000))
            #expect(runs.count == 10 * rounds && runs.allSatisfy { $0.attempt == 1 })
            for store in stores { #expect(try await store.armed(limit: 99).allSatisfy { $0.due == start + 360 }) }
        }
    }

    /// Claims until every job has had its first `rounds` occurrences; returns how many fell to this claimer.
    private static func claim(_ rounds: Int, from store: SQLiteStore, as token: String) async throws -> Int {
        var count = 0
        while true {
            let due = try await store.armed(limit: 99).filter { $0.due <= start + Double(60 * rounds) }
            if due.isEmpty { return count }
            let claims = due.map { OccurrenceClaim($0, .run(late: false, reason: nil, token: token)) }
            count += try await store.claim(claims, at: start).count
        }
    }

    /// The child appends to a ledger what was acknowledged, and is killed in the middle of its writes.
    @Test func whatWasAcknowledgedSurvivesAKill() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            for round in 0..<3 {
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [path = folder.path as String, round = round as Int] in
                    let store = try await SQLiteStore.open(at: path + "/rota.db")
                    let ledger = open(path + "/ledger", O_WRONLY | O_CREAT | O_APPEND, 0o600)
                    await withTaskGroup(of: Void.self) { group in
                        for writer in 0..<20 {
                            group.addTask {
                                for number in 0..<20
                                where (try? await store.create("\(round).\(writer).\(number)")) != nil {
                                    let line = "\(round).\(writer).\(number)\n"
                                    write(ledger, line, line.utf8.count)
                                    if writer == 7, number == 3 + round { kill(getpid(), SIGKILL) }
                                }
                            }
                        }
                    }
                }
            }
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let stored = try await Set(store.jobs().map(\.name))
            let ledger = try String(contentsOfFile: folder.path("ledger"), encoding: .utf8)
            let acknowledged = Set(ledger.split(separator: "\n").map(String.init))
            #expect(acknowledged.count >= 12 && acknowledged.isSubset(of: stored))
            #expect(try await store.changes(limit: 10_000).count == stored.count)
            #expect(try await store.integrityProblems() == [])
        }
    }
}
