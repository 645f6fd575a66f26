/// One field of an expression as it was written, item by item.
struct CronFieldSyntax: Equatable, Sendable {
    /// One part of a comma-separated list.
    enum Item: Equatable, Sendable {
        /// `*`, `?`, `*/step`.
        case all(step: Int)
        case value(Int)
        /// `from-to/step`; runs through the end of the field and on from its beginning where `from` is above `to`.
        case range(from: Int, to: Int, step: Int)
        /// `from/step`: up to the end of the field, which in the day of the week is Saturday.
        case upward(from: Int, step: Int)
        /// `L`, `L-3`: days before the last day of the month.
        case lastDay(before: Int)
        /// `LW`: the last Monday to Friday of the month.
        case lastWorkday
        /// `15W`: the Monday to Friday of the same month that is nearest to the day.
        case nearestWorkday(Int)
        /// `5#2`: the second Friday.
        case nth(Int, weekday: Int)
        /// `5L`: the last Friday.
        case lastWeekday(Int)

        /// Which values it allows depends on the month.
        var isSpecial: Bool {
            switch self {
            case .all, .value, .range, .upward: false
            case .lastDay, .lastWorkday, .nearestWorkday, .nth, .lastWeekday: true
            }
        }
    }

    var field: CronField
    var items: [Item]
    /// It begins with `*` or `?`: then it does not count as a restriction of the day, and follows the clock as it shows.
    var beginsWithStar: Bool
    /// Where it stands in the text.
    var range: Range<Int>

    /// It allows every value, with no word about steps.
    var isAny: Bool { items == [.all(step: 1)] }
}

/// A whole expression as it was written.
struct CronSyntax: Equatable, Sendable {
    var second: CronFieldSyntax?
    var minute: CronFieldSyntax
    var hour: CronFieldSyntax
    var dayOfMonth: CronFieldSyntax
    var month: CronFieldSyntax
    var dayOfWeek: CronFieldSyntax
}

extension CronFieldSyntax {
    /// The values of plain items as a bit set (bit n is value n; in the day of the week, Sunday is 0).
    /// Special day forms have no bits of their own.
    var bits: UInt64 { items.reduce(0) { $0 | bits(of: $1) } }

    func bits(of item: Item) -> UInt64 {
        let first = field.allowed.lowerBound
        switch item {
        case .all(let step): return stride(first, last, step)
        case .value(let value): return 1 << UInt64(value % modulus)
        case .upward(let from, let step): return stride(from % modulus, modulus - 1, step)
        case .range(let from, let to, let step) where from <= to: return stride(from, to, step)
        case .range(let from, let to, let step):
            return stride(from % modulus, to + (from % modulus > to ? size : 0), step)
        default: return 0
        }
    }

    /// The number of different values: 7 in the day of the week.
    private var size: Int { field == .dayOfWeek ? 7 : field.allowed.count }

    private var last: Int { field.allowed.upperBound }

    /// What values are reduced by: Sunday may be 7, and everything may run past its end in a wrap-around range.
    private var modulus: Int { field == .dayOfWeek ? 7 : last + 1 }

    private func stride(_ from: Int, _ to: Int, _ step: Int) -> UInt64 {
        if step == 1, to <= last, field != .dayOfWeek { return (2 << UInt64(to)) - (1 << UInt64(from)) }
        var bits: UInt64 = 0
        var value = from
        while value <= to {
            let inField = field == .dayOfWeek ? value % 7 : value > last ? value - size : value
            bits |= 1 << UInt64(inField)
            value += step
        }
        return bits
    }
}
