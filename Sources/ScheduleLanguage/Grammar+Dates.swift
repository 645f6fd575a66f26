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
        if let found = daysThenMonth(at: index) ?? monthThenDays(at: index) ?? yearThenMonth(at: index) { return found }
        return list(from: index) { oneDate(at: skip($0, ["on"])) }
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
        guard let (days, stop) = list(from: index, of: { dayNumber(at: skip($0, ["the"])) }) else { return nil }
        let joint = behindJoint(stop)
        let place = skip(skip(joint, ["day"]), ["of"])
        guard let month = Vocabulary.months[word(place)] else { return nil }
        let (year, end) = yearBehind(joint > stop ? behindJoint(place + 1) : place + 1)
        return (days.map { DateMention(day: $0, month: month, year: year) }, end)
    }

    /// The hyphens or slashes of "10-August-2012".
    private func behindJoint(_ index: Int) -> Int {
        ["-", "/"].contains(mark(index)) && isJoined(index) && isJoined(index + 1) ? index + 1 : index
    }

    /// "march 3rd", "december 24 and 25", "february the 15th", "march third 2015".
    private func monthThenDays(at index: Int) -> Parsed<[DateMention]>? {
        guard let month = Vocabulary.months[word(index)] else { return nil }
        let dot = mark(index + 1) == "." && isJoined(index + 1) ? index + 2 : index + 1
        var place = skip(skip(skip(dot, ["on", "the"]), ["the"]), ["day"])
        // "March, 6th": a comma only before an ordinal, which no list of months has.
        if mark(place) == ",", tokens.indices.contains(place + 1), case .ordinal = tokens[place + 1].kind { place += 1 }
        guard let (days, end) = list(from: place, of: dayBehindMonth), !days.isEmpty else {
            // "October 2026": the month's first day.
            let (year, end) = yearBehind(index + 1)
            return year.map { ([DateMention(day: 1, month: month, year: $0)], end) }
        }
        // "november on the fourth thursday" names a day of the week.
        if wholeNumber(place) == nil, Vocabulary.weekdays[word(end)] != nil || isWord(end, ["last", "day"]) {
            return nil
        }
        let (year, last) = yearBehind(end)
        return (days.map { DateMention(day: $0, month: month, year: year) }, last)
    }

    /// "2018 March 18".
    private func yearThenMonth(at index: Int) -> Parsed<[DateMention]>? {
        guard let year = wholeNumber(index), (1_900...2_400).contains(year), tokens[index].original.count == 4,
            let month = Vocabulary.months[word(index + 1)], let (day, end) = dayBehindMonth(index + 2)
        else { return nil }
        return ([DateMention(day: day, month: month, year: year)], end)
    }

    private func dayBehindMonth(_ index: Int) -> Parsed<Int>? {
        let place = skip(index, ["the"])
        guard let (day, end) = dayNumber(at: place), !isClockAhead(place), unit(at: end) == nil,
            Vocabulary.months[word(end)] == nil
        else { return nil }
        return (day, end)
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

    func yearBehind(_ index: Int) -> (Int?, Int) {
        var place = skip(index, ["of", "in"])
        if mark(place) == "," || mark(place) == "." { place += 1 }
        guard let year = wholeNumber(place), (1_900...9_999).contains(year), tokens[place].original.count == 4,
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
}
