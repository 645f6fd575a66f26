import Foundation
import JobModel
import Playbooks
import Templates
import TestSupport
import Testing

/// Lists, tries, time limits and waits of a step, and what of them is left where the process dies.
@Suite("Steps that take longer") struct StepResumeTests {
    private let time = ManualTime()
    private let ledger = Ledger()

    private func runner(_ executor: PlayedSteps, time: (any TimeSource)? = nil) -> PlaybookRunner {
        PlaybookRunner(executor: executor, time: time ?? self.time, expressions: .played) { [ledger] in
            try ledger.record($0)
        }
    }

    private static let list = StepResult(value: ["list": ["x", "y", "z"]])

    /// Says the element; fails on those that are named.
    private static func elements(failing: Set<String> = []) -> PlayedSteps {
        PlayedSteps { name, context, _ in
            guard name == "each" else { return list }
            let item = context.item?.string ?? ""
            return failing.contains(item) ? broken : StepResult(text: item, value: .string(item + "!"))
        }
    }

    // MARK: Lists

    @Test func gatherTheResultsOfTheirElements() async {
        let result = await runner(Self.elements())
            .run(run(), of: job(steps: [step("a"), step("each", forEach: "a.list")]))
        #expect(result.text == "x\ny\nz" && result.steps[1].result?.value == ["x!", "y!", "z!"])
    }

    @Test func stopAtTheFirstElementThatFails() async {
        let executor = Self.elements(failing: ["y"])
        let result = await runner(executor).run(run(), of: job(steps: [step("a"), step("each", forEach: "a.list")]))
        #expect(executor.executed == ["a", "each", "each"] && result.error == "element 2 of 3: exit 1")
    }

    @Test func countFailedElementsWhereTheyMayFail() async {
        let executor = Self.elements(failing: ["x", "y"])
        let steps = [step("a"), step("each", forEach: "a.list", onError: .proceed)]
        let result = await runner(executor).run(run(), of: job(steps: steps))
        #expect(result.succeeded && result.steps[1].result?.value == [nil, nil, "z!"])
        #expect(result.notes == ["2 of 3 elements failed: element 1 of 3: exit 1"])
    }

    /// Cut off after each record, the list goes on behind the last element that was recorded.
    @Test func goOnBehindTheLastElement() async {
        let job = job(steps: [step("a"), step("each", forEach: "a.list")])
        let whole = await runner(Self.elements()).run(run(), of: job)
        for cut in 0...ledger.records.count {
            let kept = Array(ledger.records.prefix(cut))
            let second = Self.elements()
            let result = await PlaybookRunner(executor: second, time: time, expressions: .played)
                .run(run(attempt: 2), of: job, earlier: kept)
            #expect(result.text == whole.text && result.steps.last?.result?.value == whole.steps.last?.result?.value)
            let before = kept.last { $0.name == "each" }?.result?.value?.array?.count ?? 0
            #expect(second.executed.count { $0 == "each" } == 3 - before, "cut \(cut)")
        }
    }

