/// Days of the month and dates.
extension Grammar {
    // MARK: Dates

    /// "24 december", "march 3rd, 2027", "the 15th of february", "12/24", "24 and 31 December".
    func date(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var place = skip(index, ["on", "for", "by", "dated"])
        let repeats = isWord(place, Vocabulary.every)
        if repeats { place += 1 }
        let isLed = place > index || context.inRun
        // "Friday, July 18": the day of the week is a part of its own.
        guard let (dates, end) = dateList(at: place, isLed: isLed) else { return nil }
        return (.dates(dates, repeats: repeats), end)
    }

    /// - Parameter isLed: a preposition stands before, so that "may" is a month.
    func dateList(at index: Int, isLed: Bool) -> Parsed<[DateMention]>? {
        if let found = daysThenMonth(at: index) ?? monthThenDays(at: index) { return found }
        guard let (first, stop) = oneDate(at: index) else { return nil }
        var (dates, end) = ([first], stop)
        while let next = separator(at: end), let (more, stop) = oneDate(at: skip(next, ["on"])) {
            dates.append(more)
            end = stop
        }
        return (dates, end)
    }

    private func oneDate(at index: Int) -> Parsed<DateMention>? {
        guard index < tokens.count else { return nil }
        if case .date(let date) = tokens[index].kind {
            return (
                DateMention(day: date.day, month: date.month, year: date.year, isOrderOpen: date.isOrderOpen), index + 1
            )
        }
        if let (dates, end) = daysThenMonth(at: index) ?? monthThenDays(at: index), dates.count == 1 {
            return (dates[0], end)
        }
        return holiday(at: index)
    }

    /// "24 december 2026", "the 15th of february", "24 and 31 december".
    private func daysThenMonth(at index: Int) -> Parsed<[DateMention]>? {
        var place = skip(index, ["the"])
        var days: [Int] = []
        while let (day, end) = dayNumber(at: place) {
            days.append(day)
            place = end
            guard let next = separator(at: place), dayNumber(at: skip(next, ["the"])) != nil else { break }
            place = skip(next, ["the"])
        }
        guard !days.isEmpty else { return nil }
        place = skip(skip(place, ["day"]), ["of"])
        guard let month = Vocabulary.months[word(place)] else { return nil }
        let (year, end) = yearBehind(place + 1)
        return (days.map { DateMention(day: $0, month: month, year: year) }, end)
    }

    /// "march 3rd", "december 24 and 25", "february the 15th", "march third 2015".
    private func monthThenDays(at index: Int) -> Parsed<[DateMention]>? {
        guard let month = Vocabulary.months[word(index)] else { return nil }
        var place = index + 1
        if mark(place) == ".", isJoined(place) { place += 1 }
        place = skip(place, ["on", "the"])
        place = skip(place, ["the"])
        place = skip(place, ["day"])
        guard let (first, stop) = dayNumber(at: place), !isClockAhead(place) else {
            // "October 2026": the month's first day.
            let (year, end) = yearBehind(index + 1)
            return year.map { ([DateMention(day: 1, month: month, year: $0)], end) }
        }
        var (days, end) = ([first], stop)
        while let next = separator(at: end), let (day, stop) = dayNumber(at: skip(next, ["the"])), !isClockAhead(next),
            Vocabulary.months[word(stop)] == nil, unit(at: stop) == nil
        {
            days.append(day)
            end = stop
        }
        let (year, last) = yearBehind(end)
        return (days.map { DateMention(day: $0, month: month, year: year) }, last)
    }

    /// "5 pm", "5:30", "5 o'clock" are no days.
    private func isClockAhead(_ index: Int) -> Bool {
        isWord(index + 1, ["am", "pm", "o'clock", "oclock"]) || mark(index + 1) == ":"
    }

    /// A day of the month in figures or as an ordinal: "3", "3rd", "third".
    func dayNumber(at index: Int) -> Parsed<Int>? {
        if let day = wholeNumber(index), (1...31).contains(day), tokens[index].original.count <= 2 {
            return (day, index + 1)
        }
        guard let (day, end) = ordinal(at: index), (1...31).contains(day) else { return nil }
        return (day, end)
    }

    private func yearBehind(_ index: Int) -> (Int?, Int) {
        var place = skip(index, ["of", "in"])
        if mark(place) == "," || mark(place) == "." { place += 1 }
        guard let year = wholeNumber(place), (1_900...2_400).contains(year), tokens[place].original.count == 4,
            !isWord(place - 1, ["at"]), mark(place + 1) != ":"
        else { return (nil, index) }
        return (year, place + 1)
    }

    /// Days that have a name and a fixed date.
    private func holiday(at index: Int) -> Parsed<DateMention>? {
        for (name, month, day) in Self.holidays {
            if let end = skip(index, phrase: name) { return (DateMention(day: day, month: month), end) }
        }
        return nil
    }

