import Foundation

/// A model and where it is served: `anthropic:NAME`, or `ollama:NAME@URL` where it is not at the provider's usual place.
package struct ModelAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// No `provider:` in front.
        case missingProvider
        case unknownProvider(String)
        case missingName(provider: String)
        /// Why the part after `@` is no web address.
        case badURL(reason: String)

        package var description: String {
            switch self {
            case .missingProvider:
                "a model is written PROVIDER:NAME or PROVIDER:NAME@URL; known providers: \(Self.known)"
            case .unknownProvider(let word): "the provider \"\(word)\" is not known; known providers: \(Self.known)"
            case .missingName(let provider): "the name of the model is missing; write \(provider):NAME"
            case .badURL(let reason): "its address cannot be used: \(reason)"
            }
        }

        private static var known: String { ModelProvider.all.map(\.name).joined(separator: ", ") }
    }

    package let provider: ModelProvider
    package let model: String
    /// Without a slash at its end: requests go to paths below it.
    package let base: String

    /// Reads `provider:name` or `provider:name@url`; a name may hold colons and an `@` of its own.
    package init(_ text: String) throws(Problem) {
        guard let colon = text.firstIndex(of: ":") else { throw .missingProvider }
        let word = String(text[..<colon])
        guard let provider = ModelProvider.named(word) else { throw .unknownProvider(word) }
        self.provider = provider
        let rest = text[text.index(after: colon)...]
        // An address may not come without its scheme, or a name like "llama@4" would be cut.
        let mark = rest.range(of: "@http")?.lowerBound ?? rest.firstIndex(of: "@")
        model = String(rest[..<(mark ?? rest.endIndex)])
        guard !model.isEmpty, !model.contains(where: \.isWhitespace) else { throw .missingName(provider: word) }
        base =
            try mark.map { (mark) throws(Problem) in try Self.base(rest[rest.index(after: mark)...]) }
            ?? provider.usualBase
    }

    private static func base(_ text: Substring) throws(Problem) -> String {
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw .badURL(reason: "the address must begin with https:// or http://")
        }
        guard let parts = URLComponents(string: String(text)), parts.host?.isEmpty == false else {
            throw .badURL(reason: "the address names no host")
        }
        guard parts.user == nil, parts.password == nil else {
            throw .badURL(reason: "the address must not contain a user name or password")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw .badURL(reason: "it must have no ? and no #")
        }
        var base = String(text)
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }

    /// `openai:small@http://127.0.0.1:8080/v1`; the address is left out where it is the usual one.
    package var description: String { base == provider.usualBase ? name : "\(name)@\(base)" }

    /// `openai:small`, for provenance.
    package var name: String { "\(provider.name):\(model)" }
}
