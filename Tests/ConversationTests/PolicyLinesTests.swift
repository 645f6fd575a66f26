import Foundation
import JobModel
import Testing

@testable import Conversation

/// What `show` says of a job's policies.
struct PolicyLinesTests {
    @Test func usualOnesAreTold() {
        #expect(
            JobLines.policies(job()) == [
                "If missed: once; skipped while an earlier run is under way; no retries; at most 1 h a run.",
                "Priority normal; starts each run at least once; pauses after 10 failures in a row; in no group; keeps to the schedule.",
            ])
    }

    @Test func othersAndTheFileAreTold() {
        let policies = Policies(
            missed: .all, missedWindow: 7200, missedCap: 5, overlap: .allow, parallel: 2, group: "database",
            retry: RetryPolicy(retries: 4, base: 2, factor: 1.5, cap: 60, errors: .passing), timeout: 90,
            priority: .critical, atMostOnce: true, pauseAfter: nil,
            adaptive: AdaptiveBounds(shortest: 600, longest: 21_600),
            reuseAnswers: 86_400)
        #expect(
            JobLines.policies(job(policies, registry: "jobs.yaml")) == [
                "If missed: each one, at most 5, within 2 h; runs beside earlier runs, at most 2 at a time; "
                    + "retries: 4, after up to 2 s, each × 1.5, at most 1 min, only for what may pass by itself; at most 90 s a run.",
                "Priority critical; starts each run at most once; pauses never by itself; in the group database; "
                    + "may move between 10 min and 6 h.",
                "Answers of models: used again for 24 h where the question is the same.",
                "Declared in jobs.yaml, where it is changed.",
            ])
    }

    @Test func aRowHoldsEachPolicyAsItWouldBeSet() throws {
        let row = Rows.job(
            job(Policies(missedWindow: 7200, overlap: .allow, parallel: 2), registry: "jobs.yaml"), now: Date())
        let policies = try #require(row["policies"]).decoded(as: PolicyChange.self)
        #expect(try policies.applied(to: Policies()) == Policies(missedWindow: 7200, overlap: .allow, parallel: 2))
        #expect(row["registry"] == "jobs.yaml")
    }

    private func job(_ policies: Policies = Policies(), registry: String? = nil) -> Job {
        Job(
            name: "Backup", triggers: [Trigger(.manual)],
            steps: [Step(name: "say", action: .notify(text: "x", to: []))],
            policies: policies, provenance: Provenance(sentence: "", interpreter: "test", registry: registry),
            createdAt: Date(timeIntervalSince1970: 0))
    }
}
