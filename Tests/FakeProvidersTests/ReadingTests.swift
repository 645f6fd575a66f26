import FakeProviders
import JobModel
import Testing

/// What the fake services understand of a request, and what they refuse.
struct ReadingTests {
    @Test(arguments: ProviderDialect.allCases)
    func readsRequestsForASchema(_ dialect: ProviderDialect) throws {
        let request = try Example.request(Example.body(dialect, isStreamed: true), dialect)
        #expect(request.model == "M")
        #expect(request.instructions == "S")
        #expect(request.input == "U")
        #expect(request.schema == Example.schema)
        #expect(request.forcedTool == nil)
        #expect(request.isStreamed)
        #expect(request.wantsStreamedUsage)
    }

    @Test(arguments: ProviderDialect.allCases)
    func readsTools(_ dialect: ProviderDialect) throws {
        let request = try Example.request(Example.toolBody(dialect), dialect)
        #expect(request.tools == ["intent"])
        #expect(request.forcedTool == (dialect == .ollama ? nil : "intent"))
        #expect(request.schema == (dialect == .ollama ? .none : .some(Example.schema)))
        #expect(!request.isStreamed)
    }

    @Test func onlyOllamaStreamsUnasked() throws {
        for dialect in ProviderDialect.allCases {
            var body = Example.body(dialect).object ?? [:]
            body["stream"] = nil
            #expect(try Example.request(.object(body), dialect).isStreamed == (dialect == .ollama))
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let dialect: ProviderDialect
        let key: String
        let value: JSONValue
        let words: String

        init(_ dialect: ProviderDialect, _ key: String, _ value: JSONValue, _ words: String) {
            (self.dialect, self.key, self.value, self.words) = (dialect, key, value, words)
        }

        var testDescription: String { "\(dialect.rawValue): \(key) = \(value.compactText)" }
    }

    private static let loose: JSONValue = ["type": "object", "properties": ["a": ["type": "string"]]]
    private static let optional = loose.with("additionalProperties", false)

    @Test(arguments: [
        Refusal(.openAIChat, "messages", [], "'messages'"),
        Refusal(.openAIChat, "model", nil, "model"),
        Refusal(.openAIChat, "stream_options", ["include_usage": true], "'stream' is enabled"),
        Refusal(
            .openAIChat, "response_format",
            ["type": "json_schema", "json_schema": ["name": "n", "strict": true, "schema": loose]],
            "response_format 'n': In context=(), 'additionalProperties'"),
        Refusal(
            .openAIChat, "response_format",
            ["type": "json_schema", "json_schema": ["name": "n", "strict": true, "schema": optional]],
            "'a' is missing"),
        Refusal(.openAIChat, "tool_choice", ["type": "function", "function": ["name": "x"]], "'x' not found"),
        Refusal(.openAIResponses, "input", nil, "'input'"),
        Refusal(.openAIResponses, "text", ["format": ["type": "json_schema", "name": "n"]], "text.format.schema"),
        Refusal(.anthropic, "max_tokens", nil, "max_tokens"),
        Refusal(.anthropic, "messages", [["role": "assistant", "content": "{"]], "prefill"),
        Refusal(.anthropic, "messages", [["role": "system", "content": "S"]], "top-level"),
        Refusal(
            .anthropic, "output_config", ["format": ["type": "json_schema", "schema": loose]],
            "output_config.format.schema: 'additionalProperties'"),
        Refusal(.ollama, "model", "", "model is required"),
        Refusal(.ollama, "format", 7, "invalid format"),
    ])
    func refusesWhatTheServiceRefuses(_ refusal: Refusal) {
        let body = Example.body(refusal.dialect).with(refusal.key, refusal.value)
        let problem = #expect(throws: ProviderProblem.self) { try Example.request(body, refusal.dialect) }
        guard case .invalid(let message, _)? = problem else {
            Issue.record("\(String(describing: problem)) is not about the request")
            return
        }
        #expect(message.contains(refusal.words))
    }

    @Test func anthropicWantsItsVersionAndNoThinkingBesideAForcedTool() {
        #expect(throws: ProviderProblem.invalid("anthropic-version: header is required")) {
            try ProviderDialect.anthropic.wire.read(Example.body(.anthropic), headers: [])
        }
        let thinking = Example.toolBody(.anthropic).with("thinking", ["type": "enabled", "budget_tokens": 1024])
        #expect(throws: ProviderProblem.invalid("Thinking may not be enabled when tool_choice forces tool use.")) {
            try Example.request(thinking, .anthropic)
        }
    }

    @Test func olderServersTakeTheSchemaOneLevelHigher() throws {
        let body = Example.body(.openAIChat).with("response_format", ["type": "json_schema", "schema": Example.schema])
        #expect(try Example.request(body, .openAIChat).schema == Example.schema)
    }
}
