import Conversation
import Coordination
import Foundation
import Glibc
import Interpreters
import JobModel
import Planning
import Playbooks
import Scheduling
import StepExecution
import Storage
import TestSupport
import Testing

@testable import Commands

/// A run of several steps with real processes that a person ends in the conversation.
struct EndedGraphTests {
    /// Each script tells its own process and that of its child through a pipe, and would then take ten minutes.
    private static let script = "sleep 600 & echo \"$$ $!\" > \"PIPE\"; wait"

    @Test(.timeLimit(.minutes(1))) func endsTheProcessesAndBeginsNothingMore() async throws {
        try await TemporaryFolder.use { folder in
            let bench = try await Bench(folder)
            let scheduler = bench.scheduler
            try await scheduler.takeCharge()
            let queued = try await bench.store.enqueue(Run(jobID: 1, cause: .manual, due: SystemClock.now))
            let run = try #require(try await scheduler.prepare(at: SystemClock.now).first)
            async let performed: Void = scheduler.perform(run)
            let processes = try await bench.startedProcesses(4)
            #expect(processes.allSatisfy(bench.isAlive))

            let reply = await bench.session.say("abort the price watch")
            #expect(reply.lines == ["Stopped \"Price watch\" at step 1 of 3 (ours, theirs)."])
            // What the reply's ring at the scheduler comes to.
            _ = try await scheduler.prepare(at: SystemClock.now)
            await performed
            #expect(!processes.contains(where: bench.isAlive))

            let ended = try #require(try await bench.store.run(queued.id))
            #expect(ended.state == .cancelled && ended.finished != nil)
            #expect(ended.reason == "cancelled by a person")
            let steps = try await bench.store.stepRuns(of: run.id)
            #expect(steps.map(\.name) == ["ours", "theirs"], "the third never began")
            #expect(!steps.contains { $0.state == .succeeded })
            #expect(try await bench.store.unfinished(of: [1]).values.allSatisfy(\.isEmpty))
            #expect(await bench.session.say("abort it").lines == ["No run of \"Price watch\" is under way."])
        }
    }

    private struct Bench {
        let store: SQLiteStore
        let scheduler: Scheduler
        let session: ConversationSession
        private let pipe: String

        init(_ folder: TemporaryFolder) async throws {
            pipe = folder.path("pipe")
            mkfifo(pipe, 0o600)
            let scripts = folder.path("scripts")
            let runner = ScriptRunner(folder: scripts, archive: folder.path("archive"), grace: 0.3)
            store = try await SQLiteStore.open(at: folder.path("rota.sqlite"))
            let job = try Self.job(scripts: scripts, runner: runner, pipe: pipe)
            _ = try await store.apply([.create(job)], summary: "", at: SystemClock.now)
            let time = SystemTimeSource()
            let executor = StepExecutor(
                scripts: runner, services: ActionServices(web: NoWeb(), store: store, zone: "UTC"), model: { nil },
                runNamed: { _, _ in .unknown(near: []) })
            scheduler = Scheduler(
                store: store, executor: JobRunner(store: store, executor: executor, time: time, zone: { "UTC" }),
                time: time)
            session = ConversationSession(
                .init(
                    store: store, interpreter: OfflineInterpreter(), now: { SystemClock.now }, systemZone: "UTC",
                    lookAround: { _ in .permissive }, presence: { .here }, wakeScheduler: {}, digest: { $0 },
                    isInteractive: true))
        }

        /// Two scripts side by side and a third behind them.
        private static func job(scripts: String, runner: ScriptRunner, pipe: String) throws -> Job {
            try FileManager.default.createDirectory(
                atPath: scripts, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            var capabilities = Capabilities()
            let steps = try [("ours", []), ("theirs", []), ("compare", ["ours", "theirs"])].map { name, needs in
                let path = "\(scripts)/\(name).sh"
                try script.replacing("PIPE", with: pipe).write(toFile: path, atomically: false, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                let found = try runner.inspect("\(name).sh").get()
                capabilities.scripts[found.path] = found.sha256
                return Step(name: name, action: .script(path: "\(name).sh", arguments: []), needs: needs)
            }
            return Job(
                name: "Price watch", triggers: [Trigger(.manual)], steps: steps, capabilities: capabilities,
                provenance: Provenance(sentence: "", interpreter: "test"), createdAt: SystemClock.now)
        }

        /// Waits until scripts have told so many processes.
        func startedProcesses(_ count: Int) async throws -> [ProcessIdentity] {
            let pipe = pipe
            let pids: [Int32] = await Task.detached {
                let file = open(pipe, O_RDWR)
                defer { close(file) }
                var text = ""
                var bytes = [UInt8](repeating: 0, count: 256)
                while text.filter(\.isWhitespace).count < count {
                    let length = read(file, &bytes, bytes.count)
                    guard length > 0 else { break }
                    text += String(decoding: bytes[..<length], as: UTF8.self)
                }
                return text.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
            }.value
            return try pids.map { try #require(ProcessInspection.identity(of: $0)) }
        }

        func isAlive(_ process: ProcessIdentity) -> Bool { ProcessInspection.isAlive(process) }
    }
}

/// Nothing here asks for a page.
private struct NoWeb: WebRequester {
    func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        throw WebFailure("no network", isTransient: false)
    }
}
