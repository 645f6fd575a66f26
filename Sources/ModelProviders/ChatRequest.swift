import JobModel

/// How a chat completion is asked for; servers that refuse a part are asked again without it.
struct ChatRequest {
    enum Format { case schema, object, text }

    let model: String
    let request: ModelRequest
    var format: Format
    /// Newer servers call it `max_completion_tokens`, older ones know `max_tokens` only.
    var tokenLimitName = "max_completion_tokens"

    init(model: String, request: ModelRequest) {
        self.model = model
        self.request = request
        format = request.schema == nil ? .text : .schema
    }

    /// Leaves out what the server complained about; false where nothing can be left out.
    mutating func adapt(to complaint: String) -> Bool {
        let words = complaint.lowercased()
        let isAboutFormat = ["response_format", "json_schema", "structured output"].contains { words.contains($0) }
        if format == .schema, isAboutFormat {
            format = .object
            return true
        }
        if tokenLimitName == "max_completion_tokens", words.contains("max_completion_tokens") {
            tokenLimitName = "max_tokens"
            return true
        }
        return false
    }

    /// Keys are sorted, so that the stable instructions come out byte for byte the same each time.
    var body: [UInt8] {
        var members: [String: JSONValue] = [
            "model": .string(model),
            "messages": [
                ["role": "system", "content": .string(instructions)],
                ["role": "user", "content": .string(request.input)],
            ],
            "stream": true,
            "stream_options": ["include_usage": true],
            tokenLimitName: .number(Double(request.maximumTokens)),
        ]
        members["response_format"] = responseFormat
        return Array(JSONValue.object(members).compactText.utf8)
    }

    private var responseFormat: JSONValue? {
        switch format {
        case .text: nil
        case .object: ["type": "json_object"]
        case .schema:
            [
                "type": "json_schema",
                "json_schema": [
                    "name": .string(request.schemaName), "strict": true, "schema": request.schema ?? .null,
                ],
            ]
        }
    }

    /// A server that takes no schema is told it in words.
    private var instructions: String {
        guard format == .object, let schema = request.schema else { return request.instructions }
        return request.instructions + "\n\nAnswer with one JSON object of this JSON Schema:\n" + schema.compactText
    }
}
