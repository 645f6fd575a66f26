/// On which days, as explanations say it.
///
///     days      = phrase { "and" phrase } | phrase "if that is" weekday { "or" weekday }
///     phrase    = "every day" [ months ] | "every" weekdays [ months ] | "on" places "of" months
///               | "every year on" numbers month | "Monday to Friday" [ months ] | "on Mondays" [ months ] | months
///     place     = "the 5th" | "the 1st to the 7th" | "every 2nd day from the 1st" [ "to the 15th" ] | "the last day"
///               | "the day before the last day" | "the day 3 days before the last day" | "the last working day"
///               | "the working day nearest to the 15th" | "the second Friday" | "the last Friday"
extension Grammar {
    func explainedDays(at index: Int) -> Parsed<ExplainedDays>? {
        guard var (days, end) = dayPhrase(at: index) else { return nil }
        while word(end) == "and", isWord(end + 1, ["on", "every"]), let (more, stop) = dayPhrase(at: end + 1) {
            guard let joined = days.joined(with: more) else { return nil }
            (days, end) = (joined, stop)
        }
        guard let place = skip(end, phrase: ["if", "that", "is"]) else { return (days, end) }
        guard let (conditions, stop) = explainedList(from: place, joint: "or", of: weekdayCondition),
            let both = days.limited(to: conditions)
        else { return nil }
        return (both, stop)
    }

    private func dayPhrase(at index: Int) -> Parsed<ExplainedDays>? {
        everyDays(at: index) ?? everyYear(at: index) ?? placesOfMonth(at: index) ?? trailingWeekdays(at: index)
            ?? explainedMonths(at: index).map { (ExplainedDays(months: $0.value), $0.end) }
    }

    // MARK: Days of the week

    /// "every day", "every weekday", "every Monday and Friday", "every day from Monday to Thursday".
    private func everyDays(at index: Int) -> Parsed<ExplainedDays>? {
        guard isWord(index, Vocabulary.every) else { return nil }
        if word(index + 1) == "weekday" { return withMonths(Array(1...5), at: index + 2) }
        guard word(index + 1) == "day" else {
            guard let (days, end) = explainedList(from: index + 1, of: { weekday($0, Vocabulary.weekdays) }) else {
                return nil
            }
            return withMonths(days, at: end)
        }
        if word(index + 2) == "from", let (days, end) = weekdayRun(at: index + 3) { return withMonths(days, at: end) }
        return withMonths([], at: index + 2)
    }

    /// "Monday to Friday", "on Mondays and Thursdays" behind a frequency.
    private func trailingWeekdays(at index: Int) -> Parsed<ExplainedDays>? {
        if let (days, end) = weekdayRun(at: index) { return withMonths(days, at: end) }
        guard word(index) == "on",
            let (days, end) = explainedList(from: index + 1, of: { weekday($0, Vocabulary.pluralWeekdays) })
        else { return nil }
        return withMonths(days, at: end)
    }

    private func weekday(_ index: Int, _ names: [String: Int]) -> Parsed<Int>? {
        names[word(index)].map { ($0, index + 1) }
    }

    private func weekdayRun(at index: Int) -> Parsed<[Int]>? {
        guard let first = Vocabulary.weekdays[word(index)], word(index + 1) == "to",
            let last = Vocabulary.weekdays[word(index + 2)], first < last
        else { return nil }
        return (Array(first...last), index + 3)
    }

    private func withMonths(_ weekdays: [Int], at index: Int) -> Parsed<ExplainedDays>? {
        let months = explainedMonths(at: index)
        return (ExplainedDays(weekdays: weekdays, months: months?.value ?? Array(1...12)), months?.end ?? index)
    }

    /// "a Monday", "the last Friday of the month".
    private func weekdayCondition(_ index: Int) -> Parsed<ExplainedDays.Place>? {
        if word(index) == "a" { return weekday(index + 1, Vocabulary.weekdays).map { (.weekday($0.value), $0.end) } }
        guard let (place, end) = weekdayPlace(at: index), let stop = skip(end, phrase: ["of", "the", "month"]) else {
            return nil
        }
        return (place, stop)
    }

    // MARK: Days of the month

    /// "every year on 24 and 25 December".
    private func everyYear(at index: Int) -> Parsed<ExplainedDays>? {
        guard let start = skip(index, phrase: ["every", "year", "on"]),
            let (days, end) = explainedList(from: start, of: dayFigure), let month = Vocabulary.months[word(end)]
        else { return nil }
        return (ExplainedDays(places: days.map { .ofMonth("\($0)") }, months: [month]), end + 1)
    }

    private func dayFigure(_ index: Int) -> Parsed<Int>? {
        guard let day = wholeNumber(index), (1...31).contains(day) else { return nil }
        return (day, index + 1)
    }

