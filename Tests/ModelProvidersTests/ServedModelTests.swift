import Foundation
import JobModel
import TestSupport
import Testing

@testable import ModelProviders

@Suite(.timeLimit(.minutes(1))) struct ServedModelTests {
    @Test func asksAndReadsTheStream() async throws {
        let bench = try Bench(Bench.streamed(Stream.whole))
        let result = await bench.complete()
        #expect(result == .success(Bench.answer))
        let request = try #require(bench.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/chat/completions")
        #expect(request.header("authorization") == "Bearer \(Bench.key)")
        let expected = try JSONValue(
            parsing: #"""
                {"model":"M","stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":1500,
                 "messages":[{"role":"system","content":"S"},{"role":"user","content":"U"}],
                 "response_format":{"type":"json_schema",
                   "json_schema":{"name":"intents","strict":true,"schema":{"type":"object"}}}}
                """#)
        #expect(bench.bodies == [expected])
    }

    @Test func asksForPlainTextWithoutASchema() async throws {
        var bench = try Bench(Bench.streamed(Stream.whole))
        bench.key = nil
        _ = await bench.complete(schema: nil)
        #expect(bench.bodies.first?["response_format"] == nil)
        #expect(bench.server.requests.first?.header("authorization") == nil)
    }

    // MARK: Peculiar but whole answers

    struct Peculiar: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reply: [FakeHTTPAction]
        var answer = Bench.answer
    }

    private static let document =
        #"{"choices":[{"index":0,"message":{"role":"assistant","content":"{\"kind\":\"none\"}"},"finish_reason":"stop"}]"#
        + #","usage":{"prompt_tokens":90,"completion_tokens":14}}"#
    private static let unknownUsage = ModelAnswer(
        text: Bench.answer.text, model: "openai:M", isSchemaForced: true)

    @Test(arguments: [
        Peculiar(
            testDescription: "plain JSON instead of a stream", reply: FakeHTTPAction.response(200, body: document)),
        Peculiar(
            testDescription: "content type with parameters",
            reply: [
                .text("HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\nConnection: close\r\n\r\n"),
                .text(Stream.whole), .close,
            ]),
        Peculiar(
            testDescription: "comments and CRLF",
            reply: Bench.streamed(": ping\r\n\r\n" + Stream.whole.replacing("\n", with: "\r\n"))),
        Peculiar(
            testDescription: "keys absent instead of null",
            reply: Bench.streamed(
                #"data: {"choices":[{"delta":{"content":"{\"kind\":\"none\"}"}}]}"# + "\n\n" + Stream.done),
            answer: unknownUsage),
        Peculiar(
            testDescription: "usage beside choices",
            reply: Bench.streamed(
                Stream.piece(#"{"kind":"none"}"#)
                    + #"data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":90,"completion_tokens":14}}"#
                    + "\n\n" + Stream.done)),
        Peculiar(
            testDescription: "no [DONE] and no last blank line",
            reply: Bench.streamed(
                Stream.piece(#"{"kind":"none"}"#) + #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"#),
            answer: unknownUsage),
        Peculiar(
            testDescription: "content in parts",
            reply: FakeHTTPAction.response(
                200,
                body:
                    #"{"choices":[{"message":{"content":[{"type":"text","text":"{\"kind\":"},{"type":"text","text":"\"none\"}"}]},"finish_reason":"stop"}]}"#
            ), answer: unknownUsage),
        Peculiar(
            testDescription: "byte by byte",
            reply: [.eventStream("")] + Stream.whole.utf8.map { .send([$0]) } + [.close]),
    ])
    func reads(_ peculiar: Peculiar) async throws {
        let bench = try Bench(peculiar.reply)
        #expect(await bench.complete() == .success(peculiar.answer))
        #expect(bench.server.requests.count == 1)
    }

    // MARK: Failures

    struct Failure: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reply: [FakeHTTPAction]
        var error: ModelError
        var attempts = 1
        var timeout = 30.0
    }

    @Test(arguments: [
        Failure(
            testDescription: "cut by its limit",
            reply: Bench.streamed(Stream.piece("{") + Stream.end("length") + Stream.done),
            error: .incomplete("the answer ran into its token limit")),
        Failure(
            testDescription: "filtered", reply: Bench.streamed(Stream.end("content_filter") + Stream.done),
            error: .refused("the provider's filter stopped the answer")),
        Failure(
            testDescription: "refused",
            reply: Bench.streamed(#"data: {"choices":[{"delta":{"refusal":"I cannot"}}]}"# + "\n\n" + Stream.end()),
            error: .refused("I cannot")),
        Failure(
            testDescription: "stream ends early", reply: Bench.streamed(Stream.start + Stream.piece("{")),
            error: .incomplete("the answer ended early")),
        Failure(
            testDescription: "empty", reply: Bench.streamed(Stream.start + Stream.end() + Stream.done),
            error: .malformed("the answer is empty")),
        Failure(
            testDescription: "a frame that is no JSON", reply: Bench.streamed("data: <html>\n\n"),
            error: .malformed("a piece of the answer is no JSON object")),
        Failure(
            testDescription: "a page", reply: FakeHTTPAction.response(200, body: "<html>", type: "text/html"),
            error: .malformed("the answer is neither a stream nor JSON")),
        Failure(
            testDescription: "error frame",
            reply: Bench.streamed(#"data: {"error":{"message":"bad","code":"400"}}"# + "\n\n" + Stream.done),
            error: .rejected(status: 400, message: "bad")),
        Failure(
            testDescription: "error frame with a limit",
            reply: Bench.streamed(#"data: {"error":{"message":"slow down","code":"429"}}"# + "\n\n" + Stream.done),
            error: .rateLimited(retryAfter: nil), attempts: 3),
        Failure(
            testDescription: "no credit", reply: Bench.error(429, "pay", code: "insufficient_quota"),
            error: .rejected(status: 429, message: "pay")),
        Failure(
            testDescription: "unknown model", reply: Bench.error(404, "no M"),
            error: .rejected(status: 404, message: "no M")),
        Failure(
            testDescription: "server error", reply: Bench.error(500), error: .rejected(status: 500, message: "no"),
            attempts: 3),
        Failure(
            testDescription: "server that wants no retry",
            reply: Bench.error(500, headers: ["x-should-retry": "false"]),
            error: .rejected(status: 500, message: "no")),
        Failure(
            testDescription: "limit for long", reply: Bench.error(429, headers: ["retry-after": "121"]),
            error: .rateLimited(retryAfter: 121), timeout: 600),
        Failure(
            testDescription: "limit beyond the timeout", reply: Bench.error(429, headers: ["retry-after": "31"]),
            error: .rateLimited(retryAfter: 31)),
        Failure(
            testDescription: "silence", reply: [.waitForClientToLeave], error: .timedOut(0.4), timeout: 0.4),
        Failure(
            testDescription: "silence in mid-stream", reply: [.eventStream(Stream.start), .waitForClientToLeave],
            error: .timedOut(0.4), timeout: 0.4),
    ])
    func fails(_ failure: Failure) async throws {
        let bench = try Bench(failure.reply)
        #expect(await bench.complete(timeout: failure.timeout) == .failure(failure.error))
        #expect(bench.server.requests.count == failure.attempts)
    }

    /// An error before a piece of the answer costs nothing, whatever its number; one behind the first piece may.
    @Test(
        arguments: [
            ("a 400 instead of an answer", Bench.error(400, "bad"), 0),
            ("a 429 instead of an answer, three times", Bench.error(429, "slow down"), 0),
            (
                "a 400 in a stream that had begun",
                Bench.streamed(
                    Stream.start + Stream.piece("{") + #"data: {"error":{"message":"bad","code":"400"}}"# + "\n\n"), 1
            ),
            ("a stream that ends early", Bench.streamed(Stream.start + Stream.piece("{")), 1),
        ] as [(String, [FakeHTTPAction], Int)])
    func countsWhatMayBeCharged(_ name: String, _ reply: [FakeHTTPAction], _ chargeable: Int) async throws {
        let bench = try Bench(reply)
        let lost = await #expect(throws: LostQuestion.self) { try await bench.completeCounted() }
        #expect(lost?.chargeable == chargeable)
    }

    @Test func aCutStreamIsNotAskedForAgain() async throws {
        let bench = try Bench([.eventStream(Stream.start + Stream.piece("{")), .cut])
        guard case .failure(.incomplete) = await bench.complete() else {
            Issue.record("not incomplete")
            return
        }
        #expect(bench.server.requests.count == 1)
    }

    @Test func aConnectionThatBreaksAtOnceIsTriedThreeTimes() async throws {
        let bench = try Bench([.cut])
        #expect(await bench.complete() == .failure(.unreachable("\(bench.server.hostAndPort) cut the connection")))
        #expect(bench.server.requests.count == 3)
        #expect(bench.clock.sleeps == [0.5, 1])
    }

    @Test func nobodyListening() async throws {
        let clock = JumpingClock()
        let port = try DeafPort()
        let address = try ModelAddress("openai:M@\(port.url)/v1")
        let model = ServedModel(address: address, key: { () async throws(ModelError) in Bench.key }, time: clock)
        await #expect(throws: ModelError.self) {
            try await model.complete(ModelRequest(instructions: "S", input: "U"))
        }
        #expect(clock.sleeps.count == 2)
        withExtendedLifetime(port) {}
    }

    @Test func cancellingEndsIt() async throws {
        let bench = try Bench([.waitForClientToLeave])
        let task = Task { await bench.complete() }
        for await case .request in bench.server.events { break }
        task.cancel()
        #expect(await task.value == .failure(.cancelled))
    }

    // MARK: Retries that help

    @Test func honoursRetryAfter() async throws {
        let bench = try Bench(
            Bench.error(429, headers: ["retry-after": "7"]), Bench.error(503, headers: ["retry-after-ms": "250"]),
            Bench.streamed(Stream.whole))
        #expect(await bench.complete() == .success(Bench.answer))
        #expect(bench.clock.sleeps.map { ($0 * 1000).rounded() } == [7000, 250])
    }

    @Test(arguments: [
        ("'response_format' of type json_schema is not supported", nil, "max_completion_tokens"),
        ("Unsupported parameter: max_completion_tokens", "json_schema", "max_tokens"),
    ])
    func leavesOutWhatTheServerDoesNotKnow(_ complaint: String, _ format: String?, _ limit: String) async throws {
        let bench = try Bench(Bench.error(400, complaint), Bench.streamed(Stream.whole))
        #expect(await bench.complete() == .success(Bench.answer))
        #expect(bench.clock.sleeps.isEmpty)
        let second = try #require(bench.bodies.last)
        #expect(second["response_format"]?["type"]?.string == format)
        #expect(second[limit] == 1500)
        let instructions = second["messages"]?.array?.first?["content"]?.string ?? ""
        #expect(!instructions.contains("JSON Schema"))
        #expect((second["tool_choice"] != nil) == (format == nil))
    }

    @Test func aServerThatRefusesEveryFormatIsAskedOnceForEach() async throws {
        let bench = try Bench(Bench.error(400, "response_format is unknown"))
        #expect(await bench.complete() == .failure(.rejected(status: 400, message: "response_format is unknown")))
        #expect(bench.server.requests.count == 3)
    }

    // MARK: Keys

    @Test(arguments: [401, 403, 400, 500, 200])
    func theKeyIsInNoError(_ status: Int) async throws {
        let bench = try Bench(
            Bench.error(status, "the key \(Bench.key) \u{1B}[31mis wrong", headers: ["retry-after": "99"]))
        let result = await bench.complete()
        #expect(!"\(result)".contains("canary"))
        #expect(!"\(result)".contains("\u{1B}"))
        #expect(throws: ModelError.self) { try result.get() }
    }

    @Test func saysWhetherAKeyIsMissingOrWrong() async throws {
        var bench = try Bench(Bench.error(401))
        let place = bench.server.hostAndPort
        #expect(await bench.complete() == .failure(.unauthorized("\(place) does not accept the key")))
        bench.key = nil
        #expect(await bench.complete() == .failure(.unauthorized("\(place) wants a key and none is set")))
    }
}
