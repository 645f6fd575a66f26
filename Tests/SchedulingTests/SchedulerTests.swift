import CronExpressions
import Foundation
import JobModel
import TestSupport
import Testing

@testable import Scheduling

/// The scheduler's cycle on virtual time and a store in memory.
struct SchedulerTests {
    static let start = date("2026-03-02T08:59:00Z")

    @Test func runsWhatIsDueAndArmsTheNext() async throws {
        let bench = try await Bench(["0 9 * * *"])
        #expect(try await bench.cycle(at: "2026-03-02T08:59:59Z") == 0)
        #expect(try await bench.cycle(at: "2026-03-02T09:00:00Z") == 1)
        #expect(try await bench.cycle(at: "2026-03-02T09:00:01Z") == 0)
        #expect(try await bench.store.armed(limit: 1).first?.due == date("2026-03-03T09:00:00Z"))
        let run = try #require(await bench.store.runs(RunQuery()).first)
        #expect(run.state == .succeeded && !run.late && run.attempt == 1)
    }

    @Test func aDeadOwnersRunIsStartedAgain() async throws {
        let bench = try await Bench(["0 9 * * *"])
        let claimed = try await bench.claim(at: "2026-03-02T09:00:00Z")
        #expect(claimed.count == 1)
        let successor = bench.scheduler(at: "2026-03-02T09:00:05Z")
        try await successor.takeCharge()
        for run in try await successor.prepare(at: date("2026-03-02T09:00:05Z")) { await successor.perform(run) }
        let runs = await bench.store.runs(RunQuery())
        #expect(runs.map(\.state) == [.succeeded])
        #expect(runs.map(\.attempt) == [2])
        // The owner that was thought dead comes back and tries to finish: refused.
        let stale = RunOutcome(state: .failed, reason: "too late")
        #expect(await !bench.store.finish(run: runs[0].id, token: claimed[0].token, outcome: stale, at: Self.start))
    }

    @Test func atMostOnceIsNotStartedAgain() async throws {
        let bench = try await Bench(["0 9 * * *"], atMostOnce: true)
        _ = try await bench.claim(at: "2026-03-02T09:00:00Z")
        let successor = bench.scheduler(at: "2026-03-02T09:00:05Z")
        try await successor.takeCharge()
        #expect(try await successor.prepare(at: date("2026-03-02T09:00:05Z")).isEmpty)
        #expect(await bench.store.runs(RunQuery()).map(\.state) == [.failed])
    }

    @Test func aPassingFailureIsRetriedAndThenTold() async throws {
        let executor = ScriptedExecutor(outcomes: [
            RunOutcome(state: .failed, reason: "HTTP 503", message: "failed", isTransient: true),
            RunOutcome(state: .succeeded, message: "done"),
        ])
        let bench = try await Bench(["0 9 * * *"], retry: .network, executor: executor)
        #expect(try await bench.cycle(at: "2026-03-02T09:00:00Z") == 1)
        #expect(await bench.store.runs(RunQuery()).map(\.state) == [.retrying])
        #expect(await bench.store.messages(unseenOnly: false, limit: 10).isEmpty)
        #expect(try await bench.cycle(at: "2026-03-02T09:00:02Z") == 1)
        #expect(await bench.store.runs(RunQuery()).map(\.state) == [.succeeded])
        #expect(await bench.store.messages(unseenOnly: false, limit: 10).map(\.text) == ["done"])
    }

    @Test func nothingStartsWhilePaused() async throws {
        let bench = try await Bench(["0 9 * * *"])
        try await bench.store.pauseScheduler(until: date("2026-03-02T10:00:00Z"), at: Self.start)
        #expect(try await bench.cycle(at: "2026-03-02T09:00:00Z") == 0)
        #expect(try await bench.owner.nextMoment() == date("2026-03-02T10:00:00Z"))
        #expect(try await bench.cycle(at: "2026-03-02T10:00:00Z") == 1)
        #expect(await bench.store.runs(RunQuery()).map(\.late) == [true])
    }

