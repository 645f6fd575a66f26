import Foundation
import GRDB
import JobModel
import TestSupport
import Testing

@testable import Storage

@Suite struct DamageTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let inflict: @Sendable (inout Data) -> Void
    }

    static let damages = [
        Damage(testDescription: "no database at all") { $0 = Data("jobs:\n  - tea\n".utf8) },
        Damage(testDescription: "a broken header") { $0.replaceSubrange(0..<8, with: Data(repeating: 0xFF, count: 8)) },
        Damage(testDescription: "a page size that cannot be") { $0.replaceSubrange(16..<18, with: [0x03, 0xE7]) },
        Damage(testDescription: "cut in half") { $0.removeLast($0.count / 2) },
        Damage(testDescription: "cut within a page") { $0.removeLast(4000) },
        Damage(testDescription: "a broken schema page") {
            $0.replaceSubrange(100..<4096, with: Data(repeating: 0x5A, count: 3996))
        },
    ]

    @Test(arguments: damages)
    func leavesADamagedFileAsItIs(_ damage: Damage) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await folder.store()
            let url = URL(fileURLWithPath: path)
            var content = try Data(contentsOf: url)
            damage.inflict(&content)
            try content.write(to: url)
            for mode in [SQLiteStore.Mode.readWrite, .readOnly] {
                let error = await #expect(throws: StoreError.self) { try await SQLiteStore.open(at: path, mode: mode) }
                guard case .corrupt(path, _)? = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(try Data(contentsOf: url) == content)
            }
        }
    }

    /// Damage further inside is met when it is read, and by the check that reads everything.
    @Test func namesDamageThatIsMetLater() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await folder.store()
            let sound = try await SQLiteStore.open(at: path)
            let page = try await sound.read {
                try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'job'")
            }
            try sound.close()
            let url = URL(fileURLWithPath: path)
            var content = try Data(contentsOf: url)
            let first = (try #require(page) - 1) * 4096
            content.replaceSubrange(first..<first + 4096, with: Data(repeating: 0x5A, count: 4096))
            try content.write(to: url)
            let store = try await SQLiteStore.open(at: path)
            let error = await #expect(throws: StoreError.self) { try await store.jobs() }
            guard case .corrupt(path, _)? = error else { throw try #require(error) }
            #expect(try await !store.integrityProblems().isEmpty)
        }
    }

    @Test func namesARowThatItCannotRead() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            try await store.create("a")
            try await store.write { try $0.execute(sql: "UPDATE job SET steps = '[{}]'") }
            let detail = "a stored value is not in the expected form"
            await #expect(throws: StoreError.corrupt(path: store.path, detail: detail)) { try await store.jobs() }
        }
    }

    @Test func saysThatTheDiskIsFullAndGoesOnLater() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let store = try await SQLiteStore.open(at: folder.path("rota.db"))
            try await store.create("a")
            let large = String(repeating: "x", count: 1_000_000)
            try await store.write { try $0.execute(sql: "PRAGMA max_page_count = 100") }
            await #expect(throws: StoreError.full(path: store.path)) { try await store.remember(large, as: "large") }
            #expect(try await store.jobs().map(\.name) == ["a"])
            try await store.write { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
            try await store.remember(large, as: "large")
            #expect(try await store.remembered("large") == large)
        }
    }

    /// Permissions do not bind the superuser: the child becomes somebody else.
    @Test(.enabled(if: geteuid() == 0), arguments: [0o444 as mode_t, 0o644])
    func saysThatItMayNotWrite(_ fileMode: mode_t) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await folder.store()
            chmod(path, fileMode)
            chmod(folder.path, 0o755)
            await #expect(processExitsWith: .success) { [path = path as String] in
                try #require(setgid(65534) == 0 && setuid(65534) == 0)
                await #expect(throws: StoreError.readOnly(path: path)) { try await SQLiteStore.open(at: path) }
                let beside = path + "-other"
                await #expect(throws: StoreError.readOnly(path: beside)) { try await SQLiteStore.open(at: beside) }
            }
        }
    }

    @Test(arguments: [
        StoreError.nameTaken("tea"), .noSuchJob(7), .newerVersion(path: "/r.db", found: "format 9"),
        .corrupt(path: "/r.db", detail: "d"), .readOnly(path: "/r.db"), .full(path: "/r.db"),
        .unavailable(path: "/r.db", detail: "d"),
    ])
    func speaksInSentences(_ error: StoreError) {
        #expect(error.message.hasSuffix(".") && error.message.count > 20)
        #expect(error.message.contains("/r.db") || error.message.contains("tea") || error.message.contains("7"))
    }
}

/// A damaged log: SQLite would drop it, and what was committed in it, without a word.
@Suite struct DamagedLogTests {
    /// A store whose last changes are in its log only, as a killed process leaves it.
    private func leaveLog(in folder: TemporaryFolder) async throws -> String {
        let path = folder.path("rota.db")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try await SQLiteStore.open(at: path)
            for name in ["a", "b", "c", "d"] { try await store.create(name) }
            kill(getpid(), SIGKILL)
        }
        return path
    }

    private func damage(_ path: String, at offset: Int, with bytes: [UInt8]) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    @Test func aSoundLogIsReadAndNothingIsSaid() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await leaveLog(in: folder)
            let store = try await SQLiteStore.open(at: path)
            #expect(store.damage == nil)
            #expect(try await store.jobs().count == 4)
        }
    }

    @Test(arguments: [
        (0, "the header of its log is damaged"), (20, "the header of its log is damaged"),
        (32 + 24 + 100, "a frame of its log is damaged (byte 32)"),
    ])
    func aDamagedLogIsSetAsideAndSaid(_ offset: Int, _ words: String) async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = try await leaveLog(in: folder)
            try damage(path + "-wal", at: offset, with: Array("damage!".utf8))
            let before = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
            let store = try await SQLiteStore.open(at: path)
            let said = try #require(store.damage)
            #expect(said.contains(words))
            let copy = try #require(said.split(separator: " ").last?.dropLast())
            #expect(try Data(contentsOf: URL(fileURLWithPath: String(copy))) == before)
        }
    }

    @Test func anEmptyFileIsNoStore() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let path = folder.path("rota.db")
            try Data().write(to: URL(fileURLWithPath: path))
            await #expect(throws: StoreError.corrupt(path: path, detail: "it is empty")) {
                try await SQLiteStore.open(at: path)
            }
        }
    }
}
