import CronExpressions
import Foundation
import JobModel
import MemoryStore
import Testing

@testable import Scheduling

/// Nobody is in charge for 1 s to 1 year: for each policy about missed runs exactly the rows that it names come to be.
struct DowntimeTests {
    static let downtimes: [TimeInterval] = [
        1, 2, 59, 60, 61, 3600, 7260, 86_400, 7 * 86_400, 31 * 86_400, 365 * 86_400,
    ]
    static let intervals = [1, 60, 86_400]
    static let policies = [
        Policies(missed: .skip), Policies(missed: .once), Policies(missed: .all, missedCap: 3),
        Policies(missed: .all, missedCap: 150), Policies(missed: .once, missedWindow: 90),
        Policies(missed: .all, missedWindow: 3600, missedCap: 20),
    ]

    @Test(arguments: downtimes, intervals)
    func makesUpExactlyWhatThePolicyWants(_ downtime: TimeInterval, _ interval: Int) async throws {
        for policies in Self.policies {
            let expected = Expected(interval: interval, downtime: downtime, policies: policies)
            #expect(try await rows(interval, downtime, policies) == expected, "\(policies)")
        }
    }

    /// The rows of a job that was armed when the downtime began, after one cycle of the scheduler that ended it.
    private func rows(_ interval: Int, _ downtime: TimeInterval, _ policies: Policies) async throws -> Expected {
        let store = InMemoryStore()
        let schedule = Schedule(.interval(seconds: interval, anchor: Expected.start), zone: "UTC")
        let job = Job(
            name: "Job", triggers: [Trigger(.schedule(schedule))],
            steps: [Step(name: "say", action: .notify(text: "hello", to: []))], policies: policies,
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: Expected.start)
        _ = try await store.apply([.create(job)], summary: "", at: Expected.start)
        let time = Standstill(now: Expected.start + downtime + 0.5)
        let scheduler = Scheduler(store: store, executor: Succeeding(), time: time, configuration: .init(seed: 1))
        try await scheduler.takeCharge()
        for run in try await scheduler.prepare(at: time.now) { await scheduler.perform(run) }
        let rows = await store.runs(RunQuery(limit: .max)).sorted { $0.due < $1.due }
        return Expected(
            late: rows.filter { $0.late }.map(\.due),
            skipped: rows.filter { $0.state == .skipped && $0.through == nil }.map(\.due),
            span: rows.first { $0.through != nil }.map { $0.due...$0.through! }, next: await store.nextDue())
    }

    private struct Standstill: TimeSource {
        let now: Date
        func sleep(until deadline: Date) async throws {}
    }

    private struct Succeeding: RunExecutor {
        func execute(_ run: Run, of job: Job) async -> RunOutcome { RunOutcome(state: .succeeded) }
    }
}

/// By hand: every moment of the downtime is made up, skipped alone, or skipped in the span before the latest ones.
private struct Expected: Hashable {
    static let start = Date(timeIntervalSince1970: 1_772_409_600)

    var late: [Date]
    var skipped: [Date]
    var span: ClosedRange<Date>?
    var next: Date?
}

extension Expected {
    init(interval: Int, downtime: TimeInterval, policies: Policies) {
        let count = Int(downtime) / interval
        func moment(_ number: Int) -> Date { Self.start + TimeInterval(number * interval) }
        let listed = max(100, policies.missed == .all ? policies.missedCap : 0)
        let first = max(1, count - listed + 1)
        let recent = count > 0 ? (first...count).map(moment) : []
        let oldest = Self.start + downtime + 0.5 - (policies.missedWindow ?? .infinity)
        let most = policies.missed == .skip ? 0 : policies.missed == .once ? 1 : policies.missedCap
        let made = Array(recent.filter { $0 >= oldest }.suffix(min(most, 100)))
        late = made
        skipped = recent.filter { !made.contains($0) }
        span = first > 1 ? moment(1)...moment(first - 1) : nil
        next = moment(count + 1)
    }
}
