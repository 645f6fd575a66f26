/// Spans of each day, and stretches of time that are only spoken about.
extension Grammar {
    // MARK: Spans of each day

    /// "from 9 to 17", "9-17", "between 9 and 5", "during business hours", "after 2pm and before 7pm".
    func clockSpan(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let end = businessHours(at: index) { return (.clockSpan(.businessHours), end) }
        if let found = afterAndBefore(at: index) { return found }
        let isLed = isWord(index, ["from", "between"])
        let place = skip(index, ["from", "between", "at"])
        let isLoose = isLed || context.inRun || isPhrase || isTight(place)
        guard let (from, middle) = clockItem(at: place, isLoose: isLoose, isSpan: isLed),
            let next = spanMark(at: middle, from: index),
            let (to, end) = clockItem(at: skip(next, ["at"]), isLoose: true),
            Vocabulary.months[word(end)] == nil, unit(at: end) == nil, mark(end) != "%"
        else { return nil }
        // "9 to 17" by itself may be anything; "9am to 5pm" is not.
        if !isLoose, isBare(from), isBare(to) { return nil }
        return (.clockSpan(ClockSpan(from: from, to: to)), end)
    }

    /// The position behind "-", "to", or "and" where the span began with "between".
    private func spanMark(at index: Int, from start: Int) -> Int? {
        let isLed = isWord(start, ["from", "between"])
        if word(index) == "and" { return word(start) == "between" ? index + 1 : nil }
        return word(index) == "until" && !isLed ? nil : rangeMark(at: index)
    }

    /// "9-17" in one piece, with something about time next to it.
    private func isTight(_ index: Int) -> Bool {
        isJoined(index + 1) && mark(index + 1) == "-" && isJoined(index + 2)
            && isWord(index + 3, ["every", "each", "on", "weekdays", "daily"])
    }

    private func isBare(_ mention: TimeMention) -> Bool {
        if case .spoken(let time) = mention.time { time.half == nil && time.minute == 0 } else { false }
    }

    private func businessHours(at index: Int) -> Int? {
        var place = skip(index, ["during", "in", "within", "through", "throughout", "only"])
        place = skip(place, ["during", "in", "within"])
        place = skip(place, ["the", "my", "our", "normal", "regular"])
        guard isWord(place, ["business", "working", "office", "work"]), word(place + 1) == "hours" else { return nil }
        return place + 2
    }

    private func afterAndBefore(at index: Int) -> Parsed<TimePart>? {
        guard word(index) == "after", let (from, middle) = clockItem(at: index + 1, isLoose: true) else { return nil }
        let place = separator(at: middle) ?? middle
        guard word(place) == "before", let (to, end) = clockItem(at: place + 1, isLoose: true) else { return nil }
        return (.clockSpan(ClockSpan(from: from, to: to, excludesEnd: true)), end)
    }

    // MARK: Stretches that are spoken about

    /// "the last 24 hours", "last night", "this week", "the next 3 hours".
    func span(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let isLed = isWord(index, ["in", "within", "over", "during"]) && word(index + 1) == "the"
        let place = isLed ? index + 2 : skip(index, ["the"])
        if isWord(place, ["last", "past", "previous"]) {
            return backward(at: place + 1) ?? lastWeekday(at: place, context)
        }
        if word(place) == "this" { return thisPeriod(at: place + 1, context) }
        guard word(place) == "next", !context.inRun, number(at: place + 1) != nil,
            let (amount, end) = amount(at: place + 1), !amount.isVague
        else { return nil }
        return (.span, end)
    }

    /// "this week" alone; behind a repetition it is its frame ("every day this week").
    private func thisPeriod(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard isWord(index, ["week", "month", "year", "quarter"]) else { return nil }
        if context.hasDay, word(index) == "week" { return (.period(.thisWeek), index + 1) }
        if context.hasDay, word(index) == "month" { return (.period(.thisMonth), index + 1) }
        return context.inRun ? nil : (.span, index + 1)
    }

    /// "night", "week", "24 hours", "few days" behind "last".
    private func backward(at index: Int) -> Parsed<TimePart>? {
        if isWord(index, Self.stretches) { return (.span, index + 1) }
        if let (_, end) = number(at: index), let (_, stop) = unit(at: end) { return (.span, stop) }
        guard isWord(index, ["few", "couple"]), let (_, end) = unit(at: skip(index + 1, ["of"])) else { return nil }
        return (.span, end)
    }

    private static let stretches: Set<String> = [
        "night", "evening", "week", "month", "year", "quarter", "weekend", "hour", "minute",
    ]

    /// "last friday" without "of the month" is past.
    private func lastWeekday(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let end = index + 2
        guard word(index) == "last", Vocabulary.weekdays[word(index + 1)] != nil, !context.inRun else { return nil }
        guard monthScope(at: end) == nil, quarterScope(at: end, [-1]) == nil else { return nil }
        return isWord(end, Vocabulary.every) || word(end) == "monthly" ? nil : (.past, end)
    }
}
