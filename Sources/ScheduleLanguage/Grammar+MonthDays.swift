/// Days that are counted within a month: "the 15th", "the last friday of the month".
extension Grammar {
    // MARK: The nth day

    /// "the first and third wednesday of every month", "fifth last day of May", "on the last working day", "the 15th".
    func nthDay(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let start = skip(skip(index, ["on", "by", "for"]), ["only"])
        let repeats = isWord(start, Vocabulary.every)
        let article = repeats ? start + 1 : start
        let place = skip(article, ["the"])
        if let (day, end) = numberedDay(at: place) {
            let scope = plainScope(at: end)
            return (.monthDays(day, repeats: repeats || scope?.value == true), scope?.end ?? end)
        }
        guard let (ordinals, end) = ordinalList(at: place) ?? figureOfMonth(at: place) else { return nil }
        if let found = nthWeekday(ordinals, at: end, repeats: repeats, context) { return found }
        let isLed = start > index || repeats || isPhrase && (place > article || ordinals.count > 1) || context.inRun
        guard isLed || monthScope(at: end) != nil else { return nil }
        return monthDay(ordinals, from: place, at: end, repeats: repeats, context)
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
        guard isWord(index, ["day", "days"]) else { return nil }
        return list(from: index + 1) { place in
            guard let found = dayNumber(at: skip(skip(place, ["on"]), ["day"])), unit(at: found.end) == nil else {
                return nil
            }
            return found
        }
    }

    /// "of each month" behind days: whether they repeat, and where it ends; `nil` for a month that is named.
    private func plainScope(at index: Int) -> Parsed<Bool>? {
        guard let (scope, end) = monthScope(at: index) else { return nil }
        return scope == .any ? (false, end) : scope == .every ? (true, end) : nil
    }

    /// "first", "1st and 15th", "last", "second last", "1st-5th".
    func ordinalList(at index: Int) -> Parsed<[Int]>? {
        guard let (first, end) = signedOrdinal(at: index) else { return nil }
        if let place = rangeMark(at: end), let (last, stop) = signedOrdinal(at: skip(place, ["the"])), last > first,
            first > 0
        {
            return (Array(first...last), stop)
        }
        return list(from: index) { signedOrdinal(at: skip(skip($0, ["on"]), ["the"])) }
    }

    /// "third", "last", "third last", "last but one".
    private func signedOrdinal(at index: Int) -> Parsed<Int>? {
        if word(index) == "last" { return (-1, index + 1) }
        if word(index) == "penultimate" { return (-2, index + 1) }
        guard let (value, end) = ordinal(at: index) else { return nil }
        let place = mark(end) == "-" && word(end + 1) == "last" ? end + 1 : end
        let last = word(place) == "to" ? skip(place + 1, ["the"]) : place
        if word(last) == "last" { return (-value, last + 1) }
        return (value, end)
    }

    /// "first and third wednesday", "last working day", "fifth last day of May".
    private func nthWeekday(_ ordinals: [Int], at index: Int, repeats: Bool, _ context: Context) -> Parsed<TimePart>? {
        guard let (day, end) = countedDay(at: index) else { return nil }
        guard let scope = monthScope(at: end) ?? quarterScope(at: end, ordinals) else {
            return nthWithoutMonth(ordinals, day, repeats: repeats, at: end, context)
        }
        let isEvery = scope.value == .every || isWord(scope.end - 2, Vocabulary.every)
        let months = scope.value == .every ? .any : scope.value
        return (
            .nthDay(NthDayMention(ordinals: ordinals, day: day, repeats: repeats || isEvery, scope: months)), scope.end
        )
    }

    private func countedDay(at index: Int) -> Parsed<NthDayMention.Day>? {
        if let weekday = Vocabulary.weekdays[word(index)] ?? Vocabulary.pluralWeekdays[word(index)] {
            return (.weekday(weekday), index + 1)
        }
        if isWord(index, ["working", "business", "work", "week"]), isWord(index + 1, ["day", "days"]) {
            return (.workday, index + 2)
        }
        if isWord(index, ["workday", "weekday", "workdays", "weekdays"]) { return (.workday, index + 1) }
        return isWord(index, ["day", "days"]) ? (.day, index + 1) : nil
    }

    /// No month is said: "every 3rd day" counts days, "last friday" is past, "every second tuesday" is open.
    private func nthWithoutMonth(
        _ ordinals: [Int], _ day: NthDayMention.Day, repeats: Bool, at end: Int, _ context: Context
    ) -> Parsed<TimePart>? {
        if day == .day, repeats { return nil }
        if ordinals == [-1], !repeats, !context.hasDay, !isRepeatedAhead(end), day != .workday { return nil }
        if repeats, case .weekday(let weekday) = day, let open = openCount(ordinals, weekday) {
            return (.weekdays(open), end)
        }
        return (.nthDay(NthDayMention(ordinals: ordinals, day: day, repeats: repeats, scope: .any)), end)
    }

    /// "last friday every month": the month stands behind by itself.
    private func isRepeatedAhead(_ index: Int) -> Bool { isWord(index, Vocabulary.every) || word(index) == "monthly" }

    /// "every second tuesday": every two weeks, or the month's second?
    private func openCount(_ ordinals: [Int], _ weekday: Int) -> WeekdayMention? {
        guard ordinals.count == 1, ordinals[0] >= 2 else { return nil }
        return WeekdayMention(days: [weekday], repeats: true, every: ordinals[0], isOrdinalOpen: true)
    }

    /// "the 1st", "the 1st and 15th of the month", "every 4th".
    private func monthDay(_ ordinals: [Int], from start: Int, at index: Int, repeats: Bool, _ context: Context)
        -> Parsed<TimePart>?
    {
        if let (scope, end) = monthScope(at: index) {
            if scope == .any || scope == .every {
                return (.monthDays(ordinals, repeats: repeats || scope == .every), end)
            }
            return (.nthDay(NthDayMention(ordinals: ordinals, day: .day, repeats: repeats, scope: scope)), end)
        }
        // "every month on the 4th last" has its month before it.
        guard ordinals.allSatisfy({ (1...31).contains($0) || context.inRun && $0 < -1 }) else { return nil }
        guard unit(at: index) == nil || word(index) == "second" else { return nil }
        let isFigure = if case .ordinal = tokens[start].kind { true } else { false }
        if Self.countedByOrdinals.contains(word(index)), isPhrase { return nil }
        let isDay = isPhrase || isEndOfPhrase(index) || isFigure && !Self.countedByOrdinals.contains(word(index))
        return isDay ? (.monthDays(ordinals, repeats: repeats), index) : nil
    }

    private static let countedByOrdinals: Set<String> = [
        "floor", "attempt", "try", "time", "place", "page", "step", "line", "item", "version", "edition", "round",
        "one", "row", "column", "chapter", "street", "avenue", "anniversary", "birthday", "century", "draft", "quarter",
        "half",
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
