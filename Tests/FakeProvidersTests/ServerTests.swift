import FakeHTTP
import FakeProviders
import HTTPTransport
import JobModel
import Testing

/// The server as a client meets it: faults, their order, and what is kept of requests.
struct ServerTests {
    private func ask(
        _ server: FakeProviderServer, _ dialect: ProviderDialect, isStreamed: Bool = false, timeout: Double = 20
    ) async throws(HTTPError) -> HTTPResponse {
        try await HTTPClient().send(
            HTTPRequest(
                method: "POST", url: server.url + dialect.path,
                headers: Example.version + [("Content-Type", "application/json"), ("Authorization", "Bearer sk-1")],
                body: Array(Example.body(dialect, isStreamed: isStreamed).compactText.utf8), timeout: timeout,
                maximumBytes: 1 << 20, policy: .configuredHost))
    }

    @Test(arguments: ProviderDialect.allCases, [false, true])
    func answers(_ dialect: ProviderDialect, _ isStreamed: Bool) async throws {
        let server = try FakeProviderServer(text: Example.text)
        let response = try await ask(server, dialect, isStreamed: isStreamed)
        #expect(response.status == 200)
        let type = response.head.header("content-type")
        #expect(type == (isStreamed ? dialect.wire.streamType : dialect.wire.documentType))
        #expect(response.text.contains(isStreamed ? "kind" : "daily 09:00"))
        #expect(server.requests.map(\.input) == ["U"])
        #expect(server.requests.first?.isStreamed == isStreamed)
    }

    @Test func faultsComeInOrder() async throws {
        let server = try FakeProviderServer(
            text: "{}", faults: [.problem(.rateLimited(retryAfter: "7")), nil, .problem(.overloaded)])
        let first = try await ask(server, .anthropic)
        #expect(first.status == 429)
        #expect(first.head.header("retry-after") == "7")
        #expect(try await ask(server, .anthropic).status == 200)
        #expect(try await ask(server, .anthropic).status == 529)
        #expect(try await ask(server, .anthropic).status == 200)
        #expect(server.requests.map(\.number) == [1, 2, 3, 4])
    }

    struct Trouble: Sendable {
        let problem: ProviderProblem
        let dialect: ProviderDialect
        let status: Int
        let body: String
    }

