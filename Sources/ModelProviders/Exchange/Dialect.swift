import HTTPTransport
import JobModel

/// How one kind of service writes requests and answers.
protocol Dialect: Sendable {
    associatedtype Reader: AnswerReader

    /// Where completions are asked for, below the address's base.
    func path(below base: String) -> String
    /// Where the names of models are listed, below the address's base.
    func catalogue(below base: String) -> String
    /// The names in such a list.
    func names(in catalogue: JSONValue) -> [String]
    func headers(key: String?) -> [(name: String, value: String)]
    func body(_ request: ModelRequest, to model: String, form: RequestForm) -> JSONValue
    /// The ways to ask for a document of a schema, best first.
    var outputs: [RequestForm.Output] { get }
    func makeReader() -> Reader
    /// Whether the reader looks at server-sent events of this name; others are not even parsed.
    func reads(event: String) -> Bool
}

/// Puts an answer together from its frames: the pieces of a stream, or one whole document.
protocol AnswerReader {
    /// Takes a frame; false for a document that is an error instead.
    mutating func take(_ document: JSONValue) -> Bool
    /// The stream said that it is over.
    mutating func close()
    /// The answer, when it is whole.
    func finished() throws(ModelError) -> ModelAnswer
}

extension Dialect {
    func reads(event: String) -> Bool { true }
}

extension AnswerReader {
    mutating func close() {}
}

/// How a request is put; what a server complains about is asked for in another way.
struct RequestForm: Hashable {
    enum Output: Hashable {
        /// Plain text: no schema was wanted.
        case text
        /// The provider constrains its output by the schema.
        case schema
        /// A call of a tool whose parameters are the schema.
        case tool
        /// Any JSON; the schema stands in the instructions.
        case object
    }

    var output: Output
    /// Newer servers call it `max_completion_tokens`, older ones know `max_tokens` only.
    var hasOldLimit = false
    /// Whether usage is asked for in the stream.
    var hasStreamOptions = true

    init(_ request: ModelRequest, outputs: [Output]) {
        output = request.schema == nil ? .text : outputs.first ?? .object
    }

    /// Leaves out or changes what the server complained about; false where nothing can be changed.
    mutating func adapt(to complaint: String, outputs: [Output]) -> Bool {
        let words = complaint.lowercased()
        if !hasOldLimit, words.contains("max_completion_tokens") {
            hasOldLimit = true
            return true
        }
        if hasStreamOptions, words.contains("stream_options") {
            hasStreamOptions = false
            return true
        }
        guard Self.aboutOutput.contains(where: { words.contains($0) }) else { return false }
        guard let index = outputs.firstIndex(of: output), index + 1 < outputs.count else { return false }
        output = outputs[index + 1]
        return true
    }

    private static let aboutOutput = [
        "response_format", "json_schema", "output_config", "text.format", "structured", "schema", "format", "tool",
        "grammar",
    ]

    /// The server itself keeps the answer to the schema, as far as it does what it was told.
    var forcesSchema: Bool { output == .schema || output == .tool }

    /// A server that takes no schema is told it in words.
    func instructions(of request: ModelRequest) -> String {
        guard output == .object, let schema = request.schema else { return request.instructions }
        return request.instructions + "\n\nAnswer with one JSON object of this JSON Schema:\n" + schema.compactText
    }
}

extension ModelProvider.Dialect {
    var implementation: any Dialect {
        switch self {
        case .chatCompletions: ChatCompletions()
        case .responses: Responses()
        case .messages: Messages()
        case .ollama: OllamaChat()
        }
    }
}

// MARK: What the readers share

extension JSONValue {
    /// A whole number of things that can be counted: no provider's number may overflow a sum.
    var count: Int? { number.flatMap { Int(exactly: $0) }.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil } }
}

extension ModelError {
    /// The provider's words about a request that it declines.
    static func declined(_ words: String) -> ModelError {
        let line = words.withoutControlCharacters(keepingNewlines: false)
        return .refused(line.isEmpty ? "it gave no reason" : line)
    }

    static let tokenLimit = ModelError.incomplete("the answer ran into its token limit")
    static let endedEarly = ModelError.incomplete("the answer ended early")
    static let empty = ModelError.malformed("the answer is empty")
    static let filtered = ModelError.refused("the provider's filter stopped the answer")
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
