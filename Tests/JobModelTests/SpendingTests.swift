import CronExpressions
import Foundation
import JobModel
import Testing

@Suite struct SpendingTests {
    // MARK: Caps

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var cost: Int64
        var inJob: Int64?
        var inDay: Int64 = 0
        var caps = SpendingCaps(request: 50, job: 100, day: 500)
        var refused: SpendingRefusal?
    }

    @Test(arguments: [
        Case(testDescription: "within all", cost: 50, inJob: 50, inDay: 450),
        Case(
            testDescription: "more than one request may", cost: 51,
            refused: SpendingRefusal(.request, asked: 51, spent: 0, limit: 50)),
        Case(
            testDescription: "more than its job may", cost: 41, inJob: 60, inDay: 60,
            refused: SpendingRefusal(.job, asked: 41, spent: 60, limit: 100)),
        Case(testDescription: "no job, no cap of a job", cost: 41, inJob: nil, inDay: 60),
        Case(
            testDescription: "more than the day may", cost: 2, inJob: 0, inDay: 499,
            refused: SpendingRefusal(.day, asked: 2, spent: 499, limit: 500)),
        Case(testDescription: "exactly what is left", cost: 1, inJob: 99, inDay: 499),
        Case(
            testDescription: "a day that is over its cap", cost: 1, inDay: 700,
            refused: SpendingRefusal(.day, asked: 1, spent: 700, limit: 500)),
        Case(testDescription: "what is free is never refused", cost: 0, inJob: 900, inDay: 900),
        Case(testDescription: "no caps", cost: 1_000_000, inJob: 5, inDay: 5, caps: .none),
        Case(
            testDescription: "a cap of nothing", cost: 1, caps: SpendingCaps(request: nil, job: nil, day: 0),
            refused: SpendingRefusal(.day, asked: 1, spent: 0, limit: 0)),
        Case(
            testDescription: "sums that no integer holds", cost: .max, inDay: .max,
            caps: SpendingCaps(request: nil, job: nil, day: 5),
            refused: SpendingRefusal(.day, asked: .max, spent: .max, limit: 5)),
    ])
    func decides(_ example: Case) {
        #expect(example.caps.refusal(of: example.cost, inJob: example.inJob, inDay: example.inDay) == example.refused)
    }

    @Test(arguments: [
        (
            SpendingRefusal(.day, asked: 120_000, spent: 4_980_000, limit: 5_000_000),
            "the day's budget of $5.00 leaves no room for it ($4.98 so far, and it could cost $0.12)"
        ),
        (
            SpendingRefusal(.day, asked: 1, spent: 5_100_000, limit: 5_000_000),
            "the day's budget of $5.00 is used up ($5.10 so far)"
        ),
        (
            SpendingRefusal(.job, asked: 120_000, spent: 990_000, limit: 1_000_000),
            "the job's budget of $1.00 a day leaves no room for it ($0.99 so far, and it could cost $0.12)"
        ),
        (
            SpendingRefusal(.request, asked: 620_000, spent: 0, limit: 500_000),
            "it could cost $0.62, more than the budget of $0.50 for one request"
        ),
    ])
    func saysWhich(_ refusal: SpendingRefusal, _ message: String) { #expect(refusal.message == message) }

    // MARK: Usage

    private static let price = ModelPrice(input: 2, cached: 0.5, output: 10)
    private static let worst = ModelUsage(inputTokens: 100, outputTokens: 200, cost: 2200, isEstimated: true)

    @Test(
        arguments: [
            (ModelAnswer(text: "a", inputTokens: 90, outputTokens: 14), (90, 0, 14), 320, false),
            (
                ModelAnswer(text: "a", inputTokens: 90, outputTokens: 14, cachedInputTokens: 50), (90, 50, 14), 245,
                false
            ),
            // Whatever is not told is the most, never nothing.
            (ModelAnswer(text: "a"), (100, 0, 200), 2200, true),
            (ModelAnswer(text: "a", inputTokens: 90), (90, 0, 200), 2180, true),
            (ModelAnswer(text: "a", outputTokens: 14), (100, 0, 14), 340, true),
            (ModelAnswer(text: "a", inputTokens: 0, outputTokens: 0), (100, 0, 200), 2200, true),
            (
                ModelAnswer(text: "a", inputTokens: -5, outputTokens: -5, cachedInputTokens: -9), (100, 0, 200), 2200,
                true
            ),
            // Of input that is not told, nothing is taken for cached; and no more is cached than was read.
            (ModelAnswer(text: "a", outputTokens: 14, cachedInputTokens: 50), (100, 0, 14), 340, true),
            (
                ModelAnswer(text: "a", inputTokens: 90, outputTokens: 14, cachedInputTokens: 500), (90, 90, 14), 185,
                false
            ),
            // More than was reserved counts in full.
            (ModelAnswer(text: "a", inputTokens: 900, outputTokens: 400), (900, 0, 400), 5800, false),
            (
                ModelAnswer(text: "a", inputTokens: .max, outputTokens: .max),
                (1_000_000_000, 0, 1_000_000_000), 12_000_000_000, false
            ),
        ] as [(ModelAnswer, (Int, Int, Int), Int64, Bool)])
    func counts(_ answer: ModelAnswer, _ tokens: (Int, Int, Int), _ cost: Int64, _ isEstimated: Bool) {
        let usage = ModelUsage.real(answer, worst: Self.worst, price: Self.price)
        #expect((usage.inputTokens, usage.cachedTokens, usage.outputTokens) == tokens)
        #expect(usage.cost == cost)
        #expect(usage.isEstimated == isEstimated)
    }

    @Test func reservesAThirdOfTheBytesAndTheLongestAnswer() {
        let request = ModelRequest(instructions: "1234", input: "äöü", schema: ["a": 1], maximumTokens: 40)
        // 4 + 6 bytes, and 7 of the schema.
        let usage = ModelUsage.worst(of: request, price: Self.price)
        #expect(usage == ModelUsage(inputTokens: 6, outputTokens: 40, cost: 412, isEstimated: true))
        let dearCache = ModelPrice(input: 1, cached: 3, output: 0)
        #expect(ModelUsage.worst(of: request, price: dearCache).cost == 18)
    }

    // MARK: Prices

    @Test(
        arguments: [
            (ModelPrice(input: 0.1, output: 0), 3, 0, 0, 1), (ModelPrice(input: 0.1, output: 0), 30, 0, 0, 3),
            (ModelPrice(input: 1.25, cached: 0.125, output: 10), 1000, 800, 100, 1350), (.free, 1000, 0, 1000, 0),
            (.unknown, 1_000_000, 0, 1_000_000, 90_000_000),
        ] as [(ModelPrice, Int, Int, Int, Int64)])
    func prices(_ price: ModelPrice, _ input: Int, _ cached: Int, _ output: Int, _ cost: Int64) {
        #expect(price.cost(input: input, cached: cached, output: output) == cost)
    }

    private static let table = PriceTable(
        lines: [
            .init("openai:gpt-x", ModelPrice(input: 1, output: 1)),
            .init("openai:gpt-*", ModelPrice(input: 2, output: 2)),
            .init("ollama:big*", ModelPrice(input: 3, output: 3)),
            .init("*@https://proxy.example.test/*", ModelPrice(input: 4, output: 4)),
        ], unknown: ModelPrice(input: 99, output: 99))

    @Test(
        arguments: [
            ("openai:gpt-x", "https://api.openai.com/v1", 1), ("openai:gpt-y", "https://api.openai.com/v1", 2),
            ("openai:gpt-x", nil, 1), ("anthropic:c", "https://proxy.example.test/v1", 4), ("anthropic:c", nil, 99),
            ("ollama:big-model", "http://127.0.0.1:11434", 3), ("ollama:small", "http://box.lan:11434", 0),
            ("ollama:small", nil, 0), ("openai:s", "http://127.0.0.1:8080/v1", 0),
            ("openai:s", "http://[::1]:80/v1", 0),
            ("openai:s", "http://localhost:1/v1", 0), ("openai:s", "https://127.0.0.1.example.test/v1", 99),
            ("openai:s", "https://localhost.example.test/v1", 99), ("openai:s", "https://127.example.test.1/v1", 99),
            ("openai:s", "https://a.test/localhost", 99), ("openai:s@127.0.0.1", "https://a.test/", 99),
        ] as [(String, String?, Double)])
    func findsTheFirstLineThatFits(_ model: String, _ base: String?, _ price: Double) {
        #expect(Self.table.price(of: model, at: base).input == price)
    }

    // MARK: Dollars

    @Test(
        arguments: [
            ("5", 5_000_000), ("0.50", 500_000), ("$0.5", 500_000), ("0.000001", 1), ("1000000", 1_000_000_000_000),
            ("1000001", nil), ("", nil), (".5", nil), ("1.", nil), ("-1", nil), ("1e3", nil), ("1.0000001", nil),
            ("5 dollars", nil), ("$", nil), ("$$5", nil), ("1.2.3", nil), ("٣", nil),
        ] as [(String, Int64?)])
    func readsDollars(_ text: String, _ micro: Int64?) { #expect(Dollars.micro(text) == micro) }

    @Test(
        arguments: [
            (0, "$0.00"), (1, "$0.0001"), (4_200, "$0.0042"), (9_999, "$0.0100"), (10_000, "$0.01"), (15_000, "$0.02"),
            (4_980_000, "$4.98"), (12_345_678_900, "$12345.68"),
        ] as [(Int64, String)])
    func writesDollars(_ micro: Int64, _ text: String) { #expect(Dollars.text(micro) == text) }

    // MARK: Days

    @Test(arguments: [
        ("2026-03-29T12:00:00Z", "Europe/Berlin", 1, "2026-03-28T23:00:00Z"),
        // In Berlin it is tomorrow already, in New York still yesterday.
        ("2026-11-24T23:30:00Z", "Europe/Berlin", 1, "2026-11-24T23:00:00Z"),
        ("2026-11-24T03:30:00Z", "America/New_York", 1, "2026-11-23T05:00:00Z"),
        ("2026-11-24T23:00:00Z", "Europe/Berlin", 1, "2026-11-24T23:00:00Z"),
        // A midnight that the clock skips.
        ("2026-04-24T10:00:00Z", "Africa/Cairo", 1, "2026-04-23T22:00:00Z"),
        ("2026-03-30T12:00:00Z", "Europe/Berlin", 7, "2026-03-23T23:00:00Z"),
        ("2026-03-01T12:00:00Z", "UTC", 2, "2026-02-28T00:00:00Z"),
    ])
    func findsTheBeginningOfTheDay(_ now: String, _ zone: String, _ days: Int, _ start: String) throws {
        let (now, start) = (try #require(RFC3339.date(now)), try #require(RFC3339.date(start)))
        let rules = try ZoneRules.named(zone)
        #expect(SpendingDay.start(of: now, daysBack: days, in: rules) == start)
        if days == 1 { #expect(SpendingDay.start(of: now, in: rules) == start) }
    }
}
