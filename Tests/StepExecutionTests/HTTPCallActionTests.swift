import JobModel
import StepExecution
import Testing

@Suite("The action http")
struct HTTPCallActionTests {
    private static let url = "https://api.test/orders"

    private static func run(
        _ parameters: [String: JSONValue], _ answer: WebAnswer = WebAnswer(status: 200, body: "{\"a\":1}"),
        secrets: SecretVault = .none, approved: [String] = []
    ) async throws -> (StepResult, [WebRequest]) {
        let method = parameters["method"]?.string ?? "GET"
        let web = TableWeb(["\(method) \(url)": .success(answer)])
        let call = parameters.merging(["url": .string(url)]) { own, _ in own }
        let result = try await WebWorld(web, secrets: secrets).run("http", call, secrets: approved, event: ["s": "KEY"])
        return (result, web.sent)
    }

    @Test(
        "takes the statuses that it expects",
        arguments: [
            ("2xx", 204, true), ("2xx", 301, false), ("200,404", 404, true), ("200-204", 205, false), (404, 404, true),
            (["2xx", 409], 409, true), ("404", 200, false), (.null, 200, true),
        ] as [(JSONValue, Int, Bool)])
    func expectation(_ expect: JSONValue, _ status: Int, _ fine: Bool) async throws {
        let (result, _) = try await Self.run(["expect": expect], WebAnswer(status: status))
        #expect(result.succeeded == fine && result.status == status)
        #expect(result.value?["class"]?.string == (fine ? "ok" : "http_\(status / 100)xx"))
    }

    @Test("refuses expectations that are none", arguments: ["9xx", "abc", "", "200-", "204-200"])
    func wrongExpectation(_ expect: String) async throws {
        let (result, sent) = try await Self.run(["expect": .string(expect)])
        #expect(!result.succeeded && sent.isEmpty)
    }

    @Test(
        "reads an answer as what it is, and as what it must be",
        arguments: [
            (.null, WebAnswer(status: 200, body: "{\"a\":1}"), ["a": 1], nil),
            ("json", WebAnswer(status: 200, body: "3"), 3, nil),
            ("text", WebAnswer(status: 200, body: "{\"a\":1}"), nil, nil),
            (.null, WebAnswer(status: 200, body: "{broken"), nil, nil),
            ("json", WebAnswer(status: 200, body: "{broken"), nil, "bad_content"),
            ("json", WebAnswer(status: 200, body: "[1", isCut: true), nil, "too_large"),
        ] as [(JSONValue, WebAnswer, JSONValue?, String?)])
    func reading(_ wanted: JSONValue, _ answer: WebAnswer, _ json: JSONValue?, _ failure: String?) async throws {
        let (result, _) = try await Self.run(["as": wanted], answer)
        #expect(result.value?["json"] == json && result.value?["class"]?.string == failure ?? "ok")
        if failure == nil { #expect((result.value?["text"] == nil) == (json != nil)) }
    }

    @Test(
        "sends a body as what it is",
        arguments: [
            (["sku": "A1"], "{\"sku\":\"A1\"}", "application/json"), ("words", "words", "text/plain; charset=utf-8"),
            ("[1]", "[1]", "application/json"),
        ] as [(JSONValue, String, String)])
    func body(_ body: JSONValue, _ text: String, _ type: String) async throws {
        let (_, sent) = try await Self.run(["method": "POST", "body": body, "headers": ["X-A": 1]])
        #expect(sent.first?.body == text && sent.first?.headers == ["Content-Type": type, "X-A": "1"])
    }

    @Test(
        "keeps what carries secrets or frames the message out of the headers",
        arguments: ["Authorization", "host", "Content-Length", "Transfer-Encoding"])
    func headers(_ name: String) async throws {
        let (result, sent) = try await Self.run(["headers": .object([name: "x"])])
        #expect(result.error?.hasPrefix("the header \(name) cannot be set") ?? false && sent.isEmpty)
    }

    @Test("tells a few headers, the bytes, and cuts a long answer with a note")
    func facts() async throws {
        let long = WebAnswer(
            status: 200, body: String(repeating: "x", count: 70_000), headers: ["etag": "\"1\"", "set-cookie": "s=1"])
        let (result, _) = try await Self.run([:], long)
        #expect(result.value?["headers"] == ["etag": "\"1\"", "content-type": "text/plain"])
        #expect(result.value?["bytes"] == 70_000 && result.note == "of the answer's text, 64 KiB were kept")
        #expect(result.trace?.first?.hasPrefix("GET https://api.test/orders: 200, 70000 bytes, ") ?? false)
    }

    // MARK: Approval

    @Test("is held to the template that was approved")
    func template() async throws {
        let template = "https://api.test/find?q={{event.q}}"
        let web = TableWeb(["GET https://api.test/find?q=a%26b": .success(WebAnswer(status: 200, body: "x"))])
        let world = try WebWorld(web)
        #expect(await world.run("http", ["url": .string(template)], event: ["q": "a&b"]).text == "x")
        let other = await world.run(
            "http", ["url": .string(template)], requests: ["GET https://api.test/find?q=a%26b"], event: ["q": "a&b"])
        #expect(other.error == "GET \(template) is not approved for this job (refused)")
        let method = await world.run(
            "http", ["url": "https://api.test/", "method": "{{event.m}}"], event: ["m": "GET"])
        #expect(method.error == "the method must be written word for word (refused)")
    }

    // MARK: Secrets

    private static let vault = SecretVault(hosts: ["KEY": ["api.test"], "OTHER": ["else.test", "api.test:8080"]]) {
        name throws(SecretProblem) in name == "KEY" ? "s3cret/+value=" : "other-value"
    }

    @Test(
        "gives a secret to its host in the way that is asked for",
        arguments: [
            (["secret": "KEY"], "Authorization", "Bearer s3cret/+value="),
            (["secret": "KEY", "scheme": "basic", "user": "me"], "Authorization", "Basic bWU6czNjcmV0Lyt2YWx1ZT0="),
            (["secret": "KEY", "header": "X-Key"], "X-Key", "s3cret/+value="),
        ] as [(JSONValue, String, String)])
    func authorization(_ auth: JSONValue, _ name: String, _ value: String) async throws {
        let echo = "got \(value), czNjcmV0Lyt2YWx1ZT0=, s3cret%2F%2Bvalue%3D and s3cret%2f%2bvalue%3d"
        let answer = WebAnswer(status: 200, body: echo, headers: ["etag": value])
        let (result, sent) = try await Self.run(["auth": auth], answer, secrets: Self.vault, approved: ["KEY"])
        #expect(sent.first?.headers[name] == value)
        let shown = "\(result)"
        for form in [value, "s3cret", "czNjcmV0", "bWU6"] { #expect(!shown.contains(form)) }
        #expect(result.text.contains("[secret:KEY]"))
    }

    @Test(
        "gives no secret that is not approved, not for this host, or not there",
        arguments: [
            (["secret": "KEY"], [], "the secret KEY is not approved for this job (refused)"),
            (["secret": "OTHER"], ["OTHER"], "the secret OTHER is not for the host of this address (refused)"),
            (["secret": "NONE"], ["NONE"], "there is no secret NONE (refused)"),
            (["secret": "{{event.s}}"], ["KEY"], "auth must name its secret word for word (refused)"),
        ] as [(JSONValue, [String], String)])
    func refusals(_ auth: JSONValue, _ approved: [String], _ error: String) async throws {
        let (result, sent) = try await Self.run(["auth": auth], secrets: Self.vault, approved: approved)
        #expect(result.error == error && sent.isEmpty)
    }
}
