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

    private init(id: String, text: String) {
        (self.id, self.text) = (id, text)
        (now, tz) = ("2026-11-24T17:30:00Z", "Europe/Berlin")
    }

    /// Sentences about comparisons, steps and ends, of which the fixture has few. Some the grammar does not read.
    static let small: [Sentence] = [
        "every hour GET https://a.test/x and tell me on slack if it is at least 20",
        "every hour GET https://a.test/x and tell me if it is at most 7",
        "every hour GET https://a.test/x and tell me unless it is under 90",
        "every hour GET https://a.test/x and email me if it rises to 40",
        "every hour GET https://a.test/x and email me if it exceeds 40",
        "every hour GET https://a.test/x and email me if it is not more than 40",
        "every hour GET https://a.test/x and tell me if it doesn't contain \"ready\"",
        "every hour GET https://a.test/x and tell me if it returns 404",
        "every hour run a.sh; if it fails tell me on slack, otherwise run b.sh",
        "every night at 2 run a.sh unless it fails, then run b.sh",
        "every morning at 8, if the disk is more than 85% full, tell me on slack",
        "every 10 minutes tell me if the load is above 6",
        "when order.paid arrives, if the total is at least 250 tell me on slack",
        "when order.paid arrives, unless the total is below 30, run ship.sh",
        "remove step 3 of the report", "remove the second step of the report", "remove the last step of the report",
        "replace step 2 of the report with GET https://x.test/feed", "delete step 1 from the report",
        "pause the report until friday", "pause the report for 3 hours", "pause the report until 1 December",
        "snooze the report for 20 minutes", "snooze the report until tomorrow", "skip the report tomorrow",
        "pause the report until tomorrow at 12:00", "mute until 8", "pause everything for 2 days",
        "remind me tomorrow at 9 to pay 250 euros to the landlord",
    ]
    .enumerated().map { Sentence(id: "s\($0.offset + 1)", text: $0.element) }

    /// Every sentence of `Fixtures/requests.jsonl`.
    static let all: [Sentence] = PackageResources.requests_jsonl.split(separator: UInt8(ascii: "\n")).map { line in
        guard let sentence = try? JSONDecoder().decode(Sentence.self, from: Data(line)) else {
            preconditionFailure("a line of the fixture is no sentence")
        }
        return sentence
    }
}
