import CronExpressions

/// The day fields of an expression.
struct DayFields: Hashable {
    var dayOfMonth = "*"
    var month = "*"
    var dayOfWeek = "*"

    var isEveryDay: Bool { self == DayFields() }
}

/// Writes times and days as cron expressions, as few of them as the fields allow.
enum CronWriter {
    static let dayNames = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]

    /// Expressions that fire at each of `times` (minutes since midnight) on the days of `days`.
    ///
    /// - Parameter isTicking: the times follow the clock as it shows (`*/15`); otherwise each is a fixed time, which a
    ///   clock change can move.
    static func expressions(_ times: Set<Int>, on days: DayFields, isTicking: Bool = false) -> [CronExpression] {
        var hoursByMinutes: [[Int]: [Int]] = [:]
        for (hour, minutes) in Dictionary(grouping: times.sorted(), by: { $0 / 60 }) {
            hoursByMinutes[minutes.map { $0 % 60 }, default: []].append(hour)
        }
        let groups = hoursByMinutes.map { (minutes: $0.key, hours: $0.value.sorted()) }
        return groups.sorted { ($0.hours[0], $0.minutes[0]) < ($1.hours[0], $1.minutes[0]) }.compactMap { group in
            let minutes = isTicking ? field(group.minutes, in: 0..<60) : list(group.minutes) { "\($0)" }
            return expression(minutes: minutes, hours: hours(group.hours), days)
        }
    }

    static func expression(minutes: String, hours: String, _ days: DayFields) -> CronExpression? {
        try? CronExpression("\(minutes) \(hours) \(days.dayOfMonth) \(days.month) \(days.dayOfWeek)")
    }

    /// `9-17`, `9-17/2` or `9,12`; every second hour of the whole day is `0/2`, a list of fixed times.
    private static func hours(_ hours: [Int]) -> String { hours.count == 24 ? "*" : fixedHours(hours) }

    /// As above, and `0-23` for every hour.
    static func fixedHours(_ hours: [Int]) -> String {
        if hours.count > 3, let step = step(hours), step > 1, let first = hours.first, let last = hours.last {
            return last + step > 23 && first < step ? "\(first)/\(step)" : "\(first)-\(last)/\(step)"
        }
        return list(hours) { "\($0)" }
    }

    /// `*`, `*/15`, `9-17/2`, `9-17` or `9,12`.
    static func field(_ values: [Int], in all: Range<Int>) -> String {
        guard let first = values.first, let last = values.last else { return "*" }
        if values.count == all.count { return "*" }
        if let step = step(values), step > 1, values.count > 3 || values.count * step == all.count {
            if first - all.lowerBound < step, last + step >= all.upperBound {
                return first == all.lowerBound && all.count % step == 0 ? "*/\(step)" : "\(first)/\(step)"
            }
            return "\(first)-\(last)/\(step)"
        }
        return list(values) { "\($0)" }
    }

    private static func step(_ values: [Int]) -> Int? {
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps.count == 1 ? steps.first : nil
    }

    /// "MON-FRI", "MON,WED".
    static func weekdays(_ days: [Int]) -> String {
        let days = Set(days).sorted()
        return days.count == 7 ? "*" : list(days) { dayNames[$0 - 1] }
    }

    static func months(_ months: [Int]) -> String {
        let months = Set(months).sorted()
        return months.count == 12 ? "*" : list(months) { "\($0)" }
    }

    /// Runs of three and more become ranges.
    static func list(_ values: [Int], name: (Int) -> String = { "\($0)" }) -> String {
        var parts: [String] = []
        var index = 0
        while index < values.count {
            var end = index
            while end + 1 < values.count, values[end + 1] == values[end] + 1 { end += 1 }
            if end - index >= 2 {
                parts.append("\(name(values[index]))-\(name(values[end]))")
            } else {
                parts += values[index...end].map(name)
            }
            index = end + 1
        }
        return parts.joined(separator: ",")
    }
}

extension CronExpression {
    /// The same minutes, each at that second; an expression of five fields becomes one of six.
    func atSecond(_ second: Int) -> CronExpression? {
        second == 0 ? self : try? CronExpression("\(second) \(text)", seconds: true)
    }
}
