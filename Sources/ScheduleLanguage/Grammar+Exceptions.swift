/// What a repetition leaves out.
extension Grammar {
    /// "except on mondays", "but not on 25 December", "excluding weekends", "except on holidays".
    func exception(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard let place = exceptWords(index, context) else { return nil }
        guard let (items, end) = list(from: place, allowsOr: true, of: { exceptionItem(at: skip($0, ["not"])) }) else {
            return nil
        }
        return (.except(items.reduce(Exceptions(), +)), end)
    }

    private static let exceptPhrases = [
        ["but", "not"], ["but", "never"], ["other", "than"], ["apart", "from"], ["except", "for"], ["except"],
        ["excluding"], ["excepting"], ["skipping"], ["minus"],
    ]

    private func exceptWords(_ index: Int, _ context: Context) -> Int? {
        for phrase in Self.exceptPhrases {
            if let end = skip(index, phrase: phrase) { return end }
        }
        guard context.inRun, isWord(index, ["not", "never", "but"]) else { return nil }
        let isDay = weekdayList(at: index + 1, week: .nearest, isLed: true) != nil
        return isDay || isWord(index + 1, ["on", "in", "at"]) ? index + 1 : nil
    }

    private func exceptionItem(at index: Int) -> Parsed<Exceptions>? {
        let start = skip(skip(index, ["for", "on", "in"]), ["on", "the"])
        if let (mention, end) = holidays(at: start) { return (Exceptions(holidays: [mention]), end) }
        let place = skip(start, Vocabulary.every)
        if let (mention, end) = weekdayList(at: place, week: .nearest, isLed: true) {
            return (Exceptions(weekdays: mention.days), end)
        }
        if let (dates, end) = dateList(at: place, isLed: true) { return (Exceptions(dates: dates), end) }
        if let (months, end) = monthList(at: place) { return (Exceptions(months: months), end) }
        return exceptedMonthDays(at: skip(place, ["the"]))
    }

    /// "the 13th"; "the last friday" cannot be left out.
    private func exceptedMonthDays(at index: Int) -> Parsed<Exceptions>? {
        guard let (days, end) = ordinalList(at: index), days.allSatisfy({ $0 > 0 }),
            Vocabulary.weekdays[word(end)] == nil,
            !isWord(end, ["day", "weekday", "working", "business"])
        else { return nil }
        return (Exceptions(monthDays: days), monthScope(at: end)?.end ?? end)
    }
}
