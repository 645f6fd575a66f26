/// How often, as explanations say it.
///
///     frequency = "every" [ number ] "minutes" [ "from" clock "to" clock | "during" hours ]
///               | "every" [ number ] "hours" [ "from" clock "to" clock ]
///               | "every" [ number ] "hours" [ "at minutes" numbers ]
///               | "every hour" [ "at minutes" numbers "," ] ( "from" clock "to" clock | "during" hours )
///               | "every" [ number ] "seconds"
///     numbers   = "0, 8 to 12 and 40" | "every 2nd minute from 1 to 59" (instead of "minutes …")
///     hours     = "the hours of" clocks | "every 2nd hour from" clock "to" clock
///     seconds   = "at seconds" numbers "of that minute" | "every" [ number ] "seconds of that minute"
extension Grammar {
    func explainedFrequency(at index: Int) -> Parsed<ExplainedTimes>? {
        guard let (step, unit, end) = explainedStep(at: index) else { return nil }
        switch unit {
        case .second:
            return Self.evenValues(step, of: 60).map { (ExplainedTimes(seconds: $0), end) }
        case .minute: return explainedMinutes(step, at: end)
        case .hour: return explainedHours(step, at: end)
        default: return nil
        }
    }

    /// "at second 15 of that minute", "every 10 seconds of that minute": the seconds of each minute.
    func secondsOfMinute(at index: Int) -> Parsed<[Int]>? {
        let found: Parsed<[Int]>?
        if let (step, unit, end) = explainedStep(at: index), unit == .second {
            found = Self.evenValues(step, of: 60).map { ($0, end) }
        } else {
            found = word(index) == "at" ? explainedNumbers(at: index + 1, ["second", "seconds"]) : nil
        }
        guard let (seconds, end) = found, let stop = skip(end, phrase: ["of", "that", "minute"]) else { return nil }
        return (seconds, stop)
    }

    // MARK: Minutes

    private func explainedMinutes(_ step: Int, at index: Int) -> Parsed<ExplainedTimes>? {
        if let (first, last, end) = explainedSpan(at: index) {
            return Self.minutesInSpan(step, from: first / 60, to: last / 60).map { ($0, end) }
        }
        guard let minutes = Self.evenValues(step, of: 60), step < 60 else { return nil }
        if word(index) == "during" {
            return explainedHourSet(at: index + 1).map {
                (ExplainedTimes(minutes: minutes, hours: $0.value, followsClock: true), $0.end)
            }
        }
        return (ExplainedTimes(minutes: minutes, hours: Array(0..<24), followsClock: true), index)
    }

    /// Whole hours, or minutes of one hour.
    private static func minutesInSpan(_ step: Int, from first: Int, to last: Int) -> ExplainedTimes? {
        if first % 60 == 0, last % 60 == 60 - step, let minutes = evenValues(step, of: 60) {
            let hours = hours(from: first / 60, to: last / 60, by: 1)
            return ExplainedTimes(minutes: minutes, hours: hours, followsClock: true)
        }
        guard first / 60 == last / 60, first < last, (last - first) % step == 0 else { return nil }
        let minutes = stride(from: first % 60, through: last % 60, by: step)
        return ExplainedTimes(minutes: Array(minutes), hours: [first / 60], followsClock: false)
    }

    // MARK: Hours

    private func explainedHours(_ step: Int, at index: Int) -> Parsed<ExplainedTimes>? {
        if let (first, last, end) = explainedSpan(at: index) { return hoursInSpan(step, first, last, at: end) }
        var (minutes, end) = ([0], index)
        if word(index) == "at" {
            guard let found = explainedNumbers(at: index + 1, ["minute", "minutes"]) else { return nil }
            (minutes, end) = (found.value, found.end)
        }
        if step == 1, let (hours, stop) = hoursBehindMinutes(at: behindComma(end)) {
            return (ExplainedTimes(minutes: minutes, hours: hours, followsClock: false), stop)
        }
        guard let hours = Self.evenValues(step, of: 24), step < 24 else { return nil }
        return (ExplainedTimes(minutes: minutes, hours: hours, followsClock: true), end)
    }

    /// "from 09:30 to 17:30" behind "every hour".
    private func hoursInSpan(_ step: Int, _ first: Int, _ last: Int, at end: Int) -> Parsed<ExplainedTimes>? {
        let minute = first / 60 % 60
        guard minute == last / 60 % 60, step < 24 else { return nil }
        let hours = Self.hours(from: first / 3_600, to: last / 3_600, by: step)
        return (ExplainedTimes(minutes: [minute], hours: hours, followsClock: false), end)
    }

