import JobModel

/// Ollama's own chat: one JSON object a line, streamed unless the request says otherwise. No tool can be forced.
struct OllamaWire: ProviderWire {
    let documentType = "application/json; charset=utf-8"
    let streamType = "application/x-ndjson"

    func key(in request: ProviderRequest) -> String? { bearer(in: request) }
    func headers(number: Int) -> [(name: String, value: String)] { [] }

    func read(_ body: JSONValue, headers: [(name: String, value: String)]) throws(ProviderProblem) -> ProviderRequest {
        var request = ProviderRequest(.ollama)
        guard let model = body["model"]?.string, !model.isEmpty else { throw .invalid("model is required") }
        let messages = RequestMessages(body["messages"])
        request.model = model
        request.instructions = messages?.instructions ?? ""
        request.input = messages?.input ?? ""
        request.isStreamed = body["stream"] != false
        request.tools = (body.member("tools")?.array ?? []).compactMap { $0["function"]?["name"]?.string }
        if let format = body.member("format"), format != "json", format != "" {
            guard format.object != nil else {
                throw .invalid("invalid format: expected \"json\" or a valid JSON Schema object")
            }
            request.schema = format
        }
        return request
    }

    // MARK: Answers

    func document(_ answer: ProviderAnswer, to request: ProviderRequest) -> JSONValue {
        let answer = withoutBrokenCalls(answer)
        return closing(message(text: answer.text, calls: answer.calls), answer, to: request)
    }

    func frames(_ answer: ProviderAnswer, to request: ProviderRequest) -> [String] {
        let answer = withoutBrokenCalls(answer)
        var lines = answer.text.streamPieces.map { piece(message(text: $0), to: request) }
        if !answer.calls.isEmpty { lines.append(piece(message(text: "", calls: answer.calls), to: request)) }
        lines.append(closing(message(text: ""), answer, to: request))
        return lines.map { $0.compactText + "\n" }
    }

    func problemFrames(to request: ProviderRequest) -> [String] {
        [document(.serverError, number: request.number).compactText + "\n"]
    }

    /// The service reads calls out of the model's text; one that was cut off stays text.
    private func withoutBrokenCalls(_ answer: ProviderAnswer) -> ProviderAnswer {
        guard answer.ending == .tokenLimit, !answer.calls.isEmpty else { return answer }
        var plain = answer
        plain.text += answer.calls.map(\.arguments).joined(separator: "\n")
        plain.calls = []
        return plain
    }

    /// Arguments are an object here, not a text.
    private func message(text: String, calls: [ProviderAnswer.ToolCall] = []) -> JSONValue {
        let entries = calls.enumerated().map { index, call -> JSONValue in
            [
                "id": .string("call_\(index + 1)"),
                "function": [
                    "index": .count(index), "name": .string(call.name), "arguments": call.arguments.argumentsObject,
                ],
            ]
        }
        let message: JSONValue = ["role": "assistant", "content": .string(text)]
        return message.adding("tool_calls", entries.isEmpty ? .none : .some(.array(entries)))
    }

    private func piece(_ message: JSONValue, to request: ProviderRequest) -> JSONValue {
        ["model": .string(request.model), "created_at": Fixed.createdText, "message": message, "done": false]
    }

    /// The last object; the times are in nanoseconds.
    private func closing(_ message: JSONValue, _ answer: ProviderAnswer, to request: ProviderRequest) -> JSONValue {
        let reason: JSONValue = answer.ending == .tokenLimit ? "length" : "stop"
        return piece(message, to: request).adding("done", true).adding("done_reason", reason)
            .adding("total_duration", 5_000_000).adding("load_duration", 1_000_000)
            .adding("prompt_eval_duration", 1_000_000).adding("eval_duration", 3_000_000)
            .adding("prompt_eval_count", answer.usage.map { .count($0.input) })
            .adding("eval_count", answer.usage.map { .count($0.output) })
    }

    // MARK: Errors and models

    func status(of problem: ProviderProblem) -> Int {
        switch problem {
        case .unauthorized: 401
        case .rateLimited, .outOfQuota: 429
        case .serverError: 500
        case .overloaded: 503
        case .status(let status): status
        case .formatUnsupported, .toolsUnsupported, .invalid: 400
        case .unknownModel, .unknownPath: 404
        }
    }

    func document(_ problem: ProviderProblem, number: Int) -> JSONValue { ["error": .string(words(for: problem))] }

    private func words(for problem: ProviderProblem) -> String {
        switch problem {
        case .unauthorized: "unauthorized"
        case .rateLimited: "too many requests"
        case .outOfQuota: "you have reached your usage limit, please upgrade to continue"
        case .serverError: "an error was encountered while running the model"
        case .overloaded: "server busy, please try again.  maximum pending requests exceeded"
        case .status(let status): "this request ends with status \(status)"
        case .formatUnsupported: "json: cannot unmarshal object into Go struct field ChatRequest.format of type string"
        case .toolsUnsupported: "this model does not support tools"
        case .unknownModel(let name): "model '\(name)' not found"
        case .unknownPath: "404 page not found"
        case .invalid(let message, _): message
        }
    }

    func list(_ models: [String]) -> JSONValue {
        let entries = models.map { name -> JSONValue in
            let details: JSONValue = [
                "parent_model": "", "format": "gguf", "family": "llama", "families": ["llama"],
                "parameter_size": "8.0B", "quantization_level": "Q4_K_M",
            ]
            return [
                "name": .string(name), "model": .string(name), "modified_at": Fixed.createdText,
                "size": 4_661_224_676, "digest": .string(String(repeating: "0", count: 64)), "details": details,
            ]
        }
        return ["models": .array(entries)]
    }
}
