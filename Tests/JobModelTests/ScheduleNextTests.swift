import CronExpressions
import Foundation
import JobModel
import Testing

private func instant(_ text: String) -> Date {
    guard let date = try? Date(text, strategy: .iso8601) else { preconditionFailure("\(text) is no instant") }
    return date
}

private func cron(_ texts: String...) -> Schedule.Pattern { .cron(texts.map { try! CronExpression($0) }) }

struct ScheduleNextTests {
    struct Example: CustomTestStringConvertible {
        var name: String
        var schedule: Schedule
        var after: Date
        /// All that is due, at most five.
        var next: [Date]
        var testDescription: String { name }

        init(_ name: String, _ schedule: Schedule, after: String, next: [String]) {
            (self.name, self.schedule, self.after, self.next) = (name, schedule, instant(after), next.map(instant))
        }
    }

    @Test(arguments: [
        Example(
            "several expressions fire at the union of their times",
            Schedule(cron("0 9 * * *", "30 17 * * *", "0 9 * * 1"), zone: "Europe/Berlin"),
            after: "2026-03-02T00:00:00Z",
            next: [
                "2026-03-02T08:00:00Z", "2026-03-02T16:30:00Z", "2026-03-03T08:00:00Z", "2026-03-03T16:30:00Z",
                "2026-03-04T08:00:00Z",
            ]),
        Example(
            "an interval starts one step after its anchor",
            Schedule(.interval(seconds: 2_700, anchor: instant("2026-03-29T00:10:00Z")), zone: "Europe/Berlin"),
            after: "2026-03-29T00:10:00Z",
            next: [
                "2026-03-29T00:55:00Z", "2026-03-29T01:40:00Z", "2026-03-29T02:25:00Z", "2026-03-29T03:10:00Z",
                "2026-03-29T03:55:00Z",
            ]),
        Example(
            "an occurrence that is exactly now is past",
            Schedule(.once([instant("2026-03-27T08:00:00Z"), instant("2026-03-28T08:00:00Z")]), zone: "UTC"),
            after: "2026-03-27T08:00:00Z", next: ["2026-03-28T08:00:00Z"]),
        Example(
            "start and until are both included",
            Schedule(
                cron("0 9 * * *"), zone: "UTC", start: instant("2026-06-01T09:00:00Z"),
                until: instant("2026-06-03T09:00:00Z")),
            after: "2026-01-01T00:00:00Z",
            next: ["2026-06-01T09:00:00Z", "2026-06-02T09:00:00Z", "2026-06-03T09:00:00Z"]),
        Example(
            "left-out days are those of the schedule's zone",
            Schedule(
                cron("30 0 * * *"), zone: "Europe/Berlin", until: instant("2026-12-27T12:00:00Z"),
                exclusions: [.weekdays([6]), .date(month: 12, day: 25, year: nil)]),
            after: "2026-12-22T12:00:00Z",
            next: ["2026-12-22T23:30:00Z", "2026-12-23T23:30:00Z", "2026-12-26T23:30:00Z"]),
        Example(
            "an exclusion with a year is for that year only",
            Schedule(
                cron("0 9 25 12 *"), zone: "UTC", until: instant("2029-01-01T00:00:00Z"),
                exclusions: [.date(month: 12, day: 25, year: 2027)]),
            after: "2026-01-01T00:00:00Z", next: ["2026-12-25T09:00:00Z", "2028-12-25T09:00:00Z"]),
        Example(
            "exclusions that leave nothing", Schedule(cron("* * * * 1"), zone: "UTC", exclusions: [.weekdays([1])]),
            after: "2026-01-01T00:00:00Z", next: []),
        Example(
            "an unknown zone is never due", Schedule(cron("* * * * *"), zone: "Mars/Phobos"),
            after: "2026-01-01T00:00:00Z", next: []),
        Example(
            "the scheduler's start is never due by the clock", Schedule(.startup, zone: "UTC"),
            after: "2026-01-01T00:00:00Z", next: []),
        Example(
            "an interval of nothing", Schedule(.interval(seconds: 0, anchor: .distantPast), zone: "UTC"),
            after: "2026-01-01T00:00:00Z", next: []),
    ])
    func findsWhatIsDue(_ example: Example) {
        let found = example.schedule.occurrences(after: example.after, limit: 5)
        #expect(found == example.next)
        #expect(example.schedule.next(after: example.after) == example.next.first)
    }

