/// Words that make a thing repeat.
extension Grammar {
    func repetition(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let found = timesPerUnit(at: index) ?? frequency(at: index) ?? shortStep(at: index) { return found }
        if let found = monthsPart(at: index, context) { return found }
        var start = skip(index, ["on", "once", "repeat", "repeating", "at"])
        start = skip(start, phrase: ["each", "and"]) ?? start
        guard isWord(start, Vocabulary.every) else { return nil }
        let place = skip(start + 1, ["single"])
        return everyUnit(at: place) ?? everyDays(at: place, context) ?? everyNth(at: place) ?? everyPart(at: place)
    }

    /// "daily", "weekly", "hourly".
    private func frequency(at index: Int) -> Parsed<TimePart>? {
        let place = skip(index, ["once"])
        guard let found = Vocabulary.frequencies[word(place)] else {
            return isWord(place, ["semiannually", "biannually"])
                ? (.every(Step(count: 6, unit: .month)), place + 1) : nil
        }
        var end = place + 1
        if word(place) == "quarterly" { return (.every(Step(count: 3, unit: .month, isQuarter: true)), end) }
        if let stop = skip(end, phrase: ["on", "the", "hour"]) { end = stop }
        return (.every(Step(count: found.every, unit: found.unit)), end)
    }

    /// "twice a day", "3 times per week", "once a year", "twice daily".
    private func timesPerUnit(at index: Int) -> Parsed<TimePart>? {
        guard let (count, end) = multiple(at: index) else { return nil }
        if let found = Vocabulary.frequencies[word(end)], found.every == 1, count > 1 {
            return (.times(count, per: found.unit), end + 1)
        }
        guard isWord(end, ["a", "an", "per", "every", "each", "in"]) || mark(end) == "/" else { return nil }
        let place = word(end) == "in" ? skip(end + 1, ["a", "an"]) : end + 1
        if let (unit, stop) = unit(at: place), !word(place).hasSuffix("s") { return (.times(count, per: unit), stop) }
        // "twice every weekday": the days are read again as a part of their own.
        guard count > 1, isWord(end, Vocabulary.every), Vocabulary.dayGroups[word(place)] != nil else { return nil }
        return (.times(count, per: .day), end)
    }

    /// "twice", "3 times".
    private func multiple(at index: Int) -> Parsed<Int>? {
        if let multiple = Vocabulary.multiples[word(index)] { return (multiple, index + 1) }
        guard let (value, end) = number(at: index), value >= 1, value == value.rounded(),
            isWord(end, ["times", "time", "x"])
        else { return nil }
        return (Int(value), end + 1)
    }

    // MARK: Behind "every"

    /// "every 45 minutes", "every other week", "every hour and a half", "every day".
    private func everyUnit(at index: Int) -> Parsed<TimePart>? {
        if let found = everyFraction(at: index) ?? everyOther(at: index) ?? everyOrdinal(at: index) { return found }
        if word(index) == "fortnight" { return (.every(Step(count: 2, unit: .week)), index + 1) }
        if word(index) == "quarter" { return (.every(Step(count: 3, unit: .month, isQuarter: true)), index + 1) }
        if word(index) == "week", isWord(index + 1, ["day", "days"]) { return nil }
        // "every second tuesday" counts Tuesdays.
        if word(index) == "second", weekdayList(at: index + 1, week: .nearest, isLed: true) != nil { return nil }
        if let (unit, end) = unit(at: index), !isJoined(index) { return everyOne(unit, at: end) }
        return everyAmount(at: index)
    }

    /// "other week", "second day", "other quarter".
    private func everyOther(at index: Int) -> Parsed<TimePart>? {
        guard isWord(index, ["other", "alternate"]) else { return nil }
        if word(index + 1) == "fortnight" { return (.every(Step(count: 4, unit: .week)), index + 2) }
        if word(index + 1) == "quarter" { return (.every(Step(count: 6, unit: .month)), index + 2) }
        return unit(at: index + 1).map { (.every(Step(count: 2, unit: $0.value)), $0.end) }
    }

    /// "third day", "2nd week"; not "first day of the month".
    private func everyOrdinal(at index: Int) -> Parsed<TimePart>? {
        guard let (count, end) = ordinal(at: index), let (unit, stop) = unit(at: end), monthScope(at: stop) == nil,
            unit != .day || count > 1
        else { return nil }
        return (.every(Step(count: count, unit: unit)), stop)
    }

    /// "45 minutes", "1h30m".
    private func everyAmount(at index: Int) -> Parsed<TimePart>? {
        guard !saysFew(at: index), let (amount, end) = amount(at: index), !amount.isVague else { return nil }
        // One number and its unit stay as said: "every 7 days" is no week, "every 120 minutes" no two hours.
        if let (count, place) = number(at: index), count == count.rounded(), let (unit, stop) = unit(at: place),
            stop == end
        {
            let behind = unit == .day ? skip(end, phrase: ["of", "the", "month"]) ?? end : end
            return (.every(Step(count: Int(count), unit: unit)), behind)
        }
        return step(amount).map { (.every($0), end) }
    }

    /// "hour and a half", "hour on the hour", "day of the week", "month at the end".
    private func everyOne(_ unit: Vocabulary.Unit, at index: Int) -> Parsed<TimePart>? {
        if let end = skip(index, phrase: ["and", "a", "half"]), let seconds = unit.seconds {
            return (.every(Step(count: seconds * 3 / 2, unit: .second)), end)
        }
        if unit == .month, word(index) == "at", let found = edgeOfMonth(at: skip(index + 1, ["the"])) { return found }
        let end = Self.fillers(behind: unit).lazy.compactMap { skip(index, phrase: $0) }.first ?? index
        return (.every(Step(count: 1, unit: unit)), end)
    }

