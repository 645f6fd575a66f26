import Foundation
import JobModel
import Playbooks
import Templates
import Testing

@Suite("Running the steps of a job")
struct PlaybookRunnerTests {
    private let time = ManualTime()
    private let ledger = Ledger()

    private func runner(_ executor: TableExecutor, ledger: Ledger? = nil) -> PlaybookRunner {
        let ledger = ledger ?? self.ledger
        return PlaybookRunner(executor: executor, time: time) { try ledger.record($0) }
    }

    private let failure = StepResult(exitCode: 1, error: "exit 1: disk full")

    @Test func runsStepsInOrderAndRecordsStartAndEnd() async {
        let executor = TableExecutor(["a": StepResult(text: "one"), "b": StepResult(text: "two")], time: time, took: 2)
        let result = await runner(executor).run(run(), of: job(steps: [script("a"), script("b")]))
        #expect(executor.executed == ["a", "b"])
        #expect(result.succeeded && result.text == "two")
        let states = ledger.records.map { "\($0.index) \($0.state.rawValue) \($0.process?.pid ?? 0)" }
        #expect(
            states == [
                "0 running 0", "0 running 42", "0 succeeded 42", "1 running 0", "1 running 42", "1 succeeded 42",
            ])
        #expect(ledger.records[2].finished == ledger.records[0].started + 2)
    }

    @Test func stopsAtTheFirstFailure() async {
        let executor = TableExecutor(["a": failure, "b": StepResult()], time: time)
        let result = await runner(executor).run(run(), of: job(steps: [script("a"), script("b")]))
        #expect(executor.executed == ["a"])
        #expect(!result.succeeded && result.failedStep == 0 && result.error == "exit 1: disk full")
        #expect(result.steps.map(\.state) == [.failed])
    }

    @Test func runsStepsThatAskForTheFailureAndStaysFailed() async throws {
        let steps = [
            script("a"), script("b"), tell("bad", to: "log/ops", when: try Condition(parsing: "a failed")),
            tell("good", when: try Condition(parsing: "a succeeded")),
            tell("code", when: try Condition(parsing: "a.exit_code == 1")), tell("after"),
        ]
        let executor = TableExecutor(["a": failure, "b": StepResult()], time: time)
        let result = await runner(executor).run(run(), of: job(steps: steps))
        #expect(executor.executed == ["a", "bad", "code"])
        #expect(!result.succeeded && result.failedStep == 0)
        #expect(result.messages.isEmpty && result.failureMessages.map(\.text) == ["bad", "code"])
        #expect(result.informed == [Recipient("log/ops")])
    }

    @Test func goesOnWhereAStepMayFail() async throws {
        let steps = [script("a", onError: .proceed), script("b")]
        let executor = TableExecutor(["a": failure, "b": StepResult(text: "fine")], time: time)
        let result = await runner(executor).run(run(), of: job(steps: steps))
        #expect(executor.executed == ["a", "b"])
        #expect(result.succeeded && result.text == "fine")
        #expect(result.notes == ["step 1 failed: exit 1: disk full"])
    }

    @Test func skipsWhatItsConditionRulesOut() async throws {
        let steps = [script("a"), tell("low", when: try Condition(parsing: "a.number < 20"))]
        let executor = TableExecutor(["a": StepResult(text: "25")], time: time)
        let result = await runner(executor).run(run(), of: job(steps: steps))
        #expect(executor.executed == ["a"])
        #expect(result.succeeded && result.messages.isEmpty)
        #expect(result.steps.map(\.state) == [.succeeded, .skipped])
        #expect(ledger.records.last?.state == .skipped)
    }

    @Test func takesAStatusThatIsAskedForAsAnAnswer() async throws {
        let steps = [
            Step(name: "fetch", action: .http(method: "GET", url: "u", body: nil)),
            tell("down", when: try Condition(parsing: "fetch.status != 200")), tell("always"),
        ]
        let executor = TableExecutor(["u": StepResult(status: 503, error: "HTTP 503")], time: time)
        let result = await runner(executor).run(run(), of: job(steps: steps))
        #expect(executor.executed == ["u", "down", "always"])
        #expect(result.succeeded)
    }

    @Test func staysFailedWithoutAStatus() async throws {
        let steps = [
            Step(name: "fetch", action: .http(method: "GET", url: "u", body: nil)),
            tell("down", when: try Condition(parsing: "fetch.status != 200")),
        ]
        let executor = TableExecutor(["u": StepResult(error: "no answer", isTransient: true)], time: time)
        let result = await runner(executor).run(run(), of: job(steps: steps))
        #expect(executor.executed == ["u"])
        #expect(!result.succeeded && result.isTransient)
    }

    @Test func doesNotRepeatWhatWasRecordedAsDone() async {
        let done = StepRun(
            runID: 9, index: 0, name: "a", state: .succeeded, attempt: 1, started: time.now, finished: time.now,
            result: StepResult(text: "kept", messages: [OutgoingMessage(recipients: [], text: "once")]))
        let executor = TableExecutor(["b": StepResult(text: "new")], time: time)
        let result = await runner(executor)
            .run(run(attempt: 2), of: job(steps: [script("a"), script("b")]), earlier: [done])
        #expect(executor.executed == ["b"])
        #expect(result.succeeded && result.messages.map(\.text) == ["once"])
        #expect(result.steps.map(\.name) == ["a", "b"])
    }

    @Test(arguments: [StepRun.State.running, .failed])
    func repeatsWhatWasNotFinished(_ state: StepRun.State) async {
        let begun = StepRun(
            runID: 9, index: 0, name: "a", state: state, attempt: 1, started: time.now, result: StepResult())
        let executor = TableExecutor(["a": StepResult(text: "again")], time: time)
        let result = await runner(executor).run(run(attempt: 2), of: job(steps: [script("a")]), earlier: [begun])
        #expect(executor.executed == ["a"] && result.text == "again")
    }

    @Test func ignoresRecordsOfOtherRuns() async {
        let other = StepRun(
            runID: 8, index: 0, name: "a", state: .succeeded, attempt: 1, started: time.now, result: StepResult())
        let executor = TableExecutor(["a": StepResult()], time: time)
        _ = await runner(executor).run(run(), of: job(steps: [script("a")]), earlier: [other])
        #expect(executor.executed == ["a"])
    }

    @Test func dropsAnEarlierMessageThatNoLongerApplies() async throws {
        let steps = [script("a"), tell("bad", when: try Condition(parsing: "a failed"))]
        let told = StepRun(
            runID: 9, index: 1, name: steps[1].name, state: .succeeded, attempt: 1, started: time.now,
            result: StepResult(messages: [OutgoingMessage(recipients: [], text: "bad")]))
        let executor = TableExecutor(["a": StepResult(text: "ok")], time: time)
        let result = await runner(executor).run(run(attempt: 2), of: job(steps: steps), earlier: [told])
        #expect(result.succeeded && result.messages.isEmpty)
    }

    @Test func leavesAPassingFailureToTheRetry() async throws {
        let steps = [script("a"), tell("bad", when: try Condition(parsing: "a failed"))]
        let passing = StepResult(error: "HTTP 503", isTransient: true)
        let early = TableExecutor(["a": passing], time: time)
        let first = await runner(early).run(run(attempt: 1), of: job(steps: steps, retry: .network))
        #expect(early.executed == ["a"] && first.isTransient)
        let late = TableExecutor(["a": passing], time: time)
        let last = await runner(late).run(run(attempt: 4), of: job(steps: steps, retry: .network))
        #expect(late.executed == ["a", "bad"] && !last.succeeded)
    }

    /// The first steps of a run that may be repeated do not wait; nothing that needs them begins.
    @Test(arguments: [(true, []), (false, ["a"])])
    func startsNothingThatCannotBeRecorded(_ atMostOnce: Bool, _ executed: [String]) async {
        let executor = TableExecutor(["a": StepResult(), "b": StepResult()], time: time)
        var job = job(steps: [script("a"), script("b")])
        job.policies.atMostOnce = atMostOnce
        let result = await runner(executor, ledger: Ledger(refusing: true)).run(run(), of: job)
        #expect(executor.executed == executed)
        #expect(!result.succeeded && result.isTransient)
    }

    @Test func comparesWithThePreviousRun() async throws {
        let steps = [script("a"), tell("new", when: try Condition(parsing: "a changed"))]
        for (before, expected) in [("same", ["a"]), ("other", ["a", "new"])] {
            let executor = TableExecutor(["a": StepResult(text: "same")], time: time)
            _ = await runner(executor).run(run(), of: job(steps: steps), previous: ["a": StepResult(text: before)])
            #expect(executor.executed == expected)
        }
    }

    @Test func readsTheEvent() async throws {
        let steps = [tell("big", when: try Condition(parsing: "event.total > 500"))]
        let executor = TableExecutor([:], time: time)
        _ = await runner(executor).run(run(event: ["total": 501]), of: job(steps: steps))
        #expect(executor.executed == ["big"])
    }

    @Test func beginsNothingOnceStopped() async {
        let executor = TableExecutor(["a": StepResult()], time: time)
        let runner = runner(executor)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await runner.run(run(), of: job(steps: [script("a")]))
        }
        let result = await task.value
        #expect(executor.executed.isEmpty)
        #expect(!result.succeeded && result.wasCancelled)
    }
}
