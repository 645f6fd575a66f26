import CronExpressions
import Foundation
import JobModel
import Synchronization
import TestSupport
import Testing

@testable import Scheduling

/// A job that says at the end of a run when it wants the next one.
@Suite struct AdaptingTests {
    @Test func aHintMovesTheNextRunAndTheScheduleGoesOn() async throws {
        let bench = try await HintBench(bounds: AdaptiveBounds(shortest: 600, longest: 10_800))
        try await bench.run(at: "09:30", saying: #"{"rota": {"next_in": "2h", "reason": "quiet"}}"#)
        #expect(try await bench.armed == date("2026-03-02T11:30:00Z"))
        try await bench.run(at: "11:30", saying: "3 files")
        #expect(try await bench.armed == date("2026-03-02T12:00:00Z"))
        let runs = await bench.store.runs(RunQuery())
        #expect(runs.map(\.state) == [.succeeded, .succeeded] && runs.allSatisfy { !$0.late })
        let kept = await bench.store.retimings(of: 1, limit: 9)
        #expect(kept.map(\.rule) == [.hint] && kept.first?.reason == "quiet")
        #expect(kept.first?.baseline == date("2026-03-02T10:00:00Z"))
    }

    @Test func anIntervalHoldsUntilItExpires() async throws {
        let bench = try await HintBench(bounds: AdaptiveBounds(shortest: 60, longest: 10_800))
        try await bench.run(at: "09:30", saying: #"{"rota": {"interval": "10m", "expires_in": "25m"}}"#)
        try await bench.run(at: "09:40", saying: "busy")
        try await bench.run(at: "09:50", saying: "busy")
        // The next moment would come after the hint has expired.
        #expect(try await bench.armed == date("2026-03-02T10:00:00Z"))
        #expect(await bench.store.retimings(of: 1, limit: 9).map(\.rule) == [.baseline, .hint, .hint])
    }

    @Test func theBoundsHold() async throws {
        let bench = try await HintBench(bounds: AdaptiveBounds(shortest: 600, longest: 7200))
        try await bench.run(at: "09:30", saying: #"{"rota": {"next_in": "1s"}}"#)
        #expect(try await bench.armed == date("2026-03-02T09:40:00Z"))
        try await bench.run(at: "09:40", saying: #"{"rota": {"pause_for": "30d"}}"#)
        #expect(try await bench.armed == date("2026-03-02T11:40:00Z"))
        #expect(await bench.store.retimings(of: 1, limit: 9).map(\.isClamped) == [true, true])
    }

    @Test func aBadHintIsKeptAsRefused() async throws {
        let bench = try await HintBench(bounds: AdaptiveBounds(shortest: 600, longest: 7200))
        try await bench.run(at: "09:30", saying: #"{"rota": {"interval": "often"}}"#)
        #expect(try await bench.armed == date("2026-03-02T10:00:00Z"))
        let kept = try #require(await bench.store.retimings(of: 1, limit: 9).first)
        #expect(kept.rule == .refused && kept.reason.contains("often") && kept.hint == nil)
    }

    @Test func withoutBoundsNothingIsReTimed() async throws {
        let bench = try await HintBench(bounds: nil)
        try await bench.run(at: "09:30", saying: #"{"rota": {"next_in": "2h"}}"#)
        #expect(try await bench.armed == date("2026-03-02T10:00:00Z"))
        #expect(await bench.store.retimings(of: 1, limit: 9).isEmpty)
    }

    /// The policy for missed runs sees the moment that the hint chose, not those that it left out.
    @Test func whatAHintLeavesOutIsNotMissed() async throws {
        let bench = try await HintBench(bounds: AdaptiveBounds(shortest: 600, longest: 86_400))
        try await bench.run(at: "09:30", saying: #"{"rota": {"next_in": "5h"}}"#)
        await bench.time.advance(to: date("2026-03-02T14:29:00Z"))
        #expect(try await bench.owner.prepare(at: bench.time.now).isEmpty)
        #expect(await bench.store.runs(RunQuery()).count == 1)
        try await bench.run(at: "14:30", saying: "")
        #expect(await bench.store.runs(RunQuery()).map(\.state) == [.succeeded, .succeeded])
    }

    @Test func aModelIsToldApartFromAProgramAndTheLastStepCounts() {
        let hint = #"{"rota": {"interval": "1h"}}"#
        func reading(_ actions: [Action], _ texts: [String]) -> HintReading? {
            let job = Job(
                name: "j", triggers: [], steps: actions.map { Step(name: $0.kind, action: $0) },
                provenance: Provenance(sentence: "", interpreter: "test"), createdAt: .distantPast)
            let steps = texts.enumerated().map { index, text in
                StepRun(
                    runID: 1, index: index, name: "s", state: .succeeded, attempt: 1, started: .distantPast,
                    result: StepResult(text: text))
            }
            return Scheduler.reading(of: steps, job: job, at: date("2026-03-02T09:00:00Z"))
        }
        let script = Action.script(path: "a.sh", arguments: [])
        let prompt = Action.prompt(text: "p", gather: [])
        func source(_ reading: HintReading?) -> TimingHint.Source? {
            if case .hint(let hint)? = reading { hint.source } else { nil }
        }
        #expect(source(reading([script], [hint])) == .step)
        #expect(source(reading([script, prompt], [hint, hint])) == .model)
        #expect(source(reading([script, prompt], [hint, "done"])) == .step)
        #expect(source(reading([script, .agent(AgentOrder(goal: "g"))], [hint, "quiet\n\(hint)"])) == .model)
        #expect(reading([.notify(text: "n", to: [])], [hint]) == nil)
    }
}

/// A job that is due each half hour, and what its script prints.
private struct HintBench {
    let store = InMemoryStore()
    let time = ManualTimeSource(date("2026-03-02T09:01:00Z"))
    let owner: Scheduler
    private let executor: PrintingExecutor

    init(bounds: AdaptiveBounds?) async throws {
        let schedule = Schedule(.cron([try CronExpression("*/30 * * * *")]), zone: "UTC")
        let job = Job(
            name: "Poll", triggers: [Trigger(.schedule(schedule))],
            steps: [Step(name: "poll", action: .script(path: "poll.sh", arguments: []))],
            policies: Policies(adaptive: bounds), provenance: Provenance(sentence: "", interpreter: "test"),
            createdAt: time.now)
        _ = try await store.apply([.create(job)], summary: "created", at: time.now)
        executor = PrintingExecutor(store: store, time: time)
        owner = Scheduler(store: store, executor: executor, time: time, configuration: .init(seed: 3))
    }

    var armed: Date? { get async throws { await store.armed(dueBy: nil, limit: 1).first?.due } }

    /// One run is due at this time of the day, and prints `text`.
    func run(at clock: String, saying text: String) async throws {
        await time.advance(to: date("2026-03-02T\(clock):00Z"))
        executor.text.withLock { $0 = text }
        let runs = try await owner.prepare(at: time.now)
        #expect(runs.count == 1, "at \(clock)")
        for run in runs { await owner.perform(run) }
    }
}

private final class PrintingExecutor: RunExecutor {
    let text = Mutex("")
    private let store: InMemoryStore
    private let time: ManualTimeSource

    init(store: InMemoryStore, time: ManualTimeSource) {
        self.store = store
        self.time = time
    }

    func execute(_ run: Run, of job: Job) async -> RunOutcome {
        let result = StepResult(text: text.withLock { $0 }, exitCode: 0)
        let step = StepRun(
            runID: run.id, index: 0, name: "poll", state: .succeeded, attempt: run.attempt, started: time.now,
            finished: time.now, result: result)
        try? await store.record(step)
        return RunOutcome(state: .succeeded, output: result.text)
    }
}