    /// "end", "beginning" behind "every month at the".
    private func edgeOfMonth(at index: Int) -> Parsed<TimePart>? {
        if word(index) == "end" { return (.monthDays([-1], repeats: true), index + 1) }
        return isWord(index, ["beginning", "start"]) ? (.monthDays([1], repeats: true), index + 1) : nil
    }

    /// Words behind "every hour" and "every day" that add nothing.
    private static func fillers(behind unit: Vocabulary.Unit) -> [[String]] {
        switch unit {
        case .hour: [["on", "the", "hour"], ["of", "the", "day"], ["of", "every", "day"]]
        case .second, .minute: [["of", "the", "day"], ["of", "every", "day"]]
        case .day: [["of", "the", "week"], ["of", "the", "month"], ["of", "the", "year"]]
        default: []
        }
    }

    /// "half hour", "quarter of an hour".
    private func everyFraction(at index: Int) -> Parsed<TimePart>? {
        guard isWord(index, ["half", "quarter", "three", "a"]), let (amount, end) = amount(at: index),
            amount.seconds > 0,
            !amount.isVague
        else { return nil }
        return step(amount).map { (.every($0), end) }
    }

    private func step(_ amount: Amount) -> Step? {
        switch (amount.months, amount.days, amount.seconds) {
        case (let months, 0, 0) where months > 0:
            return months % 12 == 0 ? Step(count: months / 12, unit: .year) : Step(count: months, unit: .month)
        case (0, let days, 0) where days > 0:
            return days % 7 == 0 ? Step(count: days / 7, unit: .week) : Step(count: days, unit: .day)
        case (0, 0, let seconds) where seconds > 0:
            if seconds % 3_600 == 0 { return Step(count: seconds / 3_600, unit: .hour) }
            return seconds % 60 == 0 ? Step(count: seconds / 60, unit: .minute) : Step(count: seconds, unit: .second)
        default: return nil
        }
    }

    /// "every monday", "every other tuesday", "every mon-fri", "every 3 mondays".
    private func everyDays(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let (every, place) = weeksBetween(at: index)
        guard var (mention, end) = weekdayList(at: place, week: .nearest, isLed: true) else { return nil }
        mention.repeats = true
        mention.every = every
        end = skip(end, phrase: ["of", "the", "month"]) ?? skip(end, phrase: ["of", "the", "week"]) ?? end
        return (.weekdays(mention), end)
    }

    private func weeksBetween(at index: Int) -> (Int, Int) {
        if isWord(index, ["other", "alternate"]) { return (2, index + 1) }
        guard let (value, end) = number(at: index), value > 1, value < 50, Vocabulary.pluralWeekdays[word(end)] != nil
        else { return (1, index) }
        return (Int(value), end)
    }

    /// "every 4th and 10th of the month", "every last friday", "every 14 march", "every christmas".
    private func everyNth(at index: Int) -> Parsed<TimePart>? {
        if let (dates, end) = dateList(at: index, isLed: true) { return (.dates(dates, repeats: true), end) }
        return nthDay(at: index - 1, Context(inRun: true))
    }

    /// "every morning", "every night", "every august".
    private func everyPart(at index: Int) -> Parsed<TimePart>? {
        let early = skip(index, ["early", "late", "single"])
        if let part = Vocabulary.dayParts[word(early)] { return (.dayPart(part, .repeating), early + 1) }
        if let end = skip(index, phrase: ["end", "of", "month"]) { return (.monthDays([-1], repeats: true), end) }
        guard let (months, end) = monthList(at: index) else { return nil }
        return (.months(months, repeats: true), end)
    }

    // MARK: Months

    /// "in november", "of jan and jul", "from June to August", "only in May".
    private func monthsPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let start = skip(index, ["only"])
        if isWord(start, ["from", "between"]) { return monthSpan(at: skip(start + 1, ["the"])) }
        guard isWord(start, ["in", "during", "throughout"]) || word(start) == "of" && context.inRun else { return nil }
        let place = skip(start + 1, ["the"])
        guard let (months, end) = monthList(at: place), dayNumber(at: end) == nil else { return nil }
        if let year = wholeNumber(end), (1_900...2_400).contains(year) {
            return (.dates([DateMention(day: 1, month: months[0], year: year)], repeats: false), end + 1)
        }
        return (.months(months, repeats: months.count > 1), end)
    }

    private func monthSpan(at index: Int) -> Parsed<TimePart>? {
        guard let first = Vocabulary.months[word(index)],
            isWord(index + 1, ["to", "through", "until", "and"]) || mark(index + 1) == "-",
            let last = Vocabulary.months[word(index + 2)], dayNumber(at: index + 3) == nil
        else { return nil }
        let months = (0...(last - first + 12) % 12).map { (first - 1 + $0) % 12 + 1 }
        return (.months(months, repeats: true), index + 3)
    }

    /// "every2h", "2-hourly".
    private func shortStep(at index: Int) -> Parsed<TimePart>? {
        guard let (count, end) = number(at: index), count == count.rounded(), count >= 1, mark(end) == "-" else {
            return nil
        }
        guard let found = Vocabulary.frequencies[word(end + 1)], found.every == 1 else { return nil }
        return (.every(Step(count: Int(count), unit: found.unit)), end + 2)
    }
}
