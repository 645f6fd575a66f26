import JobModel

/// Anthropic's Messages.
struct Messages: Dialect {
    let outputs: [RequestForm.Output] = [.schema, .tool, .object]

    func path(below base: String) -> String { Self.version(base) + "/messages" }
    func catalogue(below base: String) -> String { Self.version(base) + "/models" }
    func names(in catalogue: JSONValue) -> [String] { ChatCompletions().names(in: catalogue) }

    /// People write the address with and without the version.
    private static func version(_ base: String) -> String { base.hasSuffix("/v1") ? base : base + "/v1" }

    func headers(key: String?) -> [(name: String, value: String)] {
        [(name: "anthropic-version", value: "2023-06-01")] + (key.map { [(name: "x-api-key", value: $0)] } ?? [])
    }

    func body(_ request: ModelRequest, to model: String, form: RequestForm) -> JSONValue {
        let instructions = JSONValue.string(form.instructions(of: request))
        var members: [String: JSONValue] = [
            "model": .string(model), "max_tokens": .number(Double(request.maximumTokens)), "stream": true,
            // Everything up to here stays the same from request to request.
            "system": [["type": "text", "text": instructions, "cache_control": ["type": "ephemeral"]]],
            "messages": [["role": "user", "content": .string(request.input)]],
        ]
        let name = JSONValue.string(request.schemaName)
        let schema = request.schema ?? .null
        switch form.output {
        case .text, .object: break
        case .schema: members["output_config"] = ["format": ["type": "json_schema", "schema": schema]]
        case .tool:
            members["tools"] = [
                ["name": name, "description": "Takes the answer.", "strict": true, "input_schema": schema]
            ]
            members["tool_choice"] = ["type": "tool", "name": name, "disable_parallel_tool_use": true]
        }
        return .object(members)
    }

    func makeReader() -> Reader { Reader() }

    struct Reader: AnswerReader {
        private var text = ""
        private var arguments = ""
        private var stopReason: String?
        /// Of message_start, then what message_delta adds: its numbers are cumulative.
        private var usage: [String: JSONValue] = [:]
        private var isOver = false

        mutating func take(_ document: JSONValue) -> Bool {
            switch document["type"]?.string {
            case "error": return false
            case "message": takeWhole(document)
            case "message_start": addUsage(document["message"]?["usage"])
            case "content_block_start": takeBlock(document["content_block"])
            case "content_block_delta":
                text += document["delta"]?["text"]?.string ?? ""
                arguments += document["delta"]?["partial_json"]?.string ?? ""
            case "message_delta":
                stopReason = document["delta"]?["stop_reason"]?.string ?? stopReason
                addUsage(document["usage"])
            case "message_stop": isOver = true
            case nil: return document["error"] == nil
            default: break
            }
            return true
        }

        private mutating func takeWhole(_ message: JSONValue) {
            for block in message["content"]?.array ?? [] {
                takeBlock(block)
                if let input = block["input"], block["type"]?.string == "tool_use" { arguments = input.compactText }
            }
            stopReason = message["stop_reason"]?.string
            addUsage(message["usage"])
            isOver = true
        }

        private mutating func takeBlock(_ block: JSONValue?) {
            if block?["type"]?.string == "text" { text += block?["text"]?.string ?? "" }
        }

        private mutating func addUsage(_ usage: JSONValue?) {
            self.usage.merge((usage?.object ?? [:]).filter { !$0.value.isNull }) { $1 }
        }

        func finished() throws(ModelError) -> ModelAnswer {
            switch stopReason {
            case "refusal": throw .declined(text)
            case "max_tokens", "model_context_window_exceeded": throw .tokenLimit
            case nil: throw .endedEarly
            default: break
            }
            guard isOver else { throw .endedEarly }
            let answer = arguments.isBlank ? text : arguments
            guard !answer.isBlank else { throw .empty }
            let cached = usage["cache_read_input_tokens"]?.count
            let written = usage["cache_creation_input_tokens"]?.count
            return ModelAnswer(
                text: answer,
                inputTokens: usage["input_tokens"]?.count.map { $0 + (cached ?? 0) + (written ?? 0) },
                outputTokens: usage["output_tokens"]?.count, cachedInputTokens: cached)
        }
    }
}
