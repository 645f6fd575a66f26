import CronExpressions
import Foundation

extension LocalDay {
    /// Days since 1970-01-01.
    package var number: Int { CivilDay.number(year: year, month: month, day: day) }

    /// The day that many days after 1970-01-01.
    package init(number: Int) {
        let date = CivilDay.date(ofDay: number)
        self.init(year: date.year, month: date.month, day: date.day)
    }
}

extension CalendarStep {
    /// The first of its moments strictly after `date`; `nil` when no later month has the day.
    func next(after date: Date, in zone: ZoneRules) -> Date? {
        // A day back: a time that a clock change skipped can fire on the day after its own.
        var from = Self.dayNumber(of: date, in: zone) - 1
        while let day = day(onOrAfter: from) {
            if let found = times.lazy.map({ zone.instant(of: $0, on: day) }).first(where: { $0 > date }) {
                return found
            }
            from = day + 1
        }
        return nil
    }

    /// The last of its moments strictly before `date`; `nil` when `date` is not after the first.
    func previous(before date: Date, in zone: ZoneRules) -> Date? {
        var until = Self.dayNumber(of: date, in: zone)
        while let day = day(onOrBefore: until) {
            if let found = times.lazy.reversed().map({ zone.instant(of: $0, on: day) }).first(where: { $0 < date }) {
                return found
            }
            until = day - 1
        }
        return nil
    }

    private static func dayNumber(of date: Date, in zone: ZoneRules) -> Int {
        let local = zone.localComponents(at: date)
        return CivilDay.number(year: local.year, month: local.month, day: local.day)
    }

    // MARK: Days, as numbers since 1970

    private func day(onOrAfter day: Int) -> Int? {
        let wanted = max(day, anchor.number)
        switch unit {
        case .day:
            let late = (wanted - anchor.number) % step
            return late == 0 ? wanted : wanted + step - late
        case .week:
            let late = (wanted - firstMonday) / 7 % step
            if late == 0, let found = weekDays(ofWeekWith: wanted).first(where: { $0 >= wanted }) { return found }
            return weekDays(ofWeekWith: wanted + (step - late) * 7).first
        case .month: return monthDay(from: wanted, forward: true)
        }
    }

    private func day(onOrBefore day: Int) -> Int? {
        guard day >= anchor.number else { return nil }
        switch unit {
        case .day: return day - (day - anchor.number) % step
        case .week:
            let late = (day - firstMonday) / 7 % step
            if late == 0, let found = weekDays(ofWeekWith: day).last(where: { $0 <= day }) { return counted(found) }
            return weekDays(ofWeekWith: day - (late == 0 ? step : late) * 7).last.flatMap(counted)
        case .month: return monthDay(from: day, forward: false)
        }
    }

    /// Days before the anchor do not count.
    private func counted(_ day: Int) -> Int? { day >= anchor.number ? day : nil }

    private var step: Int { max(every, 1) }

    private var firstMonday: Int { Self.monday(of: anchor.number) }

    private static func monday(of day: Int) -> Int { day - (CivilDay.weekday(ofDay: day) - 1) }

    private func weekDays(ofWeekWith day: Int) -> [Int] {
        let days = weekdays.isEmpty ? [CivilDay.weekday(ofDay: anchor.number)] : weekdays.sorted()
        return days.map { Self.monday(of: day) + $0 - 1 }
    }

    /// The anchor's day in the nearest month that counts and has it, at or beyond `day`.
    private func monthDay(from day: Int, forward: Bool) -> Int? {
        let here = LocalDay(number: day)
        let months = (here.year - anchor.year) * 12 + here.month - anchor.month
        var index = months / step + (forward ? 0 : 1)
        // Within 400 steps of years every kind of February has come.
        for _ in 0...5_000 where index >= 0 {
            let month = anchor.month - 1 + index * step
            let (year, monthOfYear) = (anchor.year + month / 12, month % 12 + 1)
            if anchor.day <= CivilDay.daysInMonth(monthOfYear, year: year) {
                let found = CivilDay.number(year: year, month: monthOfYear, day: anchor.day)
                if forward ? found >= day : found <= day { return found }
            }
            index += forward ? 1 : -1
        }
        return nil
    }
}

extension ZoneRules {
    fileprivate func instant(of time: LocalTime, on day: Int) -> Date {
        let date = LocalDay(number: day)
        return instant(
            of: LocalDateTime(
                year: date.year, month: date.month, day: date.day, hour: time.hour, minute: time.minute,
                second: time.second))
    }
}
