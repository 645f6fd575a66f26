import Foundation
import HTTPTransport
import JobModel
import TestSupport

@testable import ModelProviders

/// Streams as servers send them.
enum Stream {
    static let start =
        #"data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"M","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#
        + "\n\n"
    static let usage =
        #"data: {"id":"c1","choices":[],"usage":{"prompt_tokens":90,"completion_tokens":14,"total_tokens":104}}"#
        + "\n\n"
    static let done = "data: [DONE]\n\n"

    static func piece(_ text: String) -> String {
        let content = JSONValue.string(text).compactText
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\(content)},\"finish_reason\":null}]}\n\n"
    }

    static func end(_ reason: String = "stop") -> String {
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"\(reason)\"}]}\n\n"
    }

    static let whole = start + piece("{\"kind\"") + piece(":\"none\"}") + end() + usage + done
}

/// A model at a fake server, on a clock that jumps.
struct Bench {
    static let key = "sk-canary-4711"
    static let answer = ModelAnswer(
        text: #"{"kind":"none"}"#, inputTokens: 90, outputTokens: 14, model: "openai:M", isSchemaForced: true)

    let server: FakeHTTPServer
    let clock = JumpingClock()
    var key: String? = Bench.key

    init(_ replies: [FakeHTTPAction]...) throws { server = try FakeHTTPServer(replies: replies) }

    func complete(
        schema: JSONValue? = ["type": "object"], timeout: TimeInterval = 30
    ) async -> Result<ModelAnswer, ModelError> {
        do throws(LostQuestion) {
            return .success(try await completeCounted(schema: schema, timeout: timeout))
        } catch {
            return .failure(error.error)
        }
    }

    func completeCounted(
        schema: JSONValue? = ["type": "object"], timeout: TimeInterval = 30
    ) async throws(LostQuestion) -> ModelAnswer {
        let request = ModelRequest(instructions: "S", input: "U", schema: schema, timeout: timeout)
        let address: ModelAddress
        do { address = try Self.address("openai:M@\(server.url)/v1") } catch { throw LostQuestion(error) }
        let key = key
        let model = ServedModel(
            address: address, key: { () async throws(ModelError) in key }, time: clock, client: HTTPClient(),
            jitter: { $0.upperBound })
        return try await model.completeCounted(request)
    }

    private static func address(_ text: String) throws(ModelError) -> ModelAddress {
        do { return try ModelAddress(text) } catch { throw .malformed("\(error)") }
    }

    var bodies: [JSONValue] { server.requests.compactMap { try? JSONValue(parsing: $0.text) } }

    static func streamed(_ text: String) -> [FakeHTTPAction] { [.eventStream(text), .close] }

    static func error(_ status: Int, _ message: String = "no", code: String = "x", headers: [String: String] = [:])
        -> [FakeHTTPAction]
    {
        let body: JSONValue = [
            "error": ["message": .string(message), "type": "some_error", "param": nil, "code": .string(code)]
        ]
        return FakeHTTPAction.response(status, headers: headers, body: body.compactText)
    }
}
