import CronExpressions

/// A date, or a date with a time, as it is written; zones are not looked at: a holiday is a day.
struct ICalendarDate: Hashable {
    /// Counted from 1970-01-01.
    var day: Int
    /// Seconds since midnight; `nil` where there is no time.
    var second: Int?

    /// Reads `20261225`, `20261225T090000` and `20261225T090000Z`, from the first full year of the Gregorian calendar on.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let date = Self.figures(parts[0], 8) else { return nil }
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
        guard year >= 1583, (1...12).contains(month), (1...CivilDay.daysInMonth(month, year: year)).contains(day) else {
            return nil
        }
        self.day = CivilDay.number(year: year, month: month, day: day)
        guard parts.count == 2 else { return }
        let clock = parts[1].hasSuffix("Z") ? parts[1].dropLast() : parts[1]
        guard let time = Self.figures(clock, 6) else { return nil }
        let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100)
        guard hour < 24, minute < 60, second <= 60 else { return nil }
        self.second = hour * 3_600 + minute * 60 + second
    }

    /// Exactly so many figures.
    private static func figures(_ text: some StringProtocol, _ count: Int) -> Int? {
        text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// Seconds since the start of 1970, as if the clock never changed.
    var seconds: Int { day * 86_400 + (second ?? 0) }
}

/// A length of time: `P3D`, `P1W`, `PT8H`, `P1DT12H`.
enum ICalendarDuration {
    /// Seconds; `nil` for what is no length of time, or runs backward.
    static func seconds(_ text: String) -> Int? {
        var rest = Substring(text.hasPrefix("+") ? String(text.dropFirst()) : text)
        guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
        var total = 0
        var units: [(Character, Int)] = [("W", 604_800), ("D", 86_400)]
        while !rest.isEmpty {
            if rest.first == "T" {
                guard rest.count > 1, units.first?.0 != "H" else { return nil }
                rest = rest.dropFirst()
                units = [("H", 3_600), ("M", 60), ("S", 1)]
            }
            let figures = rest.prefix { $0.isASCII && $0.isNumber }
            guard figures.count <= 6, let count = Int(figures) else { return nil }
            rest = rest.dropFirst(figures.count)
            guard let unit = rest.popFirst(), let place = units.firstIndex(where: { $0.0 == unit }) else { return nil }
            total += count * units[place].1
            units.removeSubrange(...place)
        }
        return total
    }
}

extension YearlyRule {
    /// Reads the value of an RRULE, such as `FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO`. Whatever is not followed is refused.
    init(_ line: ICalendarLine, first: Int) throws(ICalendarError) {
        var parts: [String: String] = [:]
        for piece in line.value.split(separator: ";", omittingEmptySubsequences: false) {
            let pair = piece.split(separator: "=", maxSplits: 1).map { $0.uppercased() }
            guard pair.count == 2 else { throw Self.wrong(line, String(piece)) }
            guard parts.updateValue(pair[1], forKey: pair[0]) == nil else { throw Self.wrong(line, line.value) }
        }
        try Self.check(parts, line)
        self.init(
            every: try Self.number(parts["INTERVAL"], 1...1_000, line) ?? 1,
            months: try Self.numbers(parts["BYMONTH"], 12, signed: false, line),
            monthDays: try Self.numbers(parts["BYMONTHDAY"], 31, signed: true, line),
            weekdays: try Self.weekdays(parts["BYDAY"], line))
        if let text = parts["UNTIL"] {
            guard let date = ICalendarDate(text) else { throw Self.wrong(line, text) }
            until = date.day
        }
        if let count = try Self.number(parts["COUNT"], 1...1_000_000, line) { until = day(count, from: first) }
    }

    /// `WKST` says where weeks begin, which a yearly rule without week numbers does not ask.
    private static let known: Set<String> = [
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST",
    ]

    private static func check(_ parts: [String: String], _ line: ICalendarLine) throws(ICalendarError) {
        if let strange = parts.keys.filter({ !known.contains($0) }).min() {
            throw ICalendarError(.unsupported(strange, of: "RRULE"), line: line.number)
        }
        guard let frequency = parts["FREQ"] else { throw wrong(line, line.value) }
        guard frequency == "YEARLY" else {
            throw ICalendarError(.unsupported("FREQ=\(frequency.prefix(20))", of: "RRULE"), line: line.number)
        }
        guard parts["COUNT"] == nil || parts["UNTIL"] == nil else { throw wrong(line, line.value) }
    }

    private static func wrong(_ line: ICalendarLine, _ text: String) -> ICalendarError {
        ICalendarError(.wrongValue(property: line.name, text), line: line.number)
    }

    private static func number(
        _ text: (some StringProtocol)?, _ allowed: ClosedRange<Int>, _ line: ICalendarLine
    ) throws(ICalendarError) -> Int? {
        guard let text else { return nil }
        guard let value = Int(text), allowed.contains(value) else { throw wrong(line, String(text)) }
        return value
    }

    /// Numbers with commas between; counted from the end where they are negative.
    private static func numbers(
        _ text: String?, _ most: Int, signed: Bool, _ line: ICalendarLine
    ) throws(ICalendarError) -> [Int] {
        guard let text else { return [] }
        var found: [Int] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = try number(piece, (signed ? -most : 1)...most, line), value != 0 else {
                throw wrong(line, text)
            }
            found.append(value)
        }
        return found
    }

    private static let dayNames = ["MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7]

    /// `MO`, `1MO`, `-1MO`, with commas between.
    private static func weekdays(_ text: String?, _ line: ICalendarLine) throws(ICalendarError) -> [Weekday] {
        guard let text else { return [] }
        var found: [Weekday] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let day = dayNames[String(piece.suffix(2))] else { throw wrong(line, text) }
            let ordinal = try number(piece.count > 2 ? piece.dropLast(2) : nil, -53...53, line)
            guard ordinal != 0 else { throw wrong(line, text) }
            found.append(Weekday(day: day, ordinal: ordinal))
        }
        return found
    }
}
