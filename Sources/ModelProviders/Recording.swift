import Foundation
import JobModel
import Synchronization

/// Exchanges with a model, kept to be played again: a list in a JSON file. Secrets are taken out before anything is kept.
package struct ModelRecording: Codable, Hashable, Sendable {
    package struct Exchange: Codable, Hashable, Sendable {
        package var schemaName: String
        /// Digest of the instructions and the schema, which are the same from request to request; `nil` where nobody
        /// took it.
        package var prompt: String?
        package var input: String
        package var answer: String
        package var model: String?
        package var inputTokens: Int?
        package var outputTokens: Int?
    }

    package var exchanges: [Exchange]

    package init(exchanges: [Exchange] = []) { self.exchanges = exchanges }

    /// Reads what `write` wrote.
    package init(contentsOf file: URL) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }

    package func write(to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: file, options: .atomic)
    }

    /// What tells the stable part of a question from that of another.
    package static func prompt(
        _ instructions: String, _ schema: JSONValue?, digest: (String) -> String
    ) -> String {
        digest(JSONValue.array([.string(instructions), schema ?? .null]).compactText)
    }

    /// The moment at the end of an input changes each time: it does not tell exchanges apart.
    static func withoutClock(_ input: String) -> String {
        input.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("Now: ") }
            .joined(separator: "\n")
    }
}

/// Asks another model and keeps each exchange that came to an answer.
package final class RecordingModel: LanguageModel {
    private let base: any LanguageModel
    private let secrets: [String]
    private let digest: (@Sendable (String) -> String)?
    private let kept = Mutex(ModelRecording())

    /// - Parameters:
    ///   - secrets: values that are kept as `…`, wherever they stand.
    ///   - digest: hexadecimal digest of a text.
    package init(
        _ base: any LanguageModel, secrets: [String] = [], digest: (@Sendable (String) -> String)? = nil
    ) {
        self.base = base
        self.digest = digest
        self.secrets = secrets.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    package var name: String { base.name }
    package var recording: ModelRecording { kept.withLock { $0 } }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let answer = try await base.complete(request)
        let exchange = ModelRecording.Exchange(
            schemaName: request.schemaName,
            prompt: digest.map { ModelRecording.prompt(request.instructions, request.schema, digest: $0) },
            input: clean(request.input), answer: clean(answer.text),
            model: answer.model, inputTokens: answer.inputTokens, outputTokens: answer.outputTokens)
        kept.withLock { $0.exchanges.append(exchange) }
        return answer
    }

    private func clean(_ text: String) -> String { secrets.reduce(text) { $0.replacing($1, with: "…") } }
}

/// Answers from a recording: the same input gets the same answer, in the order in which they were kept.
package final class ReplayedModel: LanguageModel {
    package let name: String
    private let left: Mutex<[ModelRecording.Exchange]>

    package init(_ recording: ModelRecording, name: String = "recorded") {
        self.name = name
        left = Mutex(recording.exchanges)
    }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let wanted = ModelRecording.withoutClock(request.input)
        let found = left.withLock { exchanges -> ModelRecording.Exchange? in
            let index = exchanges.firstIndex {
                $0.schemaName == request.schemaName && ModelRecording.withoutClock($0.input) == wanted
            }
            return index.map { exchanges.remove(at: $0) }
        }
        guard let found else { throw .malformed("nothing is recorded for this question") }
        return ModelAnswer(
            text: found.answer, inputTokens: found.inputTokens, outputTokens: found.outputTokens,
            model: found.model ?? name)
    }
}
