/// How the times of day of an expression are told.
///
/// Expressions with the same times are told in the same words, however they were written.
struct TimeWording: Equatable {
    enum Kind: Equatable {
        /// Few and fixed: "at 09:00 and 17:30" follows the days.
        case at([ClockTime])
        /// "Every 15 minutes from 09:00 to 17:45" goes before the days.
        case every(String)
    }

    private(set) var kind: Kind
    /// "every 10 seconds of that minute".
    private(set) var seconds: String?
    /// "as the clock shows" or "at fixed times", where the other words alone would mean the other rule of clock changes.
    private(set) var clockRule: String?

    private static let mostTimes = 12

    /// The rule of clock changes that words mean by themselves.
    private enum Rule { case shown, shownUnlessStarted, fixed, open }

    /// - Parameters:
    ///   - isAlone: no days and no other expressions are told beside the times.
    ///   - beforeStart: a start follows that "every 6 hours" could count from.
    init(_ syntax: CronSyntax, isAlone: Bool, beforeStart: Bool = false) {
        let times = TimesOfDay(syntax)
        var (kind, rule) = Self.minutes(times)
        if times.seconds != [0] {
            if times.isEveryMinute, let step = EvenStep(times.seconds, of: 60) {
                kind = .every(step.words("second"))
                // "Every 10 seconds" by itself counts from now.
                rule = step.size == 1 && isAlone && times.followsClock ? .shown : .open
            } else if case .at(let minutes) = kind, times.seconds.count <= 4 || EvenStep(times.seconds, of: 60) == nil,
                minutes.count * times.seconds.count <= Self.mostTimes
            {
                kind = .at(minutes.flatMap { time in times.seconds.map { ClockTime(seconds: time.seconds + $0) } })
            } else {
                seconds = Self.within(times.seconds)
            }
        }
        self.kind = kind
        clockRule = Self.words(times.followsClock, beside: rule, beforeStart: beforeStart)
    }

    /// `nil` where the other words say it.
    private static func words(_ followsClock: Bool, beside rule: Rule, beforeStart: Bool) -> String? {
        switch rule {
        case .shown where followsClock, .fixed where !followsClock: nil
        case .shownUnlessStarted where followsClock && !beforeStart: nil
        default: followsClock ? "as the clock shows" : "at fixed times"
        }
    }

    /// The seconds of each minute.
    private static func within(_ seconds: [Int]) -> String {
        if let step = EvenStep(seconds, of: 60) { return "\(step.words("second").uncapitalized) of that minute" }
        return "at \(numbers(seconds, "second")) of that minute"
    }

    // MARK: Minutes and hours

    private static func minutes(_ times: TimesOfDay) -> (Kind, Rule) {
        let past = times.minutes == [0] ? "" : " at \(numbers(times.minutes, "minute"))"
        if let step = EvenStep(times.minutes, of: 60), times.followsClock || step.size == 1 {
            if let hours = times.evenHours, hours.size > 1, times.minutes.count <= 4 {
                return (.every(hours.words("hour") + past), .shown)
            }
            return (.every(everyMinutes(step, times)), times.isEveryHour ? .shownUnlessStarted : .shown)
        }
        if let hours = times.evenHours, times.followsClock || times.isEveryHour {
            return (.every(hours.words("hour") + past), past.isEmpty ? .shownUnlessStarted : .shown)
        }
        if let words = ofOneHour(times) ?? everyHours(times) { return (.every(words), .fixed) }
        let clocks = times.hours.flatMap { hour in times.minutes.map { ClockTime(seconds: hour * 3_600 + $0 * 60) } }
        if clocks.count <= mostTimes { return (.at(clocks), .fixed) }
        if let span = HourSpan(times.hours), span.step == 1 {
            let last = ClockTime(seconds: span.last * 3_600 + 59 * 60)
            return (.every("Every hour\(past), from \(clock(span.first)) to \(last.text)"), .fixed)
        }
        return (.every("Every hour\(past.isEmpty ? "" : past + ",") during \(hours(times))"), .fixed)
    }

    /// "Every 15 minutes from 09:00 to 17:45".
    private static func everyMinutes(_ step: EvenStep, _ times: TimesOfDay) -> String {
        let unit = step.words("minute")
        if times.isEveryHour { return unit }
        guard let span = HourSpan(times.hours), span.step == 1 else { return "\(unit) during \(hours(times))" }
        let last = ClockTime(seconds: span.last * 3_600 + (60 - step.size) * 60)
        return "\(unit) from \(clock(span.first)) to \(last.text)"
    }

    /// "Every minute from 01:39 to 01:55", "Every 7 minutes from 09:03 to 09:59".
    private static func ofOneHour(_ times: TimesOfDay) -> String? {
        guard times.hours.count == 1, EvenStep(times.minutes, of: 60) == nil, let run = Progression(times.minutes),
            run.step == 1 ? run.count > 2 : run.count > 4
        else { return nil }
        let ends = [run.first, run.last].map { ClockTime(seconds: times.hours[0] * 3_600 + $0 * 60).text }
        return "\(EvenStep(size: run.step).words("minute")) from \(ends[0]) to \(ends[1])"
    }

    /// "Every 2 hours from 09:30 to 17:30".
    private static func everyHours(_ times: TimesOfDay) -> String? {
        guard times.minutes.count == 1, let span = HourSpan(times.hours), times.hours.count > (span.step == 1 ? 2 : 3)
        else { return nil }
        let ends = [span.first, span.last].map { ClockTime(seconds: $0 * 3_600 + times.minutes[0] * 60).text }
        return "\(EvenStep(size: span.step).words("hour")) from \(ends[0]) to \(ends[1])"
    }

    private static func clock(_ hour: Int) -> String { ClockTime(seconds: hour * 3_600).text }

    /// "the hours of 09:00, 12:00 and 15:00", "every 2nd hour from 00:00 to 22:00".
    private static func hours(_ times: TimesOfDay) -> String {
        if times.hours.count > 4, let span = HourSpan(times.hours), span.step > 1 {
            return "every \(DayWording.ordinal(span.step)) hour from \(clock(span.first)) to \(clock(span.last))"
        }
        return "the \(times.hours.count == 1 ? "hour" : "hours") of \(runs(times.hours, text: clock).listed())"
    }

    /// "minute 5", "minutes 5 and 20", "every 2nd minute from 1 to 59".
    private static func numbers(_ values: [Int], _ unit: String) -> String {
        if let run = Progression(values), run.step > 1, run.count > 4 {
            return "every \(DayWording.ordinal(run.step)) \(unit) from \(run.first) to \(run.last)"
        }
        return "\(unit)\(values.count == 1 ? "" : "s") \(runs(values) { String($0) }.listed())"
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
