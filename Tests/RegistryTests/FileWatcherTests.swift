import Foundation
import TestSupport
import Testing

@testable import Registry

/// The ways in which programs save. Each test waits for news until the file reads as it should; nothing sleeps.
@Suite(.timeLimit(.minutes(1)))
struct FileWatcherTests {
    private static let new = "the new content\n"

    @Test(arguments: [
        "printf 'the new content\\n' > jobs.json",
        "printf 'the ' > jobs.json; printf 'new content\\n' >> jobs.json",
        "printf 'the new content\\n' > .jobs.json.tmp; mv .jobs.json.tmp jobs.json",
        "mv jobs.json jobs.json~; printf 'the new content\\n' > jobs.json; rm jobs.json~",  // vim
        "rm jobs.json; printf 'the new content\\n' > jobs.json",
        "printf 'the new content\\n' > real; ln -s real link; mv -T link jobs.json",
        "printf 'the new content\\n' > other; rm jobs.json; ln other jobs.json",
        "for n in 1 2 3 4 5; do echo $n > jobs.json; done; printf 'the new content\\n' > jobs.json",
        "cp jobs.json x; sed -i 's/.*/the new content/' jobs.json",
        "mv ../config ../old; mkdir ../config; printf 'the new content\\n' > ../config/jobs.json",
    ])
    func noticesASave(script: String) async throws {
        try await TemporaryFolder.use { folder in
            try shell("mkdir config; echo old > config/jobs.json", in: folder.path)
            try await expectNews(of: folder.path("config/jobs.json")) { try shell(script, in: folder.path("config")) }
        }
    }

    @Test func noticesTheContentBehindLinks() async throws {
        let steps = [
            "printf 'the new content\\n' > dots/a/jobs.json",  // the file, in place
            "mkdir dots/b; printf 'the new content\\n' > dots/b/jobs.json; ln -s b dots/next; mv -T dots/next dots/now",
        ]
        for script in steps {
            try await TemporaryFolder.use { folder in
                try shell(
                    "mkdir -p config dots/a; echo old > dots/a/jobs.json; ln -s a dots/now; "
                        + "ln -s ../dots/now/jobs.json config/jobs.json", in: folder.path)
                try await expectNews(of: folder.path("config/jobs.json")) { try shell(script, in: folder.path) }
            }
        }
    }

    @Test func theFolderNeedNotExistYet() async throws {
        try await TemporaryFolder.use { folder in
            try await expectNews(of: folder.path("a/b/jobs.json")) {
                try shell("mkdir -p a/b; printf 'the new content\\n' > a/b/jobs.json", in: folder.path)
            }
        }
    }

    @Test func severalSavesAreToldOnce() async throws {
        try await TemporaryFolder.use { folder in
            let watcher = try FileWatcher(paths: [folder.path("jobs.json")], quiet: .milliseconds(200))
            defer { watcher.close() }
            for number in 1...20 { try shell("echo \(number) > jobs.json", in: folder.path) }
            var news = watcher.changes.makeAsyncIterator()
            _ = await news.next()
            #expect(try String(contentsOfFile: folder.path("jobs.json"), encoding: .utf8) == "20\n")
        }
    }

    @Test func otherFilesAreNoNews() async throws {
        try await TemporaryFolder.use { folder in
            let watcher = try FileWatcher(paths: [folder.path("jobs.json")], quiet: .milliseconds(1))
            defer { watcher.close() }
            try shell("echo a > rota.db; echo b > rota.db-wal; rm rota.db", in: folder.path)
            try shell("echo c > jobs.json", in: folder.path)
            var news = watcher.changes.makeAsyncIterator()
            _ = await news.next()
            #expect(FileManager.default.fileExists(atPath: folder.path("jobs.json")))
        }
    }

    private func expectNews(of path: String, after change: () throws -> Void) async throws {
        let watcher = try FileWatcher(paths: [path], quiet: .milliseconds(20), patience: .milliseconds(200))
        defer { watcher.close() }
        var news = watcher.changes.makeAsyncIterator()
        try change()
        while await news.next() != nil {
            if try String(contentsOfFile: path, encoding: .utf8) == Self.new { return }
        }
        Issue.record("the watcher ended")
    }

    private func shell(_ script: String, in folder: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-ec", script]
        process.currentDirectoryURL = URL(filePath: folder)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(script)")
    }
}
