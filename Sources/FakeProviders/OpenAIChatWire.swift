import JobModel

/// OpenAI's chat completions, as compatible servers speak them too.
struct OpenAIChatWire: OpenAIWire {
    let formatParameter = "response_format"

    // MARK: Reading

    func read(_ body: JSONValue, headers: [(name: String, value: String)]) throws(ProviderProblem) -> ProviderRequest {
        var request = ProviderRequest(.openAIChat)
        guard let model = body["model"]?.string else { throw .invalid("you must provide a model parameter") }
        guard let messages = RequestMessages(body["messages"]) else {
            throw .invalid("Missing required parameter: 'messages'.", parameter: "messages")
        }
        request.model = model
        request.instructions = messages.instructions
        request.input = messages.input
        request.isStreamed = body["stream"] == true
        request.wantsStreamedUsage = body["stream_options"]?["include_usage"] == true
        if body.member("stream_options") != nil, !request.isStreamed {
            throw .invalid(
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.", parameter: "stream_options")
        }
        try readFormat(of: body, into: &request)
        try readTools(of: body, into: &request)
        return request
    }

    /// The schema stands below `json_schema`; some compatible servers want it one level higher.
    private func readFormat(of body: JSONValue, into request: inout ProviderRequest) throws(ProviderProblem) {
        guard let format = body.member("response_format"), format["type"] == "json_schema" else { return }
        let named = format.member("json_schema")
        guard let schema = named?.member("schema") ?? format.member("schema") else {
            throw .invalid(
                "Missing required parameter: 'response_format.json_schema'.", parameter: "response_format.json_schema")
        }
        request.schema = schema
        try check(
            schema, isStrict: named?["strict"] == true, name: named?["name"]?.string ?? "", parameter: formatParameter)
    }

    private func readTools(of body: JSONValue, into request: inout ProviderRequest) throws(ProviderProblem) {
        let tools = (body.member("tools")?.array ?? []).compactMap { $0["function"] }
        request.tools = tools.compactMap { $0["name"]?.string }
        for tool in tools {
            try check(
                tool.member("parameters"), isStrict: tool["strict"] == true, name: tool["name"]?.string ?? "",
                parameter: "tools")
        }
        guard let choice = body.member("tool_choice"), choice != "auto", choice != "none" else { return }
        let name = choice == "required" ? request.tools.first : choice["function"]?["name"]?.string
        guard let tool = tools.first(where: { $0["name"]?.string == name }) else {
            throw .invalid("Tool choice '\(name ?? "")' not found in 'tools' parameter.", parameter: "tool_choice")
        }
        request.forcedTool = name
        request.schema = tool.member("parameters")
    }

    // MARK: A whole answer

    func document(_ answer: ProviderAnswer, to request: ProviderRequest) -> JSONValue {
        let choice: JSONValue = [
            "index": 0, "finish_reason": .string(finishReason(of: answer, to: request)), "logprobs": nil,
            "message": message(answer),
        ]
        let document: JSONValue = [
            "id": id(of: request), "object": "chat.completion", "created": Fixed.created,
            "model": .string(request.model), "choices": [choice],
        ]
        return document.adding("usage", answer.usage.map(usage))
    }

    private func message(_ answer: ProviderAnswer) -> JSONValue {
        let isRefused = answer.ending == .refused
        let text: JSONValue = answer.text.isEmpty && !answer.calls.isEmpty ? .null : .string(answer.text)
        let message: JSONValue = [
            "role": "assistant", "content": isRefused ? .null : text, "refusal": isRefused ? text : .null,
        ]
        let calls = answer.calls.enumerated().map { index, call -> JSONValue in
            head(of: call, index: index, arguments: call.arguments)
        }
        return message.adding("tool_calls", calls.isEmpty ? .none : .some(.array(calls)))
    }

    private func head(of call: ProviderAnswer.ToolCall, index: Int, arguments: String) -> JSONValue {
        [
            "id": .string("call_\(index + 1)"), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments)],
        ]
    }

    /// A tool that was forced ends with `stop`, one that the model chose with `tool_calls`.
    private func finishReason(of answer: ProviderAnswer, to request: ProviderRequest) -> String {
        if answer.ending == .tokenLimit { return "length" }
        return answer.calls.isEmpty || request.forcedTool != nil ? "stop" : "tool_calls"
    }

    private func usage(_ usage: ProviderUsage) -> JSONValue {
        [
            "prompt_tokens": .count(usage.input), "completion_tokens": .count(usage.output),
            "total_tokens": .count(usage.input + usage.output),
            "prompt_tokens_details": ["cached_tokens": .count(usage.cacheRead)],
            "completion_tokens_details": ["reasoning_tokens": 0],
        ]
    }

    private func id(of request: ProviderRequest) -> JSONValue { .string("chatcmpl-\(request.number)") }

    // MARK: A stream

    func frames(_ answer: ProviderAnswer, to request: ProviderRequest) -> [String] {
        let opening: JSONValue = ["role": "assistant", "content": answer.calls.isEmpty ? "" : nil, "refusal": nil]
        let key = answer.ending == .refused ? "refusal" : "content"
        var deltas = [opening] + answer.text.streamPieces.map { .object([key: .string($0)]) }
        for (index, call) in answer.calls.enumerated() { deltas += self.deltas(of: call, index: index) }
        var frames = deltas.map { chunk($0, to: request) }
        frames.append(chunk([:], finishReason: finishReason(of: answer, to: request), to: request))
        if request.wantsStreamedUsage, let usage = answer.usage {
            frames.append(ServerSentEvent.frame(chunk(choices: [], usage: self.usage(usage), to: request)))
        }
        return frames + [Self.done]
    }

    func problemFrames(to request: ProviderRequest) -> [String] {
        [ServerSentEvent.frame(document(.serverError, number: request.number)), Self.done]
    }

    private static let done = "data: [DONE]\n\n"

    /// Identifier and name come once, the arguments in pieces.
    private func deltas(of call: ProviderAnswer.ToolCall, index: Int) -> [JSONValue] {
        let first = head(of: call, index: index, arguments: "").adding("index", .count(index))
        let rest = call.arguments.streamPieces.map { piece -> JSONValue in
            ["index": .count(index), "function": ["arguments": .string(piece)]]
        }
        return ([first] + rest).map { ["tool_calls": [$0]] }
    }

    private func chunk(_ delta: JSONValue, finishReason: String? = nil, to request: ProviderRequest) -> String {
        let choice: JSONValue = [
            "index": 0, "delta": delta, "logprobs": nil,
            "finish_reason": finishReason.map(JSONValue.string) ?? .null,
        ]
        // With usage asked for, every chunk but the last says null.
        return ServerSentEvent.frame(
            chunk(choices: [choice], usage: request.wantsStreamedUsage ? .some(.null) : .none, to: request))
    }

    private func chunk(choices: [JSONValue], usage: JSONValue?, to request: ProviderRequest) -> JSONValue {
        let chunk: JSONValue = [
            "id": id(of: request), "object": "chat.completion.chunk", "created": Fixed.created,
            "model": .string(request.model), "choices": .array(choices),
        ]
        return chunk.adding("usage", usage)
    }
}
