import JobModel

/// What a client asked of a provider, whatever the dialect.
package struct ProviderRequest: Sendable {
    package let dialect: ProviderDialect
    /// Counts from 1 at each server; the identifiers of the answer are made from it.
    package var number = 1
    package var model = ""
    /// The system prompt; empty where none was sent.
    package var instructions = ""
    /// The text of the person's last turn.
    package var input = ""
    /// What the answer must look like: of the response format, or of the tool that is forced.
    package var schema: JSONValue?
    /// The tool that the answer must call.
    package var forcedTool: String?
    /// The names of all tools that are offered.
    package var tools: [String] = []
    package var isStreamed = false
    /// Whether a stream ends with usage numbers; only the chat completions leave the choice to the client.
    package var wantsStreamedUsage = true
    package var headers: [(name: String, value: String)] = []
    package var body: JSONValue = .null

    package init(_ dialect: ProviderDialect) { self.dialect = dialect }

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Whether a schema was asked for as the format of the answer's text.
    package var hasFormat: Bool { schema != nil && forcedTool == nil }
}

/// Reading the parts that several dialects write in the same way.
extension JSONValue {
    /// The text of a message's content: a string, or the text parts of a list.
    var contentText: String {
        guard let parts = array else { return string ?? "" }
        return parts.compactMap { $0["text"]?.string }.joined()
    }

    /// Members that are null count as absent.
    func member(_ key: String) -> JSONValue? {
        guard let value = self[key], !value.isNull else { return nil }
        return value
    }

    static func count(_ number: Int) -> JSONValue { .number(Double(number)) }

    /// The object with one more member; unchanged where `value` is nil.
    func adding(_ key: String, _ value: JSONValue?) -> JSONValue {
        guard case .object(var members) = self, let value else { return self }
        members[key] = value
        return .object(members)
    }
}

/// A conversation in the form that all dialects but Responses share.
struct RequestMessages {
    let instructions: String
    let input: String
    let lastRole: String

    /// Nil where there are no messages.
    init?(_ messages: JSONValue?) {
        guard let messages = messages?.array, let last = messages.last else { return nil }
        let texts = { (roles: Set<String>) in
            messages.filter { roles.contains($0["role"]?.string ?? "") }.map { $0["content"]?.contentText ?? "" }
        }
        instructions = texts(["system", "developer"]).joined(separator: "\n")
        input = texts(["user"]).last ?? ""
        lastRole = last["role"]?.string ?? ""
    }
}
