import Foundation
import JobModel
import Templates
import Testing

@Suite("Expressions")
struct ExpressionTests {
    static let data = TemplateData(
        members: [
            "compare": ["gap_percent": 12.5, "changed": true], "price": 20, "our_price": 24.9, "their-price": 22.41,
            "event": [
                "title": "An Urgent X", "labels": ["bug", "ui"], "vip": true, "note": " \n", "none": nil, "empty": [],
                "at": "2026-03-27T07:00:00Z", "day": "2026-03-01", "total": 501, "big": 1e300, "list": [["n": 7]],
            ],
            "fetch": ["text": "Price: 19.90 €", "number": 19.9, "failed": false, "succeeded": true, "status": 200],
            "theirs": ["text": "24.90 €", "number": 24.9, "failed": false],
            "words": ["text": "none", "failed": false, "changed": false],
            "backup": ["text": "7 problems", "number": 7, "failed": true, "succeeded": false],
            "input": ["limit": 3, "label": "24.90 €"], "item": ["name": "a"],
        ], texts: ["fetch": "Price: 19.90 €", "theirs": "24.90 €", "words": "none", "backup": "7 problems"],
        now: Date(timeIntervalSince1970: 1_774_598_403), zone: "Europe/Berlin")  // 2026-03-27 08:00:03 UTC

    @Test(
        arguments: [
            ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 2 - 3", 5), ("2 * -3", -6), ("7 % 3", 1), ("-7 % 3", -1),
            ("7 / 2", 3.5), ("24.90 * 0.9", 22.41), ("0.1 + 0.2", 0.3), ("1e3", 1000), ("1.5e-3", 0.0015), ("--4", 4),
            ("length(\"añb\")", 3), ("length(event.labels)", 2), ("number(\"1.234,50 €\")", 1234.5), ("round(2.5)", 3),
            ("round(-2.345, 2)", -2.35), ("min(3, 1, 2)", 1), ("max([3, 9, null])", 9), ("abs(-3)", 3),
            ("fetch * 2", 39.8), ("90m / 1h", 1.5), ("2 days", 172_800), ("90m", 5400), ("now - date(event.at)", 3603),
            ("event.list.0.n", 7), ("first([4, 5]) + last([4, 5])", 9), ("age(event.at)", 3603),
            ("{{their-price}}", 22.41),
            ("{{ price }} + {{compare.gap_percent}}", 32.5), ("steps", nil), ("price + nothing", nil),
            ("fetch + none", nil),
        ] as [(String, Double?)])
    func reckons(_ text: String, _ expected: Double?) throws {
        #expect(try Expression(text).value(Self.data) == expected.map(JSONValue.number) ?? .null)
    }