    /// "from 01:00 to 20:59", "during the hours of 06:00 and 12:00" behind "every hour at minutes 5 and 10".
    private func hoursBehindMinutes(at index: Int) -> Parsed<[Int]>? {
        if word(index) == "during" { return explainedHourSet(at: index + 1) }
        guard let (first, last, end) = explainedSpan(at: index), first / 60 % 60 == 0, last / 60 % 60 == 59 else {
            return nil
        }
        return (Self.hours(from: first / 3_600, to: last / 3_600, by: 1), end)
    }

    /// "the hours of 09:00, 12:00 to 15:00 and 20:00", "every 2nd hour from 00:00 to 22:00".
    private func explainedHourSet(at index: Int) -> Parsed<[Int]>? {
        if let start = skip(index, phrase: ["the", "hours", "of"]) ?? skip(index, phrase: ["the", "hour", "of"]) {
            guard let (runs, end) = explainedList(from: start, of: hourRun) else { return nil }
            return (Set(runs.joined()).sorted(), end)
        }
        guard isWord(index, Vocabulary.every), let (step, place) = ordinal(at: index + 1), step < 24,
            word(place) == "hour", let (first, last, end) = explainedSpan(at: place + 1)
        else { return nil }
        return (Self.hours(from: first / 3_600, to: last / 3_600, by: step), end)
    }

    private func hourRun(_ index: Int) -> Parsed<[Int]>? {
        guard let (first, end) = settledClock(index), first % 3_600 == 0 else { return nil }
        guard word(end) == "to", let (last, stop) = settledClock(end + 1) else { return ([first / 3_600], end) }
        return (Self.hours(from: first / 3_600, to: last / 3_600, by: 1), stop)
    }

    // MARK: Pieces

    /// "every hour", "every 15 minutes".
    private func explainedStep(at index: Int) -> (step: Int, unit: Vocabulary.Unit, end: Int)? {
        guard isWord(index, Vocabulary.every) else { return nil }
        if let (unit, end) = unit(at: index + 1) { return (1, unit, end) }
        guard let step = wholeNumber(index + 1), step > 1, let (unit, end) = unit(at: index + 2) else { return nil }
        return (step, unit, end)
    }

    /// "from 09:00 to 17:45", in seconds since midnight.
    private func explainedSpan(at index: Int) -> (first: Int, last: Int, end: Int)? {
        guard word(index) == "from", let (first, middle) = settledClock(index + 1), word(middle) == "to",
            let (last, end) = settledClock(middle + 1), first % 60 == 0, last % 60 == 0
        else { return nil }
        return (first, last, end)
    }

    /// "minutes 0, 8 to 12 and 40", "every 2nd minute from 1 to 59".
    private func explainedNumbers(at index: Int, _ units: [String]) -> Parsed<[Int]>? {
        if isWord(index, Vocabulary.every) {
            guard let (step, place) = ordinal(at: index + 1), step > 0, isWord(place, units), word(place + 1) == "from",
                let (run, end) = numberRun(place + 2), let first = run.first, let last = run.last
            else { return nil }
            return (Array(stride(from: first, through: last, by: step)), end)
        }
        guard isWord(index, units), let (runs, end) = explainedList(from: index + 1, of: numberRun) else { return nil }
        return (Set(runs.joined()).sorted(), end)
    }

    private func numberRun(_ index: Int) -> Parsed<[Int]>? {
        guard let first = wholeNumber(index), first < 60, !isWord(index + 1, ["time", "times"]) else { return nil }
        guard word(index + 1) == "to", let last = wholeNumber(index + 2), last < 60, last > first else {
            return ([first], index + 1)
        }
        return (Array(first...last), index + 3)
    }

    /// From 0 on; `nil` where the step does not divide the field evenly.
    private static func evenValues(_ step: Int, of count: Int) -> [Int]? {
        count % step == 0 ? Array(stride(from: 0, to: count, by: step)) : nil
    }

    /// Across midnight where the last hour comes before the first.
    private static func hours(from first: Int, to last: Int, by step: Int) -> [Int] {
        stride(from: first, through: last < first ? last + 24 : last, by: step).map { $0 % 24 }.sorted()
    }
}
