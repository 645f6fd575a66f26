import CronExpressions
import Foundation
import Testing

struct CronExpressionTests {
    struct Example: CustomTestStringConvertible {
        var expression: String
        var after: String
        var next: [String]
        var zone: String
        var testDescription: String { "\(expression) in \(zone)" }

        init(_ expression: String, after: String, next: [String], in zone: String = "UTC") {
            (self.expression, self.after, self.next, self.zone) = (expression, after, next, zone)
        }
    }

    @Test(arguments: [
        // A step counts on through the wrap; Sunday is 0 and 7; a start with a step ends with the field.
        Example(
            "0 22-4/3 * * *", after: "2026-01-05T00:00:00Z",
            next: ["2026-01-05T01:00:00Z", "2026-01-05T04:00:00Z", "2026-01-05T22:00:00Z"]),
        Example(
            "0 0 * * FRI-MON/2", after: "2026-01-05T00:00:00Z",
            next: ["2026-01-09T00:00:00Z", "2026-01-11T00:00:00Z", "2026-01-16T00:00:00Z"]),
        Example("0 0 * * 7-1", after: "2026-01-05T00:00:00Z", next: ["2026-01-11T00:00:00Z", "2026-01-12T00:00:00Z"]),
        Example(
            "0 0 * * 5/1", after: "2026-01-05T00:00:00Z",
            next: ["2026-01-09T00:00:00Z", "2026-01-10T00:00:00Z", "2026-01-16T00:00:00Z"]),
        Example(
            "5/15 * * * *", after: "2026-01-05T00:06:00Z",
            next: ["2026-01-05T00:20:00Z", "2026-01-05T00:35:00Z", "2026-01-05T00:50:00Z", "2026-01-05T01:05:00Z"]),
        // Days counted from the end of the month, and the nearest working day within it.
        Example("0 0 L-3 2 *", after: "2027-01-01T00:00:00Z", next: ["2027-02-25T00:00:00Z", "2028-02-26T00:00:00Z"]),
        Example("0 0 1W 8 *", after: "2026-01-01T00:00:00Z", next: ["2026-08-03T00:00:00Z", "2027-08-02T00:00:00Z"]),
        Example("0 0 31W * *", after: "2026-01-31T00:00:00Z", next: ["2026-03-31T00:00:00Z", "2026-05-29T00:00:00Z"]),
        Example(
            "0 0 ? * sun#5", after: "2026-01-01T00:00:00Z", next: ["2026-03-29T00:00:00Z", "2026-05-31T00:00:00Z"]),
        Example("0 0 * * FRIL", after: "2026-01-01T00:00:00Z", next: ["2026-01-30T00:00:00Z", "2026-02-27T00:00:00Z"]),
        // Both days restricted: either; a star with a step does not restrict, so both.
        Example("0 0 13 * 5", after: "2026-01-09T00:00:00Z", next: ["2026-01-13T00:00:00Z", "2026-01-16T00:00:00Z"]),
        Example("0 0 */2 * 5", after: "2026-01-01T00:00:00Z", next: ["2026-01-09T00:00:00Z", "2026-01-23T00:00:00Z"]),
        // Leap days: 2100 has none, and 2096 is followed by 2104.
        Example("0 0 29 2 *", after: "2096-03-01T00:00:00Z", next: ["2104-02-29T00:00:00Z"]),
        Example("0 0 29 2 *", after: "2396-03-01T00:00:00Z", next: ["2400-02-29T00:00:00Z"]),
    ])
    func reads(_ example: Example) throws {
        let cron = try CronExpression(example.expression)
        let zone = try ZoneRules.named(example.zone)
        let found = occurrences(cron, after: instant(example.after), in: zone, count: example.next.count)
        #expect(found == example.next.map(instant))
    }

    /// The last Sunday of March has no hour from 2 to 3 in Europe, in no year; the search ends.
    @Test func isNeverDueWhereEveryMatchIsSkipped() throws {
        let cron = try CronExpression("* 2 L 3 */8")
        let start = try #require(try? Date("2026-03-02T08:00:00Z", strategy: .iso8601))
        #expect(cron.nextOccurrence(after: start, in: try ZoneRules.named("Europe/Berlin")) == nil)
        let inUTC = cron.nextOccurrence(after: start, in: .utc)
        #expect(inUTC == (try? Date("2030-03-31T02:00:00Z", strategy: .iso8601)))
    }

    @Test(arguments: [
        // Skipped: at the first instant after the gap, once. Doubled: the first time only.
        Example(
            "0,30 2 * * *", after: "2026-03-28T12:00:00Z", next: ["2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"],
            in: "Europe/Berlin"),
        Example(
            "30 2 * * *", after: "2026-10-24T23:00:00Z", next: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
            in: "Europe/Berlin"),
        Example("30 2 * * *", after: "2026-10-25T00:45:00Z", next: ["2026-10-26T01:30:00Z"], in: "Europe/Berlin"),
        // Following the clock: nothing for the skipped hour, the repeated hour again.
        Example("*/30 2 * * *", after: "2026-03-28T12:00:00Z", next: ["2026-03-30T00:00:00Z"], in: "Europe/Berlin"),
        Example(
            "*/30 2 * * *", after: "2026-10-25T00:00:00Z",
            next: ["2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"], in: "Europe/Berlin"),
        Example(
            "0 */1 * * *", after: "2026-10-25T00:00:00Z", next: ["2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"],
            in: "Europe/Berlin"),
        // Samoa left out 30 December 2011; the fixed time of that day comes when the next begins.
        Example(
            "0 9 * * *", after: "2011-12-29T19:00:00Z", next: ["2011-12-30T10:00:00Z", "2011-12-30T19:00:00Z"],
            in: "Pacific/Apia"),
        Example("0 9 * * *", after: "2026-01-01T09:00:00Z", next: ["2026-01-02T03:30:00Z"], in: "UTC+05:30"),
    ])
    func keepsToTheClock(_ example: Example) throws { try reads(example) }

