import Foundation
import JobModel

/// Moments and spans as steps write them.
struct MomentText: Sendable {
    let zone: String
    let now: Date

    /// A duration counts from now, back where `isPast`; a day is its first moment in the zone.
    func moment(_ text: String, isPast: Bool) throws(ActionProblem) -> Date {
        if let seconds = Self.seconds(text) { return now.addingTimeInterval(isPast ? -seconds : seconds) }
        if let date = Self.instant(text) ?? day(text) { return date }
        throw ActionProblem("\"\(ResultText.firstLine(text))\" is no duration (24h, 7d) and no moment (2026-03-27)")
    }

    /// RFC 3339 with an offset.
    static func instant(_ text: String) -> Date? { RFC3339.date(text) }

    /// `2026-03-28`: its first moment.
    func day(_ text: String) -> Date? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], RFC3339.date("\(text)T00:00:00Z") != nil else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        let noon = calendar.date(from: DateComponents(year: numbers[0], month: numbers[1], day: numbers[2], hour: 12))
        return noon.map { calendar.startOfDay(for: $0) }
    }

    /// `18:00`: the next time that clocks of the zone show it, after `date`. One that a clock change skips is moved to
    /// the change.
    func next(_ text: String, after date: Date) -> Date? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }) else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, (0...23).contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (0...59).contains($0) })
        else { return nil }
        let clock = DateComponents(
            hour: numbers[0], minute: numbers[1], second: numbers.count > 2 ? numbers[2] : 0)
        return calendar.nextDate(after: date, matching: clock, matchingPolicy: .nextTime)
    }

    /// `90s`, `15m`, `2h`, `1h30m`, `3d`, `2w`; `nil` for anything else.
    static func seconds(_ text: String) -> TimeInterval? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        var total = 0.0
        var digits = ""
        for character in text.lowercased() where !character.isWhitespace {
            if character.isASCII, character.isNumber || character == "." {
                digits.append(character)
            } else {
                guard let unit = units[character], digits.count <= 9, let count = Double(digits) else { return nil }
                total += count * unit
                digits = ""
            }
        }
        return digits.isEmpty && !text.isEmpty && total.isFinite ? total : nil
    }

    private var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Self.timeZone(zone) ?? TimeZone(secondsFromGMT: 0) ?? .current
        return calendar
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
}
