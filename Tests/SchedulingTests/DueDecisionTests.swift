import CronExpressions
import Foundation
import JobModel
import Testing

@testable import Scheduling

/// What becomes of due moments, as a table of downtimes and policies. A daily job at 09:00 UTC.
struct DueDecisionTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var missed: Policies.Missed = .once
        /// Hours; `nil` is without limit.
        var window: Double?
        var armed = "2026-03-02T09:00:00Z"
        var inChargeSince = "2026-03-01T00:00:00Z"
        var now: String
        /// `run`, `late`, or `skip`, by due moment.
        var expected: [String]
        var next = "2026-03-03T09:00:00Z"
    }

    static let examples = [
        Example(testDescription: "on time", now: "2026-03-02T09:00:00Z", expected: ["run"]),
        Example(testDescription: "not due yet", now: "2026-03-02T08:59:59Z", expected: [], next: ""),
        Example(testDescription: "a busy scheduler is not late", now: "2026-03-02T09:00:09Z", expected: ["run"]),
        Example(testDescription: "asleep for a minute", now: "2026-03-02T09:01:00Z", expected: ["late"]),
        Example(
            testDescription: "due before this scheduler took charge", inChargeSince: "2026-03-02T09:00:02Z",
            now: "2026-03-02T09:00:03Z", expected: ["late"]),
        Example(
            testDescription: "three days down, made up once", now: "2026-03-04T12:00:00Z",
            expected: ["skip", "skip", "late"], next: "2026-03-05T09:00:00Z"),
        Example(
            testDescription: "three days down, the last one on time", now: "2026-03-04T09:00:01Z",
            expected: ["skip", "late", "run"], next: "2026-03-05T09:00:00Z"),
        Example(
            testDescription: "too old for its window", window: 2, now: "2026-03-02T12:00:00Z", expected: ["skip"]),
        Example(
            testDescription: "skipped by policy", missed: .skip, now: "2026-03-03T12:00:00Z",
            expected: ["skip", "skip"], next: "2026-03-04T09:00:00Z"),
        Example(
            testDescription: "all of them by policy", missed: .all, now: "2026-03-04T12:00:00Z",
            expected: ["late", "late", "late"], next: "2026-03-05T09:00:00Z"),
    ]

    @Test(arguments: examples)
    func decides(_ example: Example) throws {
        var policies = Policies()
        policies.missed = example.missed
        policies.missedWindow = example.window.map { $0 * 3600 }
        policies.overlap = .allow
        let claims = try claims(example.armed, policies: policies, since: example.inChargeSince, now: example.now)
        #expect(claims.map(Self.word) == example.expected)
        if !example.next.isEmpty { #expect(claims.last?.nextDue == date(example.next)) }
        for (claim, following) in zip(claims, claims.dropFirst()) { #expect(claim.nextDue == following.due) }
    }

    @Test func recordsAtMostAHundredMissesOfALongDowntime() throws {
        var policies = Policies()
        policies.overlap = .allow
        let claims = try claims(
            "2026-01-01T09:00:00Z", policies: policies, since: "2027-01-01T00:00:00Z", now: "2027-01-01T08:00:00Z")
        #expect(claims.count == DueDecision.recordedMisses + 1)
        #expect(Self.word(claims[0]) == "pass")
        #expect(claims.count { Self.word($0) == "late" } == 1)
    }

    @Test func skipsWhileAnEarlierRunIsUnderWay() throws {
        let armed = ArmedTrigger(job: try job(Policies()), triggerID: 7, due: date("2026-03-02T09:00:00Z"))
        let decision = DueDecision(inChargeSince: date("2026-03-01T00:00:00Z"))
        let claims = decision.claims(
            for: [armed], at: date("2026-03-02T09:00:00Z"), busy: [1: date("2026-03-01T09:00:00Z")], token: { "t" })
        #expect(claims.map(\.disposition) == [.skip(reason: "an earlier run was still under way")])
    }

    // MARK: Parts

    private func claims(_ armed: String, policies: Policies, since: String, now: String) throws -> [OccurrenceClaim] {
        let trigger = ArmedTrigger(job: try job(policies), triggerID: 7, due: date(armed))
        return DueDecision(inChargeSince: date(since)).claims(for: [trigger], at: date(now), busy: [:], token: { "t" })
    }

    private func job(_ policies: Policies) throws -> Job {
        let schedule = Schedule(.cron([try CronExpression("0 9 * * *")]), zone: "UTC")
        return Job(
            id: 1, name: "Daily", triggers: [Trigger(id: 7, .schedule(schedule))],
            steps: [Step(name: "say", action: .notify(text: "hello", to: []))], policies: policies,
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: date("2026-01-01T00:00:00Z"))
    }

    private static func word(_ claim: OccurrenceClaim) -> String {
        switch claim.disposition {
        case .run(let late, _, _): late ? "late" : "run"
        case .skip: "skip"
        case .pass: "pass"
        }
    }
}

func date(_ text: String) -> Date {
    (try? Date.ISO8601FormatStyle().parse(text)) ?? .distantPast
}
