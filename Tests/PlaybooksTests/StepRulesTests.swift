import Foundation
import JobModel
import Playbooks
import Templates
import Testing

/// Each rule of order, conditions and errors as a row.
@Suite("The rules of steps")
struct StepRulesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var rule: String
        var steps: [Step]
        var table: [String: StepResult] = [:]
        /// "a b! c?": what was recorded, in the order of the graph.
        var ends: String
        var error: String?
        var notes: [String] = []
        var retry = RetryPolicy.none
        var testDescription: String { rule }
    }

    private static func value(_ value: JSONValue) -> StepResult { StepResult(text: "x", value: ["ok": value]) }

    @Test(arguments: [
        Row(rule: "a list runs in order", steps: [step("a"), step("b")], ends: "a b"),
        Row(
            rule: "needs decide the order", steps: [step("b", needs: ["a"]), step("a", needs: [])], ends: "a b"),
        Row(
            rule: "what needs a failed step does not run, what does not goes on",
            steps: [step("a", needs: []), step("b", needs: []), step("c", needs: ["a"]), step("d", needs: ["b"])],
            table: ["a": broken], ends: "a! b d", error: "exit 1"),
        Row(
            rule: "what needs a skipped step runs", steps: [step("a", when: "event.no"), step("b")], ends: "a? b"),
        Row(
            rule: "unless its own condition reads what is missing",
            steps: [step("a", when: "event.no"), step("b", when: "a.ok"), step("c", when: "a.ok is null")],
            ends: "a? b? c"),
        Row(
            rule: "when", steps: [step("a"), step("b", when: "a.ok"), step("c", when: "not a.ok")],
            table: ["a": value(true)], ends: "a b c?"),
        Row(
            rule: "a condition that cannot be computed fails the step", steps: [step("a", when: "broken"), step("b")],
            ends: "a!", error: "its condition cannot be computed: price is a text, not a number"),
        Row(
            rule: "proceed", steps: [step("a", onError: .proceed), step("b")], table: ["a": broken], ends: "a! b",
            notes: ["step 1 failed: exit 1"]),
        Row(
            rule: "a handler runs instead, only then, and what needs the step goes on",
            steps: [step("a", onError: .run("h")), step("h"), step("b")], table: ["a": broken], ends: "a! h b",
            notes: ["step 1 (a) failed: exit 1; step 2 (h) ran instead"]),
        Row(
            rule: "a handler of a step that succeeds does not run",
            steps: [step("a", onError: .run("h")), step("h"), step("b")], ends: "a b"),
        Row(
            rule: "where the handler fails, the run fails for the step",
            steps: [step("a", onError: .run("h")), step("h"), step("b")],
            table: ["a": broken, "h": StepResult(error: "no post")], ends: "a! h!", error: "exit 1",
            notes: ["step 2 (h) failed: no post"]),
        Row(
            rule: "handlers have handlers",
            steps: [step("a", onError: .run("h")), step("h", onError: .run("i")), step("i"), step("b")],
            table: ["a": broken, "h": broken], ends: "a! h! i b",
            notes: [
                "step 1 (a) failed: exit 1; step 2 (h) ran instead",
                "step 2 (h) failed: exit 1; step 3 (i) ran instead",
            ]),
        Row(
            rule: "one handler serves several",
            steps: [step("a", needs: [], onError: .run("h")), step("b", needs: [], onError: .run("h")), step("h")],
            table: ["a": broken, "b": broken], ends: "a! h b!",
            notes: [
                "step 1 (a) failed: exit 1; step 3 (h) ran instead",
                "step 2 (b) failed: exit 1; step 3 (h) ran instead",
            ]),
        Row(
            rule: "compensation takes back what succeeded, the latest first",
            steps: [
                step("a", undoneBy: "ua"), step("b", undoneBy: "ub"), step("c", undoneBy: "uc"),
                step("d", onError: .compensate), step("e"), step("ua"), step("ub"), step("uc"),
            ],
            table: ["d": broken], ends: "a b c d! uc ub ua", error: "exit 1"),
        Row(
            rule: "an undo step that fails is told, and the others go on",
            steps: [
                step("a", undoneBy: "ua"), step("b", undoneBy: "ub"), step("c", onError: .compensate), step("ua"),
                step("ub"),
            ],
            table: ["c": broken, "ub": StepResult(error: "no way back")], ends: "a b c! ub! ua", error: "exit 1",
            notes: ["step 2 (b) was not taken back: no way back"]),
        Row(
            rule: "nothing is taken back without compensate",
            steps: [step("a", undoneBy: "ua"), step("c"), step("ua")],
            table: ["c": broken], ends: "a c!", error: "exit 1"),
        Row(
            rule: "nothing is taken back before the last retry of the run",
            steps: [step("a", undoneBy: "ua"), step("c", onError: .compensate), step("ua")],
            table: ["c": passing], ends: "a c!", error: "no answer", retry: .network),
        Row(
            rule: "a status that a when reads is an answer", steps: [step("a"), step("b", when: "a.status is null")],
            table: ["a": StepResult(status: 404, error: "HTTP 404")], ends: "a b?"),
        Row(
            rule: "who reads an error hears of it", steps: [step("a"), step("b"), step("c", when: "not a.error")],
            table: ["a": broken], ends: "a! c", error: "exit 1"),
        Row(
            rule: "a broken graph fails the run", steps: [step("a", needs: ["a"])], ends: "",
            error: "its steps cannot be run: \"a\" needs itself"),
        Row(
            rule: "a list is gone through", steps: [step("a"), step("b", forEach: "a.list")],
            table: ["a": StepResult(value: ["list": [1, 2, 3]])], ends: "a b"),
        Row(
            rule: "what is no list", steps: [step("a"), step("b", forEach: "a.text")], ends: "a b!",
            error: "a.text is no list"),
    ])
    func hold(_ row: Row) async {
        let executor = PlayedSteps(row.table)
        let runner = PlaybookRunner(executor: executor, time: ManualTime(), expressions: .played)
        let result = await runner.run(run(), of: job(steps: row.steps, retry: row.retry))
        #expect(summary(result) == row.ends)
        #expect(result.error == row.error && result.succeeded == (row.error == nil))
        #expect(result.notes == row.notes)
    }

    @Test func aHandlerSeesTheError() async {
        let seen = PlayedSteps { name, context, _ in
            name == "a" ? broken : StepResult(text: context.results["a"]?.error ?? "nothing")
        }
        let runner = PlaybookRunner(executor: seen, time: ManualTime())
        let result = await runner.run(run(), of: job(steps: [step("a", onError: .run("h")), step("h")]))
        #expect(result.succeeded && result.text == "exit 1")
    }

    @Test func leavesOutWhatIsUnchangedWithItsResult() async {
        var steps = [step("a"), step("b")]
        steps[0].unchanged = .skip
        let before = StepResult(text: "kept", messages: [OutgoingMessage(recipients: [], text: "x")], inputHash: "1")
        for (hash, expected, text) in [("1", "a? b", "kept"), ("2", "a b", "new")] {
            let executor = PlayedSteps(hash: { _, _ in hash }) { name, context, _ in
                StepResult(text: name == "a" ? "new" : context.results["a"]?.text ?? "")
            }
            let runner = PlaybookRunner(executor: executor, time: ManualTime())
            let result = await runner.run(run(), of: job(steps: steps), previous: ["a": before])
            #expect(summary(result) == expected && result.text == text && result.messages.isEmpty)
            #expect(result.steps[0].result?.inputHash == hash)
        }
    }

    @Test func stepsThatWaitForNothingRunTogetherAtMostEight() async {
        let gauge = Gauge()
        let executor = PlayedSteps { _, _, _ in
            await gauge.enter()
            for _ in 0..<20 { await Task.yield() }
            await gauge.leave()
            return StepResult()
        }
        let steps = (0..<30).map { step("s\($0)", needs: []) }
        let result = await PlaybookRunner(executor: executor, time: ManualTime()).run(run(), of: job(steps: steps))
        #expect(result.succeeded && result.steps.count == 30)
        let most = await gauge.most
        #expect(most > 1 && most <= 8)
    }

    @Test func tellsHowFarItIs() async {
        let told = Told()
        let runner = PlaybookRunner(
            executor: PlayedSteps(), time: ManualTime(), progress: { told.add($0.words ?? "") })
        _ = await runner.run(run(), of: job(steps: [step("a"), step("b")]))
        #expect(told.words == ["step 1 of 2 (a)", "step 2 of 2", "step 2 of 2 (b)", "step 2 of 2"])
    }
}

/// How many are inside at a time.
private actor Gauge {
    private var inside = 0
    private(set) var most = 0

    func enter() {
        inside += 1
        most = max(most, inside)
    }

    func leave() { inside -= 1 }
}
