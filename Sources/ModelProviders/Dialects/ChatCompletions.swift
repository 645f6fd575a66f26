import JobModel

/// OpenAI's chat completions, as OpenAI and most other servers speak them.
struct ChatCompletions: Dialect {
    let outputs: [RequestForm.Output] = [.schema, .tool, .object]

    func path(below base: String) -> String { base + "/chat/completions" }
    func catalogue(below base: String) -> String { base + "/models" }
    func names(in catalogue: JSONValue) -> [String] {
        (catalogue["data"]?.array ?? []).compactMap { $0["id"]?.string }
    }

    func headers(key: String?) -> [(name: String, value: String)] {
        key.map { [(name: "Authorization", value: "Bearer \($0)")] } ?? []
    }

    func body(_ request: ModelRequest, to model: String, form: RequestForm) -> JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model),
            "messages": [
                ["role": "system", "content": .string(form.instructions(of: request))],
                ["role": "user", "content": .string(request.input)],
            ],
            "stream": true,
            form.hasOldLimit ? "max_tokens" : "max_completion_tokens": .number(Double(request.maximumTokens)),
        ]
        if form.hasStreamOptions { members["stream_options"] = ["include_usage": true] }
        let schema = request.schema ?? .null
        switch form.output {
        case .text: break
        case .object: members["response_format"] = ["type": "json_object"]
        case .schema:
            members["response_format"] = [
                "type": "json_schema",
                "json_schema": ["name": .string(request.schemaName), "strict": true, "schema": schema],
            ]
        case .tool:
            let name = JSONValue.string(request.schemaName)
            members["tools"] = [
                ["type": "function", "function": ["name": name, "parameters": schema, "strict": true]]
            ]
            members["tool_choice"] = ["type": "function", "function": ["name": name]]
            members["parallel_tool_calls"] = false
        }
        return .object(members)
    }

    func makeReader() -> Reader { Reader() }

    /// Keys may be absent instead of null, and usage may come with or without choices.
    struct Reader: AnswerReader {
        private var text = ""
        private var refusal = ""
        /// Arguments of tool calls by their index; they come in pieces.
        private var calls: [Int: String] = [:]
        private var finishReason: String?
        private var isDone = false
        private var usage: JSONValue?

        mutating func take(_ document: JSONValue) -> Bool {
            if let error = document["error"], !error.isNull { return false }
            if let usage = document["usage"], !usage.isNull { self.usage = usage }
            guard let choice = document["choices"]?.array?.first else { return true }
            let part = choice["delta"] ?? choice["message"]
            text += Self.text(of: part?["content"])
            refusal += part?["refusal"]?.string ?? ""
            for (position, call) in (part?["tool_calls"]?.array ?? []).enumerated() {
                calls[call["index"]?.count ?? position, default: ""] += call["function"]?["arguments"]?.string ?? ""
            }
            finishReason = choice["finish_reason"]?.string ?? finishReason
            return true
        }

        mutating func close() { isDone = true }

        /// Some servers send a list of text parts instead of a string.
        private static func text(of content: JSONValue?) -> String {
            guard let parts = content?.array else { return content?.string ?? "" }
            return parts.compactMap { $0["text"]?.string }.joined()
        }

        func finished() throws(ModelError) -> ModelAnswer {
            guard refusal.isEmpty else { throw .declined(refusal) }
            switch finishReason {
            case "length": throw .tokenLimit
            case "content_filter": throw .filtered
            case nil where !isDone: throw .endedEarly
            default: break
            }
            let answer = text.isBlank ? calls.min { $0.key < $1.key }?.value ?? "" : text
            guard !answer.isBlank else { throw .empty }
            return ModelAnswer(
                text: answer, inputTokens: usage?["prompt_tokens"]?.count,
                outputTokens: usage?["completion_tokens"]?.count,
                cachedInputTokens: usage?["prompt_tokens_details"]?["cached_tokens"]?.count)
        }
    }
}
