import CronExpressions
import Foundation
import JobModel
import Testing

@testable import Scheduling

/// What becomes of due moments, as a table of downtimes and policies. A daily job at 09:00 UTC.
struct DueDecisionTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var cron = "0 9 * * *"
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
            testDescription: "a stall of seconds that more than one moment fell into", cron: "* * * * * *",
            missed: .all,
            armed: "2026-03-02T09:00:00Z", now: "2026-03-02T09:00:03Z", expected: ["late", "late", "late", "run"],
            next: "2026-03-02T09:00:04Z"),
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
        let claims = try claims(
            example.armed, cron: example.cron, policies: policies, since: example.inChargeSince, now: example.now)
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
        #expect(Self.word(claims[0]) == "skip until 2026-09-22T09:00:00Z")
        #expect(claims.count { Self.word($0) == "late" } == 1)
    }

    struct OverlapExample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var overlap: Policies.Overlap
        var unfinished: [Run.State]
        var expected: String
        var cancelled: [RunID] = []
    }

    @Test(arguments: [
        OverlapExample(testDescription: "nothing under way", overlap: .skip, unfinished: [], expected: "run"),
        OverlapExample(testDescription: "skip", overlap: .skip, unfinished: [.running], expected: "skip"),
        OverlapExample(testDescription: "skip, one waits", overlap: .skip, unfinished: [.due], expected: "skip"),
        OverlapExample(
            testDescription: "skip, a retry waits", overlap: .skip, unfinished: [.retrying], expected: "skip"),
        OverlapExample(testDescription: "queue one", overlap: .queueOne, unfinished: [.running], expected: "run"),
        OverlapExample(
            testDescription: "queue one, and one waits", overlap: .queueOne, unfinished: [.running, .due],
            expected: "skip"),
        OverlapExample(
            testDescription: "allow", overlap: .allow, unfinished: [.running, .running, .due], expected: "run"),
        OverlapExample(
            testDescription: "cancel other", overlap: .cancelOther, unfinished: [.running], expected: "run",
            cancelled: [1]),
        OverlapExample(
            testDescription: "a full queue", overlap: .allow,
            unfinished: Array(repeating: .due, count: Policies.queueLimit), expected: "skip"),
    ])
    func decidesOverlap(_ example: OverlapExample) throws {
        let job = try job(Policies(overlap: example.overlap))
        let armed = ArmedTrigger(job: job, triggerID: 7, due: date("2026-03-02T09:00:00Z"))
        let runs = example.unfinished.enumerated().map { index, state in
            Run(id: RunID(index + 1), jobID: 1, cause: .manual, due: date("2026-03-01T09:00:00Z"), state: state)
        }
        let result = DueDecision(inChargeSince: date("2026-03-01T00:00:00Z"))
            .decide([armed], at: date("2026-03-02T09:00:00Z"), unfinished: [1: runs])
        #expect(result.claims.map(Self.word) == [example.expected])
        #expect(result.cancelled == example.cancelled)
    }

    @Test func lateRunsOfOneDowntimeWaitForEachOther() throws {
        let policies = Policies(missed: .all, missedCap: 2)
        let claims = try claims(
            "2026-03-02T09:00:00Z", policies: policies, since: "2026-03-04T12:00:00Z", now: "2026-03-04T12:00:00Z")
        #expect(claims.map(Self.word) == ["skip", "late", "late"])
    }

    // MARK: Parts

    private func claims(
        _ armed: String, cron: String = "0 9 * * *", policies: Policies, since: String, now: String
    ) throws -> [OccurrenceClaim] {
        let trigger = ArmedTrigger(job: try job(policies, cron: cron), triggerID: 7, due: date(armed))
        return DueDecision(inChargeSince: date(since)).decide([trigger], at: date(now), unfinished: [:]).claims
    }

    private func job(_ policies: Policies, cron: String = "0 9 * * *") throws -> Job {
        let schedule = Schedule(.cron([try CronExpression(cron, seconds: cron.hasPrefix("* * * * * *"))]), zone: "UTC")
        return Job(
            id: 1, name: "Daily", triggers: [Trigger(id: 7, .schedule(schedule))],
            steps: [Step(name: "say", action: .notify(text: "hello", to: []))], policies: policies,
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: date("2026-01-01T00:00:00Z"))
    }

    private static func word(_ claim: OccurrenceClaim) -> String {
        switch claim.disposition {
        case .run(let late, _, _), .wait(let late, _): late ? "late" : "run"
        case .skip(_, nil): "skip"
        case .skip(_, let through?): "skip until \(RFC3339.text(through))"
        }
    }
}

func date(_ text: String) -> Date {
    (try? Date.ISO8601FormatStyle().parse(text)) ?? .distantPast
}
