import Foundation
import JobModel

/// A sentence of the fixture with the moment and the zone in which it is said.
struct Sentence: Decodable, Sendable {
    var id: String
    var text: String
    private var now: String
    private var tz: String

    var moment: Date { Self.moment(now) }
    var zone: String { tz }

    private static func moment(_ text: String) -> Date {
        guard let date = try? Date(text, strategy: .iso8601) else { preconditionFailure("\(text) is no moment") }
        return date
    }

    /// Every sentence of `Fixtures/requests.jsonl`.
    static let all: [Sentence] = PackageResources.requests_jsonl.split(separator: UInt8(ascii: "\n")).map { line in
        guard let sentence = try? JSONDecoder().decode(Sentence.self, from: Data(line)) else {
            preconditionFailure("a line of the fixture is no sentence")
        }
        return sentence
    }
}