    @Test(arguments: [
        Trouble(
            problem: .unauthorized(key: nil), dialect: .openAIChat, status: 401,
            body: #"{"error":{"code":"invalid_api_key","type":"invalid_request_error","#
                + #""message":"Incorrect API key provided: sk-1."}}"#),
        Trouble(
            problem: .outOfQuota, dialect: .openAIResponses, status: 429,
            body: #"{"error":{"code":"insufficient_quota","type":"insufficient_quota"}}"#),
        Trouble(
            problem: .rateLimited(retryAfter: nil), dialect: .openAIChat, status: 429,
            body: #"{"error":{"code":"rate_limit_exceeded"}}"#),
        Trouble(
            problem: .outOfQuota, dialect: .anthropic, status: 429,
            body: #"{"error":{"details":{"error_code":"enforced_spend_limit_reached"}}}"#),
        Trouble(
            problem: .overloaded, dialect: .anthropic, status: 529,
            body: #"{"type":"error","error":{"type":"overloaded_error"}}"#),
        Trouble(problem: .overloaded, dialect: .ollama, status: 503, body: "{}"),
        Trouble(problem: .status(529), dialect: .openAIChat, status: 529, body: "{}"),
        Trouble(problem: .unknownModel("?"), dialect: .ollama, status: 404, body: #"{"error":"model 'M' not found"}"#),
    ])
    func problems(_ trouble: Trouble) async throws {
        let server = try FakeProviderServer(text: "{}", faults: [.problem(trouble.problem)])
        let response = try await ask(server, trouble.dialect)
        #expect(response.status == trouble.status)
        #expect(try Example.json(response.text).contains(try Example.json(trouble.body)), "\(response.text)")
        if trouble.problem == .rateLimited(retryAfter: nil) { #expect(response.head.header("retry-after") == nil) }
    }

    @Test(arguments: ProviderDialect.allCases, [false, true])
    func aCutConnectionIsNoticed(_ dialect: ProviderDialect, _ isStreamed: Bool) async throws {
        let server = try FakeProviderServer(text: Example.text, faults: [.cutStream])
        let error = await #expect(throws: HTTPError.self) {
            try await self.ask(server, dialect, isStreamed: isStreamed)
        }
        #expect(error?.code == .cut)
    }

    @Test(arguments: ProviderDialect.allCases)
    func nonsenseRunsIntoTheCap(_ dialect: ProviderDialect) async throws {
        let server = try FakeProviderServer(text: "{}", faults: [.nonsense(bytes: 100_000_000)])
        let error = await #expect(throws: HTTPError.self) { try await self.ask(server, dialect, isStreamed: true) }
        #expect(error?.code == .tooLarge)
    }

    @Test func aHangEndsWithTheClientsTimeout() async throws {
        let server = try FakeProviderServer(text: "{}", faults: [.hang])
        let error = await #expect(throws: HTTPError.self) { try await self.ask(server, .ollama, timeout: 0.2) }
        #expect(error?.code == .timedOut)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: ProviderDialect.allCases, [false, true])
    func slowBytesAreTheSameBytes(_ dialect: ProviderDialect, _ isStreamed: Bool) async throws {
        let slow = ProviderAnswer("{}", fault: .slow(milliseconds: 0, bytes: 1))
        let server = try FakeProviderServer(answers: [slow, ProviderAnswer("{}")])
        let first = try await ask(server, dialect, isStreamed: isStreamed).text
        let second = try await ask(server, dialect, isStreamed: isStreamed).text
        #expect(first == second.replacing("_2", with: "_1").replacing("-2\"", with: "-1\""))
    }

    @Test func redirectsAndPlainAnswers() async throws {
        let server = try FakeProviderServer(text: "{}", faults: [.redirect(to: "http://127.0.0.1:1/"), .plainAnswer])
        let moved = try await ask(server, .openAIChat, isStreamed: true)
        #expect(moved.status == 302)
        #expect(moved.head.header("location") == "http://127.0.0.1:1/")
        let plain = try await ask(server, .openAIChat, isStreamed: true)
        #expect(plain.head.header("content-type") == "application/json")
        #expect(try Example.json(plain.text)["object"] == "chat.completion")
    }

    @Test(arguments: zip(ProviderDialect.allCases, ["response_format", "text.format", "output_config", "format"]))
    func unsupportedSchemasAreNamed(_ dialect: ProviderDialect, _ parameter: String) async throws {
        let server = try FakeProviderServer(text: "{}", faults: [.formatUnsupported])
        let response = try await ask(server, dialect)
        #expect(response.status == 400)
        #expect(response.text.contains(parameter))
    }

    @Test func onlyTheRightKeyIsLetIn() async throws {
        let server = try FakeProviderServer(text: "{}", key: "sk-other")
        #expect(try await ask(server, .ollama).status == 401)
        #expect(server.requests.isEmpty)
        #expect(server.refusals == [.unauthorized(key: "sk-1")])
        #expect(server.calls.count == 1)
    }

    @Test func listsModels() async throws {
        let server = try FakeProviderServer(models: ["A", "B"]) { _ in ProviderAnswer("{}") }
        let get = { (path: String, headers: [(name: String, value: String)]) in
            try await HTTPClient().send(HTTPRequest(url: server.url + path, headers: headers, policy: .configuredHost))
        }
        let openAI = try Example.json(try await get("/v1/models", []).text)
        #expect(openAI["data"]?.array?.compactMap { $0["id"]?.string } == ["A", "B"])
        let anthropic = try Example.json(try await get("/v1/models?limit=20", Example.version).text)
        #expect(anthropic["last_id"] == "B")
        let ollama = try Example.json(try await get("/api/tags", []).text)
        #expect(ollama["models"]?.array?.compactMap { $0["name"]?.string } == ["A", "B"])
        #expect(try await get("/v1/nothing", []).status == 404)
        #expect(server.requests.isEmpty)
    }

    @Test func faultsHaveNames() {
        #expect(ProviderFault(name: "rate-limited:3") == .problem(.rateLimited(retryAfter: "3")))
        #expect(ProviderFault(name: "redirect:http://a/b:1") == .redirect(to: "http://a/b:1"))
        #expect(ProviderFault(name: "status:418") == .problem(.status(418)))
        #expect(ProviderFault(name: "nonsense") == .nonsense(bytes: 100_000_000))
        #expect(ProviderFault(name: "lunch") == nil)
        #expect(ProviderFault(name: "hang:3") == nil)
        #expect(ProviderFault(name: "") == nil)
    }
}