    @Test(arguments: [
        Example(
            "every 3 days", .stepping(3, .day, from: (2026, 3, 27), at: [LocalTime(9)]), after: "2026-03-01T00:00:00Z",
            next: [
                "2026-03-27T08:00:00Z", "2026-03-30T07:00:00Z", "2026-04-02T07:00:00Z", "2026-04-05T07:00:00Z",
                "2026-04-08T07:00:00Z",
            ]),
        Example(
            "every 2 weeks on the anchor's day", .stepping(2, .week, from: (2026, 3, 27), at: [LocalTime(15)]),
            after: "2026-03-27T14:00:00Z",
            next: [
                "2026-04-10T13:00:00Z", "2026-04-24T13:00:00Z", "2026-05-08T13:00:00Z", "2026-05-22T13:00:00Z",
                "2026-06-05T13:00:00Z",
            ]),
        Example(
            "weeks begin on Monday, and days before the anchor do not count",
            .stepping(2, .week, from: (2026, 3, 25), on: [7, 1, 5], at: [LocalTime(9)]), after: "2026-03-23T00:00:00Z",
            next: [
                "2026-03-27T08:00:00Z", "2026-03-29T07:00:00Z", "2026-04-06T07:00:00Z", "2026-04-10T07:00:00Z",
                "2026-04-12T07:00:00Z",
            ]),
        Example(
            "months without the day are skipped", .stepping(1, .month, from: (2026, 1, 31), at: [LocalTime(9)]),
            after: "2026-01-31T08:00:00Z",
            next: [
                "2026-03-31T07:00:00Z", "2026-05-31T07:00:00Z", "2026-07-31T07:00:00Z", "2026-08-31T07:00:00Z",
                "2026-10-31T08:00:00Z",
            ]),
        Example(
            "every 12 months on a leap day", .stepping(12, .month, from: (2096, 2, 29), at: [LocalTime(9)]),
            after: "2096-03-01T00:00:00Z",
            next: [
                "2104-02-29T08:00:00Z", "2108-02-29T08:00:00Z", "2112-02-29T08:00:00Z", "2116-02-29T08:00:00Z",
                "2120-02-29T08:00:00Z",
            ]),
        Example(
            "skipped by a clock change: the first instant after it; doubled: the first",
            .stepping(210, .day, from: (2026, 3, 29), at: [LocalTime(2, 30)]), after: "2026-03-28T00:00:00Z",
            next: [
                "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2027-05-23T00:30:00Z", "2027-12-19T01:30:00Z",
                "2028-07-16T00:30:00Z",
            ]),
        Example(
            "several times a day", .stepping(2, .day, from: (2026, 5, 1), at: [LocalTime(9), LocalTime(17, 30)]),
            after: "2026-05-01T07:00:00Z",
            next: [
                "2026-05-01T15:30:00Z", "2026-05-03T07:00:00Z", "2026-05-03T15:30:00Z", "2026-05-05T07:00:00Z",
                "2026-05-05T15:30:00Z",
            ]),
    ])
    func stepsThroughTheCalendar(_ example: Example) { findsWhatIsDue(example) }

    @Test(arguments: [
        Schedule(cron("*/7 1-3 * * *", "0 9 L * *"), zone: "Europe/Berlin"),
        Schedule(cron("15 2 * * *"), zone: "Europe/Berlin", exclusions: [.weekdays([2, 7])]),
        Schedule(.interval(seconds: 1_234_567, anchor: instant("2026-01-01T00:00:00Z") + 0.25), zone: "UTC"),
        .stepping(3, .day, from: (2026, 1, 30), at: [LocalTime(2, 30), LocalTime(23)]),
        .stepping(3, .week, from: (2026, 1, 28), on: [1, 3, 7], at: [LocalTime(9)]),
        .stepping(5, .month, from: (2026, 1, 31), at: [LocalTime(9)]),
        Schedule(
            cron("0 9 * * *"), zone: "UTC", start: instant("2026-02-01T00:00:00Z"),
            until: instant("2026-02-05T00:00:00Z")),
    ])
    func goesBackTheSameWay(_ schedule: Schedule) {
        let found = schedule.occurrences(after: instant("2025-12-01T00:00:00Z"), limit: 400)
        #expect(found == found.sorted() && Set(found).count == found.count && found.count > 2)
        #expect(found.first.flatMap(schedule.previous) ?? .distantPast < found[0])
        #expect(zip(found, found.dropFirst()).allSatisfy { schedule.previous(before: $1) == $0 })
    }

    @Test func endsWithASpan() {
        let schedule = Schedule(cron("0 * * * *"), zone: "UTC")
        let start = instant("2026-01-01T00:00:00Z")
        #expect(
            schedule.occurrences(after: start, through: start + 7_200, limit: 10) == [start + 3_600, start + 7_200])
        #expect(schedule.occurrences(after: start, through: start + 7_200, limit: 1) == [start + 3_600])
    }
}

extension Schedule {
    fileprivate static func stepping(
        _ every: Int, _ unit: CalendarStep.Unit, from day: (Int, Int, Int), on weekdays: [Int] = [],
        at times: [LocalTime]
    ) -> Schedule {
        let anchor = LocalDay(year: day.0, month: day.1, day: day.2)
        let step = CalendarStep(every: every, unit: unit, anchor: anchor, weekdays: weekdays, times: times)
        return Schedule(.calendar(step), zone: "Europe/Berlin")
    }
}
