import Foundation

/// Moments as a person of one zone reads them.
package struct LocalTimeText: Sendable {
    private let calendar: Calendar

    /// - Parameter zone: an IANA name or `UTC+05:30`; an unknown one is read as UTC.
    package init(zone: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Self.timeZone(zone) ?? TimeZone(secondsFromGMT: 0) ?? .current
        self.calendar = calendar
    }

    /// "2026-03-27".
    package func date(_ date: Date) -> String {
        let parts = components(date)
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
    }

    /// "09:00", or "09:00:30" where there are seconds.
    package func clock(_ date: Date) -> String {
        let parts = components(date)
        let minutes = "\(two(parts.hour)):\(two(parts.minute))"
        return parts.second == 0 ? minutes : "\(minutes):\(two(parts.second))"
    }

    /// "2026-03-27 09:00 +01:00".
    package func moment(_ date: Date) -> String {
        "\(self.date(date)) \(clock(date)) \(offset(date))"
    }

    /// "Fri 27 Mar 09:00", with the year where it is not `now`'s.
    package func short(_ date: Date, now: Date) -> String {
        let parts = components(date)
        let year = parts.year == components(now).year ? "" : " \(parts.year ?? 0)"
        let weekday = Self.weekdays[((parts.weekday ?? 1) - 1) % 7]
        return "\(weekday) \(parts.day ?? 0) \(Self.months[((parts.month ?? 1) - 1) % 12])\(year) \(clock(date))"
    }

    /// The moment at which a clock of the zone shows what one of UTC shows at `date`.
    func moment(shown date: Date) -> Date? {
        var clock = calendar
        clock.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        let parts: Set<Calendar.Component> = [.year, .month, .day, .hour, .minute, .second, .nanosecond]
        return calendar.date(from: clock.dateComponents(parts, from: date))
    }

    /// East of UTC.
    func offsetSeconds(_ date: Date) -> Int { calendar.timeZone.secondsFromGMT(for: date) }

    private func offset(_ date: Date) -> String {
        let seconds = calendar.timeZone.secondsFromGMT(for: date)
        let minutes = abs(seconds) / 60
        return "\(seconds < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    func components(_ date: Date) -> DateComponents {
        calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
    }

    private func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }

    /// `UTC+05:30` and `UTC-3` are offsets; everything else is a name.
    private static func timeZone(_ name: String) -> TimeZone? {
        guard name.hasPrefix("UTC"), let sign = name.dropFirst(3).first, "+-".contains(sign) else {
            return TimeZone(identifier: name)
        }
        let parts = name.dropFirst(4).split(separator: ":").compactMap { Int($0) }
        guard let hours = parts.first else { return nil }
        let seconds = hours * 3600 + (parts.count > 1 ? parts[1] * 60 : 0)
        return TimeZone(secondsFromGMT: sign == "-" ? -seconds : seconds)
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
