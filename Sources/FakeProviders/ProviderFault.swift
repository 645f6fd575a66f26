/// What goes wrong with an answer, on demand.
package enum ProviderFault: Sendable, Hashable {
    /// An error instead of the answer.
    case problem(ProviderProblem)
    /// The answer runs into its token limit half-way, which leaves broken JSON.
    case truncated
    /// The connection ends in the middle of the answer.
    case cutStream
    /// A stream that has begun well ends with an error; a whole answer is the error.
    case errorInStream
    /// One document, although a stream was asked for.
    case plainAnswer
    /// JSON of another shape than the schema wants.
    case wrongSchema
    case refusal
    /// Words and a code fence around the JSON; beside the call where a tool is called.
    case prose
    /// The answer comes `bytes` at a time, with a pause before each piece.
    case slow(milliseconds: Int32, bytes: Int)
    /// Bytes without end of line or sense, of the type that was expected.
    case nonsense(bytes: Int)
    /// Schemas are refused as the format of an answer; requests without one are answered.
    case formatUnsupported
    /// Tools are refused; requests without any are answered.
    case toolsUnsupported
    /// The request is taken and never answered.
    case hang
    case redirect(to: String)
}

extension ProviderFault {
    /// Everything that `init(name:)` takes, for people to read.
    package static let names = [
        "unauthorized", "rate-limited[:RETRY-AFTER]", "out-of-quota", "server-error", "overloaded", "status:N",
        "unknown-model", "truncated", "cut-stream", "error-in-stream", "plain-answer", "wrong-schema", "refusal",
        "prose",
        "slow[:MILLISECONDS]", "nonsense[:BYTES]", "format-unsupported", "tools-unsupported", "hang", "redirect:URL",
    ]

    /// The fault that is written `NAME` or `NAME:VALUE`; nil for anything else.
    package init?(name text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = parts.first else { return nil }
        let value = parts.count > 1 ? parts[1] : nil
        if let value {
            guard let fault = Self.valued(name, value) else { return nil }
            self = fault
        } else {
            guard let fault = Self.plain[name] else { return nil }
            self = fault
        }
    }

    private static let plain: [String: ProviderFault] = [
        "unauthorized": .problem(.unauthorized(key: nil)), "rate-limited": .problem(.rateLimited(retryAfter: nil)),
        "out-of-quota": .problem(.outOfQuota), "server-error": .problem(.serverError),
        "overloaded": .problem(.overloaded), "unknown-model": .problem(.unknownModel("M")), "truncated": .truncated,
        "cut-stream": .cutStream, "error-in-stream": .errorInStream, "plain-answer": .plainAnswer,
        "wrong-schema": .wrongSchema, "refusal": .refusal, "prose": .prose, "slow": .slow(milliseconds: 20, bytes: 16),
        "nonsense": .nonsense(bytes: 100_000_000), "format-unsupported": .formatUnsupported,
        "tools-unsupported": .toolsUnsupported, "hang": .hang,
    ]

    private static func valued(_ name: String, _ value: String) -> ProviderFault? {
        switch name {
        case "rate-limited": .problem(.rateLimited(retryAfter: value))
        case "status": Int(value).map { .problem(.status($0)) }
        case "slow": Int32(value).map { .slow(milliseconds: $0, bytes: 16) }
        case "nonsense": Int(value).map { .nonsense(bytes: $0) }
        case "redirect": .redirect(to: value)
        default: nil
        }
    }
}

extension ProviderFault {
    static let refusalText = "I'm sorry, but I can't help with that."

    /// The error that comes instead of an answer to `request`; nil where an answer comes.
    func problem(for request: ProviderRequest, key: String?) -> ProviderProblem? {
        switch self {
        case .problem(.unauthorized(key: nil)): .unauthorized(key: key)
        case .problem(.unknownModel): .unknownModel(request.model)
        case .problem(let problem): problem
        case .errorInStream where !request.isStreamed: .serverError
        case .formatUnsupported where request.hasFormat: .formatUnsupported
        case .toolsUnsupported where !request.tools.isEmpty: .toolsUnsupported
        default: nil
        }
    }

    /// The answer as the fault makes it.
    func shape(_ answer: ProviderAnswer) -> ProviderAnswer {
        var shaped = answer
        switch self {
        case .truncated:
            shaped = answer.changingJSON { String($0.prefix($0.count / 2)) }
            shaped.ending = .tokenLimit
        case .wrongSchema:
            shaped = answer.changingJSON { _ in #"{"answer":42,"notes":["of another shape"]}"# }
        case .refusal:
            shaped.text = Self.refusalText
            shaped.calls = []
            shaped.ending = .refused
        case .prose where answer.calls.isEmpty:
            shaped.text = "Sure! Here is the JSON:\n```json\n\(answer.text)\n```\nLet me know if {anything} is unclear."
        case .prose: shaped.text = "Sure! I will call the tool now."
        default: break
        }
        return shaped
    }
}
