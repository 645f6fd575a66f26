import FakeProviders
import JobModel
import ModelProviders
import Testing

/// What the client makes of each fault in each dialect, and how often it asks.
@Suite(.timeLimit(.minutes(2))) struct DialectFaultTests {
    enum Outcome: String {
        case answer, otherShape, prose
        case unauthorized, rateLimited, outOfQuota, serverError, overloaded, incomplete, refused, malformed, timedOut

        init(_ result: Result<ModelAnswer, ModelError>) {
            switch result {
            case .success(let answer) where answer.text == DialectFaultTests.text: self = .answer
            case .success(let answer) where answer.text.contains("of another shape"): self = .otherShape
            case .success: self = .prose
            case .failure(let error): self.init(error)
            }
        }

        private init(_ error: ModelError) {
            switch error {
            case .unauthorized: self = .unauthorized
            case .rateLimited: self = .rateLimited
            case .rejected(429, _): self = .outOfQuota
            case .rejected(503, _), .rejected(529, _): self = .overloaded
            case .rejected: self = .serverError
            case .incomplete: self = .incomplete
            case .refused: self = .refused
            case .timedOut: self = .timedOut
            default: self = .malformed
            }
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What the first requests meet; the last one is met by all that follow, unless `helps`.
        var faults: [ProviderFault]
        var outcome: Outcome
        var requests = 1
        /// Requests after those of `faults` are answered well.
        var helps = false
        var timeout = 30.0
        /// Dialects that part from the others.
        var others: [ProviderDialect: (outcome: Outcome, requests: Int)] = [:]
    }

    fileprivate static let text = #"{"kind":"none"}"#

    static let rows = [
        Row(testDescription: "401", faults: [.problem(.unauthorized(key: nil))], outcome: .unauthorized),
        Row(
            testDescription: "429 for good", faults: [.problem(.rateLimited(retryAfter: nil))], outcome: .rateLimited,
            requests: 3),
        Row(
            testDescription: "429 with a short wait", faults: [.problem(.rateLimited(retryAfter: "7"))],
            outcome: .answer, requests: 2, helps: true),
        Row(
            testDescription: "429 with a long wait", faults: [.problem(.rateLimited(retryAfter: "600"))],
            outcome: .rateLimited),
        Row(
            testDescription: "out of quota", faults: [.problem(.outOfQuota)], outcome: .outOfQuota,
            others: [.ollama: (.rateLimited, 3)]),
        Row(testDescription: "500", faults: [.problem(.serverError)], outcome: .serverError, requests: 3),
        Row(
            testDescription: "500 once", faults: [.problem(.serverError)], outcome: .answer, requests: 2, helps: true),
        Row(testDescription: "529", faults: [.problem(.status(529))], outcome: .overloaded, requests: 3),
        Row(testDescription: "overloaded", faults: [.problem(.overloaded)], outcome: .overloaded, requests: 3),
        Row(testDescription: "truncated", faults: [.truncated], outcome: .incomplete),
        Row(testDescription: "cut stream", faults: [.cutStream], outcome: .incomplete),
        Row(
            testDescription: "error in the stream", faults: [.errorInStream], outcome: .serverError, requests: 3,
            others: [.anthropic: (.overloaded, 3)]),
        Row(
            testDescription: "error in the stream once", faults: [.errorInStream], outcome: .answer, requests: 2,
            helps: true),
        Row(testDescription: "plain answer", faults: [.plainAnswer], outcome: .answer),
        Row(testDescription: "wrong schema", faults: [.wrongSchema], outcome: .otherShape),
        Row(
            testDescription: "refusal", faults: [.refusal], outcome: .refused, others: [.ollama: (.prose, 1)]),
        Row(testDescription: "prose", faults: [.prose], outcome: .prose),
        Row(testDescription: "slow bytes", faults: [.slow(milliseconds: 0, bytes: 1)], outcome: .answer),
        Row(testDescription: "100 MB of nonsense", faults: [.nonsense(bytes: 100_000_000)], outcome: .malformed),
        Row(
            testDescription: "no schemas", faults: [.formatUnsupported, .formatUnsupported, .formatUnsupported],
            outcome: .answer, requests: 2),
        Row(
            testDescription: "neither schemas nor tools", faults: [.formatUnsupported, .toolsUnsupported],
            outcome: .answer, requests: 3, helps: true, others: [.ollama: (.answer, 2)]),
        Row(testDescription: "hang", faults: [.hang], outcome: .timedOut, timeout: 0.3),
    ]

    @Test(arguments: rows, ProviderDialect.allCases)
    func meets(_ row: Row, _ dialect: ProviderDialect) async throws {
        let bench = try FakeProviderBench(dialect, try Self.server(row))
        let result = await bench.complete(timeout: row.timeout)
        let expected = row.others[dialect] ?? (row.outcome, row.requests)
        #expect(Outcome(result) == expected.outcome, "\(result)")
        #expect(bench.server.requests.count == expected.requests)
        #expect(bench.server.refusals.isEmpty)
        #expect(!"\(result)".contains("sk-1"))
    }

    private static func server(_ row: Row) throws -> FakeProviderServer {
        try FakeProviderServer(text: text) { number in
            let last = row.helps ? nil : row.faults.last
            return number <= row.faults.count ? row.faults[number - 1] : last
        }
    }

    /// Where schemas are refused a tool takes their place, then the schema in words; Ollama knows no forced tool.
    @Test(arguments: ProviderDialect.allCases)
    func asksInAnotherWay(_ dialect: ProviderDialect) async throws {
        let server = try FakeProviderServer(text: Self.text, faults: [.formatUnsupported, .toolsUnsupported])
        let bench = try FakeProviderBench(dialect, server)
        #expect(Outcome(await bench.complete()) == .answer)
        let ways = server.requests.map { $0.forcedTool != nil ? "tool" : $0.hasFormat ? "schema" : "words" }
        #expect(ways == (dialect == .ollama ? ["schema", "words"] : ["schema", "tool", "words"]))
        #expect(server.requests.last?.instructions.contains("JSON Schema") == true)
        #expect(bench.clock.sleeps.isEmpty)
    }

    /// An attempt that broke off with an error after it had begun is told of; one that never began cost nothing.
    @Test(arguments: ProviderDialect.allCases, [(ProviderFault.errorInStream, 1), (.problem(.serverError), 0)])
    func tellsOfLostAttempts(_ dialect: ProviderDialect, _ lost: (fault: ProviderFault, count: Int)) async throws {
        let server = try FakeProviderServer(text: Self.text, faults: [lost.fault])
        let answer = try await FakeProviderBench(dialect, server).complete().get()
        #expect(answer.lostAttempts == lost.count)
    }

    @Test(arguments: ProviderDialect.allCases)
    func waitsAsLongAsItIsTold(_ dialect: ProviderDialect) async throws {
        let faults: [ProviderFault?] = [.problem(.rateLimited(retryAfter: "7")), .problem(.overloaded)]
        let bench = try FakeProviderBench(dialect, try FakeProviderServer(text: Self.text, faults: faults))
        #expect(Outcome(await bench.complete()) == .answer)
        #expect(bench.clock.sleeps.map { ($0 * 1000).rounded() } == [7000, 1000])
    }
}

extension FakeProviderServer {
    /// Always says `text`; request n meets `fault(n)`.
    fileprivate convenience init(text: String, fault: @escaping @Sendable (Int) -> ProviderFault?) throws {
        try self.init { ProviderAnswer(text, fault: fault($0.number)) }
    }
}