    private static let holidays: [([String], Int, Int)] = [
        (["christmas", "eve"], 12, 24), (["xmas", "eve"], 12, 24), (["christmas", "day"], 12, 25),
        (["christmas"], 12, 25), (["xmas", "day"], 12, 25), (["xmas"], 12, 25), (["boxing", "day"], 12, 26),
        (["new", "year's", "eve"], 12, 31), (["new", "years", "eve"], 12, 31), (["new", "year's", "day"], 1, 1),
        (["new", "years", "day"], 1, 1), (["valentine's", "day"], 2, 14), (["valentines", "day"], 2, 14),
        (["halloween"], 10, 31),
    ]

    // MARK: The nth day

    /// "the first and third wednesday of every month", "fifth last day of May", "on the last working day", "the 15th".
    func nthDay(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var place = skip(index, ["on", "by", "for"])
        let hasPreposition = place > index
        place = skip(place, ["only"])
        let repeats = isWord(place, Vocabulary.every)
        if repeats { place += 1 }
        let hasArticle = word(place) == "the"
        place = skip(place, ["the"])
        if let (day, end) = numberedDay(at: place) {
            let scope = plainScope(at: end)
            return (.monthDays(day, repeats: repeats || scope?.value == true), scope?.end ?? end)
        }
        guard let (ordinals, end) = ordinalList(at: place) ?? figureOfMonth(at: place) else { return nil }
        if let found = nthWeekday(ordinals, at: end, repeats: repeats, isInRun: context.hasDay) { return found }
        return monthDay(
            ordinals, from: place, at: end, repeats: repeats,
            isLed: hasPreposition || repeats || isPhrase && (hasArticle || ordinals.count > 1) || context.inRun,
            isInRun: context.inRun)
    }

    /// "20 of next month": a figure counts only where "of" and a month follow.
    private func figureOfMonth(at index: Int) -> Parsed<[Int]>? {
        guard let day = wholeNumber(index), (1...31).contains(day), word(index + 1) == "of",
            monthScope(at: index + 1) != nil
        else { return nil }
        return ([day], index + 1)
    }

    /// "day 20 and 30".
    private func numberedDay(at index: Int) -> Parsed<[Int]>? {
        guard isWord(index, ["day", "days"]), let (first, stop) = dayNumber(at: index + 1) else { return nil }
        var (days, end) = ([first], stop)
        while let next = separator(at: end), let (day, stop) = dayNumber(at: skip(skip(next, ["on"]), ["day"])),
            unit(at: stop) == nil
        {
            days.append(day)
            end = stop
        }
        return (days, end)
    }

    /// "of each month" behind days: whether they repeat, and where it ends; `nil` for a month that is named.
    private func plainScope(at index: Int) -> Parsed<Bool>? {
        guard let (scope, end) = monthScope(at: index) else { return nil }
        return scope == .any ? (false, end) : scope == .every ? (true, end) : nil
    }

    /// "first", "1st and 15th", "last", "second last", "1st-5th".
    func ordinalList(at index: Int) -> Parsed<[Int]>? {
        guard let (first, stop) = signedOrdinal(at: index) else { return nil }
        var (found, end) = ([first], stop)
        if let place = rangeMark(at: end), let (last, stop) = signedOrdinal(at: skip(place, ["the"])), last > first,
            first > 0
        {
            return (Array(first...last), stop)
        }
        while let next = separator(at: end), let (more, stop) = signedOrdinal(at: skip(skip(next, ["on"]), ["the"])) {
            found.append(more)
            end = stop
        }
        return (found, end)
    }

    /// "third", "last", "third last", "last but one".
    private func signedOrdinal(at index: Int) -> Parsed<Int>? {
        if word(index) == "last" { return (-1, index + 1) }
        if word(index) == "penultimate" { return (-2, index + 1) }
        guard let (value, end) = ordinal(at: index) else { return nil }
        let place = mark(end) == "-" && word(end + 1) == "last" ? end + 1 : end
        if word(place) == "last" || word(place) == "to" && word(place + 1) == "last" {
            return (-value, word(place) == "to" ? place + 2 : place + 1)
        }
        return (value, end)
    }

    private func nthWeekday(_ ordinals: [Int], at index: Int, repeats: Bool, isInRun: Bool) -> Parsed<TimePart>? {
        let day: NthDayMention.Day
        var end = index + 1
        if let weekday = Vocabulary.weekdays[word(index)] ?? Vocabulary.pluralWeekdays[word(index)] {
            day = .weekday(weekday)
        } else if isWord(index, ["working", "business", "work", "week"]), isWord(index + 1, ["day", "days"]) {
            (day, end) = (.workday, index + 2)
        } else if isWord(index, ["workday", "weekday", "workdays", "weekdays"]) {
            day = .workday
        } else if isWord(index, ["day", "days"]) {
            day = .day
        } else {
            return nil
        }
        let scope = monthScope(at: end) ?? quarterScope(at: end, ordinals)
        // "every 3rd day" counts days, and "last friday" is past.
        if scope == nil,
            day == .day && repeats
                || ordinals == [-1] && !repeats && !isInRun && !isRepeatedAhead(end) && day != .workday
        {
            return nil
        }
        var mention = NthDayMention(
            ordinals: ordinals, day: day,
            repeats: repeats || scope?.value == .every || scope.map { isWord($0.end - 2, Vocabulary.every) } == true,
            scope: scope?.value ?? .any)
        if case .every = mention.scope { mention.scope = .any }
        if scope == nil, repeats, case .weekday(let weekday) = day, let open = openCount(ordinals, weekday) {
            return (.weekdays(open), end)
        }
        return (.nthDay(mention), scope?.end ?? end)
    }

