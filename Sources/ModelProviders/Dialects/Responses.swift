import JobModel

/// OpenAI's Responses. Nothing is stored there: what people plan is theirs.
struct Responses: Dialect {
    let outputs: [RequestForm.Output] = [.schema, .tool, .object]

    func path(below base: String) -> String { base + "/responses" }
    func catalogue(below base: String) -> String { ChatCompletions().catalogue(below: base) }
    func names(in catalogue: JSONValue) -> [String] { ChatCompletions().names(in: catalogue) }
    func headers(key: String?) -> [(name: String, value: String)] { ChatCompletions().headers(key: key) }

    func body(_ request: ModelRequest, to model: String, form: RequestForm) -> JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model), "instructions": .string(form.instructions(of: request)),
            "input": .string(request.input), "store": false, "stream": true,
            "max_output_tokens": .number(Double(request.maximumTokens)),
        ]
        let name = JSONValue.string(request.schemaName)
        let schema = request.schema ?? .null
        switch form.output {
        case .text: break
        case .object: members["text"] = ["format": ["type": "json_object"]]
        case .schema:
            members["text"] = ["format": ["type": "json_schema", "name": name, "strict": true, "schema": schema]]
        case .tool:
            members["tools"] = [["type": "function", "name": name, "parameters": schema, "strict": true]]
            members["tool_choice"] = ["type": "function", "name": name]
            members["parallel_tool_calls"] = false
        }
        return .object(members)
    }

    func makeReader() -> Reader { Reader() }

    /// The first events repeat the request, schema included, and the `done` ones what came in pieces.
    func reads(event: String) -> Bool { !event.hasPrefix("response.") || Self.events.contains(event) }

    private static let events: Set = [
        "response.output_text.delta", "response.function_call_arguments.delta", "response.refusal.delta",
        "response.completed", "response.incomplete", "response.failed",
    ]

    /// The last event carries the whole response, which counts more than the pieces before it.
    struct Reader: AnswerReader {
        private var pieces = ""
        private var arguments = ""
        private var refusal = ""
        private var response: JSONValue?

        mutating func take(_ document: JSONValue) -> Bool {
            switch document["type"]?.string {
            case "error": return false
            case "response.output_text.delta": pieces += document["delta"]?.string ?? ""
            case "response.function_call_arguments.delta": arguments += document["delta"]?.string ?? ""
            case "response.refusal.delta": refusal += document["delta"]?.string ?? ""
            case "response.completed", "response.incomplete": response = document["response"]
            case "response.failed": return false
            case nil: return takeWhole(document)
            default: break
            }
            return true
        }

        private mutating func takeWhole(_ document: JSONValue) -> Bool {
            if let error = document["error"], !error.isNull { return false }
            response = document
            return document["status"]?.string != "failed"
        }

        func finished() throws(ModelError) -> ModelAnswer {
            guard let response else { throw .endedEarly }
            let parts = (response["output"]?.array ?? []).flatMap { $0["content"]?.array ?? [] }
            let declined = parts.compactMap { $0["refusal"]?.string }.joined() + (parts.isEmpty ? refusal : "")
            guard declined.isEmpty else { throw .declined(declined) }
            if response["status"]?.string == "incomplete" {
                let reason = response["incomplete_details"]?["reason"]?.string
                throw reason == "content_filter" ? .filtered : .tokenLimit
            }
            let text = answer(in: response, parts)
            guard !text.isBlank else { throw .empty }
            let usage = response["usage"]
            return ModelAnswer(
                text: text, inputTokens: usage?["input_tokens"]?.count, outputTokens: usage?["output_tokens"]?.count,
                cachedInputTokens: usage?["input_tokens_details"]?["cached_tokens"]?.count)
        }

        private func answer(in response: JSONValue, _ parts: [JSONValue]) -> String {
            let said = parts.compactMap { $0["type"]?.string == "output_text" ? $0["text"]?.string : nil }.joined()
            let called = (response["output"]?.array ?? []).lazy.compactMap { $0["arguments"]?.string }.first
            return [said, called, pieces, arguments].compactMap(\.self).first { !$0.isBlank } ?? ""
        }
    }
}
