import JobModel
import Storage
import TestSupport
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: StoreConformance.all)
    func inMemory(_ promise: StoreConformance) async throws {
        try await promise.check(InMemoryStore())
    }

    @Test(arguments: StoreConformance.all)
    func onSQLite(_ promise: StoreConformance) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            try await promise.check(store)
            #expect(try await store.integrityProblems() == [])
            try store.close()
        }
    }
}
