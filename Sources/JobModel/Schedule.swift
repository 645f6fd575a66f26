import CronExpressions
import Foundation

/// When a job is due: a pattern, the zone that it is read in, and its bounds.
///
/// One type covers cron expressions, intervals, calendar steps and single moments, so that everything above asks
/// one question: `next(after:)` (in `Schedule+Next.swift`).
package struct Schedule: Codable, Hashable, Sendable {
    package enum Pattern: Codable, Hashable, Sendable {
        /// Wall-clock times; several expressions fire at the union of their times.
        case cron([CronExpression])
        /// Elapsed time: `anchor + n × seconds` for n ≥ 1, whatever the clock shows.
        case interval(seconds: Int, anchor: Date)
        /// Every so many days, weeks or months of the calendar, at wall-clock times.
        case calendar(CalendarStep)
        /// These moments and no others, in ascending order.
        case once([Date])
        /// When the scheduler starts (`@reboot`): never due by the clock.
        case startup
    }

    package var pattern: Pattern
    /// An IANA name (`Europe/Berlin`) or a fixed offset (`UTC+05:30`).
    package var zone: String
    /// Nothing is due before this moment.
    package var start: Date?
    /// The last moment that can be due, itself included.
    package var until: Date?
    /// How many occurrences the person asked for; `until` already holds the last of them.
    package var count: Int?
    package var exclusions: [Exclusion]
    /// A random delay of each occurrence; `nil` is none. Bounds and exclusions are about the moments without it.
    package var jitter: Jitter?
    /// The person's words, when the schedule came from words ("every weekday at 9").
    package var words: String?

    package init(
        _ pattern: Pattern, zone: String, start: Date? = nil, until: Date? = nil, count: Int? = nil,
        exclusions: [Exclusion] = [], jitter: Jitter? = nil, words: String? = nil
    ) {
        self.pattern = pattern
        self.zone = zone
        self.start = start
        self.until = until
        self.count = count
        self.exclusions = exclusions
        self.jitter = jitter
        self.words = words
    }
}

/// "Every 2 weeks on Friday at 15:00": steps of the calendar, counted from a first day.
package struct CalendarStep: Codable, Hashable, Sendable {
    package enum Unit: String, Codable, Sendable { case day, week, month }

    /// At least 1.
    package var every: Int
    package var unit: Unit
    /// The first day that counts; for weeks, the weeks of this day's Monday count; for months, this day's month.
    package var anchor: LocalDay
    /// Days of the week (1 Monday … 7 Sunday); empty means the anchor's own weekday. Read for weeks only.
    package var weekdays: [Int]
    /// Ascending; at least one.
    package var times: [LocalTime]

    package init(every: Int, unit: Unit, anchor: LocalDay, weekdays: [Int] = [], times: [LocalTime]) {
        self.every = every
        self.unit = unit
        self.anchor = anchor
        self.weekdays = weekdays
        self.times = times
    }
}

/// A day of the proleptic Gregorian calendar, in no particular zone.
package struct LocalDay: Codable, Hashable, Sendable {
    package var year: Int
    /// 1 to 12.
    package var month: Int
    /// 1 to 31.
    package var day: Int

    package init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }
}

/// A wall-clock time of day.
package struct LocalTime: Codable, Hashable, Sendable, Comparable {
    package var hour: Int
    package var minute: Int
    package var second: Int

    package init(_ hour: Int, _ minute: Int = 0, _ second: Int = 0) {
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.hour, left.minute, left.second) < (right.hour, right.minute, right.second)
    }
}

/// Days that a schedule leaves out, in the schedule's zone.
package enum Exclusion: Codable, Hashable, Sendable {
    /// 1 Monday … 7 Sunday.
    case weekdays([Int])
    /// "25 December": every year unless `year` is given.
    case date(month: Int, day: Int, year: Int?)
    /// The days of a calendar as its file was when it was last read.
    case holidays(HolidayCalendar)
}
