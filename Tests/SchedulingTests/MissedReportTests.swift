import CronExpressions
import Foundation
import JobModel
import Testing

@testable import Scheduling

/// How a downtime is told: a line for each of a few jobs, one line for many.
struct MissedReportTests {
    private static let now = date("2026-03-02T08:00:00Z")

    @Test func aFewJobsHaveALineEach() throws {
        let claims = [
            Self.skip(1, "2026-02-28T09:00:00Z"), Self.skip(1, "2026-03-01T09:00:00Z"),
            Self.skip(2, "2026-02-28T09:00:00Z"),
            Self.skip(3, "2026-03-02T08:00:00Z", "an earlier run was still under way"),
        ]
        let messages = try report(claims, jobs: 3).messages
        #expect(
            messages.map(\.text) == [
                "Job 1 skipped 2 times: missed while nothing ran", "Job 2 skipped: missed while nothing ran",
                "Job 3 skipped: an earlier run was still under way",
            ])
        #expect(messages.map(\.jobID) == [1, 2, 3])
    }

    @Test func manyJobsHaveOneLine() throws {
        let claims = [
            Self.skip(1, "2026-02-27T17:00:00Z"), Self.skip(1, "2026-02-28T17:00:00Z"),
            Self.late(1, "2026-03-01T17:00:00Z"),
            Self.skip(2, "2026-03-01T09:00:00Z"), Self.late(3, "2026-03-01T10:00:00Z"),
            Self.skip(
                4, "2026-02-28T00:00:00Z", "missed while nothing ran; so were all until …",
                through: "2026-03-01T00:00:00Z"),
            Self.skip(4, "2026-03-01T01:00:00Z"), Self.skip(4, "2026-03-01T02:00:00Z"),
        ]
        let messages = try report(claims, jobs: 4).messages
        #expect(
            messages.map(\.text) == [
                "While nothing ran (Fri 27 Feb 18:00 – Mon 2 Mar 09:00): Job 1 made up once, 2 skipped; "
                    + "Job 2 skipped once; Job 3 made up once; Job 4 skipped more than 2 times"
            ])
        #expect(messages.map(\.jobID) == [nil])
    }

    @Test func whatWasSkippedForAnotherReasonKeepsItsLine() throws {
        var claims = (1...4).map { Self.skip($0, "2026-03-01T09:00:00Z") }
        claims.append(Self.skip(2, "2026-03-02T08:00:00Z", "an earlier run was still under way"))
        let messages = try report(claims, jobs: 4).messages
        #expect(messages.count == 2)
        #expect(messages.last?.text == "Job 2 skipped: an earlier run was still under way")
    }

    @Test func lateRunsAloneTellTheirOutcomes() throws {
        #expect(try report((1...9).map { Self.late($0, "2026-03-01T09:00:00Z") }, jobs: 9).messages.isEmpty)
    }

    @Test func veryManyAreCounted() throws {
        let text = try #require(
            report((1...30).map { Self.skip($0, "2026-03-01T09:00:00Z") }, jobs: 30).messages.first?.text)
        #expect(text.hasSuffix("Job 8 skipped once; 22 other jobs skipped 22 times"))
    }

    // MARK: Parts

    private func report(_ claims: [OccurrenceClaim], jobs: Int) throws -> MissedReport {
        let schedule = Schedule(.cron([try CronExpression("0 9 * * *")]), zone: "Europe/Berlin")
        let armed = (1...jobs).map { number in
            let job = Job(
                id: JobID(number), name: "Job \(number)", triggers: [Trigger(id: 1, .schedule(schedule))], steps: [],
                provenance: Provenance(sentence: "", interpreter: "test"), createdAt: Self.now)
            return ArmedTrigger(job: job, triggerID: 1, due: Self.now)
        }
        return MissedReport(claims: claims, armed: armed, now: Self.now)
    }

    private static func skip(
        _ job: Int, _ due: String, _ reason: String = "missed while nothing ran", through: String? = nil
    ) -> OccurrenceClaim {
        OccurrenceClaim(
            jobID: JobID(job), triggerID: 1, due: date(due),
            disposition: .skip(reason: reason, through: through.map { date($0) }), nextDue: nil)
    }

    private static func late(_ job: Int, _ due: String) -> OccurrenceClaim {
        OccurrenceClaim(
            jobID: JobID(job), triggerID: 1, due: date(due), disposition: .wait(late: true, reason: nil), nextDue: nil)
    }
}
