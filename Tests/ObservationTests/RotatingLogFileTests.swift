import Foundation
import JobModel
import Logging
import TestSupport
import Testing

@testable import Observation

/// The log file: rotation, and what goes wrong with it.
struct RotatingLogFileTests {
    private func contents(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "-" }

    private func add(_ lines: [String], to file: RotatingLogFile) {
        for line in lines {
            file.append(Array(line.utf8))
            file.flush()
        }
    }

    @Test func putsFullFilesAsideAndKeepsSoMany() async throws {
        try await TemporaryFolder.use { folder in
            let path = folder.path("a.log")
            let file = RotatingLogFile(path: path, limits: .init(size: 10, files: 3))
            add(["one", "two", "three", "four", "five", "six", "seven", "eight"], to: file)
            let kept = ["", ".1", ".2", ".3"].map { contents(path + $0) }
            #expect(kept == ["eight\n", "six\nseven\n", "four\nfive\n", "-"])
            #expect(file.lost == 0)
        }
    }

    @Test func oneFileIsBegunAnew() async throws {
        try await TemporaryFolder.use { folder in
            let file = RotatingLogFile(path: folder.path("a.log"), limits: .init(size: 6, files: 1))
            add(["first", "second"], to: file)
            #expect(contents(file.path) == "second\n")
            #expect(contents(file.path + ".1") == "-")
        }
    }

    @Test func aDeletedOrMovedFileIsMadeAgain() async throws {
        try await TemporaryFolder.use { folder in
            let file = RotatingLogFile(path: folder.path("a.log"))
            add(["one"], to: file)
            unlink(file.path)
            add(["two"], to: file)
            #expect(contents(file.path) == "two\n")
            rename(file.path, file.path + ".old")
            add(["three"], to: file)
            #expect(contents(file.path) == "three\n" && contents(file.path + ".old") == "two\n")
        }
    }

    @Test func isOnlyForItsOwner() async throws {
        try await TemporaryFolder.use { folder in
            let file = RotatingLogFile(path: folder.path("a.log"))
            add(["one"], to: file)
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
        }
    }

    @Test func goesOnAfterAnotherProcessFilledIt() async throws {
        try await TemporaryFolder.use { folder in
            let path = folder.path("a.log")
            try String(repeating: "x", count: 20).write(toFile: path, atomically: true, encoding: .utf8)
            let file = RotatingLogFile(path: path, limits: .init(size: 10, files: 2))
            add(["one"], to: file)
            #expect(contents(path) == "one\n" && contents(path + ".1").count == 20)
        }
    }

    /// A folder in its place stands for a disk that refuses.
    @Test func whatTheDiskRefusesIsCountedAndTold() async throws {
        try await TemporaryFolder.use { folder in
            let path = folder.path("a.log")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let file = RotatingLogFile(path: path) { Array("lost \($0)".utf8) }
            add(["one", "two"], to: file)
            #expect(file.lost == 2)
            try FileManager.default.removeItem(atPath: path)
            add(["three"], to: file)
            #expect(contents(path) == "three\nlost 2\n")
            #expect(file.lost == 0)
        }
    }

    @Test func aFullDiskLeavesNoHalfLine() async throws {
        try #require(access("/dev/full", W_OK) == 0)
        let file = RotatingLogFile(path: "/dev/full")
        add(["one", "two"], to: file)
        #expect(file.lost == 2)
    }

    @Test func whatDoesNotFitTheBufferIsLost() async throws {
        try await TemporaryFolder.use { folder in
            let file = RotatingLogFile(path: folder.path("a.log"), limits: .init(buffer: 100))
            file.append(Array(repeating: UInt8(ascii: "x"), count: 200))
            #expect(file.lost == 1)
        }
    }

    @Test func manyThreadsLoseNothing() async throws {
        try await TemporaryFolder.use { folder in
            let file = RotatingLogFile.ofJSON(at: folder.path("a.log"), limits: .init(size: 1 << 20, files: 9))
            let handler = JSONLogHandler(label: "test", file: file)
            let logger = Logger(label: "test") { _ in handler }
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask { for line in 0..<200 { logger.info("\(task)", metadata: ["line": "\(line)"]) } }
                }
            }
            file.flush()
            let lines = contents(file.path).split(separator: "\n")
            #expect(lines.count == 1600 && file.lost == 0)
            #expect(lines.allSatisfy { (try? JSONValue(parsing: String($0))) != nil })
        }
    }
}
