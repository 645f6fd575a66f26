import CronExpressions
import Foundation
import JobModel
import TestSupport
import Testing

@testable import Scheduling

/// Limits, ownership, the clock, and what a streak of failures leads to, on virtual time and a store in memory.
struct EngineTests {
    private static let nine = "2026-03-02T09:00:00Z"

    @Test func moreThanCanRunWaitsInTheStore() async throws {
        let bench = try await Bench(
            Array(repeating: "0 9 * * *", count: 7),
            priorities: [.low, .low, .normal, .normal, .high, .critical, .low],
            limits: .init(total: 2))
        let first = try await bench.owner.prepare(at: date(Self.nine))
        #expect(first.map(\.jobID) == [6, 5])
        #expect(try await bench.owner.prepare(at: date(Self.nine)).isEmpty)
        #expect(await bench.store.backlog(at: date(Self.nine)) == Backlog(waiting: 5, oldestReady: date(Self.nine)))
        for run in first { await bench.owner.perform(run) }
        #expect(try await bench.owner.prepare(at: date(Self.nine)).map(\.jobID) == [3, 4])
    }

    @Test func aGroupSharesItsLimit() async throws {
        let bench = try await Bench(Array(repeating: "0 9 * * *", count: 3), limits: .init(total: 9, groups: ["db": 2]))
        {
            $0.group = "db"
        }
        let first = try await bench.owner.prepare(at: date(Self.nine))
        #expect(first.map(\.jobID) == [1, 2])
        await bench.owner.perform(first[0])
        #expect(try await bench.owner.prepare(at: date(Self.nine)).map(\.jobID) == [3])
    }

    @Test func aNewerRunEndsTheOneBefore() async throws {
        let executor = ScriptedExecutor(outcomes: [], isHeld: true)
        let bench = try await Bench(["0 9 * * *"], executor: executor) { $0.overlap = .cancelOther }
        let first = try await bench.owner.prepare(at: date(Self.nine))
        async let performed: Void = bench.owner.perform(first[0])
        await executor.waitUntilBegun()
        #expect(try await bench.owner.prepare(at: date("2026-03-03T09:00:00Z")).isEmpty)
        await performed
        #expect(await bench.store.run(first[0].id)?.state == .cancelled)
        #expect(try await bench.owner.prepare(at: date("2026-03-03T09:00:00Z")).count == 1)
    }

    @Test func whoLostTheStoreStartsNothingMore() async throws {
        let bench = try await Bench(["0 9 * * *"])
        try await bench.owner.takeCharge()
        let successor = bench.scheduler(at: "2026-03-02T08:59:30Z")
        try await successor.takeCharge()
        await #expect(throws: StoreError.superseded) { try await bench.owner.prepare(at: date(Self.nine)) }
        #expect(try await successor.prepare(at: date(Self.nine)).count == 1)
    }

    @Test func aRunThatKeepsKillingItsOwnerIsGivenUp() async throws {
        let bench = try await Bench(["0 9 * * *"])
        for death in 1...RunLife.deathLimit {
            let owner = bench.scheduler(at: "2026-03-02T09:00:0\(death)Z")
            try await owner.takeCharge()
            for run in try await owner.prepare(at: date("2026-03-02T09:00:0\(death)Z")) {
                #expect(await bench.store.begin(run: run.id, token: run.token, at: date(Self.nine)))
            }
        }
        let owner = bench.scheduler(at: "2026-03-02T09:00:09Z")
        try await owner.takeCharge()
        let run = try #require(await bench.store.run(1))
        #expect(run.state == .failed && run.reason == "given up: the scheduler died 3 times while it ran")
        #expect(await bench.store.messages(unseenOnly: false, limit: 9).count == 1)
    }

    @Test func aClockThatWasSetBackLeavesNothingFarAway() async throws {
        let bench = try await Bench(["0 9 * * *"])
        #expect(try await bench.cycle(at: "2027-03-02T09:00:00Z") == 1)
        #expect(await bench.store.nextDue() == date("2027-03-03T09:00:00Z"))
        #expect(try await bench.cycle(at: "2026-03-02T10:00:00Z") == 0)
        #expect(await bench.store.nextDue() == date("2026-03-03T09:00:00Z"))
        #expect(try await bench.cycle(at: "2026-03-03T09:00:00Z") == 1)
    }

    @Test func anOccurrenceThatRanIsNotRunAgainAfterTheClockWasSetBack() async throws {
        let bench = try await Bench(["0 9 * * *"])
        #expect(try await bench.cycle(at: Self.nine) == 1)
        #expect(try await bench.cycle(at: "2026-03-02T08:00:00Z") == 0)
        #expect(try await bench.cycle(at: Self.nine) == 0)
        #expect(await bench.store.runs(RunQuery()).count == 1)
        #expect(await bench.store.nextDue() == date("2026-03-03T09:00:00Z"))
    }

    @Test func tooManyFailuresInARowPauseTheJobAndSayItOnce() async throws {
        let failure = RunOutcome(state: .failed, reason: "exit 1", message: "Job 1 failed: exit 1")
        let executor = ScriptedExecutor(outcomes: Array(repeating: failure, count: 9))
        let bench = try await Bench(["* * * * *"], executor: executor) { $0.pauseAfter = 3 }
        for minute in 0..<6 { _ = try await bench.cycle(at: "2026-03-02T09:0\(minute):00Z") }
        #expect(await bench.store.job(1)?.status == .paused)
        #expect(await bench.store.runs(RunQuery(states: [.failed])).count == 3)
        let told = await bench.store.messages(unseenOnly: false, limit: 9).map(\.text)
        #expect(
            told.last == "Job 1 failed: exit 1. "
                + "Paused after 3 failures in a row since 08:59: \"resume Job 1\" lets it go on.")
        #expect(told.count == 2)
    }

    @Test func jobsForTheStartRunOnceAtEachStart() async throws {
        let bench = try await Bench([])
        let job = Job(
            name: "Mount", triggers: [Trigger(.schedule(Schedule(.startup, zone: "UTC")))],
            steps: [Step(name: "say", action: .notify(text: "up", to: []))],
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: SchedulerTests.start)
        _ = try await bench.store.apply([.create(job)], summary: "created", at: SchedulerTests.start)
        for start in 1...2 {
            let owner = bench.scheduler(at: Self.nine)
            try await owner.takeCharge()
            try await owner.startUp()
            for run in try await owner.prepare(at: date(Self.nine)) { await owner.perform(run) }
            #expect(await bench.store.runs(RunQuery(states: [.succeeded])).count == start)
        }
    }

    @Test func aCancelledRunIsEndedWhereItRuns() async throws {
        let executor = ScriptedExecutor(outcomes: [], isHeld: true)
        let bench = try await Bench(["0 9 * * *"], executor: executor)
        let run = try #require(try await bench.owner.prepare(at: date(Self.nine)).first)
        async let performed: Void = bench.owner.perform(run)
        await executor.waitUntilBegun()
        #expect(await bench.store.cancel(run: run.id, reason: "no more", at: date(Self.nine)))
        _ = try await bench.owner.prepare(at: date(Self.nine))
        await performed
        #expect(await bench.store.run(run.id)?.reason == "no more")
    }
}
