import JobModel
import Testing

@Suite("Which step waits for which")
struct StepGraphTests {
    private static func step(
        _ name: String, needs: [String]? = nil, onError: OnError = .stop, undoneBy: String? = nil
    ) -> Step {
        Step(
            name: name, action: .script(path: name, arguments: []), needs: needs, onError: onError, undoneBy: undoneBy)
    }

    @Test func aPlainListIsAChain() throws {
        let graph = try StepGraph([Self.step("a"), Self.step("b"), Self.step("c")])
        #expect(graph.needs == [[], [0], [1]] && graph.order == [0, 1, 2] && graph.isPlain)
    }

    @Test func needsDecideTheOrder() throws {
        let graph = try StepGraph([
            Self.step("late", needs: ["first", "second"]), Self.step("first", needs: []),
            Self.step("second", needs: ["first"]), Self.step("after"),
        ])
        #expect(graph.needs == [[1, 2], [], [1], [2]] && graph.order == [1, 2, 0, 3] && !graph.isPlain)
    }

    /// What runs only on demand stands in nobody's way: the step behind it waits for the one before it.
    @Test func handlersAndUndoStepsStandApart() throws {
        let graph = try StepGraph([
            Self.step("pay", undoneBy: "refund"), Self.step("refund"), Self.step("send", onError: .run("apologise")),
            Self.step("apologise"), Self.step("end"),
        ])
        #expect(graph.onDemand == [1, 3] && graph.order == [0, 2, 4] && graph.needs == [[], [], [0], [], [2]])
    }

    @Test func endpointsOfAnAgentStandApart() throws {
        let agent = Step(name: "look", action: .agent(AgentOrder(goal: "look", endpoints: ["orders"])))
        let graph = try StepGraph([Self.step("orders"), agent, Self.step("end")])
        #expect(graph.onDemand == [0] && graph.order == [1, 2] && graph.isPlain)
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        var steps: [Step]
        var step: String
        var message: String
        var testDescription: String { message }

        init(_ steps: [Step], at step: String, _ message: String) {
            (self.steps, self.step, self.message) = (steps, step, message)
        }
    }

    @Test(arguments: [
        Refused([step("a"), step("a")], at: "a", "two steps are called \"a\""),
        Refused([step("a", needs: ["b"])], at: "a", "\"a\" needs \"b\", and no step is called so"),
        Refused(
            [step("a", onError: .run("b"))], at: "a", "\"a\" runs \"b\" where it fails, and no step is called so"),
        Refused([step("a", undoneBy: "b")], at: "a", "\"a\" is undone by \"b\", and no step is called so"),
        Refused([step("a", needs: ["a"])], at: "a", "\"a\" needs itself"),
        Refused(
            [step("a", needs: ["b"]), step("b", needs: ["c"]), step("c", needs: ["a"])], at: "a",
            "\"a\", \"b\", \"c\" wait for each other"),
        Refused(
            [step("start", needs: ["a"]), step("a", needs: ["b"]), step("b", needs: ["a"])], at: "a",
            "\"a\", \"b\" wait for each other"),
        Refused([step("a", onError: .run("a"))], at: "a", "\"a\" runs itself where it fails"),
        Refused(
            [step("a", onError: .run("b")), step("b", onError: .run("a"))], at: "a",
            "\"a\", \"b\" run each other where they fail"),
        Refused([step("a", undoneBy: "a")], at: "a", "\"a\" is undone by itself"),
        Refused(
            [step("a", onError: .run("h")), step("h"), step("b", needs: ["h"])], at: "b",
            "\"b\" needs \"h\", which runs only where something asks for it"),
        Refused(
            [step("a", onError: .run("h")), step("h", needs: ["a"])], at: "h",
            "\"h\" runs only where something asks for it, so it cannot wait for \"a\""),
        Refused(
            [step("a", onError: .run("h"), undoneBy: "h"), step("h")], at: "h",
            "\"h\" cannot both run on a failure and undo a step"),
    ])
    func refusesWhatCannotBeRun(_ refused: Refused) {
        do throws(StepGraphError) {
            _ = try StepGraph(refused.steps)
            Issue.record("taken: \(refused.steps.map(\.name))")
        } catch {
            #expect(error.message == refused.message && error.step == refused.step)
        }
    }

    @Test(arguments: [
        ([StepRun.State](), "step 1 of 3"), ([.running], "step 1 of 3 (a)"),
        ([.succeeded, .running], "step 2 of 3 (b)"),
        ([.succeeded, .skipped, .running], "step 3 of 3 (c)"), ([.succeeded, .succeeded, .succeeded], "step 3 of 3"),
    ])
    func tellsHowFarARunIs(_ states: [StepRun.State], _ words: String) {
        let job = Job(
            id: 1, name: "x", triggers: [], steps: ["a", "b", "c"].map { Self.step($0) }, delivery: [],
            policies: Policies(), provenance: Provenance(sentence: "", interpreter: "offline"),
            createdAt: .distantPast)
        let run = Run(id: 1, jobID: 1, cause: .manual, due: .distantPast, attempt: 1)
        let records = states.enumerated().map { index, state in
            StepRun(
                runID: 1, index: index, name: job.steps[index].name, state: state, attempt: 1, started: .distantPast)
        }
        #expect(StepsDone(of: run, job: job, records: records).words == words)
    }
}
