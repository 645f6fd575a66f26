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
        let days = (0...(last - first + 7) % 7).map { (first - 1 + $0) % 7 + 1 }
        return (.weekdays(WeekdayMention(days: days, repeats: true)), index + 4)
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
        guard var (item, end) = weekdayItem(at: index, isLed: isLed) else { return nil }
        var mention = item
        mention.week = week
        var count = 1
        if week != .nearest, item.days.count == 5 {
            mention.repeats = false
            if week == .next { mention.week = .afterToday }
        }
        while let next = separator(at: end) ?? (weekdayItem(at: end, isLed: true) == nil ? nil : end) {
            let place = skip(skip(next, ["on", "every", "each"]), ["on", "every"])
            guard let (more, stop) = weekdayItem(at: place, isLed: true) else { break }
            (item, end) = (more, stop)
            mention.days += item.days.filter { !mention.days.contains($0) }
            mention.repeats = mention.repeats || item.repeats || place > next && word(place - 1) != "on"
            count += 1
        }
        if week == .nearest || week == .this, let stop = ofNextWeek(at: end) {
            mention.week = .next
            end = stop
        }
        // Several days listed repeat, as plurals do.
        if count > 1, mention.week == .nearest { mention.repeats = true }
        return (mention, end)
    }

    /// One day, a range of days, or a word for several.
    private func weekdayItem(at index: Int, isLed: Bool) -> Parsed<WeekdayMention>? {
        let name = word(index)
        if let group = Vocabulary.dayGroups[name] {
            // "weekday at 9" can only repeat; "on the weekend" is the next one.
            return (WeekdayMention(days: group.days, repeats: group.isPlural || group.days.count == 5), index + 1)
        }
        if isWord(index, ["working", "business", "week"]), isWord(index + 1, ["day", "days"]) {
            return (WeekdayMention(days: [1, 2, 3, 4, 5], repeats: true), index + 2)
        }
        if let letters = Self.dayLetters[tokens.indices.contains(index) ? tokens[index].original : ""] {
            return (WeekdayMention(days: letters, repeats: true), index + 1)
        }
        guard let first = weekdayName(at: index, isLed: isLed) else { return nil }
        if let place = rangeMark(at: first.end), let last = weekdayName(at: place, isLed: true) {
            let length = (last.value.day - first.value.day + 7) % 7
            let days = (0...length).map { (first.value.day - 1 + $0) % 7 + 1 }
            return (WeekdayMention(days: days, repeats: true), last.end)
        }
        return (WeekdayMention(days: [first.value.day], repeats: first.value.isPlural), first.end)
    }

    private static let dayLetters = ["MWF": [1, 3, 5], "TTh": [2, 4], "TTH": [2, 4], "M-F": [1, 2, 3, 4, 5]]

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
        let place = skip(skip(index, ["on", "by", "for", "from"]), ["the"])
        if let end = skip(place, phrase: ["day", "after", "tomorrow"]) { return (.dayOffset(2), end) }
        if let end = skip(place, phrase: ["day", "before", "yesterday"]) { return (.past, end) }
        if let (count, end) = number(at: index), let (unit, stop) = unit(at: end), unit == .day,
            let last = skip(stop, phrase: ["after", "tomorrow"])
        {
            return (.dayOffset(Int(count) + 1), last)
        }
        let start = isWord(index, ["by", "for", "on"]) ? index + 1 : index
        if isPhrase,
            let end = skip(index, phrase: ["right", "now"]) ?? skip(index, phrase: ["now"])
                ?? skip(index, phrase: ["immediately"])
        {
            return (.now, end)
        }
        switch word(start) {
        case "today", "tdy": return (.dayOffset(0), start + 1)
        case "tomorrow": return (.dayOffset(1), start + 1)
        case "overmorrow": return (.dayOffset(2), start + 1)
        case "yesterday": return (.past, start + 1)
        default: return nil
        }
    }

    /// "next week", "next month", "the end of the month".
    func period(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var place = skip(index, ["at", "on", "by", "in", "during", "sometime"])
        place = skip(place, ["the"])
        if isWord(place, ["eom"]) { return (.period(.endOfMonth), place + 1) }
        if isWord(place, ["eoy"]) { return (.period(.endOfYear), place + 1) }
        if isWord(place, ["end"]), word(place + 1) == "of" { return endOfPeriod(at: place + 2) }
        guard word(place) == "next" else { return nil }
        switch word(place + 1) {
        case "week": return (.period(.nextWeek), place + 2)
        case "month": return (.period(.nextMonth), place + 2)
        case "year": return (.period(.nextYear), place + 2)
        default: return nil
        }
    }

    private func endOfPeriod(at index: Int) -> Parsed<TimePart>? {
        let every = isWord(index, Vocabulary.every)
        let place = skip(skip(index, ["the", "this", "every", "each", "next"]), ["current", "next"])
        let isNext = word(place - 1) == "next"
        switch word(place) {
        case "month", "months":
            if every || word(place) == "months" { return (.monthDays([-1], repeats: true), place + 1) }
            return (.period(isNext ? .endOfNextMonth : .endOfMonth), place + 1)
        case "year":
            return every
                ? (.dates([DateMention(day: 31, month: 12)], repeats: true), place + 1)
                : (.period(.endOfYear), place + 1)
        case "week":
            return every
                ? (.weekdays(WeekdayMention(days: [5], repeats: true)), place + 1) : (.period(.endOfWeek), place + 1)
        case "quarter" where every:
            return (
                .nthDay(
                    NthDayMention(ordinals: [-1], day: .day, repeats: true, scope: .named([3, 6, 9, 12], year: nil))),
                place + 1
            )
        default:
            guard let month = Vocabulary.months[word(index)] else { return nil }
            let mention = NthDayMention(ordinals: [-1], day: .day, repeats: false, scope: .named([month], year: nil))
            return (.nthDay(mention), index + 1)
        }
    }

    // MARK: Parts of the day

    /// "every morning", "this evening", "tonight", "in the afternoon", "monday night".
    func dayPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if word(index) == "tonight" { return (.dayPart(.tonight, .today), index + 1) }
        if isWord(index, ["this", "today"]), let part = stretch(at: index + 1) {
            return (.dayPart(part, .today), index + 2)
        }
        if Vocabulary.pluralDayParts.contains(word(index)), let part = stretch(at: index) {
            return context.inRun || word(index) == "nightly" || isPhrase || index == 0
                ? (.dayPart(part, .repeating), index + 1) : nil
        }
        if let place = skip(index, phrase: ["in", "the"]), let part = stretch(at: skip(place, ["early", "late"])) {
            return (
                .dayPart(part, Vocabulary.pluralDayParts.contains(word(place)) ? .repeating : .plain),
                skip(place, ["early", "late"]) + 1
            )
        }
        if word(index) == "at", let part = stretch(at: index + 1), part == .night {
            return (.dayPart(.night, .plain), index + 2)
        }
        if let end = skip(index, phrase: ["first", "thing"]) {
            return (.dayPart(.morning, .plain), skip(end, phrase: ["in", "the", "morning"]) ?? end)
        }
        let place = skip(index, ["early", "late"])
        guard context.afterDay || isPhrase, let part = stretch(at: place) else { return nil }
        return (.dayPart(part, .plain), place + 1)
    }

    private func stretch(at index: Int) -> DayPart? {
        guard let part = Vocabulary.dayParts[word(index)], !part.isMoment else { return nil }
        return part
    }
}
