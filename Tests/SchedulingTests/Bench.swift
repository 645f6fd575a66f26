import CronExpressions
import Foundation
import JobModel
import TestSupport

@testable import Scheduling

/// A store with jobs, and the scheduler that owns it.
struct Bench {
    let store = InMemoryStore()
    let executor: ScriptedExecutor
    let owner: Scheduler

    init(
        _ crons: [String], atMostOnce: Bool = false, retry: RetryPolicy = .none, priorities: [Policies.Priority] = [],
        executor: ScriptedExecutor = ScriptedExecutor(outcomes: []), limits: StartDecision.Limits = .init(),
        adjust: (inout Policies) -> Void = { _ in }
    ) async throws {
        self.executor = executor
        for (index, cron) in crons.enumerated() {
            var policies = Policies()
            policies.atMostOnce = atMostOnce
            policies.retry = retry
            if priorities.indices.contains(index) { policies.priority = priorities[index] }
            adjust(&policies)
            let schedule = Schedule(.cron([try CronExpression(cron)]), zone: "UTC")
            let job = Job(
                name: "Job \(index + 1)", triggers: [Trigger(.schedule(schedule))],
                steps: [Step(name: "say", action: .notify(text: "hello", to: []))], policies: policies,
                provenance: Provenance(sentence: "", interpreter: "test"), createdAt: SchedulerTests.start)
            _ = try await store.apply([.create(job)], summary: "created", at: SchedulerTests.start)
        }
        owner = Scheduler(
            store: store, executor: executor, time: StandingTime(now: SchedulerTests.start),
            configuration: .init(limits: limits, seed: 3))
    }

    func scheduler(at moment: String) -> Scheduler {
        Scheduler(
            store: store, executor: executor, time: StandingTime(now: date(moment)), configuration: .init(seed: 3))
    }

    /// Claims and performs what is due; how many runs that were.
    func cycle(at moment: String) async throws -> Int {
        let runs = try await owner.prepare(at: date(moment))
        for run in runs { await owner.perform(run) }
        return runs.count
    }

    /// Claims and begins, and then the owner is gone.
    func claim(at moment: String) async throws -> [Run] {
        let runs = try await owner.prepare(at: date(moment))
        for run in runs { _ = try await store.begin(run: run.id, token: run.token, at: date(moment)) }
        return runs
    }
}

struct StandingTime: TimeSource {
    let now: Date
    func sleep(until deadline: Date) async throws {}
}

/// Comes to the outcomes of a list, one after the other, and then always succeeds; held, it ends by cancellation only.
actor ScriptedExecutor: RunExecutor {
    private var outcomes: [RunOutcome]
    private let isHeld: Bool
    private let begun = WakeSignal()
    private let never = WakeSignal()

    init(outcomes: [RunOutcome], isHeld: Bool = false) {
        self.outcomes = outcomes
        self.isHeld = isHeld
    }

    func execute(_ run: Run, of job: Job) async -> RunOutcome {
        if isHeld {
            begun.ring()
            await never.wait()
            return RunOutcome(state: .cancelled, reason: "it was stopped")
        }
        return outcomes.isEmpty ? RunOutcome(state: .succeeded, message: "done") : outcomes.removeFirst()
    }

    nonisolated func waitUntilBegun() async { await begun.wait() }
}
