import JobModel

/// What a model answered to a prompt: the one text that it was asked for, not what it said around it.
struct PromptReply {
    static let name = "result"

    /// In the part of JSON Schema that every provider takes, which has no lengths: those are cut afterwards.
    static let schema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["text"],
        "properties": ["text": ["type": "string", "description": "The result itself: no preamble, no offer."]],
    ]

    let text: String

    /// Where the provider was told to keep to the schema, a document of it and nothing else counts, whatever stands
    /// around it. Where it could only be asked to in words, plain text is the text.
    init(_ answer: ModelAnswer) throws(ModelError) {
        if let text = Self.document(in: answer.text) {
            self.text = text
        } else if answer.isSchemaForced {
            throw .malformed("it is not the JSON document that was asked for")
        } else {
            text = answer.text
        }
    }

    /// The text of the document, alone or with words or a fence around it; `nil` where there is none of the schema.
    private static func document(in answer: String) -> String? {
        if let whole = try? JSONValue(parsing: answer) { return text(of: whole) }
        guard let start = answer.firstIndex(of: "{"), let end = answer.lastIndex(of: "}"), start < end else {
            return nil
        }
        return (try? JSONValue(parsing: String(answer[start...end]))).flatMap(text)
    }

    private static func text(of document: JSONValue) -> String? {
        guard let members = document.object, members.count == 1 else { return nil }
        return members["text"]?.string
    }
}
