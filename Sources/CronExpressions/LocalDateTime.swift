/// A moment as a wall clock shows it, in no particular zone: the proleptic Gregorian calendar, whole seconds.
package struct LocalDateTime: Codable, Hashable, Sendable {
    package var year: Int
    /// 1 to 12.
    package var month: Int
    /// 1 to 31.
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int

    package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// 1 Monday … 7 Sunday.
    package var weekday: Int { CivilDay.weekday(ofDay: CivilDay.number(year: year, month: month, day: day)) }
}

extension LocalDateTime: Comparable {
    package static func < (left: LocalDateTime, right: LocalDateTime) -> Bool { left.wallSeconds < right.wallSeconds }
}

extension LocalDateTime {
    /// Seconds from 1970-01-01 00:00 to this reading, as if the clock never changed.
    var wallSeconds: Int {
        CivilDay.number(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// The reading `wallSeconds` seconds after 1970-01-01 00:00.
    init(wallSeconds: Int) {
        let (day, time) = CivilDay.split(wallSeconds)
        let date = CivilDay.date(ofDay: day)
        self.init(
            year: date.year, month: date.month, day: date.day,
            hour: time / 3_600, minute: time / 60 % 60, second: time % 60)
    }
}

/// Integer arithmetic on days, counted from 1970-01-01 (day 0, a Thursday).
///
/// `number` and `date` follow Howard Hinnant's `days_from_civil` and `civil_from_days`: years begin in March, so that
/// the leap day comes last and needs no case of its own.
package enum CivilDay {
    /// Days in 400 Gregorian years; also a whole number of weeks.
    static let daysPerCycle = 146_097

    /// The day's number; months outside 1…12 are not accepted, days outside the month run over.
    package static func number(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * daysPerCycle + dayOfEra - 719_468
    }

    package static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - (daysPerCycle - 1)) / daysPerCycle
        let dayOfEra = shifted - era * daysPerCycle
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// 1 Monday … 7 Sunday.
    package static func weekday(ofDay number: Int) -> Int {
        let remainder = (number + 3) % 7
        return (remainder >= 0 ? remainder : remainder + 7) + 1
    }

    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// 28 to 31.
    package static func daysInMonth(_ month: Int, year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : 30 + ((month + month / 8) & 1)
    }

    /// The day's number and the seconds since its midnight, for seconds since 1970 of a wall clock.
    static func split(_ seconds: Int) -> (day: Int, time: Int) {
        let day = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        return (day, seconds - day * 86_400)
    }
}
