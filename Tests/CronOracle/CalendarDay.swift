import Foundation

/// What the calendar says of one day, by Foundation's Gregorian calendar.
package struct CalendarDay: Sendable {
    /// Days since 1 January 1970.
    package let number: Int
    package let month: Int
    /// Of the month, from 1.
    package let day: Int
    /// 0 Sunday … 6 Saturday.
    package let weekday: Int
    /// Days of the month.
    package let length: Int

    package init(number: Int) {
        let date = Date(timeIntervalSince1970: Double(number) * 86_400)
        let parts = Self.calendar.dateComponents([.month, .day, .weekday], from: date)
        guard let month = parts.month, let day = parts.day, let weekday = parts.weekday,
            let days = Self.calendar.range(of: .day, in: .month, for: date)
        else { preconditionFailure("no day \(number)") }
        self.number = number
        (self.month, self.day, self.weekday, length) = (month, day, weekday - 1, days.count)
    }

    /// The weekday of another day of the same month.
    func weekday(ofDay other: Int) -> Int { (weekday + other - day + 35) % 7 }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
