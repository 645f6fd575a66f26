import CronExpressions
import Foundation
import JobModel
import ScheduleLanguage
import Testing

@Suite("Changing a job's schedule") struct AdjustTests {
    private let parser = PhraseParser(context: Person.context())

    private func adjusted(_ pattern: Schedule.Pattern, by phrase: String) -> String {
        ReadingSummary.text(parser.adjust(Schedule(pattern, zone: Person.zone), by: phrase), home: Person.zone)
    }

    @Test(arguments: [
        Example("10", "0 10 * * MON-FRI"), Example("at 10", "0 10 * * MON-FRI"),
        Example("to 10:30", "30 10 * * MON-FRI"),
        Example("friday", "0 9 * * FRI"), Example("friday at 15:00", "0 15 * * FRI"),
        Example("mondays and thursdays", "0 9 * * MON,THU"), Example("every day at 3am", "0 3 * * *"),
        Example("every 2 hours", "0 */2 * * *"), Example("weekdays at 10:15", "15 10 * * MON-FRI"),
        Example("the last day of the month", "0 9 L * *"), Example("the 1st", "0 9 1 * *"),
        Example("noon", "0 12 * * MON-FRI"), Example("at 5", "ask am_pm: 05:00, 17:00"),
        Example("at 9 Tokyo time", "0 9 * * MON-FRI; in Asia/Tokyo"),
        Example("9 Tokyo time", "0 9 * * MON-FRI; in Asia/Tokyo"),
        Example("30 minutes later", "30 9 * * MON-FRI"), Example("by an hour", "0 10 * * MON-FRI"),
        Example("1 hour earlier", "0 8 * * MON-FRI"), Example("0 8 * * *", "0 8 * * *"),
        Example("tomorrow", "ask other: only the next one, every run"), Example("yesterday", "ask past"),
        Example("blah", "error no_schedule"),
    ])
    func weekdaysAtNine(_ example: Example) throws {
        #expect(adjusted(.cron([try CronExpression("0 9 * * MON-FRI")]), by: example.phrase) == example.reading)
    }

    @Test(arguments: [
        Example("weekends", "*/30 9-17 * * SAT,SUN"), Example("friday", "*/30 9-17 * * FRI"),
        Example("10", "0 10 * * MON-FRI"),
    ])
    func everyHalfHourInBusinessHours(_ example: Example) throws {
        #expect(adjusted(.cron([try CronExpression("*/30 9-17 * * MON-FRI")]), by: example.phrase) == example.reading)
    }

    /// A one-shot on Wednesday, 4 March, at 15:00.
    @Test(arguments: [
        Example("10", "2026-03-04 10:00"), Example("friday", "2026-03-06 15:00"),
        Example("friday at 16:00", "2026-03-06 16:00"),
        Example("tomorrow", "2026-03-03 15:00"), Example("12 march", "2026-03-12 15:00"),
        Example("an hour later", "2026-03-04 16:00"), Example("in 2 hours", "2026-03-02 13:00"),
        Example("next week", "2026-03-09 15:00"), Example("tomorrow at 8", "2026-03-03 08:00"),
        Example("every day at 8", "0 8 * * *"),
    ])
    func oneShot(_ example: Example) {
        #expect(adjusted(.once([Person.date("2026-03-04T14:00:00Z")]), by: example.phrase) == example.reading)
    }

    /// Every two weeks on Friday at 15:00.
    @Test(arguments: [
        Example("10", "every 2 week from 2026-03-06 on FRI at 10:00"),
        Example("monday", "every 2 week from 2026-03-02 on MON at 15:00"),
    ])
    func everyTwoWeeks(_ example: Example) {
        let step = CalendarStep(
            every: 2, unit: .week, anchor: LocalDay(year: 2026, month: 3, day: 6), weekdays: [5], times: [LocalTime(15)]
        )
        #expect(adjusted(.calendar(step), by: example.phrase) == example.reading)
    }

    @Test func theJobsOwnZoneAndEndStay() throws {
        let until = Person.date("2026-08-01T00:00:00Z")
        let current = Schedule(.cron([try CronExpression("0 9 * * *")]), zone: "Asia/Tokyo", until: until)
        guard case .schedule(let changed) = parser.adjust(current, by: "10") else { return #expect(Bool(false)) }
        #expect(changed.zone == "Asia/Tokyo" && changed.until == until)
    }

    @Test func anIntervalAsks() {
        #expect(
            adjusted(.interval(seconds: 2_700, anchor: Person.date(Person.now)), by: "10")
                == "ask other: every day, once")
        #expect(adjusted(.interval(seconds: 2_700, anchor: Person.date(Person.now)), by: "every hour") == "0 * * * *")
    }

    @Test func withoutACurrentScheduleTheWordsStandAlone() {
        #expect(ReadingSummary.text(parser.adjust(nil, by: "10"), home: Person.zone) == "2026-03-03 10:00")
    }
}
