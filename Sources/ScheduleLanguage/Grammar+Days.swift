/// Days of the week, and days that are named from today.
extension Grammar {
    /// "on friday", "mondays", "mon, wed and fri", "mon-fri", "next friday", "tomorrow", "weekends".
    func day(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let found = namedDay(at: index, context) ?? period(at: index, context) { return found }
        if let found = fromDayToDay(at: index) { return found }
        let start = dayStart(index)
        guard let (mention, end) = weekdayList(at: start.place, week: start.week, isLed: start.isLed || context.inRun)
        else { return nil }
        return (.weekdays(mention), end)
    }

    /// "from monday to friday", "between monday and friday".
    private func fromDayToDay(at index: Int) -> Parsed<TimePart>? {
        guard isWord(index, ["from", "between"]), let first = Vocabulary.weekdays[word(index + 1)],
            isWord(index + 2, ["to", "through", "until", "and"]), let last = Vocabulary.weekdays[word(index + 3)]
        else { return nil }
        return (.weekdays(WeekdayMention(days: Self.days(from: first, to: last), repeats: true)), index + 4)
    }

    private typealias DayStart = (place: Int, week: WeekdayMention.Week, isLed: Bool)

    /// Behind "on", "this", "next", "coming".
    private func dayStart(_ index: Int) -> DayStart {
        var place = skip(index, ["on", "for", "by"])
        place = skip(place, ["only"])
        place = skip(place, ["the"])
        if isWord(place, ["next", "following"]) {
            return (place + 1, word(place) == "next" ? .next : .nearest, true)
        }
        if isWord(place, ["this", "coming", "upcoming"]) {
            return (skip(place + 1, ["coming", "upcoming"]), .this, true)
        }
        return (place, .nearest, word(index) == "on" || word(index) == "by")
    }

    // MARK: Weekdays

    /// - Parameter isLed: a preposition or a time stands before, so that "sat" and "sun" are days.
    func weekdayList(at index: Int, week: WeekdayMention.Week, isLed: Bool) -> Parsed<WeekdayMention>? {
        guard let (first, stop) = weekdayItem(at: index, isLed: isLed) else { return nil }
        var (mention, end) = (inWeek(first, week), stop)
        while let (more, stop) = furtherWeekday(at: end) {
            mention.days += more.days.filter { !mention.days.contains($0) }
            // Several days listed repeat, as plurals do.
            if mention.week == .nearest { mention.repeats = true }
            end = stop
        }
        guard week == .nearest || week == .this, let behind = ofNextWeek(at: end) else { return (mention, end) }
        (mention.week, mention.repeats) = (.next, first.repeats)
        return (mention, behind)
    }

    /// "this weekday" and "next working day" are one day.
    private func inWeek(_ mention: WeekdayMention, _ week: WeekdayMention.Week) -> WeekdayMention {
        var mention = mention
        mention.week = week
        guard week != .nearest, mention.days.count == 5 else { return mention }
        mention.repeats = false
        if week == .next { mention.week = .afterToday }
        return mention
    }

    /// Another day behind "and", or right behind the last.
    private func furtherWeekday(at index: Int) -> Parsed<WeekdayMention>? {
        if weekdayItem(at: index, isLed: true) != nil { return weekdayItem(at: index, isLed: true) }
        guard let next = separator(at: index) else { return nil }
        return weekdayItem(at: skip(skip(next, ["on", "every", "each"]), ["on", "every"]), isLed: true)
    }

    /// One day, a range of days, or a word for several.
    private func weekdayItem(at index: Int, isLed: Bool) -> Parsed<WeekdayMention>? {
        if let found = dayGroup(at: index) { return found }
        guard let (first, end) = weekdayName(at: index, isLed: isLed) else { return nil }
        if let place = rangeMark(at: end), let (last, stop) = weekdayName(at: place, isLed: true) {
            return (WeekdayMention(days: Self.days(from: first.day, to: last.day), repeats: true), stop)
        }
        return (WeekdayMention(days: [first.day], repeats: first.isPlural), end)
    }

    /// Round the end of the week where the last day comes before the first.
    private static func days(from first: Int, to last: Int) -> [Int] {
        (0...(last - first + 7) % 7).map { (first - 1 + $0) % 7 + 1 }
    }

    /// "weekdays", "working days", "weekend", "MWF".
    private func dayGroup(at index: Int) -> Parsed<WeekdayMention>? {
        if let group = Vocabulary.dayGroups[word(index)] {
            // "weekday at 9" can only repeat; "on the weekend" is the next one.
            return (WeekdayMention(days: group.days, repeats: group.isPlural || group.days.count == 5), index + 1)
        }
        if isWord(index, ["working", "business", "week"]), isWord(index + 1, ["day", "days"]) {
            return (WeekdayMention(days: [1, 2, 3, 4, 5], repeats: true), index + 2)
        }
        guard tokens.indices.contains(index), let days = Self.dayLetters[tokens[index].original] else { return nil }
        return (WeekdayMention(days: days, repeats: true), index + 1)
    }

    private static let dayLetters = ["MWF": [1, 3, 5], "TTh": [2, 4], "TTH": [2, 4]]

