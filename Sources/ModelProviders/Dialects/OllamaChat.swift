import JobModel

/// Ollama's own chat: lines of JSON instead of server-sent events.
struct OllamaChat: Dialect {
    let outputs: [RequestForm.Output] = [.schema, .object]

    func path(below base: String) -> String { base + "/api/chat" }
    func catalogue(below base: String) -> String { base + "/api/tags" }
    func names(in catalogue: JSONValue) -> [String] {
        (catalogue["models"]?.array ?? []).compactMap { $0["name"]?.string ?? $0["model"]?.string }
    }

    func headers(key: String?) -> [(name: String, value: String)] { ChatCompletions().headers(key: key) }

    func body(_ request: ModelRequest, to model: String, form: RequestForm) -> JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model),
            "messages": [
                ["role": "system", "content": .string(form.instructions(of: request))],
                ["role": "user", "content": .string(request.input)],
            ],
            "stream": true, "think": false,
            "options": ["temperature": 0, "seed": 1, "num_predict": .number(Double(request.maximumTokens))],
        ]
        switch form.output {
        case .text, .tool: break
        case .object: members["format"] = "json"
        case .schema: members["format"] = request.schema ?? .null
        }
        return .object(members)
    }

    func makeReader() -> Reader { Reader() }

    struct Reader: AnswerReader {
        private var text = ""
        private var arguments: String?
        private var last: JSONValue?

        mutating func take(_ document: JSONValue) -> Bool {
            if let error = document["error"], !error.isNull { return false }
            text += document["message"]?["content"]?.string ?? ""
            // Arguments are an object here, not a string.
            let call = document["message"]?["tool_calls"]?.array?.first?["function"]?["arguments"]
            arguments = call?.compactText ?? arguments
            if document["done"]?.bool == true { last = document }
            return true
        }

        func finished() throws(ModelError) -> ModelAnswer {
            guard let last else { throw .endedEarly }
            if last["done_reason"]?.string == "length" { throw .tokenLimit }
            let answer = text.isBlank ? arguments ?? "" : text
            guard !answer.isBlank else { throw .empty }
            return ModelAnswer(
                text: answer, inputTokens: last["prompt_eval_count"]?.count, outputTokens: last["eval_count"]?.count)
        }
    }
}
