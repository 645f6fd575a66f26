import FakeProviders
import JobModel

/// The request and the answer that the examples of each dialect are about.
enum Example {
    static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "kind": ["type": "string", "enum": ["create_job", "none"]], "when": ["type": ["string", "null"]],
        ],
        "required": ["kind", "when"], "additionalProperties": false,
    ]
    static let text = #"{"kind":"create_job","when":"daily 09:00"}"#
    static let version = [(name: "anthropic-version", value: "2023-06-01")]

    /// What a client sends to be answered by the schema in the answer's text.
    static func body(_ dialect: ProviderDialect, isStreamed: Bool = false) -> JSONValue {
        let user: JSONValue = ["role": "user", "content": "U"]
        let system: JSONValue = ["role": "system", "content": "S"]
        let stream = JSONValue.bool(isStreamed)
        switch dialect {
        case .openAIChat:
            let format: JSONValue = [
                "type": "json_schema", "json_schema": ["name": "intent", "strict": true, "schema": schema],
            ]
            let body: JSONValue = [
                "model": "M", "messages": [system, user], "max_completion_tokens": 400, "response_format": format,
                "stream": stream,
            ]
            return isStreamed ? body.with("stream_options", ["include_usage": true]) : body
        case .openAIResponses:
            return [
                "model": "M", "instructions": "S", "input": "U", "store": false, "stream": stream,
                "text": ["format": ["type": "json_schema", "name": "intent", "strict": true, "schema": schema]],
            ]
        case .anthropic:
            return [
                "model": "M", "max_tokens": 400, "messages": [user], "stream": stream,
                "system": [["type": "text", "text": "S", "cache_control": ["type": "ephemeral"]]],
                "output_config": ["format": ["type": "json_schema", "schema": schema]],
            ]
        case .ollama: return ["model": "M", "messages": [system, user], "format": schema, "stream": stream]
        }
    }

    /// The same, with a tool that must be called; Ollama can only offer one.
    static func toolBody(_ dialect: ProviderDialect, isStreamed: Bool = false) -> JSONValue {
        let flat: JSONValue = ["type": "function", "name": "intent", "parameters": schema, "strict": true]
        let nested: JSONValue = [
            "type": "function", "function": ["name": "intent", "parameters": schema, "strict": true],
        ]
        switch dialect {
        case .openAIChat:
            return body(dialect, isStreamed: isStreamed).with("response_format", nil).with("tools", [nested])
                .with("tool_choice", ["type": "function", "function": ["name": "intent"]])
        case .openAIResponses:
            return body(dialect, isStreamed: isStreamed).with("text", nil).with("tools", [flat])
                .with("tool_choice", ["type": "function", "name": "intent"])
        case .anthropic:
            return body(dialect, isStreamed: isStreamed).with("output_config", nil)
                .with("tools", [["name": "intent", "input_schema": schema, "strict": true]])
                .with("tool_choice", ["type": "tool", "name": "intent", "disable_parallel_tool_use": true])
        case .ollama: return body(dialect, isStreamed: isStreamed).with("format", nil).with("tools", [nested])
        }
    }

    static func request(_ body: JSONValue, _ dialect: ProviderDialect) throws(ProviderProblem) -> ProviderRequest {
        var request = try dialect.wire.read(body, headers: version)
        request.body = body
        request.headers = version
        return request
    }

    static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }
}

extension JSONValue {
    func with(_ key: String, _ value: JSONValue) -> JSONValue {
        var members = object ?? [:]
        members[key] = value
        return .object(members)
    }

    /// Whether all of `expected` stands in here: members that only this value has do not count.
    func contains(_ expected: JSONValue) -> Bool {
        switch (self, expected) {
        case (.object(let mine), .object(let wanted)):
            wanted.allSatisfy { key, value in mine[key].map { $0.contains(value) } ?? value.isNull }
        case (.array(let mine), .array(let wanted)):
            mine.count == wanted.count && zip(mine, wanted).allSatisfy { $0.contains($1) }
        default: self == expected
        }
    }
}
