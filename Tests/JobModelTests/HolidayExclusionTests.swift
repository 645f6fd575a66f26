import CronExpressions
import Foundation
import JobModel
import Testing

private func instant(_ text: String) -> Date { (try? Date(text, strategy: .iso8601)) ?? .distantPast }

struct HolidayExclusionTests {
    private static let german = HolidayCalendar(
        name: "german", file: "de.ics",
        holidays: [
            Holiday(name: "Karfreitag", first: LocalDay(year: 2026, month: 4, day: 3).number),
            Holiday(name: "Ostern", first: LocalDay(year: 2026, month: 4, day: 5).number, length: 2),
            Holiday(name: "Tag der Arbeit", first: LocalDay(year: 2000, month: 5, day: 1).number, rule: YearlyRule()),
        ])

    private static func daily(_ zone: String = "Europe/Berlin") -> Schedule {
        Schedule(.cron([try! CronExpression("30 0 * * *")]), zone: zone, exclusions: [.holidays(german)])
    }

    @Test func leavesOutTheDaysOfItsZone() {
        let found = Self.daily().occurrences(after: instant("2026-04-01T12:00:00Z"), limit: 3)
        #expect(found == ["2026-04-01T22:30:00Z", "2026-04-03T22:30:00Z", "2026-04-06T22:30:00Z"].map(instant))
        let back = Self.daily().previous(before: instant("2026-04-06T22:30:00Z"))
        #expect(back == instant("2026-04-03T22:30:00Z"))
        #expect(
            Self.daily().occurrences(after: instant("2030-04-29T22:30:00Z"), limit: 1) == [
                instant("2030-05-01T22:30:00Z")
            ])
    }

    @Test func isToldInWords() {
        #expect(Self.daily().text == "Every day at 00:30, except on german holidays")
        #expect(
            Self.daily().text(countingHolidaysOf: 2026)
                == "Every day at 00:30, except on german holidays (de.ics, 4 days in 2026)")
        #expect(Self.daily().text(countingHolidaysOf: 2027).hasSuffix("(de.ics, 1 day in 2027)"))
    }

    @Test(arguments: [
        ("holidays", "holidays"), ("german", "german holidays"), ("german-holidays", "german holidays"),
        ("North-Rhine", "north-rhine holidays"), ("de_BY", "de-by holidays"),
    ])
    func isSpokenOf(name: String, spoken: String) {
        #expect(HolidayCalendar(name: name, file: "x.ics", holidays: []).spokenName == spoken)
    }

    @Test func isStoredWhole() throws {
        let data = try JSONEncoder().encode(Self.daily())
        #expect(try JSONDecoder().decode(Schedule.self, from: data) == Self.daily())
    }

    /// As the store kept them before there were holidays and random delays: read, and written the same.
    @Test(arguments: [
        #"{"exclusions":[{"weekdays":{"_0":[6,7]}},{"date":{"day":25,"month":12}}],"#
            + #""pattern":{"cron":{"_0":["0 9 * * *"]}},"words":"daily","zone":"UTC"}"#,
        #"{"exclusions":[],"pattern":{"interval":{"anchor":795603600,"seconds":90}},"zone":"Europe/Berlin"}"#,
    ])
    func olderSchedulesAreRead(text: String) throws {
        let schedule = try JSONDecoder().decode(Schedule.self, from: Data(text.utf8))
        #expect(schedule.jitter == nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(schedule), as: UTF8.self) == text)
    }
}
