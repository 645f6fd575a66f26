import JobModel

/// One dialect: reads what a client sent and writes answers as the real service does.
///
/// Nothing here sends or waits; the same request and answer always give the same bytes.
package protocol ProviderWire: Sendable {
    /// Reads a request for an answer. Throws what the service would refuse.
    func read(_ body: JSONValue, headers: [(name: String, value: String)]) throws(ProviderProblem) -> ProviderRequest

    /// A whole answer.
    func document(_ answer: ProviderAnswer, to request: ProviderRequest) -> JSONValue

    /// A streamed answer, each frame with the line ends that belong to it.
    func frames(_ answer: ProviderAnswer, to request: ProviderRequest) -> [String]

    /// What ends a stream that has begun when something breaks at the service.
    func problemFrames(to request: ProviderRequest) -> [String]

    func status(of problem: ProviderProblem) -> Int
    func document(_ problem: ProviderProblem, number: Int) -> JSONValue

    /// The list of models that the service offers.
    func list(_ models: [String]) -> JSONValue

    /// What the service sends with every answer, beside the type.
    func headers(number: Int) -> [(name: String, value: String)]
    var documentType: String { get }
    var streamType: String { get }

    /// The key of the request that carries these headers.
    func key(in request: ProviderRequest) -> String?
}

extension ProviderWire {
    /// What the service sends with an error.
    package func headers(of problem: ProviderProblem, number: Int) -> [(name: String, value: String)] {
        guard case .rateLimited(let wait?) = problem else { return headers(number: number) }
        return headers(number: number) + [("retry-after", wait)]
    }

    package func bearer(in request: ProviderRequest) -> String? {
        guard let value = request.header("authorization"), value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst("bearer ".count))
    }
}

/// Moments and identifiers that never change, so that answers can be compared byte for byte.
enum Fixed {
    static let created = JSONValue.count(1_795_000_000)
    static let createdText = JSONValue.string("2026-11-18T11:06:40Z")
}

enum ServerSentEvent {
    static func frame(_ document: JSONValue) -> String { "data: \(document.compactText)\n\n" }

    static func frame(_ event: String, _ document: JSONValue) -> String {
        "event: \(event)\ndata: \(document.compactText)\n\n"
    }
}
