import Foundation
import JobModel
import TestSupport
import Testing

@testable import Conversation

/// How far a run is, as the status tells it.
struct StatusProgressTests {
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)

    @Test func saysWhichStepIsUnderWay() async throws {
        let store = InMemoryStore()
        var job = exampleJob("Prices", Trigger(.manual))
        job.steps = ["fetch ours", "fetch theirs", "compare"].map { name in
            Step(name: name, action: .script(path: name, arguments: []))
        }
        _ = try await store.apply([.create(job)], summary: "", at: Self.now)
        _ = try await store.enqueue(Run(jobID: 1, cause: .manual, due: Self.now))
        _ = try await store.claim(ClaimRequest(queued: [RunClaim(id: 1, token: "a")]), at: Self.now)
        _ = await store.begin(run: 1, token: "a", at: Self.now)
        for (index, state) in [StepRun.State.succeeded, .running].enumerated() {
            try await store.record(
                StepRun(
                    runID: 1, index: index, name: job.steps[index].name, state: state, attempt: 1, started: Self.now))
        }
        let report = await StatusReport.gather(
            from: store, presence: .here, sight: SchedulerSight(), now: Self.now + 1)
        let lines = report.lines(zone: "UTC", now: Self.now + 1)
        #expect(lines.contains("Running: [1] Prices since 09:00: step 2 of 3 (fetch theirs)."))
        let steps = report.row["runs"]?.array?.first?["steps"]
        #expect(steps == ["done": 1, "total": 3, "current": ["fetch theirs"]])
    }
}
