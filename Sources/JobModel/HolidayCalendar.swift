import CronExpressions

/// Days with names that schedules can leave out, as a calendar file of the person's lists them.
///
/// A value without its file: a schedule that leaves these days out carries them, and needs to look nothing up.
package struct HolidayCalendar: Codable, Hashable, Sendable {
    /// As the settings call it: `holidays`, `german`.
    package var name: String
    /// The name of the file it was read from, without its folder.
    package var file: String
    /// In the order of the file.
    package var holidays: [Holiday]

    package init(name: String, file: String, holidays: [Holiday]) {
        self.name = name
        self.file = file
        self.holidays = holidays
    }

    /// The holiday that the day belongs to; the first of several.
    package func holiday(on day: LocalDay) -> Holiday? {
        let number = day.number
        return holidays.first { $0.covers(number) }
    }

    /// The days of a year that belong to a holiday, in order.
    package func days(in year: Int) -> [LocalDay] {
        let first = CivilDay.number(year: year, month: 1, day: 1)
        let last = CivilDay.number(year: year, month: 12, day: 31)
        return (first...last).filter { day in holidays.contains { $0.covers(day) } }.map(LocalDay.init(number:))
    }

    /// "de.ics, 11 days in 2026".
    package func summary(of year: Int) -> String {
        let count = days(in: year).count
        return "\(file), \(count) \(count == 1 ? "day" : "days") in \(year)"
    }

    /// How a sentence speaks of it: "holidays" for `holidays`, "german holidays" for `german` and `german-holidays`.
    package var spokenName: String {
        let words = name.lowercased().split { $0 == "-" || $0 == "_" }.map(String.init)
        let own = ["holidays", "holiday"].contains(words.last) ? words.dropLast() : words[...]
        return own.isEmpty ? "holidays" : own.joined(separator: "-") + " holidays"
    }
}

/// A day or a few days in a row, once or every year.
package struct Holiday: Codable, Hashable, Sendable {
    /// "Christmas Day"; empty where the file gives none.
    package var name: String
    /// Its first day, counted from 1970-01-01 (day 0).
    package var first: Int
    /// How many days in a row; at least 1.
    package var length: Int
    /// How it comes round; `nil` where `first` is the only time.
    package var rule: YearlyRule?
    /// Further days on which it begins, counted like `first`.
    package var added: [Int]
    /// Days on which it does not begin although it would.
    package var removed: [Int]

    package init(
        name: String, first: Int, length: Int = 1, rule: YearlyRule? = nil, added: [Int] = [], removed: [Int] = []
    ) {
        self.name = name
        self.first = first
        self.length = length
        self.rule = rule
        self.added = added
        self.removed = removed
    }

    /// - Parameter day: counted from 1970-01-01.
    func covers(_ day: Int) -> Bool {
        if rule == nil, added.isEmpty { return (first..<first + length).contains(day) && !removed.contains(first) }
        return (0..<max(length, 1)).contains { begins(on: day - $0) }
    }

    private func begins(on day: Int) -> Bool {
        if removed.contains(day) { return false }
        if added.contains(day) { return true }
        return rule?.gives(day, from: first) ?? (day == first)
    }
}
