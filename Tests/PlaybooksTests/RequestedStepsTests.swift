import Foundation
import JobModel
import Playbooks
import Synchronization
import Templates
import Testing

/// Steps that run only where an agent asks for them.
@Suite("Steps that an agent asks for") struct RequestedStepsTests {
    private let time = ManualTime()
    private let ledger = Ledger()

    private static func endpoint(_ name: String, when: Condition? = nil) -> Step {
        Step(name: name, action: .http(method: "GET", url: name, body: nil), condition: when)
    }

    private static let agent = Step(
        name: "agent", action: .agent(AgentOrder(goal: "look", endpoints: ["orders", "stock", "refund"])))
    private static let steps = [endpoint("orders"), agent, endpoint("stock"), endpoint("refund"), script("after")]

    private static func answer(_ calls: ExecutionPlan.Call...) -> StepResult {
        StepResult(text: "looked", origin: .model, plan: ExecutionPlan(calls))
    }

    private func execute(
        _ table: [String: StepResult], steps: [Step] = steps, earlier: [StepRun] = [], retry: RetryPolicy = .none
    ) async -> (executed: [String], result: RunResult) {
        let executor = TableExecutor(table.merging(["after": StepResult(text: "end")]) { $1 }, time: time)
        let runner = PlaybookRunner(executor: executor, time: time) { [ledger] in try ledger.record($0) }
        let result = await runner.run(run(), of: job(steps: steps, retry: retry), earlier: earlier)
        return (executor.executed, result)
    }

    @Test func doNotRunByThemselves() async {
        let (executed, result) = await execute(["look": StepResult(text: "nothing to do")])
        #expect(executed == ["look", "after"] && result.succeeded)
    }

    @Test func runInTheOrderOfThePlan() async {
        let answer = Self.answer(.init("refund", after: ["orders"]), .init("orders"))
        let (executed, result) = await execute([
            "look": answer, "orders": StepResult(text: "3", status: 200), "refund": StepResult(text: "ok", status: 200),
        ])
        #expect(executed == ["look", "orders", "refund", "after"])
        #expect(result.succeeded && result.text == "end")
        #expect(result.steps.map(\.name) == ["agent", "orders", "refund", "after"])
        #expect(ledger.records.filter { $0.state == .succeeded }.map(\.index) == [1, 0, 3, 4])
    }

    @Test func runAtTheSameTimeWhereNothingIsWaitedFor() async {
        let meeting = Meeting(of: 2)
        let answers = ["look": Self.answer(.init("orders"), .init("stock"))]
        let executor = MeetingExecutor(meeting: meeting, answers: answers)
        let runner = PlaybookRunner(executor: executor, time: time)
        let result = await runner.run(run(), of: job(steps: Array(Self.steps.prefix(4))))
        #expect(result.succeeded && result.steps.map(\.name) == ["agent", "orders", "stock"])
    }

    @Test func endThePlanWhereOneFails() async {
        let answer = Self.answer(.init("orders"), .init("refund", after: ["orders"]))
        let (executed, result) = await execute([
            "look": answer, "orders": StepResult(status: 503, error: "HTTP 503", isTransient: true),
        ])
        #expect(executed == ["look", "orders"])
        #expect(!result.succeeded && result.failedStep == 0 && result.isTransient)
    }

    /// After a crash the recorded plan goes on where it was; the model is not asked again.
    @Test func areNotAskedForTwice() async {
        let answer = Self.answer(.init("orders"), .init("refund", after: ["orders"]))
        func record(_ index: Int, _ name: String, _ result: StepResult) -> StepRun {
            StepRun(
                runID: 9, index: index, name: name, state: .succeeded, attempt: 1, started: time.now, result: result)
        }
        let earlier = [record(1, "agent", answer), record(0, "orders", StepResult(status: 200))]
        let (executed, result) = await execute(["refund": StepResult(status: 200)], earlier: earlier)
        #expect(executed == ["refund", "after"] && result.succeeded)
    }

    @Test func keepTheirConditions() async throws {
        let steps = [
            Self.agent, Self.endpoint("orders"),
            Self.endpoint("refund", when: try Condition(parsing: "orders contains \"late\"")), Self.endpoint("stock"),
        ]
        let answer = Self.answer(.init("orders"), .init("refund", after: ["orders"]))
        let (executed, result) = await execute(["look": answer, "orders": StepResult(text: "fine")], steps: steps)
        #expect(executed == ["look", "orders"] && result.succeeded)
        #expect(result.steps.last?.state == .skipped)
    }

    /// Whatever stands in a record: only an agent's own steps run, and only by a plan that holds.
    @Test(arguments: [answer(.init("after")), answer(.init("orders", after: ["orders"]))])
    func areNoOthers(_ answer: StepResult) async {
        let (executed, result) = await execute(["look": answer])
        #expect(executed == ["look", "after"])
        #expect(result.notes.first?.hasPrefix("the plan of agent was not carried out: ") == true)
    }

    @Test func aProgramsResultPlansNothing() async {
        let steps = [
            script("first"), Self.agent, Self.endpoint("orders"), Self.endpoint("stock"), Self.endpoint("refund"),
        ]
        let (executed, _) = await execute(
            ["first": Self.answer(.init("orders")), "look": StepResult(text: "x")], steps: steps)
        #expect(executed == ["first", "look"])
    }

    @Test func areMeansAndNotTheOutcome() async {
        let job = job(steps: Array(Self.steps.prefix(4)))
        let (_, result) = await execute(
            ["look": Self.answer(.init("orders")), "orders": StepResult(text: "raw", status: 200)], steps: job.steps)
        let report = RunReport(job: job, run: run(), result: result, now: time.now, zone: "UTC")
        #expect(report.line == "looked")
    }
}

/// Lets everybody go once so many have come; nobody of them would finish alone.
private actor Meeting {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(of count: Int) { missing = count }

    func come() async {
        missing -= 1
        guard missing > 0 else {
            for one in waiting { one.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

private struct MeetingExecutor: ActionExecutor {
    let meeting: Meeting
    let answers: [String: StepResult]

    func execute(_ action: Action, in context: StepContext) async -> StepResult {
        if case .agent(let order) = action { return answers[order.goal] ?? StepResult() }
        await meeting.come()
        return StepResult(status: 200)
    }
}