    /// "on the 1st, the 15th and the last day of every month".
    private func placesOfMonth(at index: Int) -> Parsed<ExplainedDays>? {
        guard word(index) == "on", let (places, end) = explainedList(from: index + 1, of: placeOfMonth),
            word(end) == "of", let (months, stop) = monthsOfPlaces(at: end + 1)
        else { return nil }
        return (ExplainedDays(places: places, months: months), stop)
    }

    private func placeOfMonth(_ index: Int) -> Parsed<ExplainedDays.Place>? {
        if isWord(index, Vocabulary.every) { return steppedPlace(at: index + 1) }
        guard word(index) == "the" else { return nil }
        if let (place, end) = weekdayPlace(at: index) { return (place, end) }
        if let end = skip(index + 1, phrase: ["last", "working", "day"]) { return (.ofMonth("LW"), end) }
        if let end = skip(index + 1, phrase: ["last", "day"]) { return (.ofMonth("L"), end) }
        if let place = skip(index + 1, phrase: ["working", "day", "nearest", "to"]) {
            return theDay(place).map { (.ofMonth("\($0.value)W"), $0.end) }
        }
        if word(index + 1) == "day", let found = dayBeforeLast(at: index + 2) { return found }
        return dayRun(at: index).map { (.ofMonth($0.value), $0.end) }
    }

    /// "3 days before the last day", "before the last day" behind "the day".
    private func dayBeforeLast(at index: Int) -> Parsed<ExplainedDays.Place>? {
        var (before, place) = (1, index)
        if let (days, end) = dayFigure(index), isWord(end, ["day", "days"]) { (before, place) = (days, end + 1) }
        return skip(place, phrase: ["before", "the", "last", "day"]).map { (.ofMonth("L-\(before)"), $0) }
    }

    /// "the second Friday", "the last Friday".
    private func weekdayPlace(at index: Int) -> Parsed<ExplainedDays.Place>? {
        guard word(index) == "the", let weekday = Vocabulary.weekdays[word(index + 2)] else { return nil }
        let name = CronWriter.dayNames[weekday - 1]
        if word(index + 1) == "last" { return (.ofWeek("\(name)L"), index + 3) }
        guard let nth = Vocabulary.ordinals[word(index + 1)], nth <= 5 else { return nil }
        return (.ofWeek("\(name)#\(nth)"), index + 3)
    }

    /// "2nd day from the 1st to the 15th", "day from the 5th" behind "every".
    private func steppedPlace(at index: Int) -> Parsed<ExplainedDays.Place>? {
        let (step, place) = word(index) == "day" ? (1, index) : ordinal(at: index) ?? (0, index)
        guard step > 0, word(place) == "day", word(place + 1) == "from", let (days, end) = dayRun(at: place + 2) else {
            return nil
        }
        return (.ofMonth("\(days)/\(step)"), end)
    }

    /// "the 5th", "the 1st to the 7th", as a field writes it.
    private func dayRun(at index: Int) -> Parsed<String>? {
        guard let (first, end) = theDay(index) else { return nil }
        guard word(end) == "to", let (last, stop) = theDay(end + 1) else { return ("\(first)", end) }
        return ("\(first)-\(last)", stop)
    }

    private func theDay(_ index: Int) -> Parsed<Int>? {
        guard word(index) == "the", tokens.indices.contains(index + 1), case .ordinal(let day) = tokens[index + 1].kind,
            (1...31).contains(day)
        else { return nil }
        return (day, index + 2)
    }

    // MARK: Months

    /// "in March and May", "from June to August".
    private func explainedMonths(at index: Int) -> Parsed<[Int]>? {
        if word(index) == "in" { return monthNames(at: index + 1) }
        guard word(index) == "from" else { return nil }
        return monthRun(at: index + 1)
    }

    /// "every month", "every month from June to August", "January and July" behind "of".
    private func monthsOfPlaces(at index: Int) -> Parsed<[Int]>? {
        guard isWord(index, Vocabulary.every), word(index + 1) == "month" else { return monthNames(at: index) }
        guard word(index + 2) == "from" else { return (Array(1...12), index + 2) }
        return monthRun(at: index + 3)
    }

    private func monthNames(at index: Int) -> Parsed<[Int]>? {
        explainedList(from: index) { place in Vocabulary.months[word(place)].map { ($0, place + 1) } }
    }

    private func monthRun(at index: Int) -> Parsed<[Int]>? {
        guard let first = Vocabulary.months[word(index)], word(index + 1) == "to",
            let last = Vocabulary.months[word(index + 2)], first < last
        else { return nil }
        return (Array(first...last), index + 3)
    }
}
