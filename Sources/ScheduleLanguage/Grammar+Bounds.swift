/// Where a repetition begins and ends, what it leaves out, and the span of each day that it keeps to.
extension Grammar {
    // MARK: From and until

    /// "from 1 June", "starting next monday", "until 31 August", "ending on friday".
    func bound(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let place = untilStart(index), let (parts, end) = moment(at: place) {
            return (.until(parts, isExclusive: false), end)
        }
        if word(index) == "until", let end = skip(index + 1, phrase: ["further", "notice"]), isPhrase {
            return (.until([], isExclusive: false), end)
        }
        if word(index) == "before", context.inRun, let (parts, end) = moment(at: index + 1) {
            return (.until(parts, isExclusive: true), end)
        }
        guard let place = startWords(index), !isMonthSpan(place), !isDaySpan(index),
            let (parts, end) = moment(at: place)
        else { return nil }
        // "from Monday to Friday", "from 9 to 5" and "from June to August" are spans.
        if word(index) == "from", !context.inRun, !isPhrase, !isUntilAhead(end),
            !isWord(end, ["on", "onwards", "onward"]), parts.count == 1,
            case .clock = parts[0]
        {
            return nil
        }
        if isWord(index, ["from", "between"]), let stop = isUntilAhead(end) ? end + 1 : nil,
            let (last, final) = moment(at: stop)
        {
            return (.start(parts + [.until(last, isExclusive: false)]), final)
        }
        if word(end) == "on", !isPhrase || end + 1 >= tokens.count, isEndOfPhrase(end + 1), word(end + 1) == "" {
            return (.start(parts), end + 1)
        }
        return (.start(parts), skip(end, ["onwards", "onward"]))
    }

    /// "from June to August" names months of every year.
    private func isMonthSpan(_ index: Int) -> Bool {
        guard let (months, end) = monthList(at: index) else { return false }
        return months.count > 1
            || isWord(end, ["and", "until"]) && Vocabulary.months[word(end + 1)] != nil && dayNumber(at: end + 2) == nil
    }

    private func isDaySpan(_ index: Int) -> Bool {
        Vocabulary.weekdays[word(index + 1)] != nil && isWord(index + 2, ["to", "through", "and"])
            && Vocabulary.weekdays[word(index + 3)] != nil
    }

    private func isUntilAhead(_ index: Int) -> Bool {
        isWord(index, ["to", "until", "through", "and"]) && moment(at: index + 1) != nil
            || ["-", "–"].contains(mark(index)) && moment(at: index + 1) != nil
    }

    private func untilStart(_ index: Int) -> Int? {
        if isWord(index, ["until", "through"]) { return skip(index + 1, ["the"]) == index + 1 ? index + 1 : index + 1 }
        if word(index) == "up", isWord(index + 1, ["to", "until"]) { return index + 2 }
        if isWord(index, ["ending", "ends"]) { return skip(index + 1, ["on", "at", "by"]) }
        return nil
    }

    private func startWords(_ index: Int) -> Int? {
        if isWord(index, ["starting", "beginning", "commencing", "effective", "starts"]) {
            return skip(skip(index + 1, ["on", "from", "at", "with"]), ["on"])
        }
        if word(index) == "as", isWord(index + 1, ["of", "from"]) { return index + 2 }
        if isWord(index, ["from", "after", "between", "since"]) { return index + 1 }
        return nil
    }

    /// The day, the time or both that a bound names.
    func moment(at index: Int) -> Parsed<[TimePart]>? {
        let inner = Grammar(tokens, isPhrase: true)
        var context = Context(inRun: true)
        var parts: [TimePart] = []
        var end = index
        while parts.count < 3 {
            guard let (part, stop) = inner.momentPart(at: end, context), !parts.contains(where: { $0.isSameKind(part) })
            else { break }
            if case .clock = part, parts.isEmpty, case .number = tokens[end].kind, unit(at: end + 1) != nil { break }
            parts.append(part)
            context.afterDay = true
            end = stop
        }
        return parts.isEmpty ? nil : (parts, end)
    }

