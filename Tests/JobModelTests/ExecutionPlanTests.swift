import JobModel
import Testing

@Suite("Plans over a playbook's own steps") struct ExecutionPlanTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let calls: [ExecutionPlan.Call]
        let waves: [[String]]

        init(_ calls: ExecutionPlan.Call..., waves: [[String]]) { (self.calls, self.waves) = (calls, waves) }

        var testDescription: String { "\(waves)" }
    }

    private static let endpoints = ["a", "b", "c", "d"]

    @Test(arguments: [
        Example(.init("a"), waves: [["a"]]),
        Example(.init("a"), .init("b"), .init("c"), waves: [["a", "b", "c"]]),
        Example(.init("b", after: ["a"]), .init("a"), waves: [["a"], ["b"]]),
        Example(
            .init("d", after: ["b", "c"]), .init("a"), .init("b", after: ["a"]), .init("c", after: ["a"]),
            waves: [["a"], ["b", "c"], ["d"]]),
        Example(.init("a"), .init("b", after: ["a", "a"]), waves: [["a"], ["b"]]),
    ])
    func goesInWaves(_ example: Example) throws {
        #expect(try ExecutionPlan(example.calls).waves(within: Self.endpoints) == example.waves)
    }

    @Test(arguments: [
        ([], "the plan is empty"),
        ([ExecutionPlan.Call("x")], "\"x\" is none of the steps that may be called"),
        ([.init("a"), .init("a")], "\"a\" is called twice"),
        ([.init("a", after: ["b"])], "\"a\" waits for \"b\", which the plan does not call"),
        ([.init("a", after: ["a"])], "\"a\" wait for each other"),
        ([.init("a"), .init("b", after: ["c"]), .init("c", after: ["b"])], "\"b\" and \"c\" wait for each other"),
    ])
    func refusesWhatItCannotMean(_ calls: [ExecutionPlan.Call], _ reason: String) {
        #expect(throws: ExecutionPlan.Refusal(reason)) { try ExecutionPlan(calls).waves(within: Self.endpoints) }
    }

    @Test func hasAMostOfCalls() {
        let names = (0...ExecutionPlan.mostCalls).map { "step\($0)" }
        let plan = ExecutionPlan(names.map { ExecutionPlan.Call($0) })
        #expect(throws: ExecutionPlan.Refusal("the plan has 21 calls; 20 are the most")) {
            try plan.waves(within: names)
        }
    }

    // MARK: Grants

    @Test(arguments: ["read:/home/ana/logs", "get:https://x.test/docs/*", "script:count.sh --today", "jobs"])
    func writesGrantsAsTheyAreRead(_ text: String) throws {
        let tool = try #require(AgentTool(text))
        #expect(tool.text == text)
        #expect(try JSONValue(encoding: tool) == .string(text))
        #expect(try JSONValue.string(text).decoded(as: AgentTool.self) == tool)
    }

    @Test(arguments: ["", "read:", "read", "write:/tmp", "shell:rm -rf /", "jobs:all", "delete", "read:/a\n/b"])
    func grantsNothingElse(_ text: String) {
        #expect(AgentTool(text) == nil)
    }

    /// An approval of a job without agents stays bound to the text that it was given for.
    @Test func writesNoCapabilityThatIsNotThere() throws {
        let plain = Capabilities(scripts: ["a.sh": "0"], requests: ["GET https://x.test/"])
        #expect(try JSONValue(encoding: plain).object?.keys.sorted() == ["requests", "scripts"])
        let full = Capabilities(folders: ["/a"], addresses: ["https://x.test/*"], listsJobs: true)
        #expect(try JSONValue(encoding: full).decoded(as: Capabilities.self) == full)
        #expect(try JSONValue(encoding: plain).decoded(as: Capabilities.self) == plain)
    }
}

@Suite("Results of agents in records") struct AgentResultTests {
    /// Records of earlier versions have none of it.
    @Test func areKept() throws {
        let result = StepResult(
            text: "done", origin: .model, trace: ["get https://x.test/: HTTP 200"],
            plan: ExecutionPlan([.init("a"), .init("b", after: ["a"])]))
        #expect(try JSONValue(encoding: result).decoded(as: StepResult.self) == result)
        let old: JSONValue = ["text": "done", "isTransient": false, "messages": []]
        #expect(try old.decoded(as: StepResult.self) == StepResult(text: "done"))
    }

    @Test func anOrderIsKept() throws {
        let order = AgentOrder(goal: "look", persona: "a", tools: [.jobs, .read(folder: "/b")], endpoints: ["c"])
        let action = Action.agent(order)
        #expect(try JSONValue(encoding: action).decoded(as: Action.self) == action)
        #expect(throws: (any Error).self) {
            try JSONValue.array(["jobs", "shell:rm"]).decoded(as: [AgentTool].self)
        }
    }
}
