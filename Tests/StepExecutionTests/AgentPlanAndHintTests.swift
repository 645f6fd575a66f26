import Foundation
import JobModel
import StepExecution
import TestSupport
import Testing

@Suite("Agents that ask for steps and for moments", .serialized)
struct AgentPlanAndHintTests {
    private let world: AgentTestWorld
    private static let endpoints = [
        Step(name: "orders", action: .http(method: "GET", url: "https://shop.test/orders", body: nil)),
        Step(name: "refund", action: .http(method: "POST", url: "https://shop.test/refund", body: "{}")),
    ]

    init() throws { world = try AgentTestWorld() }

    private static func plan(_ calls: (String, [String])...) -> String {
        let items = calls.map {
            JSONValue.object(["step": .string($0.0), "after": .array($0.1.map(JSONValue.string))])
        }
        return Round.document(["plan": .array(items)])
    }

    @Test func givesItsPlanToTheRunner() async {
        let web = TableWeb()
        let model = RoundsModel(Self.plan(("orders", []), ("refund", ["orders"])))
        let result = await world.run(endpoints: Self.endpoints, model: model, web: web)
        #expect(result.plan == ExecutionPlan([.init("orders"), .init("refund", after: ["orders"])]))
        #expect(result.text == "plan: orders, then refund" && web.sent.isEmpty)
        #expect(model.asked[0].instructions.contains("\"refund\" (POST https://shop.test/refund)"))
    }

    @Test(arguments: [
        (plan(("delete_everything", [])), "is none of the steps that may be called"),
        (plan(("only", [])), "is none of the steps that may be called"),
        (plan(("orders", []), ("orders", [])), "is called twice"),
        (plan(("orders", ["refund"]), ("refund", ["orders"])), "wait for each other"),
        (plan(("orders", ["refund"])), "which the plan does not call"),
    ])
    func carriesOutNoPlanBeyondItsBounds(_ answer: String, _ reason: String) async {
        let model = RoundsModel(answer, Round.say("nothing then"))
        let result = await world.run(endpoints: Self.endpoints, model: model)
        #expect(result.plan == nil && result.text == "nothing then")
        #expect(result.trace?.first?.contains(reason) == true)
        #expect(model.asked[1].input.contains(reason))
    }

    @Test func plansNothingWithoutEndpoints() async {
        let result = await world.run(model: RoundsModel(Self.plan(("orders", [])), Round.say("fine")))
        #expect(result.plan == nil && result.text == "fine")
    }

    /// A run of a stored job with one answer of `orders`.
    private func answered(_ store: InMemoryStore, _ job: Job, at date: Date, _ result: StepResult) async throws {
        let run = try await store.enqueue(Run(jobID: job.id, cause: .manual, due: date))
        _ = try await store.claim(ClaimRequest(queued: [RunClaim(id: run.id, token: "t")]), at: date)
        _ = try await store.begin(run: run.id, token: "t", at: date)
        try await store.record(
            StepRun(
                runID: run.id, index: 1, name: "orders", state: .succeeded, attempt: 1, started: date,
                finished: date + 0.84, result: result))
        _ = try await store.finish(run: run.id, token: "t", outcome: RunOutcome(state: .succeeded), at: date + 1)
    }

    /// They are the person's, so the agent completes no address of its own afterwards.
    @Test func knowsWhatItsEndpointsCameToBefore() async throws {
        let store = InMemoryStore()
        let address = "https://docs.test/*"
        let order = AgentOrder(goal: "look", tools: [.get(address: address)], endpoints: ["orders", "refund"])
        var wanted = job(.agent(order), capabilities: Capabilities(addresses: [address]))
        wanted.steps += Self.endpoints
        let change = try await store.apply([.create(wanted)], summary: "", at: Date(timeIntervalSince1970: 0))
        let stored = try #require(change.items.first?.after)
        let first = Date(timeIntervalSince1970: 1_774_590_000)
        try await answered(store, stored, at: first, StepResult(text: "{\"open\": 3}", status: 200))
        try await answered(store, stored, at: first + 60, StepResult(text: "busy", status: 503))
        let web = TableWeb()
        let model = RoundsModel(Round.call("get", "https://docs.test/3"), Round.say("nothing to do"))
        let executor = StepExecutor(
            scripts: world.workshop.runner(), services: ActionServices(web: web, store: store), model: { model },
            agents: AgentSurroundings(store: store), runNamed: { _, _ in .unknown(near: []) })
        _ = await executor.execute(.agent(order), in: context(stored))
        let mark = try #require(model.asked[0].input.firstMatch(of: /data-[0-9a-f]{32}/)).output
        let input = model.asked[0].input
        #expect(input.contains("orders, the last calls:\n\(mark)["))
        let latest = try #require(input.firstRange(of: "HTTP 503 after 0.8 s: busy"))
        let earlier = try #require(input.firstRange(of: "HTTP 200 after 0.8 s: {\"open\": 3}]\(mark)"))
        #expect(latest.lowerBound < earlier.lowerBound && input.contains("refund: never called so far"))
        #expect(web.sent.isEmpty)
    }

    @Test func hintsWithinWhatAHintCanSay() async {
        let hint: JSONValue = ["next_in": "2h", "reason": "quiet", "interval": .null]
        let bounds = AdaptiveBounds(shortest: 600, longest: 7200)
        let model = RoundsModel(Round.document(["say": "quiet", "hint": hint]))
        let result = await world.run(adaptive: bounds, model: model)
        #expect(result.text == "quiet\n{\"rota\":{\"next_in\":\"2h\",\"reason\":\"quiet\"}}")
        let fixed = await world.run(model: RoundsModel(Round.document(["say": "quiet", "hint": hint])))
        #expect(fixed.text == "quiet")
    }

    @Test(arguments: [
        JSONValue.object(["next_in": "2h", "pause_for": "1d"]), ["next_in": "400d"], ["next_in": "-5m"],
        ["reason": "soon"],
    ])
    func takesNoHintThatIsNone(_ hint: JSONValue) async {
        let bounds = AdaptiveBounds(shortest: 600, longest: 7200)
        let model = RoundsModel(Round.document(["say": "x", "hint": hint]), Round.say("quiet"))
        let result = await world.run(adaptive: bounds, model: model)
        #expect(result.text == "quiet" && result.trace?.first?.hasPrefix("hint not used: ") == true)
    }
}
