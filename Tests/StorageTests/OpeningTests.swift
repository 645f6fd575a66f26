import Foundation
import GRDB
import JobModel
import Storage
import TestSupport
import Testing

@Suite struct OpeningTests {
    @Test func makesPrivateFilesInAPrivateFolder() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("x/y/rota.db")
            let store = try await SQLiteStore.open(at: path)
            try await store.create("a")
            #expect(try mode(folder.path("x/y")) == 0o700)
            for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("x/y")).count == 3)
            try store.close()
        }
    }

    @Test func keepsWhatWasStored() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await folder.store()
            let again = try await SQLiteStore.open(at: path)
            #expect(try await again.jobs().map(\.name) == ["a"])
            let reader = try await SQLiteStore.open(at: path, mode: .readOnly)
            #expect(try await reader.jobs() == again.jobs())
            await #expect(throws: StoreError.readOnly(path: path)) { try await reader.create("b") }
            await #expect(throws: StoreError.readOnly(path: path)) { try await reader.checkpoint() }
        }
    }

    @Test func opensANewFileOnceForManyAtATime() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let store = try await SQLiteStore.open(at: folder.path("rota.db"))
                        try await store.create("\(number)")
                        try store.close()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await SQLiteStore.open(at: folder.path("rota.db")).jobs().count == 8)
        }
    }

    @Test func readsNothingThatIsMissing() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("rota.db")
            let missing = StoreError.unavailable(path: path, detail: "there is no such file")
            await #expect(throws: missing) { try await SQLiteStore.open(at: path, mode: .readOnly) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test(arguments: [SQLiteStore.Mode.readWrite, .readOnly])
    func leavesANewerStoreAsItIs(_ mode: SQLiteStore.Mode) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await folder.store()
            try setPragma("user_version", 99, in: path)
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = StoreError.newerVersion(path: path, found: "format 99; this version reads up to 5")
            await #expect(throws: error) { try await SQLiteStore.open(at: path, mode: mode) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test func knowsANewerStoreThatWasNeverClosed() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await folder.store()
            let newer = try DatabasePool(path: path)
            try await newer.write { try $0.execute(sql: "PRAGMA user_version = 99") }
            let error = StoreError.newerVersion(path: path, found: "format 99; this version reads up to 5")
            await #expect(throws: error) { try await SQLiteStore.open(at: path) }
            try newer.close()
        }
    }

    @Test func refusesTheDatabaseOfAnotherProgram() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("other.db")
            let other = try DatabaseQueue(path: path)
            try await other.write { try $0.execute(sql: "CREATE TABLE mine (x)") }
            try other.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = StoreError.unavailable(path: path, detail: "it is a database of another program")
            await #expect(throws: error) { try await SQLiteStore.open(at: path) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test func refusesAFolder() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let error = StoreError.unavailable(path: folder.path, detail: "it is not a file")
            await #expect(throws: error) { try await SQLiteStore.open(at: folder.path) }
        }
    }

    @Test func refusesAFolderThatCannotBeMade() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path("file")))
            await #expect(throws: StoreError.self) { try await SQLiteStore.open(at: folder.path("file/rota.db")) }
        }
    }

    private func mode(_ path: String) throws -> Int {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return Int(status.st_mode & 0o777)
    }

    private func setPragma(_ name: String, _ value: Int, in path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "PRAGMA \(name) = \(value)") }
        try queue.close()
    }
}
