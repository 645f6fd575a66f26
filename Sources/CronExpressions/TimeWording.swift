/// How the times of day of an expression are told.
enum TimeWording: Equatable {
    /// Few and fixed: "at 09:00 and 17:30" follows the days.
    case at([ClockTime])
    /// "Every 15 minutes from 09:00 to 17:45" goes before the days.
    case every(String)

    private static let mostTimes = 12

    init(_ syntax: CronSyntax) {
        let minutes = Self.minutes(syntax.minute, syntax.hour)
        guard let second = syntax.second, second.values != [0] else {
            self = minutes
            return
        }
        self = Self.seconds(second, within: minutes, everyMinute: syntax.minute.isAny && syntax.hour.isAny)
    }

    // MARK: Seconds

    private static func seconds(_ second: CronFieldSyntax, within minutes: TimeWording, everyMinute: Bool)
        -> TimeWording
    {
        if let step = second.evenStep {
            let unit = step == 1 ? "every second" : "every \(step) seconds"
            if everyMinute { return .every(step == 1 ? "Every second" : "Every \(step) seconds") }
            return .every("\(minutes.words), \(unit) of that minute")
        }
        if case .at(let times) = minutes, times.count * second.values.count <= mostTimes {
            return .at(times.flatMap { time in second.values.map { ClockTime(seconds: time.seconds + $0) } })
        }
        return .every("\(minutes.words), at \(numbers(second.values, "second")) of that minute")
    }

    private var words: String {
        switch self {
        case .at(let times): "At \(times.map(\.text).listed())"
        case .every(let words): words
        }
    }

    // MARK: Minutes and hours

    private static func minutes(_ minute: CronFieldSyntax, _ hour: CronFieldSyntax) -> TimeWording {
        if let step = minute.evenStep, step < 60 { return .every(everyMinutes(step, hour)) }
        if let range = minute.onlyRange, range.step == 1, minute.values.count > 2, range.from < range.to,
            hour.values.count == 1
        {
            let ends = [range.from, range.to].map { ClockTime(seconds: hour.values[0] * 3_600 + $0 * 60).text }
            return .every("Every minute from \(ends[0]) to \(ends[1])")
        }
        let minutes = minute.values
        let past = minutes == [0] ? "" : " at \(numbers(minutes, "minute"))"
        if let step = hour.evenStep, step < 24 {
            return .every((step == 1 ? "Every hour" : "Every \(step) hours") + past)
        }
        if let range = hour.onlyRange, hour.values.count > 2, minutes.count == 1 {
            return .every(everyHours(range, minute: minutes[0]))
        }
        let times = hour.values.flatMap { hour in minutes.map { ClockTime(seconds: hour * 3_600 + $0 * 60) } }
        if times.count <= mostTimes { return .at(times) }
        if let range = hour.onlyRange, range.step == 1 {
            let last = ClockTime(seconds: range.to * 3_600 + 59 * 60)
            return .every("Every hour\(past), from \(clock(range.from)) to \(last.text)")
        }
        return .every("Every hour\(past), during \(hours(hour))")
    }

    /// "Every 15 minutes from 09:00 to 17:45".
    private static func everyMinutes(_ step: Int, _ hour: CronFieldSyntax) -> String {
        let unit = step == 1 ? "Every minute" : "Every \(step) minutes"
        if hour.isAny { return unit }
        let span: (from: Int, to: Int)?
        if let range = hour.onlyRange, range.step == 1 {
            span = (range.from, range.to)
        } else {
            span = hour.values.count == 1 ? (hour.values[0], hour.values[0]) : nil
        }
        guard let span else { return "\(unit) during \(hours(hour))" }
        let last = ClockTime(seconds: span.to * 3_600 + (60 - step) * 60)
        return "\(unit) from \(clock(span.from)) to \(last.text)"
    }

    /// "Every 2 hours from 09:30 to 17:30".
    private static func everyHours(_ range: (from: Int, to: Int, step: Int), minute: Int) -> String {
        let length = (range.to - range.from + 24) % 24
        let last = (range.from + length / range.step * range.step) % 24
        let unit = range.step == 1 ? "Every hour" : "Every \(range.step) hours"
        let ends = [range.from, last].map { ClockTime(seconds: $0 * 3_600 + minute * 60).text }
        return "\(unit) from \(ends[0]) to \(ends[1])"
    }

    private static func clock(_ hour: Int) -> String { ClockTime(seconds: hour * 3_600).text }

    /// "the hours of 09:00, 12:00 and 15:00".
    private static func hours(_ hour: CronFieldSyntax) -> String {
        "the \(hour.values.count == 1 ? "hour" : "hours") of \(runs(hour.values, text: clock).listed())"
    }

    /// "minute 5", "minutes 5 and 20".
    private static func numbers(_ values: [Int], _ unit: String) -> String {
        "\(unit)\(values.count == 1 ? "" : "s") \(runs(values) { String($0) }.listed())"
    }

    /// Three or more values in a row as "8 to 12", the others one by one.
    private static func runs(_ values: [Int], text: (Int) -> String) -> [String] {
        var runs: [ClosedRange<Int>] = []
        for value in values {
            if let last = runs.last, last.upperBound == value - 1 {
                runs[runs.count - 1] = last.lowerBound...value
            } else {
                runs.append(value...value)
            }
        }
        return runs.flatMap { run in
            run.count > 2 ? ["\(text(run.lowerBound)) to \(text(run.upperBound))"] : run.map(text)
        }
    }
}
