/// A second reading of cron, written to be seen through rather than to be fast. It shares nothing with the engine.
package struct PlainCron: Sendable {
    package let text: String
    private let second, minute, hour, dayOfMonth, month, dayOfWeek: PlainField

    /// An expression that is known to be good: five fields, or six with the seconds first. Names are not read.
    package init(_ text: String) {
        var fields = text.split(separator: " ").map(String.init)
        precondition(fields.count == 5 || fields.count == 6, "not cron: \(text)")
        if fields.count == 5 { fields.insert("0", at: 0) }
        self.text = text
        (second, minute) = (PlainField(fields[0], 0...59), PlainField(fields[1], 0...59))
        (hour, dayOfMonth) = (PlainField(fields[2], 0...23), PlainField(fields[3], 1...31))
        (month, dayOfWeek) = (PlainField(fields[4], 1...12), PlainField(fields[5], 0...6))
    }

    package var hasSeconds: Bool { text.split(separator: " ").count == 6 }

    /// The minute or the hour begins with `*`: the expression follows the clock as it shows. All others are fixed times.
    package var followsClock: Bool { minute.beginsWithStar || hour.beginsWithStar }

    /// - Parameter time: seconds since midnight on the wall clock.
    package func matches(time: Int) -> Bool {
        hour.contains(time / 3_600) && minute.contains(time / 60 % 60) && second.contains(time % 60)
    }

    /// Where both day fields are restricted either may match; one that begins with `*` is not restricted.
    package func matches(day: CalendarDay) -> Bool {
        guard month.contains(day.month) else { return false }
        let onDay = dayOfMonth.contains(day.day) || dayOfMonth.names(day)
        let isSunday = day.weekday == 0
        let onWeekday =
            dayOfWeek.contains(day.weekday) || isSunday && dayOfWeek.contains(7) || dayOfWeek.names(day)
        let mustBoth = dayOfMonth.beginsWithStar || dayOfWeek.beginsWithStar
        return mustBoth ? onDay && onWeekday : onDay || onWeekday
    }

    /// All matches on the given days in a zone without changes, as seconds since 1970, until there are `limit` of them.
    package func occurrences(on days: some Sequence<CalendarDay>, limit: Int) -> [Int] {
        let times = stride(from: 0, to: 86_400, by: hasSeconds ? 1 : 60).filter(matches(time:))
        var found: [Int] = []
        for day in days where found.count < limit && matches(day: day) {
            found += times.prefix(limit - found.count).map { day.number * 86_400 + $0 }
        }
        return found
    }
}

extension PlainCron {
    /// An expression made of parts that meet clock changes often.
    package static func random(using generator: inout SeededGenerator, seconds: Bool = false) -> PlainCron {
        let choices = [
            ["*", "*/7", "*/20", "0", "30", "0,30", "15-45/10", "59", "50-10/5"],
            ["*", "*/2", "*/3", "0", "1", "2", "3", "0,2,23", "1-3", "22-4/2", "9-17", "10/5"],
            ["*", "*", "*", "*/2", "1-7", "29,30,31", "5,25", "28-5/3", "?", "L", "LW", "L-2", "1W", "15W,30W"],
            ["*", "*", "*/2", "3,4,9-12", "10-4", "2"],
            ["*", "*", "*/2", "0", "1-5", "6,7", "5-1/2", "?", "7L", "5#1,0#2", "0#5", "1L,3"],
        ]
        let first = seconds ? [["*", "0", "*/15", "30", "59", "55-5/5", "10/20"]] : []
        return PlainCron((first + choices).map { $0.randomElement(using: &generator)! }.joined(separator: " "))
    }
}
