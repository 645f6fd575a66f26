import HTTPTransport

/// A model and where it is served, as `openai:NAME@URL` or `openai:NAME` (OpenAI's own service).
package struct ModelAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// No `provider:` in front.
        case missingProvider
        case unknownProvider(String)
        case missingName
        /// Why the part after `@` is no web address.
        case badURL(reason: String)

        package var description: String {
            switch self {
            case .missingProvider: "a model is written PROVIDER:NAME@URL; known providers: \(Self.known)"
            case .unknownProvider(let word): "the provider \"\(word)\" is not known; known providers: \(Self.known)"
            case .missingName: "the name of the model is missing; write openai:NAME@URL"
            case .badURL(let reason): "its address cannot be used: \(reason)"
            }
        }

        private static var known: String { ModelAddress.providers.joined(separator: ", ") }
    }

    package static let providers = ["openai"]
    private static let defaultBase = "https://api.openai.com/v1"
    /// Environment variables that may hold the key; the first that is set counts.
    package static let keyVariables = ["ROTA_MODEL_KEY", "OPENAI_API_KEY"]

    package let provider: String
    package let model: String
    /// Without a slash at its end: requests go to paths below it.
    package let base: String

    package init(_ text: String) throws(Problem) {
        guard let colon = text.firstIndex(of: ":") else { throw .missingProvider }
        provider = String(text[..<colon])
        guard Self.providers.contains(provider) else { throw .unknownProvider(provider) }
        let rest = text[text.index(after: colon)...]
        // A name may contain an @ of its own, an address that is one may not come without its scheme.
        let mark = rest.firstRange(of: "@http")?.lowerBound ?? rest.firstIndex(of: "@")
        model = String(rest[..<(mark ?? rest.endIndex)])
        guard !model.isEmpty, !model.contains(where: \.isWhitespace) else { throw .missingName }
        var base = mark.map { String(rest[rest.index(after: $0)...]) } ?? Self.defaultBase
        if let reason = HTTPAddress.problem(with: base) { throw .badURL(reason: reason) }
        guard !base.contains("?"), !base.contains("#") else { throw .badURL(reason: "it must have no ? and no #") }
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
    }

    package var description: String { "\(provider):\(model)@\(base)" }

    /// The key in `environment`; `nil` where none is set, which servers on one's own machine accept.
    package static func key(in environment: [String: String]) -> String? {
        keyVariables.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
}
