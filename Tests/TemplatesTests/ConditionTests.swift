import JobModel
import Templates
import Testing

@Suite("Conditions")
struct ConditionTests {
    private static func condition(
        _ step: String, _ test: Condition.Test, field: String? = nil, negated: Bool = false
    ) -> Condition {
        Condition(step: step, test: test, field: field, negated: negated, words: "")
    }

    @Test(arguments: [
        ("backup failed", condition("backup", .failed)),
        ("if backup fails", condition("backup", .failed)),
        ("backup succeeded", condition("backup", .succeeded)),
        ("not backup failed", condition("backup", .failed, negated: true)),
        ("unless backup succeeded", condition("backup", .succeeded, negated: true)),
        ("backup has not failed", condition("backup", .failed, negated: true)),
        ("not not backup failed", condition("backup", .failed)),
        ("fetch.number < 20", condition("fetch", .number(.number, .less, 20))),
        ("{{fetch.number}} < 20", condition("fetch", .number(.number, .less, 20))),
        ("{{ fetch.number }}<20", condition("fetch", .number(.number, .less, 20))),
        ("fetch < 20", condition("fetch", .number(.number, .less, 20))),
        ("fetch.number <= -1.5", condition("fetch", .number(.number, .lessOrEqual, -1.5))),
        ("fetch.number = 3", condition("fetch", .number(.number, .equal, 3))),
        ("fetch.number == 3", condition("fetch", .number(.number, .equal, 3))),
        ("fetch.number >= 1,234", condition("fetch", .number(.number, .greaterOrEqual, 1234))),
        ("fetch.status != 200", condition("fetch", .number(.status, .notEqual, 200))),
        ("run.exit_code != 0", condition("run", .number(.exitCode, .notEqual, 0))),
        ("run.exitCode > 1", condition("run", .number(.exitCode, .greater, 1))),
        ("fetch.status is not 200", condition("fetch", .number(.status, .notEqual, 200))),
        ("fetch.number is below 20 €", condition("fetch", .number(.number, .less, 20))),
        ("fetch drops below 20", condition("fetch", .number(.number, .less, 20))),
        ("fetch.number at least 5", condition("fetch", .number(.number, .greaterOrEqual, 5))),
        ("fetch.number is 5", condition("fetch", .number(.number, .equal, 5))),
        ("fetch.number is more than 5", condition("fetch", .number(.number, .greater, 5))),
        ("fetch contains \"delayed\"", condition("fetch", .contains("delayed"))),
        ("fetch.text contains “two words”", condition("fetch", .contains("two words"))),
        ("fetch contains two words", condition("fetch", .contains("two words"))),
        ("fetch contains \"a < b\"", condition("fetch", .contains("a < b"))),
        ("fetch changed", condition("fetch", .changed)),
        ("fetch did not change", condition("fetch", .changed, negated: true)),
        ("event.total > 500", condition("event", .number(.number, .greater, 500), field: "total")),
        ("event.issue.title contains \"x\"", condition("event", .contains("x"), field: "issue.title")),
        ("disk check failed", condition("disk check", .failed)),
        ("failed changed", condition("failed", .changed)),
    ])
    func parsesAndPrints(_ text: String, _ expected: Condition) throws {
        var parsed = try Condition(parsing: text)
        #expect(parsed.words == text)
        var again = try Condition(parsing: parsed.description)
        #expect(again.description == parsed.description)
        parsed.words = ""
        again.words = ""
        #expect(parsed == expected)
        #expect(again == expected)
    }

    @Test(arguments: [
        ("", ConditionSyntaxError.Reason.empty), ("  if ", .empty), ("backup", .missingTest("backup")),
        ("backup sings", .missingTest("backup sings")), ("fetch.number <", .notANumber("")),
        ("fetch.number < many", .notANumber("many")), ("fetch.number =< 3", .missingTest("=<")),
        ("< 20", .missingSubject), ("fetch contains", .missingText), ("fetch contains \"x", .unclosedQuote),
        ("event failed", .notForEvents("failed")), ("backup failed twice", .trailingWords("twice")),
        ("fetch.number < 20 or > 30", .trailingWords("or > 30")),
    ])
    func refuses(_ text: String, _ reason: ConditionSyntaxError.Reason) {
        let error = #expect(throws: ConditionSyntaxError.self) { try Condition(parsing: text) }
        #expect(error?.reason == reason)
    }

    @Test func underlinesTheBadPart() {
        let text = "fetch.number < many"
        let error = #expect(throws: ConditionSyntaxError.self) { try Condition(parsing: text) }
        #expect(error.map { String(text[$0.range]) } == "many")
    }

    private static let results: [String: StepResult] = [
        "backup": StepResult(exitCode: 1, error: "exit 1"),
        "fetch": StepResult(text: "Price: 19,90 € (delayed)", status: 200),
        "down": StepResult(text: "7 problems", status: 503, error: "HTTP 503"),
        "words": StepResult(text: "none"),
    ]
    private static let event: JSONValue = ["total": 501, "title": "An X", "price": "1.234,50 €", "none": nil]

    @Test(arguments: [
        ("backup failed", true), ("backup succeeded", false), ("not backup failed", false), ("fetch succeeded", true),
        ("ghost failed", false), ("not ghost failed", false), ("ghost succeeded", false),
        ("fetch.number < 20", true), ("fetch.number > 20", false), ("not fetch.number > 20", true),
        ("fetch.number == 19.9", true), ("fetch.number <= 19.9", true), ("fetch.number != 19.9", false),
        ("words.number < 20", false), ("not words.number < 20", false), ("down.number > 1", false),
        ("fetch.status == 200", true), ("down.status != 200", true), ("words.status != 200", false),
        ("backup.exit_code != 0", true), ("backup.exit_code >= 1", true), ("fetch.exit_code != 0", false),
        ("fetch contains \"DELAYED\"", true), ("fetch contains \"early\"", false),
        ("not fetch contains \"early\"", true), ("down contains \"problems\"", true),
        ("event.total > 500", true), ("event.total > 501", false), ("event.price > 1000", true),
        ("event.title contains \"x\"", true), ("event.none contains \"x\"", false), ("not event.gone > 1", false),
        ("fetch changed", true), ("words changed", false), ("not words changed", true), ("down changed", false),
        ("backup changed", false), ("not backup changed", false),
    ])
    func holds(_ text: String, _ expected: Bool) throws {
        let previous = ["fetch": StepResult(text: "Price: 20"), "words": StepResult(text: "none")]
        let condition = try Condition(parsing: text)
        #expect(condition.holds(results: Self.results, event: Self.event, previous: previous) == expected)
    }
}
