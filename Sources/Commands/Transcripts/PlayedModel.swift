import FakeProviders
import Foundation
import IntentContract
import Interpreters
import JobModel
import ModelProviders
import Synchronization
import TranscriptPlayer

/// A model that is played: a fake server says what the `=` lines of a transcript mean, in the provider's dialect, and the
/// real client and the real checks stand between it and the conversation.
final class PlayedModel: Sendable {
    let interpreter: any Interpreter
    /// Whose faults the server has; set once the play has a world.
    let world: LockedBox<World?>
    private let servers: [FakeProviderServer]

    /// - Parameter providers: in the order in which they are asked; the world's faults are the first one's.
    init(_ providers: [ModelProvider], playing transcript: Transcript) throws {
        let world = LockedBox<World?>(nil)
        let lines = Self.intentLines(of: transcript)
        servers = try providers.indices.map { index in
            try FakeProviderServer { request in
                ProviderAnswer(
                    Self.answer(to: Self.sentence(in: request.input), lines: lines),
                    fault: index == 0 ? world.value?.providerFault() : nil)
            }
        }
        self.world = world
        let models = try zip(providers, servers).map { try Self.model(of: $0, at: $1) }
        interpreter = ModelInterpreter(
            model: ModelChain(smart: models), contract: try ContractLibrary.embedded(), readsAlways: true, timeout: 20)
    }

    private static func model(of provider: ModelProvider, at server: FakeProviderServer) throws -> ServedModel {
        let path = [.messages, .ollama].contains(provider.dialect) ? "" : "/v1"
        return ServedModel(
            address: try ModelAddress("\(provider.name):fake@\(server.url)\(path)"),
            key: { () async throws(ModelError) in nil }, time: ImpatientTime())
    }

    // MARK: What it says

    /// The `=` lines of each sentence.
    private static func intentLines(of transcript: Transcript) -> [String: [String]] {
        let said = transcript.blocks.filter { $0.stimulus.marker == .said }.map { block in
            (block.text, block.expected.filter { $0.marker == .intent }.map(\.text))
        }
        return Dictionary(said, uniquingKeysWith: { first, _ in first })
    }

    /// The request line of what the model was told holds the sentence as a JSON string.
    private static func sentence(in input: String) -> String {
        let line = input.split(separator: "\n").last { $0.hasPrefix("Request: ") }
        let quoted = line.map { String($0.dropFirst("Request: ".count)) } ?? ""
        return (try? JSONValue(parsing: quoted))?.string ?? ""
    }

    /// What the lines say; where the grammar reads the same, its reading, which names every member.
    private static func answer(to sentence: String, lines: [String: [String]]) -> String {
        let own = OfflineInterpreter().read(sentence)
        let wanted = lines[sentence] ?? []
        var intents: [JSONValue]?
        if !wanted.isEmpty, !ExpectedIntents.agree(wanted, with: own.intents.map(CanonicalIntent.text)) {
            intents = ExpectedIntents.documents(wanted)
        }
        let documents = intents ?? own.intents.compactMap { try? JSONValue(encoding: $0) }
        let question = intents == nil ? own.question?.text : nil
        let small: [JSONValue] = documents.isEmpty && question == nil ? [["intent": "chat"]] : documents
        let answer: JSONValue = [
            "intents": .array(question == nil ? small : []), "times": nil,
            "question": question.map(JSONValue.string) ?? .null,
        ]
        return answer.compactText
    }
}

/// Waits without waiting: pauses before retries cost a play nothing.
private final class ImpatientTime: TimeSource {
    private let passed = Mutex<TimeInterval>(0)

    var now: Date { Date() + passed.withLock { $0 } }

    func sleep(until deadline: Date) async throws {
        let wait = deadline.timeIntervalSince(now)
        if wait > 0 { passed.withLock { $0 += wait } }
    }
}
