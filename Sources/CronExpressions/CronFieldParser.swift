/// Reads one field of an expression.
struct CronFieldParser {
    private typealias Item = CronFieldSyntax.Item

    let field: CronField
    let text: String
    let bytes: [UInt8]

    func parse(_ range: Range<Int>) throws(CronSyntaxError) -> CronFieldSyntax {
        if isQuestionMark(range) {
            return CronFieldSyntax(field: field, items: [.all(step: 1)], beginsWithStar: true, range: range)
        }
        let star = bytes[range.lowerBound] == UInt8(ascii: "*")
        if let item = short(range) {
            return CronFieldSyntax(field: field, items: [item], beginsWithStar: star, range: range)
        }
        var items: [Item] = []
        var start = range.lowerBound
        for index in range.lowerBound...range.upperBound
        where index == range.upperBound || bytes[index] == UInt8(ascii: ",") {
            guard start < index else { throw error(.emptyItem(field: field), emptyPlace(start, in: range)) }
            items.append(try item(start..<index))
            start = index + 1
        }
        return CronFieldSyntax(field: field, items: items, beginsWithStar: star, range: range)
    }

    /// `?` says the same as `*`, in the day fields only and alone.
    private func isQuestionMark(_ range: Range<Int>) -> Bool {
        (field == .dayOfMonth || field == .dayOfWeek) && range.count == 1
            && bytes[range.lowerBound] == UInt8(ascii: "?")
    }

    /// The comma beside an empty place.
    private func emptyPlace(_ start: Int, in range: Range<Int>) -> Range<Int> {
        start < range.upperBound ? start..<start + 1 : start - 1..<start
    }

    /// The commonest fields at once: `*`, and a number of one or two digits; `nil` for any other, also for a bad number.
    private func short(_ range: Range<Int>) -> Item? {
        guard range.count <= 2 else { return nil }
        if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") { return .all(step: 1) }
        var value = 0
        for index in range {
            guard Self.isDigit(bytes[index]) else { return nil }
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return field.allowed.contains(value) ? .value(value) : nil
    }

    private func item(_ range: Range<Int>) throws(CronSyntaxError) -> Item {
        guard let slash = bytes[range].firstIndex(of: UInt8(ascii: "/")) else { return try base(range) }
        guard slash > range.lowerBound else { throw error(.badStep(field: field), range) }
        let step = try step(slash + 1..<range.upperBound, item: range)
        switch try base(range.lowerBound..<slash) {
        case .all: return .all(step: step)
        case .value(let from): return .upward(from: from, step: step)
        case .range(let from, let to, _): return .range(from: from, to: to, step: step)
        default: throw error(.badSpecial(field: field), range)
        }
    }

    private func step(_ range: Range<Int>, item: Range<Int>) throws(CronSyntaxError) -> Int {
        guard let step = number(range), step > 0 else {
            throw error(.badStep(field: field), range.isEmpty ? item : range)
        }
        return step
    }

    private func base(_ range: Range<Int>) throws(CronSyntaxError) -> Item {
        if bytes[range].contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
            guard range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") else {
                throw error(.notUnderstood(field: field), range)
            }
            return .all(step: 1)
        }
        if let special = try special(range) { return special }
        guard let dash = bytes[range].firstIndex(of: UInt8(ascii: "-")) else { return .value(try value(range)) }
        let from = range.lowerBound..<dash
        let to = dash + 1..<range.upperBound
        guard !from.isEmpty, !to.isEmpty, !bytes[to].contains(UInt8(ascii: "-")) else {
            throw error(.badRange(field: field), range)
        }
        return .range(from: try value(from), to: try value(to), step: 1)
    }

    // MARK: Values

    private func value(_ range: Range<Int>) throws(CronSyntaxError) -> Int {
        if bytes[range].allSatisfy(Self.isDigit) {
            guard let value = number(range), field.allowed.contains(value) else {
                throw error(.outOfRange(field: field, allowed: field.allowed), range)
            }
            return value
        }
        guard bytes[range].allSatisfy(Self.isLetter) else { throw error(.notUnderstood(field: field), range) }
        guard let value = CronNames.value(bytes[range], in: field) else {
            throw error(.unknownName(field: field), range)
        }
        return value
    }

    /// A number of digits alone; `nil` for anything else and for numbers that no field could hold.
    private func number(_ range: Range<Int>) -> Int? {
        guard !range.isEmpty, bytes[range].allSatisfy(Self.isDigit) else { return nil }
        var value = 0
        for byte in bytes[range] {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            if value > 1_000_000 { return nil }
        }
        return value
    }

    // MARK: L, W and #

    private func special(_ range: Range<Int>) throws(CronSyntaxError) -> Item? {
        switch field {
        case .dayOfMonth: try dayOfMonthSpecial(range)
        case .dayOfWeek: try dayOfWeekSpecial(range)
        default: nil
        }
    }

    private func dayOfMonthSpecial(_ range: Range<Int>) throws(CronSyntaxError) -> Item? {
        if letter(range.lowerBound) == "L" {
            if range.count == 1 { return .lastDay(before: 0) }
            if range.count == 2, letter(range.lowerBound + 1) == "W" { return .lastWorkday }
            guard bytes[range.lowerBound + 1] == UInt8(ascii: "-"),
                let before = number(range.lowerBound + 2..<range.upperBound), (1...30).contains(before)
            else { throw error(.badSpecial(field: field), range) }
            return .lastDay(before: before)
        }
        guard letter(range.upperBound - 1) == "W" else { return nil }
        guard let day = number(range.lowerBound..<range.upperBound - 1), field.allowed.contains(day) else {
            throw error(.badSpecial(field: field), range)
        }
        return .nearestWorkday(day)
    }

    private func dayOfWeekSpecial(_ range: Range<Int>) throws(CronSyntaxError) -> Item? {
        if let hash = bytes[range].firstIndex(of: UInt8(ascii: "#")) {
            guard hash > range.lowerBound, let nth = number(hash + 1..<range.upperBound), (1...5).contains(nth) else {
                throw error(.badSpecial(field: field), range)
            }
            return .nth(nth, weekday: try value(range.lowerBound..<hash) % 7)
        }
        guard letter(range.upperBound - 1) == "L" else { return nil }
        let day = range.lowerBound..<range.upperBound - 1
        guard !day.isEmpty, !bytes[day].contains(UInt8(ascii: "-")), letter(day.upperBound - 1) != "L" else {
            throw error(.badSpecial(field: field), range)
        }
        return .lastWeekday(try value(day) % 7)
    }

    // MARK: Characters

    private func letter(_ index: Int) -> Unicode.Scalar {
        Unicode.Scalar(Self.isLetter(bytes[index]) ? bytes[index] & 0xDF : bytes[index])
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private func error(_ reason: CronSyntaxError.Reason, _ range: Range<Int>) -> CronSyntaxError {
        CronSyntaxError(reason, at: range, in: text)
    }
}

/// The three-letter names of months and weekdays.
enum CronNames {
    static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    static let weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    /// The number of a name in any letter case; `nil` where the field takes no such name.
    static func value(_ name: ArraySlice<UInt8>, in field: CronField) -> Int? {
        guard name.count == 3 else { return nil }
        let names = field == .month ? months : field == .dayOfWeek ? weekdays : []
        let first = field.allowed.lowerBound
        return names.firstIndex { $0.utf8.elementsEqual(name.lazy.map { $0 & 0xDF }) }.map { $0 + first }
    }
}
