import JobModel

/// Puts a chat completion together from its frames: the chunks of a stream, or one whole document.
///
/// Keys may be absent instead of null, and usage may come with or without choices.
struct ChatAnswer {
    private var text = ""
    private var refusal = ""
    private var finishReason: String?
    private var isDone = false
    private var inputTokens: Int?
    private var outputTokens: Int?

    /// Takes one frame; returns the document where it is an error instead.
    mutating func take(_ data: String) throws(ModelError) -> JSONValue? {
        if data.trimmedIsDone {
            isDone = true
            return nil
        }
        guard let document = try? JSONValue(parsing: data), document.object != nil else {
            throw .malformed("a piece of the answer is no JSON object")
        }
        // Not a conditional expression: there, `nil` would be the JSON null.
        if take(document) { return nil }
        return document
    }

    /// False for an error document.
    mutating func take(_ document: JSONValue) -> Bool {
        if let error = document["error"], !error.isNull { return false }
        if let usage = document["usage"], !usage.isNull {
            inputTokens = usage["prompt_tokens"]?.number.flatMap { Int(exactly: $0) } ?? inputTokens
            outputTokens = usage["completion_tokens"]?.number.flatMap { Int(exactly: $0) } ?? outputTokens
        }
        guard let choice = document["choices"]?.array?.first else { return true }
        let part = choice["delta"] ?? choice["message"]
        text += Self.text(of: part?["content"])
        refusal += part?["refusal"]?.string ?? ""
        finishReason = choice["finish_reason"]?.string ?? finishReason
        return true
    }

    /// Some servers send a list of text parts instead of a string.
    private static func text(of content: JSONValue?) -> String {
        guard let parts = content?.array else { return content?.string ?? "" }
        return parts.compactMap { $0["text"]?.string }.joined()
    }

    /// The answer, when it is whole.
    func finished() throws(ModelError) -> ModelAnswer {
        if !refusal.isEmpty {
            throw .refused(String(refusal.withoutControlCharacters(keepingNewlines: false).prefix(200)))
        }
        switch finishReason {
        case "length": throw .incomplete("the answer ran into its token limit")
        case "content_filter": throw .refused("the provider's filter stopped the answer")
        case nil where !isDone: throw .incomplete("the answer ended early")
        default: break
        }
        guard text.contains(where: { !$0.isWhitespace }) else { throw .malformed("the answer is empty") }
        return ModelAnswer(text: text, inputTokens: inputTokens, outputTokens: outputTokens)
    }
}

extension String {
    fileprivate var trimmedIsDone: Bool { filter { !$0.isWhitespace } == "[DONE]" }
}
