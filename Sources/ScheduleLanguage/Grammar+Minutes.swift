/// Minutes within the hour.
extension Grammar {
    /// "at minute 10 of every hour", "15 minutes past every hour", "at half past every hour", "on the half hour".
    func minutes(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let place = skip(index, ["at", "on"])
        return numberedMinutes(at: place) ?? colonMinute(at: place, context) ?? halfHourMark(at: place)
            ?? minutesPast(at: place, context)
    }

    /// "minute 10", "minutes 10 and 40".
    private func numberedMinutes(at index: Int) -> Parsed<TimePart>? {
        guard isWord(index, ["minute", "minutes"]), let (minutes, end) = list(from: index + 1, of: plainNumber),
            minutes.allSatisfy({ (0...59).contains($0) })
        else { return nil }
        return (.minutes(minutes), ofHour(at: end) ?? end)
    }

    private func plainNumber(_ index: Int) -> Parsed<Int>? {
        guard let (value, end) = number(at: index), value == value.rounded(), unit(at: end) == nil else { return nil }
        return (Int(value), end)
    }

    /// ":15".
    private func colonMinute(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard mark(index) == ":", isJoined(index + 1), let minute = wholeNumber(index + 1), minute < 60,
            context.hasShortStep || isPhrase
        else { return nil }
        return (.minutes([minute]), index + 2)
    }

    /// "the half hour", "half past every hour".
    private func halfHourMark(at index: Int) -> Parsed<TimePart>? {
        let end =
            skip(index, phrase: ["the", "half", "hour"]) ?? skip(index, phrase: ["half", "past"]).flatMap(ofHour)
        return end.map { (.minutes([30]), $0) }
    }

    /// "15 minutes past every hour", "quarter to the hour"; behind "every hour" also "at 5 past".
    private func minutesPast(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard let (minute, end) = minutesSaid(at: index) else { return nil }
        let isTo = isWord(end, ["to", "before"])
        guard isTo || isWord(end, ["past", "after"]) else { return nil }
        let isLast = context.hasShortStep && end + 1 >= tokens.count
        guard let stop = ofHour(at: end + 1) ?? (isLast ? end + 1 : nil) else { return nil }
        return (.minutes([isTo ? 60 - minute : minute]), stop)
    }

    /// "a quarter", "five", "20 minutes".
    private func minutesSaid(at index: Int) -> Parsed<Int>? {
        let start = skip(index, ["a"])
        if word(start) == "quarter" { return (15, start + 1) }
        guard let (value, end) = number(at: index), value == value.rounded(), (1...59).contains(value) else {
            return nil
        }
        return (Int(value), skip(end, ["minutes", "minute", "mins", "min"]))
    }

    /// "of every hour", "the hour", "each hour": the repetition is implied.
    private func ofHour(at index: Int) -> Int? {
        let place = skip(index, ["of", "past", "after", "in"])
        guard isWord(place, ["every", "each", "the"]), word(place + 1) == "hour" else { return nil }
        return place + 2
    }
}
