import JobModel

/// OpenAI's Responses.
struct OpenAIResponsesWire: OpenAIWire {
    let formatParameter = "text.format"

    // MARK: Reading

    func read(_ body: JSONValue, headers: [(name: String, value: String)]) throws(ProviderProblem) -> ProviderRequest {
        var request = ProviderRequest(.openAIResponses)
        guard let model = body["model"]?.string else {
            throw .invalid("Missing required parameter: 'model'.", parameter: "model")
        }
        request.model = model
        request.isStreamed = body["stream"] == true
        try readInput(of: body, into: &request)
        if let format = body["text"]?["format"], format["type"] == "json_schema" {
            guard let schema = format.member("schema") else {
                throw .invalid("Missing required parameter: 'text.format.schema'.", parameter: "text.format.schema")
            }
            request.schema = schema
            try check(
                schema, isStrict: format["strict"] != false, name: format["name"]?.string ?? "",
                parameter: formatParameter)
        }
        try readTools(of: body, into: &request)
        return request
    }

    /// The input is a text, or a list of items of which messages carry a role.
    private func readInput(of body: JSONValue, into request: inout ProviderRequest) throws(ProviderProblem) {
        request.instructions = body["instructions"]?.string ?? ""
        if let text = body["input"]?.string {
            request.input = text
        } else if let messages = RequestMessages(body["input"]) {
            request.input = messages.input
            let parts = [request.instructions, messages.instructions]
            request.instructions = parts.filter { !$0.isEmpty }.joined(separator: "\n")
        } else {
            throw .invalid("Missing required parameter: 'input'.", parameter: "input")
        }
    }

    private func readTools(of body: JSONValue, into request: inout ProviderRequest) throws(ProviderProblem) {
        let tools = (body.member("tools")?.array ?? []).filter { $0["type"] == "function" }
        request.tools = tools.compactMap { $0["name"]?.string }
        for tool in tools {
            try check(
                tool.member("parameters"), isStrict: tool["strict"] == true, name: tool["name"]?.string ?? "",
                parameter: "tools")
        }
        guard let choice = body.member("tool_choice"), choice != "auto", choice != "none" else { return }
        let name = choice == "required" ? request.tools.first : choice["name"]?.string
        guard let tool = tools.first(where: { $0["name"]?.string == name }) else {
            throw .invalid("Tool choice '\(name ?? "")' not found in 'tools' parameter.", parameter: "tool_choice")
        }
        request.forcedTool = name
        request.schema = tool.member("parameters")
    }

    // MARK: A whole answer

    func document(_ answer: ProviderAnswer, to request: ProviderRequest) -> JSONValue {
        let status = answer.ending == .tokenLimit ? "incomplete" : "completed"
        let items = ResponseItem.items(of: answer, number: request.number)
        return response(
            status: status, output: items.map { $0.document(status: status) }, usage: answer.usage, to: request)
    }

    private func response(
        status: String, output: [JSONValue], usage: ProviderUsage?, error: JSONValue = .null,
        to request: ProviderRequest
    ) -> JSONValue {
        [
            "id": .string("resp_\(request.number)"), "object": "response", "created_at": Fixed.created,
            "status": .string(status), "error": error, "model": .string(request.model), "output": .array(output),
            "incomplete_details": status == "incomplete" ? ["reason": "max_output_tokens"] : nil,
            "instructions": request.instructions.isEmpty ? .null : .string(request.instructions),
            "parallel_tool_calls": true, "tool_choice": request.body.member("tool_choice") ?? "auto",
            "tools": request.body.member("tools") ?? [], "store": request.body.member("store") ?? true,
            "text": request.body.member("text") ?? ["format": ["type": "text"]],
            "usage": usage.map(self.usage) ?? .null,
        ]
    }

    private func usage(_ usage: ProviderUsage) -> JSONValue {
        [
            "input_tokens": .count(usage.input), "output_tokens": .count(usage.output),
            "total_tokens": .count(usage.input + usage.output),
            "input_tokens_details": [
                "cached_tokens": .count(usage.cacheRead), "cache_write_tokens": .count(usage.cacheWritten),
            ],
            "output_tokens_details": ["reasoning_tokens": 0],
        ]
    }

    // MARK: A stream

    func frames(_ answer: ProviderAnswer, to request: ProviderRequest) -> [String] {
        let status = answer.ending == .tokenLimit ? "incomplete" : "completed"
        var stream = ResponseStream()
        let opening = response(status: "in_progress", output: [], usage: nil, to: request)
        stream.add("response.created", ["response": opening])
        stream.add("response.in_progress", ["response": opening])
        for (index, item) in ResponseItem.items(of: answer, number: request.number).enumerated() {
            stream.add(item, at: index, status: status)
        }
        stream.add("response.\(status)", ["response": document(answer, to: request)])
        return stream.frames
    }

    /// Their numbers go on where half of the stream was sent; a reader has no use for them.
    func problemFrames(to request: ProviderRequest) -> [String] {
        let message: JSONValue = "The server had an error while processing your request."
        var stream = ResponseStream(sequence: 1_000)
        stream.add("error", ["code": "server_error", "message": message, "param": nil])
        let failed = response(
            status: "failed", output: [], usage: nil, error: ["code": "server_error", "message": message], to: request)
        stream.add("response.failed", ["response": failed])
        return stream.frames
    }
}