    @Test func countsSecondsWhereAsked() throws {
        let cron = try CronExpression("*/20 59 23 31 12 ?", seconds: true)
        #expect(cron.hasSeconds)
        let found = occurrences(cron, after: instant("2026-12-31T23:59:20Z"), in: .utc, count: 2)
        #expect(found == [instant("2026-12-31T23:59:40Z"), instant("2027-12-31T23:59:00Z")])
        #expect(throws: CronSyntaxError.self) { try CronExpression("0 0 9 * * *") }
        #expect(throws: CronSyntaxError.self) { try CronExpression("0 9 * * *", seconds: true) }
    }

    @Test func answersStrictlyAfterAndBefore() throws {
        let cron = try CronExpression("0 9 * * *")
        let nine = instant("2026-05-01T09:00:00Z")
        #expect(cron.nextOccurrence(after: nine, in: .utc) == nine + 86_400)
        #expect(cron.nextOccurrence(after: nine - 0.001, in: .utc) == nine)
        #expect(cron.previousOccurrence(before: nine, in: .utc) == nine - 86_400)
        #expect(cron.previousOccurrence(before: nine + 0.001, in: .utc) == nine)
    }

    @Test(arguments: ["@REBOOT", " @reboot "])
    func startsWithTheScheduler(_ text: String) throws {
        let cron = try CronExpression(text)
        #expect(cron.isReboot)
        #expect(cron.nextOccurrence(after: .now, in: .utc) == nil)
    }

    @Test(arguments: ["0 9 * * MON-FRI", "*/10 * * * * *", "@daily", "@reboot"])
    func isStoredAsItsText(_ text: String) throws {
        let cron = try CronExpression(text, seconds: text.split(separator: " ").count == 6)
        let data = try JSONEncoder().encode([cron])
        #expect(try JSONDecoder().decode([String].self, from: data) == [text])
        let read = try JSONDecoder().decode([CronExpression].self, from: data)
        #expect(read == [cron] && read[0].hasSeconds == cron.hasSeconds)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CronExpression.self, from: Data(#""61 * * * *""#.utf8))
        }
    }

    @Test(arguments: [
        ("30 2 30 2 *", 5..<11), ("0 0 31 4,6,9,11 *", 4..<17), ("0 0 30W 2 *", 4..<11), ("0 0 L-30 2,4 *", 4..<14),
    ])
    func refusesWhatNeverFires(_ text: String, _ range: Range<Int>) {
        let error = #expect(throws: CronSyntaxError.self) { try CronExpression(text) }
        #expect(error?.reason == .neverFires)
        #expect(error?.range == range)
    }

    @Test(arguments: [
        ("0 9 61 * *", "61 is outside the days of the month: 1 to 31 are allowed.", "0 9 61 * *\n    ^^"),
        (
            "0 9 * *",
            "There are 4 fields: a cron expression has 5, minute, hour, day of the month, month and day of the week.",
            "0 9 * *\n^^^^^^^"
        ),
        (
            "0 9 * * MON-", "MON- is not a range of days of the week: write both ends, as in MON-FRI.",
            "0 9 * * MON-\n        ^^^^"
        ),
        (
            "@evry",
            "@evry is not a macro that I know: use @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually or @reboot.",
            "@evry\n^^^^^"
        ),
        (
            "1\u{1b} * * * *",
            "The character U+001B has no meaning in a cron expression: use digits, names and * , - / # ? L W.",
            "1? * * * *\n ^"
        ),
    ])
    func saysWhatIsWrong(_ text: String, _ message: String, _ underlined: String) {
        let error = #expect(throws: CronSyntaxError.self) { try CronExpression(text) }
        #expect(error?.message == message)
        #expect(error?.underlined == underlined)
    }

    @Test func refusesTooLongAText() {
        let long = String(repeating: "1,", count: 600) + "1 * * * *"
        #expect(throws: CronSyntaxError.self) { try CronExpression(long) }
    }

    @Test(arguments: [("@every 90s", 90), ("@every 1h30m", 5_400), ("@EVERY 2d", 172_800), ("@daily", nil)])
    func readsEveryAsAnInterval(_ text: String, _ seconds: Int?) throws {
        #expect(try CronExpression.everySeconds(text) == seconds)
    }

    @Test(arguments: ["@every", "@every 0s", "@every 1.5h", "@every -1s", "@every 5", "@every ٣s", "@every 1h 2m"])
    func refusesBadDurations(_ text: String) {
        #expect(throws: CronSyntaxError.self) { try CronExpression.everySeconds(text) }
    }
}
