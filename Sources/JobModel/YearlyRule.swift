import CronExpressions

/// On which days of which years a holiday begins: "every 25 December", "the last Monday of May", "every fourth year".
///
/// The parts of a yearly rule of iCalendar (RFC 5545), each of which narrows the days; without `monthDays` and
/// `weekdays` it is the day of the month on which the holiday was first.
package struct YearlyRule: Codable, Hashable, Sendable {
    package struct Weekday: Codable, Hashable, Sendable {
        /// 1 Monday … 7 Sunday.
        package var day: Int
        /// The first, second … of the month, or of the year where the rule names no months; -1 is the last. `nil` is
        /// each of them.
        package var ordinal: Int?

        package init(day: Int, ordinal: Int? = nil) {
            self.day = day
            self.ordinal = ordinal
        }
    }

    /// Years from one to the next; at least 1.
    package var every: Int
    /// 1 to 12; empty leaves the months open.
    package var months: [Int]
    /// 1 to 31, or from the end: -1 is the last day of the month.
    package var monthDays: [Int]
    package var weekdays: [Weekday]
    /// The last day that counts, from 1970-01-01; `nil` goes on for ever.
    package var until: Int?

    package init(
        every: Int = 1, months: [Int] = [], monthDays: [Int] = [], weekdays: [Weekday] = [], until: Int? = nil
    ) {
        self.every = every
        self.months = months
        self.monthDays = monthDays
        self.weekdays = weekdays
        self.until = until
    }

    /// The rule gives this day; both days are counted from 1970-01-01.
    func gives(_ day: Int, from first: Int) -> Bool {
        guard day >= first, day <= until ?? day else { return false }
        let date = CivilDay.date(ofDay: day)
        let start = CivilDay.date(ofDay: first)
        guard (date.year - start.year) % max(every, 1) == 0 else { return false }
        guard months.isEmpty ? !isOnFirstDay || date.month == start.month : months.contains(date.month) else {
            return false
        }
        if isOnFirstDay { return date.day == start.day }
        let length = CivilDay.daysInMonth(date.month, year: date.year)
        if !monthDays.isEmpty, !monthDays.contains(where: { $0 == date.day || $0 == date.day - length - 1 }) {
            return false
        }
        return weekdays.isEmpty || weekdays.contains { $0.fits(day, inMonths: !months.isEmpty) }
    }

    private var isOnFirstDay: Bool { monthDays.isEmpty && weekdays.isEmpty }

    /// The `count`-th day that the rule gives, or `nil` where that lies behind the year 2200.
    func day(_ count: Int, from first: Int) -> Int? {
        var left = count
        for year in CivilDay.date(ofDay: first).year...max(CivilDay.date(ofDay: first).year, 2_200) {
            for month in months.isEmpty ? Array(1...12) : months.sorted() {
                let start = CivilDay.number(year: year, month: month, day: 1)
                for day in start..<start + CivilDay.daysInMonth(month, year: year) where gives(day, from: first) {
                    left -= 1
                    if left == 0 { return day }
                }
            }
        }
        return nil
    }
}

extension YearlyRule.Weekday {
    fileprivate func fits(_ number: Int, inMonths: Bool) -> Bool {
        guard CivilDay.weekday(ofDay: number) == day else { return false }
        guard let ordinal else { return true }
        let date = CivilDay.date(ofDay: number)
        let from = inMonths ? date.month : 1
        let to = inMonths ? date.month : 12
        let first = CivilDay.number(year: date.year, month: from, day: 1)
        let last = CivilDay.number(year: date.year, month: to, day: CivilDay.daysInMonth(to, year: date.year))
        return ordinal > 0 ? (number - first) / 7 + 1 == ordinal : (last - number) / 7 + 1 == -ordinal
    }
}
