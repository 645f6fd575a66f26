import CronExpressions
import Foundation
import Testing

@testable import TranscriptPlayer

struct ClockLineTests {
    /// Seen from Sat 28 March 2026, 10:00 in Berlin; the clocks change in the night.
    @Test(arguments: [
        ("09:00", "2026-03-29T07:00:00Z"),
        ("10:30", "2026-03-28T09:30:00Z"),
        ("+90m", "2026-03-28T10:30:00Z"),
        ("+2s", "2026-03-28T09:00:02Z"),
        ("2026-03-29T01:59", "2026-03-29T00:59:00Z"),
        ("2026-03-29T02:30:00", "2026-03-29T01:00:00Z"),
    ])
    func movesTheClock(text: String, expected: String) throws {
        let berlin = try ZoneRules.named("Europe/Berlin")
        let now = try Date.ISO8601FormatStyle().parse("2026-03-28T09:00:00Z")
        let line = try #require(ClockLine(parsing: text))
        #expect(line.target(from: now, in: berlin) == (try Date.ISO8601FormatStyle().parse(expected)))
    }

    @Test(arguments: ["25:00", "soon", "+x", "2026-03-29"])
    func refuses(text: String) {
        #expect(ClockLine(parsing: text) == nil)
    }
}
