import Foundation
import TestSupport
import Testing

@testable import Coordination

@Suite struct DoorbellTests {
    @Test func everybodyElseHears() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let bells = try (0..<3).map { _ in try Doorbell(folder: folder.path("run")) }
            #expect(Set(bells.map(\.path)).count == 3)
            bells[0].ring()
            for bell in bells[1...] { #expect(await bell.rings.first { true } != nil) }
            Doorbell.ring(in: folder.path("run"))
            #expect(await bells[0].rings.first { true } != nil)
        }
    }

    @Test func aClosedBellLeavesNothingBehind() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let bell = try Doorbell(folder: folder.path)
            #expect(try contents(folder) == ["bell-\(getpid()).sock"])
            bell.close()
            bell.close()
            bell.ring()
            #expect(try contents(folder) == [])
            for await _ in bell.rings { Issue.record("rang") }
        }
    }

    @Test func deadSocketsAreRemovedAndOtherFilesAreNot() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
                let bell = try Doorbell(folder: path)
                try #require(access(bell.path, F_OK) == 0)
                kill(getpid(), SIGKILL)
            }
            #expect(try contents(folder).count == 1)
            try Data().write(to: URL(fileURLWithPath: folder.path("bell-notes.txt")))
            let bell = try Doorbell(folder: folder.path)
            bell.ring()
            #expect(try contents(folder) == ["bell-\(getpid()).sock", "bell-notes.txt"])
            bell.close()
        }
    }

    /// Nobody reads while the test holds the thread: the buffers fill up, and ringing goes on.
    @Test func ringingNeverBlocks() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let bell = try Doorbell(folder: folder.path)
            for _ in 0..<2_000 { Doorbell.ring(in: folder.path) }
            #expect(await bell.rings.first { true } != nil)
        }
    }

    @Test func aLongPathFallsBackToAShortPrivateFolder() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            let long = folder.path(String(repeating: "x", count: 100))
            let first = try Doorbell(folder: long)
            let second = try Doorbell(folder: long)
            #expect(first.path.hasPrefix("/tmp/rota-\(geteuid())/") && first.path.utf8.count < 107)
            first.ring()
            #expect(await second.rings.first { true } != nil)
            let other = try BellFolder.usable(for: long + "y")
            #expect(try other != BellFolder.usable(for: long))
            first.close()
            second.close()
            rmdir(try BellFolder.usable(for: long))
            rmdir(other)
        }
    }

    @Test func foldersOpenToOthersAreNotTrusted() async throws {
        try await TemporaryFolder.use { (folder) async throws in
            chmod(folder.path, 0o755)
            #expect(throws: CoordinationError.untrustedFolder(path: folder.path)) {
                try PrivateFolder.requirePrivate(folder.path)
            }
            chmod(folder.path, 0o700)
            try PrivateFolder.requirePrivate(folder.path)
            symlink(folder.path, folder.path("link"))
            #expect(throws: CoordinationError.untrustedFolder(path: folder.path("link"))) {
                try PrivateFolder.requirePrivate(folder.path("link"))
            }
        }
    }

    private func contents(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}
