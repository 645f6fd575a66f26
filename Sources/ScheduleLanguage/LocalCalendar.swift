import CronExpressions
import Foundation
import JobModel

/// The calendar around one moment in one zone.
struct LocalCalendar {
    let zone: ZoneRules
    let now: Date
    let today: LocalDay
    let clock: LocalTime

    init(zone: ZoneRules, now: Date) {
        self.zone = zone
        self.now = now
        let local = zone.localComponents(at: now)
        today = LocalDay(year: local.year, month: local.month, day: local.day)
        clock = LocalTime(local.hour, local.minute, local.second)
    }

    func instant(_ day: LocalDay, _ time: LocalTime = LocalTime(0)) -> Date {
        zone.instant(
            of: LocalDateTime(
                year: day.year, month: day.month, day: day.day, hour: time.hour, minute: time.minute,
                second: time.second))
    }

    func instant(_ day: LocalDay, _ time: DayTime) -> Date { instant(self.day(day, plus: time.shift), time.local) }

    func day(_ day: LocalDay, plus days: Int) -> LocalDay { LocalDay(number: day.number + days) }

    func day(of date: Date) -> LocalDay {
        let local = zone.localComponents(at: date)
        return LocalDay(year: local.year, month: local.month, day: local.day)
    }

    /// The last second of a day.
    func endOfDay(_ day: LocalDay) -> Date { instant(self.day(day, plus: 1)) - 1 }

    /// 1 Monday … 7 Sunday.
    func weekday(_ day: LocalDay) -> Int { CivilDay.weekday(ofDay: day.number) }

    func monday(of day: LocalDay) -> LocalDay { self.day(day, plus: 1 - weekday(day)) }

    /// The same day of a later month, or that month's last.
    func day(_ day: LocalDay, plusMonths months: Int) -> LocalDay {
        let index = day.year * 12 + day.month - 1 + months
        let (year, month) = (index / 12, index % 12 + 1)
        return LocalDay(year: year, month: month, day: min(day.day, CivilDay.daysInMonth(month, year: year)))
    }

    func daysInMonth(_ day: LocalDay) -> Int { CivilDay.daysInMonth(day.month, year: day.year) }

    func lastDay(of day: LocalDay) -> LocalDay { LocalDay(year: day.year, month: day.month, day: daysInMonth(day)) }

    /// `now` moved by the calendar first and by elapsed time then.
    func moment(after amount: Amount) -> Date {
        guard amount.isCalendar else { return now + TimeInterval(amount.seconds) }
        let target = day(day(today, plusMonths: amount.months), plus: amount.days)
        return instant(target, clock) + TimeInterval(amount.seconds)
    }
}