    /// "monday", "Mon.", "tuesdays"; "sat", "sun", "wed" and "mon" need a word before or behind that says so.
    private func weekdayName(at index: Int, isLed: Bool) -> Parsed<(day: Int, isPlural: Bool)>? {
        let name = word(index)
        var end = index + 1
        if let day = Vocabulary.pluralWeekdays[name] { return ((day, true), end) }
        guard let day = Vocabulary.weekdays[name] else { return nil }
        if ["sat", "sun", "wed", "mon"].contains(name), !isPhrase, !isLed, !hasTimeBehind(index + 1) { return nil }
        if name.count <= 5, !name.hasSuffix("day"), mark(end) == ".", isJoined(end) { end += 1 }
        return ((day, false), end)
    }

    private func hasTimeBehind(_ index: Int) -> Bool {
        guard index < tokens.count else { return false }
        switch tokens[index].kind {
        case .clock, .ordinal, .date: return true
        case .word:
            return word(index) == "at" || Vocabulary.weekdays[word(index)] != nil
                || clockItem(at: index, isLoose: false) != nil
                || Vocabulary.dayParts[word(index)] != nil
                || rangeMark(at: index) != nil && Vocabulary.weekdays[word(index + 1)] != nil
        case .punctuation:
            return ["-", "–", ",", "/", "."].contains(mark(index)) && Vocabulary.weekdays[word(index + 1)] != nil
        default: return false
        }
    }

    /// "of next week", "next week".
    private func ofNextWeek(at index: Int) -> Int? {
        let place = skip(skip(index, ["of", "in"]), ["the"])
        return word(place) == "next" && word(place + 1) == "week" ? place + 2 : nil
    }

    // MARK: From today

    /// "today", "tomorrow", "the day after tomorrow", "3 days after tomorrow".
    private func namedDay(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let found = dayBesideTomorrow(at: index) { return found }
        if isPhrase, let end = skip(skip(index, ["right"]), phrase: ["now"]) ?? skip(index, phrase: ["immediately"]) {
            return (.now, end)
        }
        let start = skip(index, ["by", "for", "on"])
        switch word(start) {
        case "today": return (.dayOffset(0), start + 1)
        case "tomorrow": return (.dayOffset(1), start + 1)
        case "overmorrow": return (.dayOffset(2), start + 1)
        case "yesterday": return (.past, start + 1)
        default: return nil
        }
    }

    private func dayBesideTomorrow(at index: Int) -> Parsed<TimePart>? {
        let place = skip(skip(index, ["on", "by", "for", "from"]), ["the"])
        if let end = skip(place, phrase: ["day", "after", "tomorrow"]) { return (.dayOffset(2), end) }
        if let end = skip(place, phrase: ["day", "before", "yesterday"]) { return (.past, end) }
        return nil
    }

    /// "next week", "next month", "the end of the month".
    func period(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var place = skip(index, ["at", "on", "by", "in", "during", "sometime"])
        place = skip(place, ["the"])
        if isWord(place, ["eom"]) { return (.period(.endOfMonth), place + 1) }
        if isWord(place, ["eoy"]) { return (.period(.endOfYear), place + 1) }
        if isWord(place, ["end"]), word(place + 1) == "of" { return endOfPeriod(at: place + 2) }
        if let found = startOfMonth(at: place) { return found }
        guard word(place) == "next" else { return nil }
        switch word(place + 1) {
        case "week": return (.period(.nextWeek), place + 2)
        case "month": return (.period(.nextMonth), place + 2)
        case "year": return (.period(.nextYear), place + 2)
        default: return nil
        }
    }

    /// "the beginning of each month", "the start of next month", "the start of the month".
    private func startOfMonth(at index: Int) -> Parsed<TimePart>? {
        guard isWord(index, ["beginning", "start"]), isWord(index + 1, ["of", "in"]) else { return nil }
        let isEvery = isWord(index + 2, Vocabulary.every)
        let place = skip(index + 2, ["the", "every", "each", "ea", "next", "a"])
        guard isWord(place, ["month", "months"]), place > index + 2 || word(place) == "months" else { return nil }
        if word(place - 1) == "next" { return (.period(.nextMonth), place + 1) }
        return (.monthDays([1], repeats: isEvery || word(place) == "months"), place + 1)
    }

    /// "the month", "every year", "next month", "june" behind "end of".
    private func endOfPeriod(at index: Int) -> Parsed<TimePart>? {
        if let month = Vocabulary.months[word(index)] {
            return (.nthDay(Self.lastDay(of: [month], repeats: false)), index + 1)
        }
        let place = skip(skip(index, ["the", "this", "every", "each", "next"]), ["current", "next"])
        guard
            let part = endOfPeriod(
                word(place), every: isWord(place - 1, Vocabulary.every), next: word(place - 1) == "next")
        else { return nil }
        return (part, place + 1)
    }

    private func endOfPeriod(_ name: String, every: Bool, next: Bool) -> TimePart? {
        switch name {
        case "month" where every, "months": .monthDays([-1], repeats: true)
        case "month": .period(next ? .endOfNextMonth : .endOfMonth)
        case "year" where every: .dates([DateMention(day: 31, month: 12)], repeats: true)
        case "year": .period(.endOfYear)
        case "week" where every: .weekdays(WeekdayMention(days: [5], repeats: true))
        case "week": .period(.endOfWeek)
        case "quarter" where every: .nthDay(Self.lastDay(of: [3, 6, 9, 12], repeats: true))
        default: nil
        }
    }

    private static func lastDay(of months: [Int], repeats: Bool) -> NthDayMention {
        NthDayMention(ordinals: [-1], day: .day, repeats: repeats, scope: .named(months, year: nil))
    }
}
