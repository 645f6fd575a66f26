import Foundation
import IntentContract
import JobModel
import ModelProviders
import Testing

/// A sentence, what a model answered when it was recorded, and what the program makes of it: one JSON file.
///
/// People write everything but `exchanges`, which a recording fills.
struct RecordedCase: Codable, Sendable {
    struct KnownJob: Codable, Sendable {
        var name: String
        var schedule: String
    }

    struct Turn: Codable, Sendable {
        var said: String
        var answered: String
    }

    /// What comes of the answers. Members of intents that are null are left out.
    struct Expected: Codable, Hashable, Sendable {
        var strategy: ReadingBasis.Strategy
        var intents: [JSONValue]
        /// Put to the person.
        var question: String?

        init(_ reading: Interpretation) throws {
            strategy = reading.basis?.strategy ?? .grammar
            intents = try reading.intents.map { try JSONValue(encoding: $0).withoutNulls }
            question = reading.question?.text
        }
    }

    /// What the case is there for.
    var about: String
    var sentence: String
    var jobs: [KnownJob]?
    var turns: [Turn]?
    var expected: Expected
    var exchanges: [ModelRecording.Exchange]

    /// Always the same moment, so that recordings do not change by themselves.
    var context: InterpretationContext {
        InterpretationContext(
            now: Date(timeIntervalSince1970: 1_774_598_100), zone: "Europe/Berlin",
            jobs: (jobs ?? []).map { .init(name: $0.name, schedule: $0.schedule) }, gateways: ["slack", "telegram"],
            turns: (turns ?? []).map { .init(said: $0.said, answered: $0.answered) })
    }
}

/// A file of the recordings: `PROVIDER/QUESTION/NAME.json`.
struct RecordedFile: Sendable, CustomTestStringConvertible {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings")

    let path: String

    var testDescription: String { path }
    var provider: String { String(path.prefix { $0 != "/" }) }
    var question: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    private var url: URL { Self.folder.appending(path: path) }

    func read() throws -> RecordedCase { try JSONDecoder().decode(RecordedCase.self, from: Data(contentsOf: url)) }

    func write(_ recorded: RecordedCase) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(recorded) + Data("\n".utf8)).write(to: url, options: .atomic)
    }

    static let all: [RecordedFile] = {
        let found = FileManager.default.enumerator(atPath: folder.path)
        return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") }.sorted().map(Self.init)
    }()
}