    @Test(arguments: [
        ("{{compare.gap_percent}} > 10", true), ("price < our_price * 0.9", true), ("our_price * 0.9 == 22.41", true),
        ("{{their-price}} < our_price * 0.9", false), ("0.1 + 0.2 == 0.3", true), ("0.1 + 0.2 != 0.3", false),
        ("1 < 2 and 2 < 3", true), ("1 < 2 && 2 > 3", false), ("1 > 2 or 3 > 2", true), ("1 > 2 || 3 < 2", false),
        ("not 1 > 2", true), ("!(1 > 2)", true), ("! 1 = 2", true), ("1 ≤ 1 AND 2 ≥ 2 And 1 ≠ 2", true),
        ("event.title contains \"urgent\"", true), ("event.title starts with 'an '", true),
        ("event.title ends with \"Y\"", false), ("event.title does not contain 'z'", true),
        ("event.labels contains \"bug\"", true), ("event.labels contains \"b\"", false),
        ("\"ui\" in event.labels", true),
        ("\"x\" not in event.labels", true), ("price in [1, 20]", true), ("price is in [1, 2]", false),
        ("event.title matches \"[A-Z]n +U\\w+\"", true), ("event.title matches '^X'", false),
        ("event.title not matches '^X'", true), ("event.title matches \"(?i)URGENT\"", true),
        ("event.note is empty", true), ("event.none is empty", true), ("event.missing is empty", true),
        ("event.empty is empty", true), ("price is empty", false), ("event.title is not empty", true),
        ("event.title is text", true), ("price is number", true), ("theirs.text is number", false),
        ("event.labels is list", true), ("event.none is null", true), ("price is not null", true),
        ("price is 20", true),
        ("event.vip", true), ("not event.vip", false), ("not event.missing", true), ("event.missing", false),
        ("event.vip == true and event.total > 500", true), ("event.none == null", true), ("price == null", false),
        ("price != null", true), ("event.title == \"An Urgent X\"", true), ("event.title == \"an urgent x\"", false),
        ("fetch < 20", true), ("20 > fetch", true), ("fetch >= 20", false), ("fetch == 19.9", true),
        ("fetch contains \"price\"", true), ("fetch == \"Price: 19.90 €\"", true), ("fetch < theirs", true),
        ("backup failed", true), ("backup succeeded", false), ("not backup failed", false), ("words changed", false),
        ("compare changed", true), ("fetch failed or backup failed", true), ("steps.fetch failed", false),
        ("event.at < now", true), ("event.at > now - 2 hours", true), ("now - event.at > 1 hour", true),
        ("now - event.at > 90m", false), ("event.at > date \"2026-03-27\"", true), ("age(event.day) > 26 days", true),
        ("event.day == date \"2026-03-01\"", true), ("date \"2026-03-01\" + 1 week == date \"2026-03-08\"", true),
        ("event.day < \"2026-03-01T00:00:00Z\"", true), ("2 days > 1 day + 23h", true), ("lower('AB') == 'ab'", true),
        ("[1, 'a'] == [1, 'a']", true), ("length(input.label) > 3", true), ("item.name == \"a\"", true),
    ])
    func holds(_ text: String, _ expected: Bool) throws {
        #expect(try Expression(text).holds(Self.data) == expected)
    }

    /// Nothing is done on a guess: what cannot be known does not hold, negated or not.
    @Test(arguments: [
        "event.none < 3", "event.missing > 3", "event.missing == 3", "event.missing contains 'x'", "ghost failed",
        "ghost succeeded", "words < 20", "backup > 1", "fetch changed", "event.missing matches 'x'",
        "event.missing in [1]", "event.missing + 1 > 0", "event.missing < now", "round(event.missing) < 3",
    ])
    func doesNotGuess(_ text: String) throws {
        #expect(try !Expression(text).holds(Self.data))
        #expect(try !Expression("not (\(text))").holds(Self.data))
        #expect(try !Expression("not not (\(text))").holds(Self.data))
        #expect(try Expression("\(text) or true").holds(Self.data))
        #expect(try Expression("(\(text)) and false").value(Self.data) == false)
    }

    @Test(arguments: [
        ("theirs.text < 20", "theirs.text is the text \"24.90 €\", not a number; theirs.number reads it"),
        ("20 == theirs.text", "theirs.text is the text \"24.90 €\", not a number; theirs.number reads it"),
        ("input.label * 2", "input.label is the text \"24.90 €\", not a number; number(input.label) reads it"),
        (
            "input.label < price",
            "input.label is the text \"24.90 €\", not a number like price; number(input.label) reads it"
        ),
        ("event.title < price", "event.title is the text \"An Urgent X\", not a number like price"),
        ("event.title > 2 days", "event.title is the text \"An Urgent X\", not a duration"),
        ("price and true", "price is the number 20, neither true nor false"),
        ("price contains 'x'", "price is the number 20, not a text"),
        ("price / 0 > 1", "it divides by zero"),
        ("event.big > 1", "event.big holds a number that is too large to reckon with"),
        ("'a' in event.title", "event.title is the text \"An Urgent X\", not a list"),
        ("event.vip > 1", "event.vip is true and what is written there is the number 1: they do not compare"),
        ("price + event.vip", "price is the number 20 and event.vip is true: + does not join them"),
        ("date(event.title) < now", "event.title is the text \"An Urgent X\", which date(…) does not take"),
        ("now + 900000000 weeks > now", "a moment in it lies too far away"),
        ("1 + 2", "1 + 2 is the number 3, not a condition"),
    ])
    func namesTheProblem(_ text: String, _ message: String) throws {
        let expression = try Expression(text)
        let problem = #expect(throws: ExpressionProblem.self) { try expression.holds(Self.data) }
        #expect(problem?.message == message)
    }

