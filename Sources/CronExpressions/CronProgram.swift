/// An expression made ready for searching: bit sets of the values of each field.
///
/// Which days of a month match depends only on the month's length and on the weekday of its first day, so the days of
/// all 28 kinds of months are worked out once.
final class CronProgram: Sendable {
    /// Bit n is set for value n.
    let seconds: UInt64
    let minutes: UInt64
    let hours: UInt64
    let months: UInt64
    /// Bits 1…31, by `kind(length:firstWeekday:)`.
    let days: [UInt32]
    /// The minute or hour begins with `*`: the expression follows the wall clock as it shows.
    let followsClock: Bool

    init(_ syntax: CronSyntax) {
        seconds = syntax.second?.bits ?? 1
        minutes = syntax.minute.bits
        hours = syntax.hour.bits
        months = syntax.month.bits
        followsClock = syntax.minute.beginsWithStar || syntax.hour.beginsWithStar
        days = CronDayRule(syntax).daysOfAllKinds()
    }

    /// Never due by the clock.
    init() {
        (seconds, minutes, hours, months, days, followsClock) = (0, 0, 0, 0, [], false)
    }

    static func kind(length: Int, firstWeekday: Int) -> Int { (length - 28) * 7 + firstWeekday - 1 }

    /// Some month has a day that matches. All kinds of years come within 400 years.
    var canFire: Bool {
        (1...12).contains { month in
            guard months >> UInt64(month) & 1 == 1 else { return false }
            let lengths =
                month == 2 ? 28...29 : CivilDay.daysInMonth(month, year: 1)...CivilDay.daysInMonth(month, year: 1)
            return lengths.contains { length in
                (1...7).contains { days[Self.kind(length: length, firstWeekday: $0)] != 0 }
            }
        }
    }
}

/// Which days of a month match, from both day fields together.
struct CronDayRule {
    private let either: Bool
    private let plainDays: UInt32
    /// Bit 0 Sunday … bit 6 Saturday.
    private let plainWeekdays: UInt64
    /// Items of either field whose days depend on the month; most expressions have none.
    private let specialDays: [CronFieldSyntax.Item]
    private let specialWeekdays: [CronFieldSyntax.Item]

    init(_ syntax: CronSyntax) {
        either = !syntax.dayOfMonth.beginsWithStar && !syntax.dayOfWeek.beginsWithStar
        plainDays = UInt32(truncatingIfNeeded: syntax.dayOfMonth.bits)
        plainWeekdays = syntax.dayOfWeek.bits & 0x7F
        specialDays = syntax.dayOfMonth.items.filter(\.isSpecial)
        specialWeekdays = syntax.dayOfWeek.items.filter(\.isSpecial)
    }

    /// The days of each kind of month, in the order of `CronProgram.kind(length:firstWeekday:)`.
    func daysOfAllKinds() -> [UInt32] {
        specialDays.withUnsafeBufferPointer { specialDays in
            specialWeekdays.withUnsafeBufferPointer { specialWeekdays in
                [UInt32](unsafeUninitializedCapacity: 28) { days, count in
                    for firstWeekday in 1...7 {
                        let plainOfWeek = Self.each(plainWeekdays, firstWeekday)
                        for length in 28...31 {
                            let ofMonth = plainDays | Self.specials(specialDays, length, firstWeekday)
                            let ofWeek = plainOfWeek | Self.specials(specialWeekdays, length, firstWeekday)
                            let kind = CronProgram.kind(length: length, firstWeekday: firstWeekday)
                            days.initializeElement(at: kind, to: join(ofMonth, ofWeek, length))
                        }
                    }
                    count = 28
                }
            }
        }
    }

    /// - Parameter firstWeekday: of the month's first day, 1 Monday … 7 Sunday.
    private static func specials(
        _ items: UnsafeBufferPointer<CronFieldSyntax.Item>, _ length: Int, _ firstWeekday: Int
    ) -> UInt32 {
        var days: UInt32 = 0
        for item in items { days |= special(item, length, firstWeekday) }
        return days
    }

    /// Bits 1…`length`.
    private func join(_ ofMonth: UInt32, _ ofWeek: UInt32, _ length: Int) -> UInt32 {
        let all = UInt32(truncatingIfNeeded: (UInt64(1) &<< UInt64(length + 1)) - 2)
        return (either ? ofMonth | ofWeek : ofMonth & ofWeek) & all
    }

    /// Bits 1…31 of the days on any of the weekdays: a week that begins with `firstWeekday`, over and over.
    private static func each(_ weekdays: UInt64, _ firstWeekday: Int) -> UInt32 {
        let turn = UInt64(firstWeekday % 7)
        let week = (weekdays &>> turn | weekdays &<< (7 - turn)) & 0x7F
        return UInt32(truncatingIfNeeded: (week &* 0b1_0000001_0000001_0000001_0000001) << 1)
    }

    private static func special(_ item: CronFieldSyntax.Item, _ length: Int, _ firstWeekday: Int) -> UInt32 {
        switch item {
        case .lastDay(let before): return before < length ? 1 << UInt32(length - before) : 0
        case .lastWorkday: return nearestWorkday(to: length, length, firstWeekday)
        case .nearestWorkday(let day): return day <= length ? nearestWorkday(to: day, length, firstWeekday) : 0
        case .nth(let nth, let weekday): return every(weekday, firstWeekday) & (0xFE << UInt32((nth - 1) * 7))
        case .lastWeekday(let weekday):
            let lastWeek = UInt32(0xFE) << UInt32(length - 7)
            return every(weekday, firstWeekday) & lastWeek
        default: return 0
        }
    }

    /// Bits 1…31 of the days on `weekday` (0 Sunday).
    private static func every(_ weekday: Int, _ firstWeekday: Int) -> UInt32 {
        let first = 1 + (weekday - firstWeekday + 7) % 7
        return 0b1_0000001_0000001_0000001_0000001 &<< UInt32(first)
    }

    /// `day` itself, or the Friday before a Saturday or the Monday after a Sunday, unless that leaves the month.
    private static func nearestWorkday(to day: Int, _ length: Int, _ firstWeekday: Int) -> UInt32 {
        let found: Int
        switch (firstWeekday - 1 + day - 1) % 7 {
        case 5: found = day == 1 ? 3 : day - 1
        case 6: found = day == length ? day - 2 : day + 1
        default: found = day
        }
        return 1 << UInt32(found)
    }
}
