import JobModel
import Templates
import Testing

@Suite("The condition `x empty`") struct EmptyConditionTests {
    @Test(arguments: [
        ("fetch empty", "fetch", false), ("if fetch empty", "fetch", false), ("not fetch empty", "fetch", true),
        ("unless fetch empty", "fetch", true), ("{{fetch.text}} empty", "fetch", false),
        ("disk check empty", "disk check", false), ("empty empty", "empty", false),
    ])
    func parsesAndPrints(_ text: String, _ step: String, _ negated: Bool) throws {
        var expected = Condition(step: step, test: .empty, negated: negated, words: text)
        let parsed = try Condition(parsing: text)
        #expect(parsed == expected)
        expected.words = parsed.description
        #expect(try Condition(parsing: parsed.description) == expected)
    }

    @Test(arguments: [
        ("empty", ConditionSyntaxError.Reason.missingTest("empty")), ("fetch empties", .missingTest("fetch empties")),
        ("fetch empty now", .trailingWords("now")), ("event.note empty", .notForEvents("empty")),
    ])
    func refuses(_ text: String, _ reason: ConditionSyntaxError.Reason) {
        let error = #expect(throws: ConditionSyntaxError.self) { try Condition(parsing: text) }
        #expect(error?.reason == reason)
    }

    /// A step that failed, or that never ran, is neither empty nor not empty.
    @Test(arguments: [
        ("none empty", true), ("blank empty", true), ("said empty", false), ("not none empty", false),
        ("not said empty", true), ("broken empty", false), ("not broken empty", false), ("ghost empty", false),
        ("not ghost empty", false),
    ])
    func holds(_ text: String, _ expected: Bool) throws {
        let results = [
            "none": StepResult(text: "", exitCode: 0), "blank": StepResult(text: " \n\t\n"),
            "said": StepResult(text: "0"),
            "broken": StepResult(text: "", exitCode: 1, error: "exit 1"),
        ]
        #expect(try Condition(parsing: text).holds(results: results, event: nil, previous: [:]) == expected)
    }
}
