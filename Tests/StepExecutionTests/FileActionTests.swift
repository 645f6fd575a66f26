import Foundation
import JobModel
import TestSupport
import Testing

@testable import StepExecution

@Suite("read, save and git") struct FileActionTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    private func call(reads: [String] = [], writes: [String] = [], event: JSONValue? = nil) -> LocalCall {
        var call = LocalCall(workshop)
        call.capabilities = Capabilities(reads: reads, writes: writes)
        call.event = event
        return call
    }

    private func content(_ name: String) -> String? {
        try? String(contentsOfFile: "\(workshop.root)/\(name)", encoding: .utf8)
    }

    private func rights(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: "\(workshop.root)/\(name)")[.posixPermissions] as? Int
    }

    // MARK: Reading

    @Test("reads text and JSON, and cuts what is longer than the limit")
    func reading() async throws {
        try workshop.write("a.json", #"{"stock": 3}"#)
        let call = call(reads: ["~/scripts/a.json"])
        let json = await call.run("read", ["path": "~/scripts/a.json", "as": "json"])
        #expect(json.value == ["value": ["stock": 3], "size": 12, "cut": false])
        let text = await call.run("read", ["path": "~/scripts/a.json", "limit": 4])
        #expect(text.value == ["text": #"{"st"#, "size": 12, "cut": true], "\(text)")
        let cut = await call.run("read", ["path": "~/scripts/a.json", "as": "json", "limit": 4])
        #expect(cut.error?.contains("more than \"limit\" allows") == true)
    }

    @Test("lets a hole choose among the files of its folder and nothing else")
    func holes() async throws {
        try workshop.write("logs/a.log", "a")
        try workshop.write("b.log", "b")
        try workshop.write("logs/.hidden", "h")
        try FileManager.default.createSymbolicLink(
            atPath: "\(workshop.scripts)/logs/out", withDestinationPath: "\(workshop.scripts)/b.log")
        let path = "~/scripts/logs/{{event.name}}"
        func read(_ name: String) async -> StepResult {
            await call(reads: [path], event: ["name": .string(name)]).run("read", ["path": .string(path)])
        }
        #expect(await read("a.log").text == "a")
        #expect(await read("../b.log").error?.contains("lies outside of") == true)
        #expect(await read("x/../../b.log").error?.contains("lies outside of") == true)
        #expect(await read("out").error?.contains("is a link") == true)
        #expect(await read(".hidden").error?.contains("is hidden") == true)
        #expect(await read("").error?.contains("names no file") == true)
        #expect(await read("a.log/b").error != nil)
        #expect(await read("none").error?.contains("does not exist") == true)
    }

    @Test("refuses what was not approved, folders, pipes and bytes that are no text")
    func readingRefusals() async throws {
        try workshop.write("a", "x")
        #expect(
            await call().run("read", ["path": "~/scripts/a"]).error
                == "reading ~/scripts/a is not approved for this job")
        let whole = await call(reads: ["{{event.p}}"], event: ["p": "/etc/passwd"]).run("read", ["path": "{{event.p}}"])
        #expect(whole.error?.contains("begins with a hole") == true)
        #expect(
            await call(reads: ["~/scripts"]).run("read", ["path": "~/scripts"]).error?.contains("is no file") == true)
        #expect(mkfifo("\(workshop.scripts)/pipe", 0o600) == 0)
        #expect(
            await call(reads: ["~/scripts/pipe"]).run("read", ["path": "~/scripts/pipe"]).error?.contains("is no file")
                == true)
        try Data([0xFF, 0x00]).write(to: URL(filePath: "\(workshop.scripts)/bytes"))
        #expect(
            await call(reads: ["~/scripts/bytes"]).run("read", ["path": "~/scripts/bytes"]).error?.contains(
                "is no text") == true)
        let limit = await call(reads: ["~/scripts/a"]).run("read", ["path": "~/scripts/a", "limit": 2_000_000])
        #expect(limit.error?.contains("from 1 to") == true)
    }

    // MARK: Writing

    @Test("writes privately and whole, adds, and numbers new files")
    func saving() async throws {
        let path = "~/reports/{{event.day}}/r.md"
        try FileManager.default.createDirectory(atPath: "\(workshop.root)/reports", withIntermediateDirectories: false)
        func save(_ content: JSONValue, _ mode: String) async -> StepResult {
            await call(writes: [path], event: ["day": "mon"])
                .run("save", ["path": .string(path), "content": content, "mode": .string(mode)])
        }
        #expect(await save("one", "write").value?["bytes"] == 3)
        #expect(content("reports/mon/r.md") == "one")
        #expect(try rights("reports/mon/r.md") == 0o600 && rights("reports/mon") == 0o700)
        _ = await save("two", "write")
        #expect(content("reports/mon/r.md") == "two")
        _ = await save(["a": 1], "append")
        #expect(content("reports/mon/r.md") == "two{\"a\":1}\n")
        #expect(await save("new", "new").value?["path"]?.string?.hasSuffix("/reports/mon/r-2.md") == true)
        #expect(await save("new", "new").value?["path"]?.string?.hasSuffix("/reports/mon/r-3.md") == true)
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(workshop.root)/reports/mon")
        #expect(left.sorted() == ["r-2.md", "r-3.md", "r.md"])
    }

    @Test("never leaves its folder, and replaces a link instead of following it")
    func savingRefusals() async throws {
        try workshop.write("target", "old")
        try FileManager.default.createSymbolicLink(
            atPath: "\(workshop.root)/link", withDestinationPath: "\(workshop.scripts)/target")
        let unapproved = await call().run("save", ["path": "~/x", "content": "y"])
        #expect(unapproved.error == "writing ~/x is not approved for this job")
        _ = await call(writes: ["~/link"]).run("save", ["path": "~/link", "content": "new"])
        #expect(content("scripts/target") == "old" && content("link") == "new")
        try FileManager.default.removeItem(atPath: "\(workshop.root)/link")
        try FileManager.default.createSymbolicLink(
            atPath: "\(workshop.root)/link", withDestinationPath: "\(workshop.scripts)/target")
        let added = await call(writes: ["~/link"]).run("save", ["path": "~/link", "content": "new", "mode": "append"])
        #expect(added.error?.contains("is a link") == true && content("scripts/target") == "old")
        let path = "~/scripts/{{event.name}}"
        for name in ["../x", ".bashrc", "a/../../x", "", "a/"] {
            let result = await call(writes: [path], event: ["name": .string(name)])
                .run("save", ["path": .string(path), "content": "y"])
            #expect(result.error != nil, "\(name): \(result)")
        }
        #expect(content("x") == nil)
    }

    // MARK: Git

    @Test("lists the commits of a span, by author and branch, and runs nothing that the repository configures")
    func git() async throws {
        let folder = "\(workshop.root)/repo"
        try repository(folder)
        let call = call(reads: ["~/repo"])
        let span: [String: JSONValue] = ["repository": "~/repo", "since": "2026-03-26", "until": "2026-03-28"]
        let all = await call.run("git", span)
        #expect(all.value?["count"] == 2, "\(all)")
        #expect(all.value?["commits"]?.element(0)?["subject"] == "Second (x)")
        #expect(all.value?["commits"]?.element(1)?["author"] == "Ana")
        let byAuthor = await call.run("git", span.merging(["author": "a.a@example"]) { $1 })
        #expect(byAuthor.value?["count"] == 1, "the point is no pattern: \(byAuthor)")
        #expect(await call.run("git", span.merging(["branch": "old"]) { $1 }).value?["count"] == 1)
        #expect(
            await call.run("git", span.merging(["branch": "none"]) { $1 }).error?.contains("no branch none") == true)
        for branch in ["--output=/tmp/x", "a..b", "x y", ""] {
            let refused = await call.run("git", span.merging(["branch": .string(branch)]) { $1 })
            #expect(refused.error?.contains("is no name of a branch") == true, "\(branch): \(refused)")
        }
        #expect(await self.call().run("git", span).error == "reading ~/repo is not approved for this job")
        let backwards = await call.run("git", ["repository": "~/repo", "since": "1h", "until": "2h"])
        #expect(backwards.error == "\"since\" is not before \"until\"")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/ran"))
    }

    /// Two commits of Friday 27 March, the first of them on the branch `old` too.
    private func repository(_ folder: String) throws {
        let script = """
            set -e; mkdir repo; cd repo; git init -q -b main .
            git config core.fsmonitor 'touch ran; true'; git config core.pager 'touch ran; cat'
            commit() { GIT_AUTHOR_DATE="$3" GIT_COMMITTER_DATE="$3" git -c user.name="$1" -c user.email="$2" \
            -c core.fsmonitor=false commit -q --allow-empty -m "$4"; }
            commit Ana a.a@example.test 2026-03-27T08:00:00Z First; git branch old
            commit Ben bxa@example.test 2026-03-27T09:00:00Z 'Second (x)'
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(filePath: workshop.root)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