    private func momentPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard index < tokens.count else { return nil }
        if word(index) == "now" { return (.now, index + 1) }
        guard
            let found = offset(at: index, context) ?? date(at: index, context) ?? nthDay(at: index, context) ?? period(
                at: index, context)
                ?? day(at: index, context) ?? monthAlone(at: index) ?? clock(at: index, context) ?? dayPart(
                    at: index, context)
                ?? hourAlone(at: index, context)
        else { return nil }
        switch found.value {
        case .weekdays(let mention) where mention.days.count > 1 || mention.repeats: return nil
        case .dates(let dates, true) where !dates.isEmpty: return nil
        default: return found
        }
    }

    /// "until august".
    private func monthAlone(at index: Int) -> Parsed<TimePart>? {
        let place = skip(index, ["the", "in"])
        guard let month = Vocabulary.months[word(place)] else { return nil }
        return (.months([month], repeats: false), place + 1)
    }

    private func hourAlone(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard let (mention, end) = clockItem(at: skip(index, ["at"]), isLoose: true) else { return nil }
        let beside = besideClock(at: end)
        var item = mention
        if let beside, case .spoken(let time) = mention.time, time.half == nil { item.beside = beside.value }
        return (.clock([item]), beside?.end ?? end)
    }

    // MARK: Spans of each day

    /// "from 9 to 17", "9-17", "between 9 and 5", "during business hours", "after 2pm and before 7pm".
    func clockSpan(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let end = businessHours(at: index) { return (.clockSpan(.businessHours), end) }
        if let found = afterAndBefore(at: index) { return found }
        let isLed = isWord(index, ["from", "between"])
        let place = skip(index, ["from", "between", "at"])
        guard
            let (from, middle) = clockItem(
                at: place, isLoose: isLed || context.inRun || isPhrase || isTight(place), isSpan: isLed)
        else { return nil }
        let isBetween = word(index) == "between"
        let mark =
            rangeMark(at: middle) ?? (isBetween && word(middle) == "and" ? middle + 1 : nil)
            ?? (isLed && word(middle) == "till" ? middle + 1 : nil)
        guard let mark, !(word(middle) == "until" && !isLed),
            let (to, end) = clockItem(at: skip(mark, ["at"]), isLoose: true), isNoDate(end)
        else { return nil }
        if !isLed, !context.inRun, !isPhrase, isBare(from), isBare(to), !isTight(place) { return nil }
        return (.clockSpan(ClockSpan(from: from, to: to)), end)
    }

    /// "9-17" in one piece, with something about time next to it.
    private func isTight(_ index: Int) -> Bool {
        isJoined(index + 1) && mark(index + 1) == "-" && isJoined(index + 2)
            && (isWord(index + 3, ["every", "each", "on", "weekdays", "daily"]))
    }

    private func isBare(_ mention: TimeMention) -> Bool {
        if case .spoken(let time) = mention.time { time.half == nil && time.minute == 0 } else { false }
    }

    private func isNoDate(_ index: Int) -> Bool {
        Vocabulary.months[word(index)] == nil && unit(at: index) == nil && mark(index) != "%"
    }

    private func businessHours(at index: Int) -> Int? {
        var place = skip(index, ["during", "in", "within", "through", "throughout", "only"])
        place = skip(place, ["during", "in", "within"])
        place = skip(place, ["the", "my", "our", "normal", "regular"])
        guard isWord(place, ["business", "working", "office", "work"]), word(place + 1) == "hours" else { return nil }
        return place > index || isPhrase || place == index ? place + 2 : nil
    }

    private func afterAndBefore(at index: Int) -> Parsed<TimePart>? {
        guard word(index) == "after", let (from, middle) = clockItem(at: index + 1, isLoose: true) else { return nil }
        let place = separator(at: middle) ?? middle
        guard word(place) == "before", let (to, end) = clockItem(at: place + 1, isLoose: true) else { return nil }
        return (.clockSpan(ClockSpan(from: from, to: to, excludesEnd: true)), end)
    }

    // MARK: Exceptions

    /// "except on mondays", "but not on 25 December", "excluding weekends", "except on holidays".
    func exception(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard var place = exceptWords(index, context) else { return nil }
        var found = Exceptions()
        var end = place
        while let stop = exceptionItem(at: place, into: &found) {
            end = stop
            guard let next = separator(at: end) else { break }
            place = skip(next, ["not"])
        }
        return end > index && found != Exceptions() ? (.except(found), end) : nil
    }

    private func exceptWords(_ index: Int, _ context: Context) -> Int? {
        if isWord(index, ["except", "excluding", "excepting", "skipping", "minus", "save"]) {
            return skip(index + 1, ["for", "on", "in"])
        }
        if let end = skip(index, phrase: ["but", "not"]) ?? skip(index, phrase: ["other", "than"]) ?? skip(
            index, phrase: ["apart", "from"]) ?? skip(index, phrase: ["but", "never"])
        {
            return end
        }
        guard context.inRun, isWord(index, ["not", "never", "but"]) else { return nil }
        return isWord(index + 1, ["on", "in", "at"]) || weekdayList(at: index + 1, week: .nearest, isLed: true) != nil
            ? index + 1 : nil
    }

    private func exceptionItem(at index: Int, into found: inout Exceptions) -> Int? {
        var place = skip(skip(index, ["for", "on", "in"]), ["on", "the"])
        if isWord(place, ["public", "bank", "national", "federal"]) { place += 1 }
        if isWord(place, ["holidays", "holiday"]) {
            found.hasHolidays = true
            return place + 1
        }
        place = skip(place, Vocabulary.every)
        if let (mention, end) = weekdayList(at: place, week: .nearest, isLed: true) {
            found.weekdays += mention.days
            return end
        }
        if let (dates, end) = dateList(at: place, isLed: true) {
            found.dates += dates
            return end
        }
        if let (months, end) = monthList(at: place) {
            found.months += months
            return end
        }
        guard let (days, end) = ordinalList(at: skip(place, ["the"])), days.allSatisfy({ $0 > 0 }),
            Vocabulary.weekdays[word(end)] == nil, !isWord(end, ["day"])
        else { return nil }
        found.monthDays += days
        return monthScope(at: end)?.end ?? end
    }

    // MARK: Spans that are spoken about

    /// "the last 24 hours", "last night", "this week", "the next 3 hours", "this weekend".
    func span(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var place = skip(index, ["the"])
        if isWord(index, ["in", "within", "over", "during"]), word(index + 1) == "the" { place = index + 2 }
        if isWord(place, ["last", "past", "previous"]) { return backward(at: place + 1, context) }
        if word(place) == "this", isWord(place + 1, ["week", "month", "year", "quarter"]) {
            if context.hasDay, word(place + 1) == "week" { return (.period(.thisWeek), place + 2) }
            if context.hasDay, word(place + 1) == "month" { return (.period(.thisMonth), place + 2) }
            return context.inRun ? nil : (.span, place + 2)
        }
        if word(place) == "this", word(place + 1) == "weekend", !context.inRun { return nil }
        guard word(place) == "next", !context.inRun, let (amount, end) = amount(at: place + 1), !amount.isVague,
            number(at: place + 1) != nil
        else { return nil }
        return (.span, end)
    }

    private func backward(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if isWord(index, ["night", "evening"]) { return (.span, index + 1) }
        if isWord(index, ["week", "month", "year", "quarter", "weekend", "hour", "minute"]) {
            return (.span, index + 1)
        }
        if let (_, end) = number(at: index), let (_, stop) = unit(at: end) { return (.span, stop) }
        if isWord(index, ["few", "couple"]), let (_, end) = unit(at: skip(index + 1, ["of"])) { return (.span, end) }
        // "last friday" without "of the month" is past.
        guard Vocabulary.weekdays[word(index)] != nil, word(index - 1) == "last", monthScope(at: index + 1) == nil,
            !context.inRun, quarterScope(at: index + 1, [-1]) == nil, !isWord(index + 1, Vocabulary.every),
            word(index + 1) != "monthly"
        else { return nil }
        return (.past, index + 1)
    }
}

extension TimePart {
    /// Both name a day, or both a time.
    func isSameKind(_ other: TimePart) -> Bool { momentKind == other.momentKind }

    private var momentKind: Int {
        switch self {
        case .clock: 1
        case .dayPart: 2
        case .zone: 3
        case .weekdays: 4
        default: 5
        }
    }
}