    /// "last friday every month": the month stands behind by itself.
    private func isRepeatedAhead(_ index: Int) -> Bool { isWord(index, Vocabulary.every) || word(index) == "monthly" }

    /// "every second tuesday": every two weeks, or the month's second?
    private func openCount(_ ordinals: [Int], _ weekday: Int) -> WeekdayMention? {
        guard ordinals.count == 1, ordinals[0] >= 2 else { return nil }
        return WeekdayMention(days: [weekday], repeats: true, every: ordinals[0], isOrdinalOpen: true)
    }

    /// "the 1st", "the 1st and 15th of the month", "every 4th".
    private func monthDay(_ ordinals: [Int], from start: Int, at index: Int, repeats: Bool, isLed: Bool, isInRun: Bool)
        -> Parsed<TimePart>?
    {
        guard ordinals.allSatisfy({ (1...31).contains($0) || isInRun && $0 < -1 }) || monthScope(at: index) != nil
        else { return nil }
        if let (scope, end) = monthScope(at: index) {
            switch scope {
            case .any: return (.monthDays(ordinals, repeats: repeats), end)
            case .every: return (.monthDays(ordinals, repeats: true), end)
            default: return (.nthDay(NthDayMention(ordinals: ordinals, day: .day, repeats: repeats, scope: scope)), end)
            }
        }
        let isFigure = if case .ordinal = tokens[start].kind { true } else { false }
        guard isLed, unit(at: index) == nil || word(index) == "second" else { return nil }
        guard isPhrase || isEndOfPhrase(index) || isFigure && !Self.countedByOrdinals.contains(word(index)) else {
            return nil
        }
        return (.monthDays(ordinals, repeats: repeats), index)
    }

    private static let countedByOrdinals: Set<String> = [
        "floor", "attempt", "try", "time", "place", "page", "step", "line", "item", "version", "edition", "round",
        "one",
        "row", "column", "chapter", "street", "avenue", "anniversary", "birthday", "century", "draft", "quarter",
    ]

    /// "of the month", "in november", "of every month", "of next month", "of october 2014".
    func monthScope(at index: Int) -> Parsed<MonthScope>? {
        var place = skip(index, ["of", "in"])
        let isLed = place > index
        if isWord(place, Vocabulary.every), word(place + 1) == "month" { return (.every, place + 2) }
        place = skip(place, ["the"])
        if word(place) == "month" || word(place) == "months", isLed {
            return (word(place) == "month" ? .any : .every, place + 1)
        }
        if isWord(place, ["next", "following"]), word(place + 1) == "month" { return (.next, place + 2) }
        if isWord(place, ["this", "current"]), word(place + 1) == "month" { return (.this, place + 2) }
        if isLed, word(place) == "year" { return nil }
        guard isLed || isPhrase, let (months, end) = monthList(at: place) else { return nil }
        let (year, last) = yearBehind(end)
        return (.named(months, year: year), last)
    }

    /// "of each quarter": the months in which the quarters begin, or end where it is counted from the end.
    func quarterScope(at index: Int, _ ordinals: [Int]) -> Parsed<MonthScope>? {
        let place = skip(skip(index, ["of", "in"]), ["the", "each", "every"])
        guard place > index, word(place) == "quarter" else { return nil }
        return (.named(ordinals.allSatisfy { $0 < 0 } ? [3, 6, 9, 12] : [1, 4, 7, 10], year: nil), place + 1)
    }

    /// "november", "jan and jul", "june to august".
    func monthList(at index: Int) -> Parsed<[Int]>? {
        guard let first = Vocabulary.months[word(index)] else { return nil }
        var (months, end) = ([first], index + 1)
        if mark(end) == ".", isJoined(end) { end += 1 }
        if let place = rangeMark(at: end), let last = Vocabulary.months[word(place)], dayNumber(at: place + 1) == nil {
            let length = (last - first + 12) % 12
            return ((0...length).map { (first - 1 + $0) % 12 + 1 }, place + 1)
        }
        while let next = separator(at: end), let month = Vocabulary.months[word(next)], dayNumber(at: next + 1) == nil {
            months.append(month)
            end = next + 1
        }
        return (months, end)
    }
}
