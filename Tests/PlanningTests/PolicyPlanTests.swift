import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

/// Policies that were said, in plans and on cards.
struct PolicyPlanTests {
    static let now = Date(timeIntervalSince1970: 1_772_434_800)

    @Test func comeAfterTheUsualOnes() throws {
        let item = try plan(
            .createJob(CreateJob(when: "every day at 9", action: .http("GET", "https://a.test/x"), policies: change)))
        let policies = try #require(item.action.job?.policies)
        #expect(policies.retry == RetryPolicy(retries: 5, base: 1, factor: 2, cap: 300, errors: .any))
        #expect(policies.missedWindow == 86_400)
        #expect(item.card.last == "Told here. If missed: once, within 24 h. Retries: 5. Priority: high.")
    }

    @Test func areNotMentionedWhereTheyAreUsual() throws {
        let item = try plan(.createJob(CreateJob(when: "every day at 9", action: .http("GET", "https://a.test/x"))))
        #expect(item.card.last == "Told here. If missed: once, within 24 h.")
    }

    @Test func changesAreShown() throws {
        let item = try plan(.updateJob(UpdateJob(job: JobReference("backup"), policies: change)), jobs: [Self.backup()])
        #expect(item.card == ["Backup, retries: none → 5", "Backup, priority: normal → high"])
    }

    @Test func aMissedWindowThatWasSetSurvivesANewTime() throws {
        var job = Self.backup()
        job.policies.missedWindow = 7200
        let moved = try plan(.updateJob(UpdateJob(job: JobReference("backup"), when: "every hour")), jobs: [job])
        #expect(moved.action.job?.policies.missedWindow == 7200)
        job.policies.missedWindow = 86_400
        let followed = try plan(.updateJob(UpdateJob(job: JobReference("backup"), when: "every hour")), jobs: [job])
        #expect(followed.action.job?.policies.missedWindow == 3600)
    }

    @Test func badValuesAreRefused() throws {
        var change = PolicyChange()
        change.priority = "urgent"
        let body = CreateJob(when: "daily", action: .notify("x"), policies: change)
        #expect(
            refusal(.createJob(body))
                == "priority: \"urgent\" is not possible; one of critical, high, low, normal is.")
    }

    @Test func whatIsSoAlreadyIsSaid() throws {
        var change = PolicyChange()
        change.retries = 0
        let intent = Intent.updateJob(UpdateJob(job: JobReference("backup"), policies: change))
        #expect(refusal(intent, jobs: [Self.backup()]) == "\"Backup\" behaves that way already.")
    }

    @Test(arguments: [
        Intent.updateJob(UpdateJob(job: JobReference("backup"), newName: "Nightly")),
        .editPlaybook(EditPlaybook(job: JobReference("backup"), change: "remove", step: 1)),
        .deleteJob(DeleteJob(job: JobReference("backup"))),
    ])
    func aRegistryFileKeepsItsJobs(_ intent: Intent) throws {
        let text = try #require(refusal(intent, jobs: [Self.backup(registry: "jobs.yaml")]))
        #expect(text.hasPrefix("\"Backup\" is declared in jobs.yaml: change it there."))
    }

    @Test(arguments: [
        Intent.pauseJob(PauseJob(job: JobReference("backup"))), .resumeJob(ResumeJob(job: JobReference("backup"))),
        .runJob(RunJob(job: JobReference("backup"))), .snoozeJob(SnoozeJob(job: JobReference("backup"))),
    ])
    func aJobOfARegistryFileCanBeSteered(_ intent: Intent) {
        #expect(refusal(intent, jobs: [Self.backup(registry: "jobs.yaml")]) == nil)
    }

    // MARK: Parts

    private var change: PolicyChange {
        var change = PolicyChange()
        change.retries = 5
        change.priority = "high"
        return change
    }

    private static func backup(registry: String? = nil) -> Job {
        let schedule = Schedule(.interval(seconds: 86_400, anchor: now), zone: "Europe/Berlin")
        return Job(
            id: 1, name: "Backup", triggers: [Trigger(.schedule(schedule))],
            steps: [Step(name: "backup", action: .script(path: "backup.sh", arguments: []))],
            policies: Policies(missedWindow: 86_400),
            provenance: Provenance(sentence: "", interpreter: "test", registry: registry), createdAt: now)
    }

    private func result(_ intent: Intent, jobs: [Job]) -> PlanningResult {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = false
        return Planner(
            situation: Situation(now: Self.now, zone: "Europe/Berlin", jobs: jobs, surroundings: surroundings),
            provenance: Provenance(sentence: "", interpreter: "test")
        ).plan([intent])
    }

    private func plan(_ intent: Intent, jobs: [Job] = []) throws -> Plan.Item {
        guard case .plan(let plan) = result(intent, jobs: jobs) else {
            throw PlanningFailure("not planned: \(result(intent, jobs: jobs))")
        }
        return try #require(plan.items.first)
    }

    private func refusal(_ intent: Intent, jobs: [Job] = []) -> String? {
        guard case .failure(let failure) = result(intent, jobs: jobs) else { return nil }
        return failure.message
    }
}
