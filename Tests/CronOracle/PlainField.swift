/// One field of an expression, read in the plainest way: a list of numbers, and of the forms that only days have.
struct PlainField: Sendable {
    /// `L`, `LW`, `15W` and the like, each asked of one day.
    enum DayForm: Sendable {
        case lastDay(before: Int)
        case lastWorkday
        case nearestWorkday(Int)
        case nth(Int, weekday: Int)
        case lastOf(weekday: Int)
    }

    let text: String
    private let numbers: [Bool]
    private let forms: [DayForm]

    init(_ text: String, _ allowed: ClosedRange<Int>) {
        self.text = text
        var numbers = [Bool](repeating: false, count: 64)
        var forms: [DayForm] = []
        for item in text.split(separator: ",") {
            if let form = Self.form(item) {
                forms.append(form)
            } else {
                for number in Self.numbers(item, allowed) { numbers[number] = true }
            }
        }
        (self.numbers, self.forms) = (numbers, forms)
    }

    var beginsWithStar: Bool { text.hasPrefix("*") || text == "?" }

    func contains(_ number: Int) -> Bool { numbers[number] }

    /// One of the day forms names this day.
    func names(_ day: CalendarDay) -> Bool { forms.contains { $0.names(day) } }

    private static func numbers(_ item: Substring, _ allowed: ClosedRange<Int>) -> [Int] {
        let parts = item.split(separator: "/")
        let step = parts.count > 1 ? Int(parts[1])! : 1
        let isAll = parts[0] == "*" || parts[0] == "?"
        let ends = isAll ? [allowed.lowerBound, allowed.upperBound] : parts[0].split(separator: "-").map { Int($0)! }
        let last = ends.count == 1 && parts.count > 1 ? allowed.upperBound : ends[ends.count - 1]
        // A range that ends before it begins goes round.
        let end = last < ends[0] ? last + allowed.count : last
        return stride(from: ends[0], through: end, by: step).map {
            $0 > allowed.upperBound && $0 != 7 ? $0 - allowed.count : $0
        }
    }

    private static func form(_ item: Substring) -> DayForm? {
        if item == "L" { return .lastDay(before: 0) }
        if item == "LW" { return .lastWorkday }
        if item.hasPrefix("L-") { return .lastDay(before: Int(item.dropFirst(2))!) }
        if item.hasSuffix("W") { return .nearestWorkday(Int(item.dropLast())!) }
        if item.hasSuffix("L") { return .lastOf(weekday: Int(item.dropLast())! % 7) }
        let parts = item.split(separator: "#").map { Int($0) }
        return parts.count == 2 ? .nth(parts[1]!, weekday: parts[0]! % 7) : nil
    }
}

extension PlainField.DayForm {
    func names(_ day: CalendarDay) -> Bool {
        switch self {
        case .lastDay(let before): return day.day == day.length - before
        case .lastWorkday:
            let last = (1...day.length).last { (1...5).contains(day.weekday(ofDay: $0)) }
            return day.day == last
        case .nearestWorkday(let wanted): return wanted <= day.length && day.day == Self.workday(near: wanted, in: day)
        case .nth(let nth, let weekday): return day.weekday == weekday && (day.day + 6) / 7 == nth
        case .lastOf(let weekday): return day.weekday == weekday && day.day + 7 > day.length
        }
    }

    /// Of the working days of the month, the one with the smallest distance. Nearest of a Saturday is the Friday
    /// before it and of a Sunday the Monday after it; only at the ends of a month is it two days away.
    private static func workday(near wanted: Int, in day: CalendarDay) -> Int? {
        (1...day.length).filter { (1...5).contains(day.weekday(ofDay: $0)) }.min {
            abs($0 - wanted) < abs($1 - wanted)
        }
    }
}
