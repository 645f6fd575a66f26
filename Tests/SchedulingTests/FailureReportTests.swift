import CronExpressions
import Foundation
import JobModel
import Testing

@testable import Scheduling

/// What a person hears of failures in a row, as a table. A job in Berlin, where 2 March is UTC+1.
struct FailureReportTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var state = Run.State.failed
        var said: String? = "Backup failed: exit 1"
        /// Why, and why the one before failed.
        var reason = "exit 1"
        var reasonBefore = "exit 1"
        /// Failures before this outcome, the first and the last of them.
        var before = 0
        var since = "2026-03-02T08:00:00Z"
        var latest = "2026-03-02T08:30:00Z"
        var now = "2026-03-02T08:45:00Z"
        var pauseAfter: Int?
        var isManual = false
        var message: String?
        var pauses = false
    }

    static let examples = [
        Example(testDescription: "the first failure is told as it is", message: "Backup failed: exit 1"),
        Example(testDescription: "the second within the hour is not", before: 1, message: nil),
        Example(
            testDescription: "unless it fails for another reason", said: "Backup failed: exit 2", reason: "exit 2",
            before: 1, message: "Backup failed: exit 2. Failed 2 times in a row since 09:00."),
        Example(
            testDescription: "the next hour's is told with the count", before: 4, now: "2026-03-02T09:05:00Z",
            message: "Backup failed: exit 1. Failed 5 times in a row since 09:00."),
        Example(
            testDescription: "and once an hour only", before: 5, latest: "2026-03-02T09:05:00Z",
            now: "2026-03-02T09:55:00Z", message: nil),
        Example(
            testDescription: "another day is named", before: 9, now: "2026-03-03T08:00:00Z",
            message: "Backup failed: exit 1. Failed 10 times in a row since 2026-03-02 09:00."),
        Example(
            testDescription: "the limit pauses, also within the hour", before: 4, pauseAfter: 5,
            message:
                "Backup failed: exit 1. Paused after 5 failures in a row since 09:00: \"resume Backup\" lets it go on.",
            pauses: true),
        Example(
            testDescription: "a limit of one", pauseAfter: 1,
            message: "Backup failed: exit 1. Paused after a failure: \"resume Backup\" lets it go on.", pauses: true),
        Example(
            testDescription: "a quiet job still says that it is paused", said: nil, before: 1, pauseAfter: 2,
            message: "Backup: Paused after 2 failures in a row since 09:00: \"resume Backup\" lets it go on.",
            pauses: true),
        Example(
            testDescription: "who is started by hand is not paused", before: 4, pauseAfter: 5, isManual: true,
            message: nil),
        Example(
            testDescription: "points within a text stay", said: "Backup failed: ../run.sh: not found.", before: 4,
            now: "2026-03-02T09:05:00Z",
            message: "Backup failed: ../run.sh: not found. Failed 5 times in a row since 09:00."),
        Example(
            testDescription: "a success after several", state: .succeeded, said: "Backup done", before: 3,
            message: "Backup done. Works again after 3 failures since 09:00."),
        Example(
            testDescription: "a quiet success after several", state: .succeeded, said: nil, before: 3,
            message: "Backup: Works again after 3 failures since 09:00."),
        Example(
            testDescription: "a success after one", state: .succeeded, said: "Backup done", before: 1,
            message: "Backup done"),
        Example(testDescription: "a retry says nothing", state: .retrying, said: nil, before: 1, message: nil),
        Example(
            testDescription: "nor does what a person ended", state: .cancelled, said: nil, before: 3, message: nil),
    ]

    @Test(arguments: examples)
    func tells(_ example: Example) throws {
        let outcome = RunOutcome(state: example.state, reason: example.reason, message: example.said)
        let told = FailureReport(job: try job(example), streak: streak(example), now: date(example.now)).told(outcome)
        #expect(told.message == example.message)
        #expect(told.pausesJob == example.pauses)
    }

    @Test func noticesGoTheSameWayAndWhatStepsSentStays() throws {
        let mail = OutgoingMessage(recipients: [Recipient("telegram/ops")], text: "Backup failed")
        let price = OutgoingMessage(recipients: [Recipient("telegram/ops")], text: "24.90")
        let outcome = RunOutcome(
            state: .failed, reason: "exit 1", message: "Backup failed", deliveries: [price], notices: [mail])
        var example = Self.examples[1]
        let quiet = FailureReport(job: try job(example), streak: streak(example), now: date(example.now))
        #expect(quiet.told(outcome).notices.isEmpty && quiet.told(outcome).deliveries == [price])
        example.now = "2026-03-02T09:05:00Z"
        let loud = FailureReport(job: try job(example), streak: streak(example), now: date(example.now))
        #expect(loud.told(outcome).notices.map(\.text) == ["Backup failed. Failed 2 times in a row since 09:00."])
        #expect(loud.told(outcome).deliveries == [price])
    }

    // MARK: Parts

    private func streak(_ example: Example) -> FailureStreak {
        guard example.before > 0 else { return FailureStreak() }
        return FailureStreak(
            count: example.before, since: date(example.since), latest: date(example.latest),
            reason: example.reasonBefore)
    }

    private func job(_ example: Example) throws -> Job {
        var policies = Policies()
        policies.pauseAfter = example.pauseAfter
        let schedule = Schedule(.cron([try CronExpression("*/5 * * * *")]), zone: "Europe/Berlin")
        return Job(
            id: 1, name: "Backup", triggers: example.isManual ? [] : [Trigger(id: 1, .schedule(schedule))], steps: [],
            policies: policies, provenance: Provenance(sentence: "", interpreter: "test"),
            createdAt: date("2026-01-01T00:00:00Z"))
    }
}