    @Test func aSecondRunOfAJobWaitsForTheFirst() async throws {
        let bench = try await Bench(["0 9 * * *"])
        let moment = date("2026-03-02T08:59:30Z")
        for _ in 0..<2 { _ = try await bench.store.enqueue(Run(jobID: 1, cause: .manual, due: moment)) }
        let first = try await bench.owner.prepare(at: moment)
        #expect(first.count == 1)
        #expect(try await bench.owner.prepare(at: moment).isEmpty)
        await bench.owner.perform(first[0])
        #expect(try await bench.owner.prepare(at: moment).count == 1)
    }

    @Test func retriesAreNoDeaths() async throws {
        let passing = RunOutcome(state: .failed, reason: "HTTP 503", message: "failed", isTransient: true)
        let executor = ScriptedExecutor(outcomes: [passing, passing])
        let bench = try await Bench(["0 9 * * *"], retry: .network, executor: executor)
        for second in ["00", "10"] { _ = try await bench.cycle(at: "2026-03-02T09:00:\(second)Z") }
        _ = try await bench.claim(at: "2026-03-02T09:00:30Z")
        let successor = bench.scheduler(at: "2026-03-02T09:00:40Z")
        try await successor.takeCharge()
        for run in try await successor.prepare(at: date("2026-03-02T09:00:40Z")) { await successor.perform(run) }
        #expect(await bench.store.runs(RunQuery()).map(\.state) == [.succeeded])
    }

    @Test func whatIsDueAfterTheClockWasSetBackIsNotMissed() async throws {
        let bench = try await Bench(["0 9 * * *"])
        _ = try await bench.owner.prepare(at: Self.start)
        #expect(try await bench.cycle(at: "2026-02-20T08:59:30Z") == 0)
        #expect(try await bench.cycle(at: "2026-02-20T09:00:00Z") == 1)
        #expect(await bench.store.runs(RunQuery()).map(\.late) == [false])
    }

    @Test func whatASkipSetsOffStartsInTheSameCycle() async throws {
        let bench = try await Bench(["0 9 * * *"])
        var skipping = try #require(await bench.store.job(1))
        skipping.policies.missed = .skip
        let listener = Job(
            name: "Listener", triggers: [Trigger(.event(EventFilter(name: "run.skipped", jobID: 1)))],
            steps: skipping.steps, provenance: skipping.provenance, createdAt: Self.start)
        _ = try await bench.store.apply([.update(skipping), .create(listener)], summary: "", at: Self.start)
        #expect(try await bench.cycle(at: "2026-03-02T12:00:00Z") == 1)
    }

    @Test func urgentJobsComeFirst() async throws {
        let bench = try await Bench(["0 9 * * *", "0 9 * * *"], priorities: [.low, .critical])
        let runs = try await bench.owner.prepare(at: date("2026-03-02T09:00:00Z"))
        #expect(runs.map(\.jobID) == [2, 1])
    }

    @Test func jobsThatTriggerEachOtherComeToAnEnd() async throws {
        let bench = try await Bench([])
        for (name, other) in [("Ping", "Pong"), ("Pong", "Ping")] {
            let job = Job(
                name: name, triggers: [Trigger(.event(EventFilter(name: "run.succeeded", job: other)))],
                steps: [Step(name: "say", action: .notify(text: name, to: []))],
                provenance: Provenance(sentence: "", interpreter: "test"), createdAt: Self.start)
            _ = try await bench.store.apply([.create(job)], summary: "created", at: Self.start)
        }
        _ = try await bench.store.enqueue(Run(jobID: 1, cause: .manual, due: Self.start))
        var cycles = 0
        while try await bench.cycle(at: "2026-03-02T09:00:00Z") > 0, cycles < 50 { cycles += 1 }
        #expect(cycles == Event.depthLimit + 1)
    }
}
