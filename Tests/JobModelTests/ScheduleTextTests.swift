import CronExpressions
import Foundation
import JobModel
import Testing

struct ScheduleTextTests {
    struct Example: CustomTestStringConvertible {
        var schedule: Schedule
        var text: String
        var kind: Schedule.Kind
        /// Seconds.
        var period: TimeInterval?
        var testDescription: String { text }

        init(_ schedule: Schedule, _ text: String, _ kind: Schedule.Kind, period: TimeInterval?) {
            (self.schedule, self.text, self.kind, self.period) = (schedule, text, kind, period)
        }
    }

    private static let berlin = "Europe/Berlin"
    private static let friday = LocalDay(year: 2026, month: 3, day: 27)

    private static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }
    private static func cron(_ texts: String...) -> Schedule.Pattern { .cron(texts.map { try! CronExpression($0) }) }

    private static func step(_ every: Int, _ unit: CalendarStep.Unit, on weekdays: [Int] = []) -> Schedule.Pattern {
        .calendar(CalendarStep(every: every, unit: unit, anchor: friday, weekdays: weekdays, times: [LocalTime(15)]))
    }

    static let examples = [
        Example(Schedule(cron("0 9 * * 1-5"), zone: berlin), "Every weekday at 09:00", .recurring, period: 86_400),
        Example(
            Schedule(cron("0 9 * * *", "30 17 * * *"), zone: berlin), "Every day at 09:00 and 17:30", .recurring,
            period: 8.5 * 3_600),
        Example(
            Schedule(.interval(seconds: 2_700, anchor: date(0)), zone: berlin), "Every 45 minutes", .interval,
            period: 2_700),
        Example(
            Schedule(.interval(seconds: 86_400, anchor: date(0)), zone: berlin), "Every 24 hours", .interval,
            period: 86_400),
        Example(
            Schedule(.interval(seconds: 1_800, anchor: date(0)), zone: berlin), "Every 30 minutes, by elapsed time",
            .interval, period: 1_800),
        Example(
            Schedule(.interval(seconds: 60, anchor: date(0)), zone: berlin), "Every 60 seconds", .interval, period: 60),
        Example(
            Schedule(.interval(seconds: 90, anchor: date(0)), zone: berlin), "Every 90 seconds", .interval, period: 90),
        Example(
            Schedule(.interval(seconds: 9_000, anchor: date(0)), zone: berlin), "Every 2 hours and 30 minutes",
            .interval,
            period: 9_000),
        Example(
            Schedule(.once([date(1_774_598_400)]), zone: berlin), "Once on Fri 27 Mar 2026 at 09:00", .once, period: nil
        ),
        Example(
            Schedule(.once([date(1_774_598_430), date(1_774_684_800)]), zone: berlin),
            "Once on Fri 27 Mar 2026 at 09:00:30 and Sat 28 Mar 2026 at 09:00", .once, period: 86_370),
        Example(
            Schedule(step(2, .week), zone: berlin), "Every 2 weeks on Friday at 15:00", .recurring, period: 1_209_600),
        Example(
            Schedule(step(1, .week, on: [4, 1]), zone: berlin), "Every week on Monday and Thursday at 15:00",
            .recurring,
            period: 3 * 86_400),
        Example(Schedule(step(3, .day), zone: berlin), "Every 3 days at 15:00", .recurring, period: 3 * 86_400),
        Example(
            Schedule(step(3, .month), zone: berlin), "Every 3 months on the 27th at 15:00", .recurring,
            period: 92 * 86_400),
        Example(
            Schedule(step(12, .month), zone: berlin), "Every year on 27 March at 15:00", .recurring,
            period: 365 * 86_400),
        Example(Schedule(.startup, zone: berlin), "When the scheduler starts", .event, period: nil),
        Example(
            Schedule(
                cron("0 10 * * *"), zone: berlin, until: date(1_788_213_599),
                exclusions: [.weekdays([1]), .date(month: 12, day: 25, year: nil)]),
            "Every day at 10:00, except on Mondays and 25 December, until 31 August 2026", .recurring, period: 86_400),
        Example(
            Schedule(cron("0 10 * * *"), zone: berlin, start: date(1_780_264_800), until: date(1_780_650_000)),
            "Every day at 10:00, from 1 June 2026, until 5 June 2026 at 11:00", .recurring, period: 86_400),
        // Without the suffix it would count from 10:30.
        Example(
            Schedule(cron("0 */6 * * *"), zone: berlin, start: date(1_780_302_600)),
            "Every 6 hours, as the clock shows, from 1 June 2026 at 10:30", .recurring, period: 21_600),
        Example(
            Schedule(cron("0 */6 * * *"), zone: berlin, start: date(1_780_308_000)),
            "Every 6 hours, from 1 June 2026 at 12:00", .recurring, period: 21_600),
        Example(
            Schedule(cron("0 * * * *"), zone: berlin, until: date(1_780_650_000), count: 5), "Every hour, 5 times",
            .recurring, period: 3_600),
    ]

    @Test(arguments: examples)
    func tellsTheSchedule(_ example: Example) { #expect(example.schedule.text == example.text) }

    @Test(arguments: examples)
    func knowsItsKindAndPeriod(_ example: Example) {
        #expect(example.schedule.kind == example.kind)
        #expect(example.schedule.period == example.period)
    }

    @Test(arguments: examples)
    func isStoredWhole(_ example: Example) throws {
        let data = try JSONEncoder().encode(example.schedule)
        #expect(try JSONDecoder().decode(Schedule.self, from: data) == example.schedule)
    }
}