    @Test(arguments: [(1000, nil), (1001, "a.list has 1001 elements; 1000 are the most")])
    func areNotEndless(_ count: Int, _ error: String?) async {
        let executor = PlayedSteps { name, _, _ in
            name == "a" ? StepResult(value: ["list": .array(Array(repeating: 1, count: count))]) : StepResult()
        }
        let job = job(steps: [step("a"), step("each", forEach: "a.list")])
        #expect(
            await PlaybookRunner(executor: executor, time: time, expressions: .played).run(run(), of: job).error
                == error)
    }

    @Test func areNotEndlessInBytesEither() async {
        let executor = PlayedSteps { name, _, _ in
            name == "a" ? Self.list : StepResult(text: String(repeating: "x", count: 100_000))
        }
        let result = await runner(executor).run(run(), of: job(steps: [step("a"), step("each", forEach: "a.list")]))
        #expect(result.error == "the results of its elements are larger than 256 KiB")
    }

    // MARK: Tries

    @Test(arguments: [
        (passing, RetryPolicy.Errors.passing, 3), (broken, .passing, 1), (broken, .any, 3),
    ])
    func areTriedAgain(_ failure: StepResult, _ errors: RetryPolicy.Errors, _ times: Int) async {
        let policy = RetryPolicy(retries: 2, base: 10, factor: 2, cap: 100, jitter: .none, errors: errors)
        let executor = PlayedSteps(["a": failure])
        let start = time.now
        let result = await runner(executor).run(run(), of: job(steps: [step("a", retry: policy)]))
        #expect(executor.executed.count == times && result.error == failure.error)
        #expect(time.now.timeIntervalSince(start) == (times == 3 ? 30 : 0))
        #expect(ledger.records.count { $0.state == .failed } == 1)
    }

    // MARK: Time

    @Test func endWhenTheirTimeIsOver() async {
        let clock = ManualTimeSource()
        let executor = PlayedSteps { _, _, _ in
            try? await clock.sleep(for: 1000)
            return Task.isCancelled ? StepResult(error: "killed by signal 15") : StepResult()
        }
        let runner = runner(executor, time: clock)
        async let result = runner.run(run(), of: job(steps: [step("a", timeout: 30)]))
        await clock.waitForSleepers(2)
        await clock.advance(by: 31)
        #expect(await result.error == "took longer than 30 s")
        #expect(await result.isTransient && clock.deadlines.isEmpty)
    }

    // MARK: Waiting

    /// Waits two hours from when it began, wherever it is asked.
    private static func waiting() -> PlayedSteps {
        PlayedSteps { name, context, _ in
            guard name.hasPrefix("wait") else { return StepResult(text: name) }
            let end = context.began + (name == "wait" ? 7200 : 3600)
            return context.now >= end ? StepResult(text: "waited") : StepResult(waitsUntil: end)
        }
    }

    @Test func giveTheirPlaceUpAndGoOn() async {
        let job = job(steps: [step("a"), step("wait"), step("b")])
        let start = time.now
        let first = await runner(Self.waiting()).run(run(), of: job)
        #expect(first.waitsUntil == start + 7200 && first.succeeded)
        let report = RunReport(job: job, run: run(), result: first, now: time.now, zone: "UTC")
        #expect(report.outcome == RunOutcome(state: .waiting, retryAt: start + 7200))
        // Woken early, it is not started again.
        time.advance(3600)
        let second = await runner(Self.waiting()).run(run(attempt: 2), of: job, earlier: ledger.records)
        #expect(second.waitsUntil == start + 7200)
        time.advance(3600)
        let executor = Self.waiting()
        let third = await runner(executor).run(run(attempt: 3), of: job, earlier: ledger.records)
        #expect(executor.executed == ["wait", "b"] && third.succeeded && third.waitsUntil == nil)
    }

    @Test func waitForTheEarliestWhileOthersGoOn() async {
        let job = job(steps: [step("wait", needs: []), step("wait less", needs: []), step("a", needs: []), step("b")])
        let start = time.now
        let executor = Self.waiting()
        let first = await runner(executor).run(run(), of: job)
        #expect(first.waitsUntil == start + 3600 && executor.executed.contains("b"))
        time.advance(3600)
        let second = await runner(Self.waiting()).run(run(attempt: 2), of: job, earlier: ledger.records)
        #expect(second.waitsUntil == start + 7200)
    }

    // MARK: Taking back

    /// Wherever it dies: each that succeeded is taken back, none after its undo step was recorded.
    @Test func areTakenBackOnceAcrossACrash() async {
        let steps = [
            step("a", undoneBy: "ua"), step("b", undoneBy: "ub"), step("c", onError: .compensate), step("ua"),
            step("ub"),
        ]
        let job = job(steps: steps)
        let table = ["c": passing]
        let whole = await runner(PlayedSteps(table)).run(run(), of: job)
        for cut in 0...ledger.records.count {
            let kept = Array(ledger.records.prefix(cut))
            let second = PlayedSteps(table)
            let result = await PlaybookRunner(executor: second, time: time)
                .run(run(attempt: 2), of: job, earlier: kept)
            #expect(summary(result) == summary(whole), "cut \(cut)")
            #expect(Set(second.executed).isDisjoint(with: kept.filter { $0.state == .succeeded }.map(\.name)))
        }
        // Once something was taken back, the failure is not tried again, whatever it would come to.
        let cut = ledger.records.prefix { $0.name != "ub" } + [ledger.records.first { $0.name == "ub" }!]
        let better = PlayedSteps()
        let result = await PlaybookRunner(executor: better, time: time)
            .run(run(attempt: 2), of: job, earlier: Array(cut))
        #expect(better.executed == ["ub", "ua"] && !result.succeeded)
    }

    /// Deaths and stops of the owner are no attempts of the run.
    @Test(arguments: [(4, 0, 0, true), (4, 2, 1, false), (5, 1, 0, true)])
    func leaveOnlyRealRetries(_ attempt: Int, _ deaths: Int, _ stops: Int, _ isLast: Bool) async throws {
        let steps = [script("a"), tell("bad", when: try Condition(parsing: "a failed"))]
        let executor = TableExecutor(["a": passing], time: time)
        var run = run(attempt: attempt)
        (run.deaths, run.stops) = (deaths, stops)
        _ = await PlaybookRunner(executor: executor, time: time).run(run, of: job(steps: steps, retry: .network))
        #expect(executor.executed == (isLast ? ["a", "bad"] : ["a"]))
    }

    @Test func areStoppedInTheMiddleOfAGraph() async {
        let clock = ManualTimeSource()
        let executor = PlayedSteps { name, _, _ in
            if name == "a" { return StepResult() }
            try? await clock.sleep(for: 1000)
            return Task.isCancelled ? StepResult(error: "killed by signal 15") : StepResult()
        }
        let steps = [step("a"), step("b", needs: ["a"]), step("c", needs: ["a"]), step("d", needs: ["b", "c"])]
        let runner = runner(executor, time: clock)
        let task = Task { await runner.run(run(), of: job(steps: steps)) }
        await clock.waitForSleepers(2)
        task.cancel()
        let result = await task.value
        #expect(result.wasCancelled && result.error == "it was stopped")
        #expect(Set(executor.executed) == ["a", "b", "c"] && executor.events.count == 6)
        #expect(ledger.records.allSatisfy { $0.state != .failed })
    }
}
