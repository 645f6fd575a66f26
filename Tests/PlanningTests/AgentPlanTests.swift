import Foundation
import IntentContract
import JobModel
import Testing

@testable import Planning

@Suite("Plans with agents") struct AgentPlanTests {
    private static func surroundings(agents: [String]? = ["researcher"], hasModel: Bool = true) -> Surroundings {
        var surroundings = Surroundings.permissive
        surroundings.isApproved = { _ in false }
        surroundings.assumesNamedJobs = false
        surroundings.agents = agents
        surroundings.home = "/home/ana"
        surroundings.hasModel = hasModel
        return surroundings
    }

    private func plan(_ intent: Intent, surroundings: Surroundings = surroundings()) throws -> Plan.Item {
        let planner = Planner(
            situation: Situation(now: PlannerTests.now, zone: "Europe/Berlin", surroundings: surroundings),
            provenance: Provenance(sentence: "", interpreter: "test"))
        switch planner.plan([intent]) {
        case .plan(let plan): return try #require(plan.items.first)
        case .failure(let failure): throw failure
        case .question(let question, _): throw PlanningFailure(question.text)
        }
    }

    private func agent(_ grants: [String], name: String? = "researcher") -> Intent {
        let action = ActionIntent(type: "agent", text: "check the logs", arguments: grants, name: name)
        return .createJob(CreateJob(when: "every hour", action: action))
    }

    @Test func freezesWhatItMayUseAndAsksForIt() throws {
        let grants = [
            "read:~/logs", "get:https://x.test/docs/*", "get:https://x.test/now", "script:count.sh -q", "jobs",
        ]
        let item = try plan(agent(grants + ["rounds:4"]))
        let job = try #require(item.action.job)
        #expect(
            job.steps[0].action
                == .agent(
                    AgentOrder(
                        goal: "check the logs", persona: "researcher",
                        tools: [
                            .read(folder: "/home/ana/logs"), .get(address: "https://x.test/docs/*"),
                            .get(address: "https://x.test/now"), .script(path: "count.sh", arguments: ["-q"]), .jobs,
                        ], rounds: 4)))
        #expect(
            job.capabilities
                == Capabilities(
                    scripts: ["count.sh": String(repeating: "0", count: 64)], requests: ["GET https://x.test/now"],
                    folders: ["/home/ana/logs"], addresses: ["https://x.test/docs/*"], listsJobs: true))
        #expect(
            item.risks.map(\.text) == [
                "script count.sh (sha256 0000…)", "GET requests to x.test",
                "an agent may read files below /home/ana/logs and GET any address of the form https://x.test/docs/* and "
                    + "list your jobs",
            ])
        #expect(
            item.card[0] == """
                Check the logs: the agent researcher: check the logs; may read files below /home/ana/logs, GET any \
                address of the form https://x.test/docs/*, GET https://x.test/now, run count.sh -q, list your jobs; in \
                4 rounds at most
                """)
        #expect(item.card.joined().contains("Needs your approval: script count.sh"))
        #expect(job.policies.retry == .network)
    }

    /// A folder that one agent may read and an address that another may complete are not agreed to side by side.
    @Test func asksAgainForAnotherCombination() throws {
        let (folder, address) = ("read:~/logs", "get:https://x.test/*")
        let known = try [[folder], [address]].flatMap { try plan(agent($0)).risks.compactMap(\.approvalKey) }
        var surroundings = Self.surroundings()
        surroundings.isApproved = { known.contains($0) }
        #expect(try plan(agent([folder]), surroundings: surroundings).risks.isEmpty)
        #expect(try plan(agent([folder, address]), surroundings: surroundings).risks.count == 1)
    }

    @Test(
        arguments: [
            ("read:/", "An agent cannot be granted \"/\""), ("read:~/../other", "An agent cannot be granted"),
            ("read:logs", "must be a whole path"), ("write:/tmp", "is nothing that an agent can be granted"),
            ("get:https://*", "has no path"), ("get:https://x.test", nil),
            ("get:https://x*.test/*", "cannot be granted"),
            ("get:https://x.test/{{event.path}}", "cannot be granted"), ("rounds:0", "is no number of rounds"),
            ("rounds:21", "is no number of rounds"), ("call:orders", "which is no http step of this playbook"),
        ] as [(String, String?)])
    func grantsNothingBeyondItsForms(_ grant: String, _ complaint: String?) throws {
        do {
            _ = try plan(agent([grant]))
            #expect(complaint == nil)
        } catch let failure as PlanningFailure {
            #expect(complaint.map(failure.message.contains) == true, "\(failure.message)")
        }
    }

    @Test func knowsThePersonasOfTheSettings() throws {
        let item = try plan(agent([], name: "Researcher"))
        guard case .agent(let order)? = item.action.job?.steps[0].action else { return }
        #expect(order.persona == "researcher" && item.risks.isEmpty)
        #expect(throws: PlanningFailure.self) { try plan(agent([], name: "gardener")) }
        #expect(throws: PlanningFailure.self) {
            try plan(agent([]), surroundings: Self.surroundings(agents: []))
        }
    }

    @Test func warnsWhereThereIsNoModel() throws {
        let item = try plan(agent([]), surroundings: Self.surroundings(hasModel: false))
        #expect(
            item.warnings == ["No model is configured: until there is, each run of the agent will fail and say so."])
    }

    // MARK: Endpoints

    private func playbook(_ callers: [String]) -> Intent {
        let agents = callers.enumerated().map { number, step in
            StepIntent(
                name: "agent\(number)", action: ActionIntent(type: "agent", text: "look", arguments: ["call:\(step)"]))
        }
        let orders = StepIntent(name: "orders", action: .http("POST", "https://shop.test/orders"))
        return .createPlaybook(CreatePlaybook(when: "every hour", steps: agents + [orders]))
    }

    @Test func mayCallStepsOfItsPlaybook() throws {
        let item = try plan(playbook(["orders"]))
        #expect(item.action.job?.requestedSteps == ["orders"])
        #expect(item.card[0].contains("1. an agent: look; may call orders  2. POST https://shop.test/orders"))
        #expect(item.risks.map(\.text) == ["POST requests to shop.test"])
    }

    @Test(arguments: [["stock"], ["agent0"], ["orders", "orders"]])
    func mayCallNoOthers(_ callers: [String]) {
        #expect(throws: PlanningFailure.self) { try plan(playbook(callers)) }
    }

    /// Without its agent, a step on request would run each time.
    @Test func anEditFreesNoEndpoint() throws {
        var job = try #require(try plan(playbook(["orders"])).action.job)
        job.id = 1
        let planner = Planner(
            situation: Situation(
                now: PlannerTests.now, zone: "Europe/Berlin", jobs: [job], surroundings: Self.surroundings()),
            provenance: Provenance(sentence: "", interpreter: "test"))
        func edit(removing step: Int) -> PlanningResult {
            planner.plan([.editPlaybook(EditPlaybook(job: JobReference(job.name), change: "remove", step: step))])
        }
        guard case .failure(let failure) = edit(removing: 1) else {
            Issue.record("\(edit(removing: 1))")
            return
        }
        #expect(failure.message.hasPrefix("\"orders\" runs only when the agent asks for it"))
        guard case .plan(let plan) = edit(removing: 2) else {
            Issue.record("\(edit(removing: 2))")
            return
        }
        #expect(plan.items.first?.action.job?.steps.map(\.action) == [.agent(AgentOrder(goal: "look"))])
    }
}
