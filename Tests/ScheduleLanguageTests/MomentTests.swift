import CronExpressions
import Foundation
import JobModel
import ScheduleLanguage
import Testing

@Suite("Moments and stretches") struct MomentTests {
    private let parser = PhraseParser(context: Person.context())
    private let zone = try? ZoneRules.named(Person.zone)

    @Test(arguments: [
        ("Monday", "2026-03-09 00:00"), ("until monday", "2026-03-09 00:00"), ("1 June", "2026-06-01 00:00"),
        ("in 2 hours", "2026-03-02 13:00"), ("an hour", "2026-03-02 12:00"), ("for 2 hours", "2026-03-02 13:00"),
        ("20 minutes", "2026-03-02 11:20"), ("2h", "2026-03-02 13:00"), ("the next 3 hours", "2026-03-02 14:00"),
        ("the next hour", "2026-03-02 12:00"), ("8", "2026-03-03 08:00"), ("until 8", "2026-03-03 08:00"),
        ("18:00", "2026-03-02 18:00"), ("tomorrow", "2026-03-03 00:00"), ("tomorrow morning", "2026-03-03 09:00"),
        ("monday 8am", "2026-03-09 08:00"), ("next week", "2026-03-09 00:00"), ("next month", "2026-04-01 00:00"),
        ("the end of the month", "2026-03-31 00:00"), ("tonight", "2026-03-02 18:00"),
        ("9 Tokyo time", "2026-03-03 01:00"), ("monday at 9 in the morning", "2026-03-09 09:00"),
    ])
    func moments(_ words: String, _ expected: String) throws {
        let zone = try #require(zone)
        let moment = try parser.moment(words, dayStart: true).get()
        #expect(ReadingSummary.moment(moment, zone) == expected)
    }

    @Test func withoutDayStartABareDayIsNine() throws {
        let zone = try #require(zone)
        let moment = try parser.moment("monday", dayStart: false).get()
        #expect(ReadingSummary.moment(moment, zone) == "2026-03-09 09:00")
    }

    @Test(arguments: ["blah", "yesterday", "last friday", "5"])
    func problems(_ words: String) {
        #expect(throws: MomentProblem.self) { try parser.moment(words, dayStart: true).get() }
    }

    @Test(arguments: [
        ("today", "2026-03-02 00:00", "2026-03-03 00:00"), ("tomorrow", "2026-03-03 00:00", "2026-03-04 00:00"),
        ("the next 3 hours", "2026-03-02 11:00", "2026-03-02 14:00"),
        ("in the next hour", "2026-03-02 11:00", "2026-03-02 12:00"),
        ("this weekend", "2026-03-07 00:00", "2026-03-09 00:00"), ("this week", "2026-03-02 00:00", "2026-03-09 00:00"),
        ("next week", "2026-03-09 00:00", "2026-03-16 00:00"), ("last week", "2026-02-23 00:00", "2026-03-02 00:00"),
        ("last night", "2026-03-01 18:00", "2026-03-02 09:00"), ("on friday", "2026-03-06 00:00", "2026-03-07 00:00"),
        ("the last 24 hours", "2026-03-01 11:00", "2026-03-02 11:00"),
        ("tomorrow morning", "2026-03-03 05:00", "2026-03-03 12:00"),
        ("yesterday", "2026-03-01 00:00", "2026-03-02 00:00"), ("last friday", "2026-02-27 00:00", "2026-02-28 00:00"),
        ("this month", "2026-03-01 00:00", "2026-04-01 00:00"), ("24 december", "2026-12-24 00:00", "2026-12-25 00:00"),
    ])
    func spans(_ words: String, _ start: String, _ end: String) throws {
        let zone = try #require(zone)
        let span = try #require(parser.span(words))
        #expect(ReadingSummary.moment(span.start, zone) == start)
        #expect(ReadingSummary.moment(span.end, zone) == end)
    }

    @Test(arguments: ["blah", "the report", ""])
    func noSpan(_ words: String) { #expect(parser.span(words) == nil) }
}
