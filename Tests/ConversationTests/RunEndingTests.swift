import Foundation
import IntentContract
import Interpreters
import JobModel
import Planning
import TestSupport
import Testing

@testable import Conversation

/// Ending runs from the conversation, and telling how far they are.
struct RunEndingTests {
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)
    private let store = InMemoryStore()

    private func session() -> ConversationSession {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = false
        let looked = surroundings
        return ConversationSession(
            .init(
                store: store, interpreter: OfflineInterpreter(), now: { Self.now }, systemZone: "UTC",
                lookAround: { _ in looked }, presence: { .here }, wakeScheduler: {}, digest: { $0 },
                isInteractive: true))
    }

    /// A job of three steps; its runs are under way in the second.
    private func begin(_ name: String, id: JobID, runs: Int = 1) async throws {
        var job = exampleJob(name, Trigger(.manual))
        job.steps = ["fetch ours", "fetch theirs", "compare"].map {
            Step(name: $0, action: .script(path: $0, arguments: []))
        }
        _ = try await store.apply([.create(job)], summary: "", at: Self.now)
        for _ in 0..<runs {
            let run = try await store.enqueue(Run(jobID: id, cause: .manual, due: Self.now))
            let claim = ClaimRequest(queued: [RunClaim(id: run.id, token: "t\(run.id)")])
            _ = try await store.claim(claim, at: Self.now)
            _ = await store.begin(run: run.id, token: "t\(run.id)", at: Self.now)
            for (index, state) in [StepRun.State.succeeded, .running].enumerated() {
                try await store.record(
                    StepRun(
                        runID: run.id, index: index, name: job.steps[index].name, state: state, attempt: 1,
                        started: Self.now))
            }
        }
        try await store.setFocus(id, at: Self.now)
    }

    private func states() async throws -> [Run.State] {
        try await store.runs(RunQuery(limit: 100)).map(\.state)
    }

    @Test(arguments: [
        "stop it", "cancel it", "stop", "abort", "abort the prices", "stop the prices run", "cancel the run of prices",
        "Stop that, please",
    ])
    func wordsThatEndIt(_ words: String) async throws {
        try await begin("Prices", id: 1)
        #expect(await session().say(words).lines == ["Stopped \"Prices\" at step 2 of 3 (fetch theirs)."])
        #expect(try await states() == [.cancelled])
        #expect(await store.jobs().map(\.status) == [.active])
    }

    @Test func withNothingUnderWayTheyMeanTheJob() async throws {
        _ = try await store.apply([.create(exampleJob("Prices", Trigger(.manual)))], summary: "", at: Self.now)
        try await store.setFocus(1, at: Self.now)
        let session = session()
        #expect(await session.say("abort it").lines == ["No run of \"Prices\" is under way."])
        #expect(await session.say("cancel it").question?.isConfirmation == true)
        #expect(await session.say("no").status == .done)
        #expect(await session.say("stop it").lines == ["Paused \"Prices\"."])
    }

    @Test func allRunsOfTheJobAreEnded() async throws {
        try await begin("Prices", id: 1, runs: 3)
        #expect(await session().say("abort prices").lines == ["Stopped 3 runs of \"Prices\"."])
        #expect(try await states() == [.cancelled, .cancelled, .cancelled])
    }

    @Test func itIsTheOnlyJobThatRuns() async throws {
        try await begin("Prices", id: 1)
        _ = try await store.apply([.create(exampleJob("Tea", Trigger(.manual)))], summary: "", at: Self.now)
        try await store.setFocus(2, at: Self.now)
        #expect(await session().say("abort").lines == ["Stopped \"Prices\" at step 2 of 3 (fetch theirs)."])
    }

    @Test func withSeveralItAsksWhich() async throws {
        try await begin("Prices", id: 1)
        try await begin("Stock", id: 2)
        _ = try await store.apply([.create(exampleJob("Tea", Trigger(.manual)))], summary: "", at: Self.now)
        try await store.setFocus(3, at: Self.now)
        let session = session()
        #expect(await session.say("abort").question?.options == ["Prices", "Stock"])
        #expect(await session.say("2").lines == ["Stopped \"Stock\" at step 2 of 3 (fetch theirs)."])
        #expect(try await states().sorted { $0.rawValue < $1.rawValue } == [.cancelled, .running])
    }

    @Test func ofManyJobsThoseWithRunsAreTold() async throws {
        try await begin("Prices", id: 1)
        _ = try await store.apply([.create(exampleJob("Tea", Trigger(.manual)))], summary: "", at: Self.now)
        let session = session()
        #expect(await session.say("cancel all runs").lines == ["Stopped \"Prices\" at step 2 of 3 (fetch theirs)."])
        #expect(await session.say("cancel all runs").lines == ["None of these 2 jobs has a run under way."])
    }

    @Test func progressIsToldOnceAStepAndOnlyOfWhatTakesAWhile() async throws {
        try await begin("Prices", id: 1)
        var progress = RunProgress(store: store)
        progress.follow(await session().say("show prices").runs)
        #expect(await progress.look(at: Self.now + 1) == nil)
        #expect(await progress.look(at: Self.now + 2) == "Prices: 2 of 3 (fetch theirs)…")
        #expect(await progress.look(at: Self.now + 3) == nil)
        try await store.record(
            StepRun(runID: 1, index: 1, name: "fetch theirs", state: .succeeded, attempt: 1, started: Self.now))
        #expect(await progress.look(at: Self.now + 4) == nil)
        try await store.record(
            StepRun(runID: 1, index: 2, name: "compare", state: .running, attempt: 1, started: Self.now))
        #expect(await progress.look(at: Self.now + 5) == "Prices: 3 of 3 (compare)…")
        _ = await store.cancel(run: 1, reason: "", at: Self.now)
        #expect(await progress.look(at: Self.now + 6) == nil)
        #expect(progress.isIdle)
    }
}
