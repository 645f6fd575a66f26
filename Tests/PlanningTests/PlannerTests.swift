import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

struct PlannerTests {
    /// Mon 2 March 2026, 08:00 in Berlin.
    static let now = Date(timeIntervalSince1970: 1_772_434_800)

    @Test func aReminderNeedsNobodysYes() throws {
        let item = try plan(.createJob(CreateJob(when: "every weekday at 9", action: .notify("stand up"))))
        #expect(item.risks.isEmpty)
        #expect(item.job?.policies.missedWindow == nil)
        #expect(item.card[1].contains("Mon 2 Mar 09:00 +01:00"))
    }

    @Test func outsideEffectsNeedAYes() throws {
        let script = try plan(
            .createJob(CreateJob(when: "every day at 9", action: .script("backup.sh"), deliver: ["slack"])))
        #expect(script.risks == [.script(path: "backup.sh", sha256: "abcd"), .recipient(Recipient("slack"))])
        #expect(script.job?.policies.missedWindow == 86_400)
        let request = try plan(
            .createJob(CreateJob(when: "every 5 minutes", action: .http("GET", "https://a.test/x?y=1"))))
        #expect(request.risks == [.request("GET a.test")])
        #expect(request.job?.capabilities.requests == ["GET https://a.test/x?y=1"])
        #expect(request.job?.policies.missedWindow == 300)
    }

    @Test func whatWasAgreedToIsNotAskedAgain() throws {
        let intent = Intent.createJob(CreateJob(when: "every day at 9", action: .notify("hello"), deliver: ["slack"]))
        #expect(try plan(intent, agreed: ["recipient:slack"]).risks.isEmpty)
        #expect(try plan(intent, agreed: ["recipient:slack/ops"]).risks == [.recipient(Recipient("slack"))])
    }

    struct Asked: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var intent: Intent
        var about: Question.About
    }

    @Test(arguments: [
        Asked(
            testDescription: "an hour that could be either",
            intent: .createJob(CreateJob(when: "every day at 6", action: .notify("feed the cats"))), about: .amPM),
        Asked(
            testDescription: "no time at all", intent: .createJob(CreateJob(action: .notify("renew it"))),
            about: .missingTime),
        Asked(
            testDescription: "a gateway that is not there",
            intent: .createJob(CreateJob(when: "daily", action: .notify("hello"), deliver: ["pager"])), about: .gateway),
        Asked(
            testDescription: "a job that is not there", intent: .pauseJob(PauseJob(job: JobReference("moon"))),
            about: .job),
        Asked(
            testDescription: "what comes before when",
            intent: .updateJob(UpdateJob(job: JobReference("moon"), when: "at 5")), about: .job),
        Asked(
            testDescription: "when comes before where",
            intent: .createJob(CreateJob(when: "every day at 6", action: .notify("x"), deliver: ["pager"])),
            about: .amPM),
    ])
    func asks(_ example: Asked) {
        guard case .question(let question, let index) = planner().plan([example.intent]) else {
            Issue.record("nothing was asked")
            return
        }
        #expect(question.about == example.about)
        #expect(index == 0)
    }

    @Test(arguments: [
        Intent.createJob(CreateJob(when: "daily", action: .script("missing.sh"))),
        .createJob(CreateJob(when: "daily", action: .http("GET", "not a url"))),
        .createJob(CreateJob(when: "0 0 30 2 *", action: .notify("x"))),
        .createPlaybook(
            CreatePlaybook(
                when: "daily",
                steps: [
                    StepIntent(name: "tell", action: .notify("x"), when: "fetch.number < 20")
                ])),
        .setPreference(SetPreference(name: "colour", value: "blue")),
    ])
    func refuses(_ intent: Intent) {
        guard case .failure(let failure) = planner().plan([intent]) else {
            Issue.record("\(intent.name) was planned")
            return
        }
        #expect(!failure.message.isEmpty)
    }

    @Test func namesAreUniqueWithinOnePlan() throws {
        let intent = Intent.createJob(CreateJob(name: "Tea", when: "daily", action: .notify("tea")))
        guard case .plan(let plan) = planner().plan([intent, intent]) else {
            Issue.record("not planned")
            return
        }
        #expect(plan.items.compactMap(\.job?.name) == ["Tea", "Tea 2"])
    }

    @Test(arguments: [
        ("summarize git commits from the last 24 hours", 24), ("commits of the last 3 days", 72),
        ("commits since yesterday", 24), ("this week's commits of this week", 168),
    ])
    func readsHowFarBackCommitsGo(text: String, hours: Int) {
        #expect(ActionBuilder.hours(in: text) == hours)
    }

    // MARK: Parts

    private func planner(agreed: Set<String> = []) -> Planner {
        var surroundings = Surroundings.permissive
        surroundings.assumesNamedJobs = false
        surroundings.isApproved = { agreed.contains($0) }
        surroundings.hasGateway = { $0.gateway == "slack" }
        surroundings.inspectScript = { path in
            path == "missing.sh"
                ? .failure(.init("There is no script \"missing.sh\".")) : .success(.init(path: path, sha256: "abcd"))
        }
        surroundings.problemWithURL = { $0.hasPrefix("https://") ? nil : "\"\($0)\" is no URL." }
        return Planner(
            situation: Situation(now: Self.now, zone: "Europe/Berlin", surroundings: surroundings),
            provenance: Provenance(sentence: "", interpreter: "test"))
    }

    private func plan(_ intent: Intent, agreed: Set<String> = []) throws -> Plan.Item {
        guard case .plan(let plan) = planner(agreed: agreed).plan([intent]) else {
            throw PlanningFailure("not planned: \(planner(agreed: agreed).plan([intent]))")
        }
        return try #require(plan.items.first)
    }
}

extension Plan.Item {
    fileprivate var job: Job? { action.job }
}
