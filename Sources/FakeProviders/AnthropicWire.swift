import JobModel

/// Anthropic's Messages.
struct AnthropicWire: ProviderWire {
    let documentType = "application/json"
    let streamType = "text/event-stream; charset=utf-8"

    func key(in request: ProviderRequest) -> String? { request.header("x-api-key") ?? bearer(in: request) }

    // MARK: Reading

    func read(_ body: JSONValue, headers: [(name: String, value: String)]) throws(ProviderProblem) -> ProviderRequest {
        var request = ProviderRequest(.anthropic)
        guard headers.contains(where: { $0.name.lowercased() == "anthropic-version" }) else {
            throw .invalid("anthropic-version: header is required")
        }
        guard let model = body["model"]?.string else { throw .invalid("model: Field required") }
        guard let limit = body["max_tokens"]?.number, limit >= 1 else { throw .invalid("max_tokens: Field required") }
        guard let messages = RequestMessages(body["messages"]) else {
            throw .invalid("messages: at least one message is required")
        }
        guard messages.instructions.isEmpty else {
            throw .invalid("messages: use the top-level `system` parameter for the system prompt")
        }
        guard messages.lastRole == "user" else {
            throw .invalid("This model does not support assistant message prefill; a user message must come last.")
        }
        request.model = model
        request.instructions = body["system"]?.contentText ?? ""
        request.input = messages.input
        request.isStreamed = body["stream"] == true
        try readFormat(of: body, into: &request)
        try readTools(of: body, into: &request)
        return request
    }

    private func readFormat(of body: JSONValue, into request: inout ProviderRequest) throws(ProviderProblem) {
        guard let format = body["output_config"]?.member("format") else { return }
        guard format["type"] == "json_schema", let schema = format.member("schema") else {
            throw .invalid("output_config.format.schema: Field required")
        }
        request.schema = schema
        if let problem = SchemaRules.anthropic.problem(with: schema) {
            throw .invalid(
                (["output_config.format.schema"] + problem.place).joined(separator: ".") + ": \(problem.reason)")
        }
    }

    private func readTools(of body: JSONValue, into request: inout ProviderRequest) throws(ProviderProblem) {
        let tools = body.member("tools")?.array ?? []
        request.tools = tools.compactMap { $0["name"]?.string }
        let choice = body["tool_choice"]
        guard choice?["type"] == "tool" || choice?["type"] == "any" else { return }
        if let thinking = body.member("thinking"), thinking["type"] != "disabled" {
            throw .invalid("Thinking may not be enabled when tool_choice forces tool use.")
        }
        let name = choice?["type"] == "any" ? request.tools.first : choice?["name"]?.string
        guard let tool = tools.first(where: { $0["name"]?.string == name }) else {
            throw .invalid("tool_choice: tool '\(name ?? "")' not found in provided tools")
        }
        request.forcedTool = name
        request.schema = tool.member("input_schema")
    }

    // MARK: A whole answer

    func document(_ answer: ProviderAnswer, to request: ProviderRequest) -> JSONValue {
        message(
            content: blocks(of: answer).map(\.whole), stopReason: .string(stopReason(of: answer)),
            stopDetails: stopDetails(of: answer), usage: answer.usage.map { usage($0, output: $0.output) }, to: request)
    }

    private func message(
        content: [JSONValue], stopReason: JSONValue, stopDetails: JSONValue, usage: JSONValue?,
        to request: ProviderRequest
    ) -> JSONValue {
        let message: JSONValue = [
            "id": .string("msg_\(request.number)"), "type": "message", "role": "assistant",
            "model": .string(request.model), "content": .array(content), "stop_reason": stopReason,
            "stop_sequence": nil, "stop_details": stopDetails,
        ]
        return message.adding("usage", usage)
    }

    private func blocks(of answer: ProviderAnswer) -> [AnthropicBlock] {
        guard answer.ending != .refused else { return [] }
        let text = answer.text.isEmpty ? [] : [AnthropicBlock.text(answer.text)]
        return text + answer.calls.enumerated().map { .toolUse(id: "toolu_\($0 + 1)", $1) }
    }

    private func stopReason(of answer: ProviderAnswer) -> String {
        switch answer.ending {
        case .complete: answer.calls.isEmpty ? "end_turn" : "tool_use"
        case .tokenLimit: "max_tokens"
        case .refused: "refusal"
        }
    }

    private func stopDetails(of answer: ProviderAnswer) -> JSONValue {
        guard answer.ending == .refused else { return nil }
        return ["type": "refusal", "category": nil, "explanation": .string(answer.text)]
    }

    private func usage(_ usage: ProviderUsage, output: Int) -> JSONValue {
        [
            "input_tokens": .count(usage.input - usage.cacheRead - usage.cacheWritten),
            "cache_creation_input_tokens": .count(usage.cacheWritten),
            "cache_read_input_tokens": .count(usage.cacheRead), "output_tokens": .count(output),
            "service_tier": "standard",
        ]
    }

    // MARK: A stream

    func frames(_ answer: ProviderAnswer, to request: ProviderRequest) -> [String] {
        // The first numbers are those of the input, with hardly any output.
        let opening = message(
            content: [], stopReason: nil, stopDetails: nil, usage: answer.usage.map { usage($0, output: 1) },
            to: request)
        var frames = [frame("message_start", ["message": opening])]
        for (index, block) in blocks(of: answer).enumerated() {
            frames.append(frame("content_block_start", ["index": .count(index), "content_block": block.opening]))
            if index == 0 { frames.append(frame("ping", [:])) }
            frames += block.deltas.map { frame("content_block_delta", ["index": .count(index), "delta": $0]) }
            frames.append(frame("content_block_stop", ["index": .count(index)]))
        }
        let delta: JSONValue = [
            "stop_reason": .string(stopReason(of: answer)), "stop_sequence": nil,
            "stop_details": stopDetails(of: answer),
        ]
        let tokens = answer.usage.map { JSONValue.object(["output_tokens": .count($0.output)]) }
        frames.append(frame("message_delta", JSONValue.object(["delta": delta]).adding("usage", tokens)))
        return frames + [frame("message_stop", [:])]
    }

    func problemFrames(to request: ProviderRequest) -> [String] {
        [ServerSentEvent.frame("error", document(.overloaded, number: request.number))]
    }

    private func frame(_ type: String, _ members: JSONValue) -> String {
        ServerSentEvent.frame(type, members.adding("type", .string(type)))
    }
}

/// One block of an answer's content.
enum AnthropicBlock {
    case text(String)
    case toolUse(id: String, ProviderAnswer.ToolCall)

    /// A call whose arguments were cut off has none.
    var whole: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .toolUse(_, let call): opening.adding("input", call.arguments.argumentsObject)
        }
    }

    var opening: JSONValue {
        switch self {
        case .text: ["type": "text", "text": ""]
        case .toolUse(let id, let call):
            ["type": "tool_use", "id": .string(id), "name": .string(call.name), "input": [:]]
        }
    }

    var deltas: [JSONValue] {
        switch self {
        case .text(let text): text.streamPieces.map { ["type": "text_delta", "text": .string($0)] }
        case .toolUse(_, let call):
            ([""] + call.arguments.streamPieces).map { ["type": "input_json_delta", "partial_json": .string($0)] }
        }
    }
}
