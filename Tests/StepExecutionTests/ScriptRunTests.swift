import Foundation
import JobModel
import StepExecution
import Synchronization
import Testing

@Suite("Running scripts")
struct ScriptRunTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    private func run(
        _ content: String, as name: String = "a.sh", arguments: [String] = [], event: JSONValue? = nil,
        timeout: TimeInterval = 300, started: @escaping @Sendable (ProcessIdentity) async -> Void = { _ in }
    ) async throws -> StepResult {
        try workshop.write(name, content)
        let context = context(workshop.job(name), event: event, timeout: timeout, processStarted: started)
        return await executor(workshop).execute(.script(path: name, arguments: arguments), in: context)
    }

    @Test(arguments: [
        ("echo done", StepResult(text: "done", exitCode: 0)),
        ("exit 3", StepResult(exitCode: 3, error: "exit 3")),
        ("echo 'disk full' >&2; echo more >&2; exit 1", StepResult(exitCode: 1, error: "exit 1: disk full")),
        (
            "echo part; echo >&2; echo '  oh no' >&2; exit 2",
            StepResult(text: "part", exitCode: 2, error: "exit 2: oh no")
        ),
        ("echo warn >&2", StepResult(exitCode: 0)),
        (
            "printf 'Traceback (most recent call last):\\n  File x\\nKeyError: 1\\n' >&2; exit 1",
            StepResult(exitCode: 1, error: "exit 1: KeyError: 1")
        ),
        ("kill -9 $$", StepResult(exitCode: 137, error: "killed by signal 9")),
        ("printf '\\033[31mred\\033[0m\\n'", StepResult(text: "red", exitCode: 0)),
        ("#!/bin/sh -e\nfalse\necho no", StepResult(exitCode: 1, error: "exit 1")),
        ("#!/usr/bin/env sh\necho env", StepResult(text: "env", exitCode: 0)),
        ("cat; echo end", StepResult(text: "end", exitCode: 0)),
    ])
    func tellsHowItEnded(_ content: String, _ expected: StepResult) async throws {
        #expect(try await run(content) == expected)
    }

    @Test func passesArgumentsAsTheyAre() async throws {
        let arguments = ["two words", "$(id)", "; rm -rf /", "*", ""]
        let result = try await run("for a in \"$@\"; do echo \"<$a>\"; done", arguments: arguments)
        #expect(result.text == "<two words>\n<$(id)>\n<; rm -rf />\n<*>\n<>")
    }

    @Test func seesACleanEnvironmentAndTheEvent() async throws {
        let event: JSONValue = ["title": "it's $HOME"]
        let names = "env | cut -d= -f1 | sort | grep -v -e '^_$' -e '^PWD$' -e '^SHLVL$' -e '^OLDPWD$'"
        let result = try await run(
            "\(names)\necho \"$ROTA_JOB|$ROTA_RUN|$ROTA_DUE|$ROTA_ATTEMPT|$TZ\"\necho \"$ROTA_EVENT\"\ncat\necho\npwd\numask",
            event: event)
        #expect(
            result.text == """
                HOME
                LANG
                PATH
                ROTA_ATTEMPT
                ROTA_DUE
                ROTA_EVENT
                ROTA_JOB
                ROTA_RUN
                ROTA_SCRIPT
                TZ
                Test job|12|2026-03-27T08:00:00Z|1|Europe/Berlin
                {"title":"it's $HOME"}
                {"title":"it's $HOME"}
                \(workshop.scripts)
                0077
                """)
    }

    @Test func survivesALargeEventThatIsNotRead() async throws {
        let event: JSONValue = ["text": .string(String(repeating: "x", count: 2 << 20))]
        #expect(try await run("exit 0", event: event) == StepResult(exitCode: 0))
        #expect(try await run("wc -c", event: event).text == "2097163")
    }

    @Test func isAProcessGroupOfItsOwnAndSaysSoAtOnce() async throws {
        let seen = Mutex<ProcessIdentity?>(nil)
        let result = try await run("echo $$ $(ps -o pgid= -p $$)") { identity in seen.withLock { $0 = identity } }
        let last = seen.withLock(\.self)
        let identity = try #require(last)
        let numbers = result.text.split(separator: " ").compactMap { Int32($0) }
        #expect(numbers.allSatisfy { $0 == identity.pid } && !numbers.isEmpty)
        #expect(identity.startTime > 0)
    }

    @Test func keepsTheBeginningOfEndlessOutput() async throws {
        let result = try await run("head -c 100000000 /dev/zero | tr '\\0' x; echo oops >&2; exit 4")
        #expect(result.text.utf8.count < 66_000 && result.text.hasSuffix("x\n[cut at 64 KiB]"))
        #expect(result.error == "exit 4: oops")
    }

    @Test func endsAChildThatWasLeftBehind() async throws {
        let begun = ContinuousClock.now
        let result = try await run("sleep 600 & echo $!")
        #expect(result.succeeded)
        #expect(ContinuousClock.now - begun < .seconds(300))
        #expect(await Self.goes(try #require(Int32(result.text))))
    }

    @Test(arguments: [
        "sleep 600", "trap '' TERM; while :; do sleep 1; done", "(trap '' TERM; sleep 600) & echo $! > child; wait",
        "sleep 600 & echo $! > child; exec >&- 2>&-; wait",
    ])
    func stopsTheWholeGroupAfterTheTimeout(_ content: String) async throws {
        let seen = Mutex<ProcessIdentity?>(nil)
        let begun = ContinuousClock.now
        let result = try await run("echo begun\n\(content)", timeout: 0.4) { identity in seen.withLock { $0 = identity }
        }
        #expect(result.error == "stopped after 0.4 s")
        #expect(ContinuousClock.now - begun < .seconds(300))
        let last = seen.withLock(\.self)
        let leader = try #require(last)
        #expect(await Self.goes(leader.pid))
        if let child = try? String(contentsOfFile: "\(workshop.scripts)/child", encoding: .utf8) {
            #expect(await Self.goes(Int32(child.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 1))
        }
    }

    @Test func stopsWhenItsTaskIsCancelled() async throws {
        try workshop.write("a.sh", "sleep 600")
        let (starts, continuation) = AsyncStream.makeStream(of: ProcessIdentity.self)
        let context = context(workshop.job("a.sh")) { continuation.yield($0) }
        let executor = executor(workshop)
        let task = Task { await executor.execute(.script(path: "a.sh", arguments: []), in: context) }
        var started = starts.makeAsyncIterator()
        let leader = try #require(await started.next())
        task.cancel()
        #expect(await task.value == StepResult(error: "it was stopped"))
        #expect(await Self.goes(leader.pid))
    }

    /// Waits for the kernel to carry out a KILL that was sent; gives up after five seconds.
    private static func goes(_ pid: Int32) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(5)
        while !isGone(pid), ContinuousClock.now < deadline { await Task.yield() }
        return isGone(pid)
    }

    /// Gone, or a zombie that somebody else has to reap.
    private static func isGone(_ pid: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return true }
        let state = stat[stat.index(after: end)...].split(separator: " ").first
        return state == "Z" || state == "X"
    }
}