    @Test(arguments: [
        ("", 0, "it is empty; \"price < 20\" would be right"), ("price <", 7, "a value is missing at its end"),
        ("price < < 3", 8, "< stands where a value was expected"),
        ("price 3", 6, "3 stands where an operator was expected"),
        ("(price", 6, ") is missing at its end"), ("'abc", 0, "a quotation mark is not closed"),
        ("{{price", 0, "{{ is not closed by }}"), ("a ; b", 2, "\";\" means nothing here"),
        ("{{a(b)}}", 3, "\"(\" does not belong into the braces of a name"),
        ("90x", 0, "\"90x\" is neither a number nor a duration such as 90m"),
        ("a < b < c", 6, "comparisons stand one by one: a < b and b < c"),
        ("lenght(x) > 3", 0, "there is no function lenght; length is near"),
        ("system('ls')", 0, "there is no function system"),
        ("round(1, 2, 3)", 0, "round takes 1 to 2 values, not 3"),
        ("a matches b", 10, "b stands where a pattern in quotation marks was expected"),
        ("a matches '('", 10, "the pattern cannot be read: a ( is not closed"),
        ("2 months", 2, "a months has no fixed length; 30 days has"),
        ("date \"soon\" < now", 5, "\"soon\" is no date; \"2026-03-01\" would be right"),
        ("price < 24.90 €", 14, "\"€\" means nothing here"),
    ])
    func pointsAtTheBadPart(_ text: String, _ offset: Int, _ message: String) {
        let error = #expect(throws: ExpressionError.self) { try Expression(text) }
        #expect(error == ExpressionError(message, at: offset))
    }

    @Test func namesWhatItLooksUp() throws {
        let expression = try Expression(
            "backup contains \"x\" and backup failed or {{a-b.c}} < now + a.0 and backup failed")
        #expect(expression.names == ["backup", "backup.failed", "a-b.c", "a.0"])
        #expect(expression.readsFailure(of: "backup"))
        #expect(!expression.readsFailure(of: "a"))
        #expect(try Expression("steps.web.status == 200").readsStatus(of: "web"))
    }

    @Test(arguments: ["(", "[", "not ", "-", "length(", "!", "1+", "1 and ", "{{", "'", "((1)+", "a.", "{{a}} or "])
    func holdsAgainstLongTexts(_ piece: String) {
        for count in [50, 1_000, 100_000] {
            let text = String(repeating: piece, count: count)
            _ = try? Expression(text).value(Self.data)
            _ = try? Expression(text + "1").value(Self.data)
        }
    }

    @Test func readsStepsOfARun() throws {
        var context = StepContext(
            job: Job(
                name: "Watch", triggers: [],
                steps: ["old", "new", "left", "this"].map { Step(name: $0, action: .notify(text: "", to: [])) },
                provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: .distantPast),
            run: Run(jobID: 1, cause: .schedule, due: .distantPast), timeout: 1, now: Date(timeIntervalSince1970: 0))
        context.step = "this"
        context.results = [
            "old": StepResult(text: "a 5"), "new": StepResult(text: "", error: "no answer", value: ["failed": false]),
        ]
        context.previous = ["old": StepResult(text: "a 4")]
        context.user = ["name": "Ada", "email": "ada@example.org"]
        let data = TemplateData(context, zone: "UTC")
        for text in [
            "old changed", "old succeeded", "new failed", "left skipped", "not old skipped", "old > 4",
            "now > date \"1969-12-31\"",
            "user.name == 'Ada'", "steps.new failed", "steps.old contains '5'", "steps.old == 5",
        ] { #expect(try Expression(text).holds(data), "\(text)") }
        for text in ["new changed", "not new changed", "left failed", "not left failed", "this skipped", "new > 1"] {
            #expect(try !Expression(text).holds(data), "\(text)")
        }
    }
}
