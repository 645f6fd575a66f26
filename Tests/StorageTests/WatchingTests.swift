import Foundation
import JobModel
import Storage
import Synchronization
import TestSupport
import Testing

/// What can be seen of a store from outside: its syncs and its size.
struct WatchingTests {
    @Test func everyGroupOfWritesIsTimed() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            let durations = Observed()
            store.observeSyncs { durations.add($0) }
            #expect(store.lastSync == nil)
            let before = Date()
            try await store.create("a")
            #expect(try #require(store.lastSync) >= before)
            #expect(durations.all.count == 1 && durations.all[0] > 0)
            _ = try await store.jobs()
            #expect(durations.all.count == 1)
            try store.close()
        }
    }

    @Test func compactingGivesRoomBackAndKeepsEverything() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("rota.db")
            let store = try await SQLiteStore.open(at: path)
            try await store.create("a")
            for _ in 0..<300 {
                _ = try await store.post(
                    Message(jobID: nil, runID: nil, at: start, text: String(repeating: "x", count: 2000), seen: true))
            }
            while try await store.prune(Retention(age: 60), at: start + 3600) > 0 {}
            let last = try await store.lastEventID()
            #expect(try await store.compact() > 400_000)
            #expect(try await store.compact() == 0)
            #expect(try await store.jobs().map(\.name) == ["a"])
            #expect(try await store.lastEventID() == last)
            #expect(try await store.integrityProblems() == [])
            let size = StoreSize(of: path)
            #expect(size.file > 0 && size.log == 0 && size.written != nil)
            try store.close()
        }
    }

    @Test func aMissingStoreHasNoSize() {
        let size = StoreSize(of: "/nowhere/rota.db")
        #expect(size.total == 0 && size.written == nil)
    }
}

private final class Observed: Sendable {
    private let values = Mutex<[TimeInterval]>([])
    var all: [TimeInterval] { values.withLock { $0 } }
    func add(_ value: TimeInterval) { values.withLock { $0.append(value) } }
}
