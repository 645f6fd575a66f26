import CronExpressions
import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

/// Skipping runs of a job, on Monday, 2 March 2026, at 08:00 in Berlin.
@Suite("Skipping several runs") struct SkippedRunsTests {
    private func job(_ pattern: Schedule.Pattern) -> Job {
        Job(
            id: 1, name: "Scan", triggers: [Trigger(.schedule(Schedule(pattern, zone: "UTC")))],
            steps: [Step(name: "notify", action: .notify(text: "scan", to: []))],
            provenance: Provenance(sentence: "", interpreter: "test"), createdAt: PlannerTests.now)
    }

    private func plan(_ job: Job, until: String?, assumesNamedJobs: Bool = false) -> PlanningResult {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = assumesNamedJobs
        let planner = Planner(
            situation: Situation(
                now: PlannerTests.now, zone: "Europe/Berlin", jobs: [job], surroundings: surroundings),
            provenance: Provenance(sentence: "", interpreter: "test"))
        return planner.plan([.snoozeJob(SnoozeJob(job: JobReference("scan"), until: until))])
    }

    private func nextAfter(_ result: PlanningResult) throws -> Date? {
        guard case .plan(let plan) = result else { throw PlanningFailure("not planned: \(result)") }
        return try #require(plan.items.first?.action.job).nextOccurrence(after: PlannerTests.now)
    }

    /// The job runs at 09:00 UTC; days from today until it runs again.
    @Test(arguments: [(nil, 1), ("1 run", 1), ("2 runs", 2), ("30 runs", 30)] as [(String?, Int)])
    func daily(_ until: String?, _ days: Int) throws {
        let daily = job(.cron([try CronExpression("0 9 * * *")]))
        #expect(try nextAfter(plan(daily, until: until)) == PlannerTests.now + 2 * 3_600 + Double(days) * 86_400)
    }

    @Test func everyHalfHour() throws {
        let often = job(.cron([try CronExpression("*/30 * * * *")]))
        #expect(try nextAfter(plan(often, until: "3 runs")) == PlannerTests.now + 4 * 1_800)
    }

    @Test func fewerAreLeftThanAreSkipped() throws {
        let once = job(.once([PlannerTests.now + 60]))
        #expect(try nextAfter(plan(once, until: "2 runs")) == nil)
    }

    @Test func nothingIsLeftToSkip() throws {
        let past = job(.once([PlannerTests.now - 60]))
        guard case .failure(let failure) = plan(past, until: "2 runs") else {
            Issue.record("skipped")
            return
        }
        #expect(failure.message == "\"Scan\" has no next run to skip.")
        #expect(throws: Never.self) { try nextAfter(plan(past, until: "2 runs", assumesNamedJobs: true)) }
    }
}