@Suite("Approved content only")
struct ScriptApprovalTests {
    private let workshop: Workshop

    init() throws { workshop = try Workshop() }

    @Test func refusesAChangedScript() async throws {
        try workshop.write("a.sh", "echo one")
        let job = workshop.job("a.sh")
        try workshop.write("a.sh", "echo two")
        let result = await executor(workshop).execute(job.steps[0].action, in: context(job))
        #expect(result.error == "a.sh has changed since it was approved; approve it again to run it")
    }

    @Test func refusesAScriptOfAnotherJob() async throws {
        try workshop.write("a.sh", "echo one")
        try workshop.write("b.sh", "echo two")
        let result = await executor(workshop)
            .execute(.script(path: "b.sh", arguments: []), in: context(workshop.job("a.sh")))
        #expect(result.error == "b.sh is not approved for this job")
    }

    @Test func runsAPrivateCopy() async throws {
        try workshop.write("a.sh", "echo \"$0\"; echo '# changed' >> \"$ROTA_SCRIPT\"; echo still here")
        let result = await executor(workshop).execute(
            .script(path: "a.sh", arguments: []), in: context(workshop.job("a.sh")))
        let lines = result.text.split(separator: "\n")
        #expect(lines.first?.hasPrefix(workshop.archive) == true && lines.last == "still here")
        let copy = try #require(lines.first.map(String.init))
        let rights = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
        #expect(rights == 0o500)
        let folder = try FileManager.default.attributesOfItem(atPath: workshop.archive)[.posixPermissions] as? Int
        #expect(folder == 0o700)
    }

    @Test func repairsACopyThatWasTamperedWith() async throws {
        try workshop.write("a.sh", "echo \"$0\"")
        let job = workshop.job("a.sh")
        let copy = await executor(workshop).execute(job.steps[0].action, in: context(job)).text
        chmod(copy, 0o700)
        try "echo evil".write(toFile: copy, atomically: false, encoding: .utf8)
        #expect(await executor(workshop).execute(job.steps[0].action, in: context(job)).text == copy)
    }

    @Test func saysWhichProgramIsMissing() async throws {
        try workshop.write("a.rb", "puts 1")
        let job = job(.script(path: "a.rb", arguments: []))
        let result = await executor(workshop, searchPath: ["/nonexistent"]).execute(
            job.steps[0].action, in: context(job))
        #expect(result.error == "a.rb needs ruby, which is not installed here.")
    }

    @Test func isTriedAgainOnlyWhereAskedFor() async throws {
        try workshop.write("a.sh", "exit 1")
        for (retry, expected) in [(RetryPolicy.none, false), (.network, true)] {
            let job = workshop.job("a.sh", retry: retry)
            let result = await executor(workshop).execute(job.steps[0].action, in: context(job))
            #expect(result.isTransient == expected)
        }
    }
}
