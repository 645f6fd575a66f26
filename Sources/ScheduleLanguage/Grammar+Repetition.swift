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
        var end: Int
        let count: Int
        if let multiple = Vocabulary.multiples[word(index)] {
            (count, end) = (multiple, index + 1)
        } else if let (value, stop) = number(at: index), isWord(stop, ["times", "time", "x"]), value == value.rounded(),
            value >= 1
        {
            (count, end) = (Int(value), stop + 1)
        } else if word(index) == "several" {
            return nil
        } else {
            return nil
        }
        if let found = Vocabulary.frequencies[word(end)], found.every == 1, count > 1 {
            return (.times(count, per: found.unit), end + 1)
        }
        guard isWord(end, ["a", "an", "per", "every", "each", "in"]) || mark(end) == "/" else { return nil }
        if word(end) == "in" { end = skip(end + 1, ["a", "an"]) } else { end += 1 }
        if let (unit, stop) = unit(at: end), !word(end).hasSuffix("s") { return (.times(count, per: unit), stop) }
        if let group = Vocabulary.dayGroups[word(end)], !group.isPlural, count > 1 {
            // The days are read again as a part of their own.
            return word(end - 1) == "every" || word(end - 1) == "each" ? (.times(count, per: .day), end - 1) : nil
        }
        return nil
    }

    // MARK: Behind "every"

    /// "every 45 minutes", "every other week", "every hour and a half", "every day".
    private func everyUnit(at index: Int) -> Parsed<TimePart>? {
        if let found = everyFraction(at: index) { return found }
        if isWord(index, ["other", "alternate", "second", "2nd"])
            || tokens.indices.contains(index) && tokens[index].text == "2nd",
            let (unit, end) = unit(at: index + 1)
        {
            return (.every(Step(count: 2, unit: unit)), end)
        }
        if isWord(index, ["other", "alternate"]), word(index + 1) == "fortnight" {
            return (.every(Step(count: 4, unit: .week)), index + 2)
        }
        if isWord(index, ["fortnight"]) { return (.every(Step(count: 2, unit: .week)), index + 1) }
        if isWord(index, ["quarter"]) { return (.every(Step(count: 3, unit: .month, isQuarter: true)), index + 1) }
        if let (count, end) = ordinal(at: index), let (unit, stop) = unit(at: end), !(unit == .day && count == 1),
            monthScope(at: stop) == nil
        {
            return (.every(Step(count: count, unit: unit)), stop)
        }
        if isWord(index, ["other", "alternate"]), word(index + 1) == "quarter" {
            return (.every(Step(count: 6, unit: .month)), index + 2)
        }
        if word(index) == "week", isWord(index + 1, ["day", "days"]) { return nil }
        if let (unit, end) = unit(at: index), !isJoined(index),
            !(word(index) == "second" && weekdayList(at: end, week: .nearest, isLed: true) != nil)
        {
            return everyOne(unit, at: end, plural: word(index).hasSuffix("s"))
        }
        guard let (amount, end) = amount(at: index), !amount.isVague else { return nil }
        // One number and its unit stay as said: "every 7 days" is no week, "every 120 minutes" no two hours.
        if let (count, place) = number(at: index), count == count.rounded(), let (unit, stop) = unit(at: place),
            stop == end
        {
            return (.every(Step(count: Int(count), unit: unit)), end)
        }
        return step(amount).map { (.every($0), end) }
    }

    /// "every hour and a half", "every hour on the hour", "every day".
    private func everyOne(_ unit: Vocabulary.Unit, at index: Int, plural: Bool) -> Parsed<TimePart>? {
        if let end = skip(index, phrase: ["and", "a", "half"]), let seconds = unit.seconds {
            return (.every(Step(count: seconds * 3 / 2, unit: .second)), end)
        }
        var end = index
        if unit == .hour { end = skip(end, phrase: ["on", "the", "hour"]) ?? end }
        if unit == .day { end = skip(end, phrase: ["of", "the", "week"]) ?? end }
        if unit < .day { end = skip(end, phrase: ["of", "the", "day"]) ?? skip(end, phrase: ["of", "every", "day"]) ?? end }
        // "each month at the end", "every month on the last day" follow by themselves; "at the end" needs the month before.
        if unit == .month, let stop = skip(index, phrase: ["at", "the", "end"]) ?? skip(index, phrase: ["at", "end"]) {
            return (.monthDays([-1], repeats: true), stop)
        }
        if unit == .day, let stop = skip(index, phrase: ["of", "the", "month"]) { end = stop }
        return (.every(Step(count: 1, unit: unit)), end)
    }

    /// "every half hour", "every quarter of an hour".
    private func everyFraction(at index: Int) -> Parsed<TimePart>? {
        guard isWord(index, ["half", "quarter", "three"]) || isWord(index, ["a"]) || isWord(index, ["hour"]) else {
            return nil
        }
        guard let (amount, end) = amount(at: index), amount.seconds > 0, !amount.isVague, !(word(index) == "hour")
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

    /// "every monday", "every other tuesday", "every mon-fri".
    private func everyDays(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var every = 1
        var place = index
        if isWord(place, ["other", "alternate"]) { (every, place) = (2, place + 1) }
        if let (count, end) = number(at: place), count > 1, count == count.rounded(),
            let stop = skip(end, phrase: ["weeks", "on"])
        {
            (every, place) = (Int(count), stop)
        }
        if let (value, end) = number(at: place), value > 1, value < 50, Vocabulary.pluralWeekdays[word(end)] != nil {
            (every, place) = (Int(value), end)
        }
        guard case let (mention, end)? = weekdayList(at: place, week: .nearest, isLed: true) else { return nil }
        var days = mention
        days.repeats = true
        days.every = every
        return (.weekdays(days), skip(end, phrase: ["of", "the", "month"]) ?? skip(end, phrase: ["of", "the", "week"]) ?? end)
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

    /// "in november", "of jan and jul", "from June to August", "only in May".
    private func monthsPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        var place = skip(index, ["only"])
        let isLed = isWord(place, ["in", "during", "of", "from", "between", "throughout"])
        guard isLed, word(place) != "of" || context.inRun else { return nil }
        let isSpan = isWord(place, ["from", "between"])
        place = skip(place + 1, ["the"])
        guard Vocabulary.months[word(place)] != nil else { return nil }
        if word(place) == "may" || word(place) == "march", !isPhrase, word(place - 1) != "in", !isSpan { return nil }
        if isSpan {
            guard let first = Vocabulary.months[word(place)],
                isWord(place + 1, ["to", "through", "until", "and"]) || mark(place + 1) == "-",
                let last = Vocabulary.months[word(place + 2)], dayNumber(at: place + 3) == nil
            else { return nil }
            let months = (0...(last - first + 12) % 12).map { (first - 1 + $0) % 12 + 1 }
            return (.months(months, repeats: true), place + 3)
        }
        guard let (months, end) = monthList(at: place), dayNumber(at: end) == nil else { return nil }
        if let year = wholeNumber(end), (1_900...2_400).contains(year) {
            return (.dates([DateMention(day: 1, month: months[0], year: year)], repeats: false), end + 1)
        }
        return (.months(months, repeats: months.count > 1), end)
    }

    // MARK: Within the hour

    /// "at minute 10 of every hour", "15 minutes past every hour", "at half past every hour", "on the half hour".
    func minutes(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let place = skip(index, ["at", "on"])
        if isWord(place, ["minute", "minutes"]), let (first, stop) = number(at: place + 1) {
            var (minutes, end) = ([Int(first)], stop)
            while let next = separator(at: end), let (more, stop) = number(at: next), unit(at: stop) == nil {
                minutes.append(Int(more))
                end = stop
            }
            guard minutes.allSatisfy({ (0...59).contains($0) }) else { return nil }
            return (.minutes(minutes), ofHour(at: end) ?? end)
        }
        if mark(place) == ":", isJoined(place + 1), let minute = wholeNumber(place + 1), minute < 60,
            context.hasShortStep || isPhrase
        {
            return (.minutes([minute]), place + 2)
        }
        if let end = skip(place, phrase: ["the", "half", "hour"])
            ?? skip(place, phrase: ["half", "past"]).flatMap(ofHour)
        {
            return (.minutes([30]), end)
        }
        if let end = skip(place, phrase: ["the", "hour"]), word(index) == "on", context.hasShortStep {
            return (.minutes([0]), end)
        }
        return minutesPast(at: place, context)
    }

    private func minutesPast(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let start = skip(index, ["a"])
        var minute: Int
        var end: Int
        if word(start) == "quarter" {
            (minute, end) = (15, start + 1)
        } else if let (value, stop) = number(at: index), value == value.rounded(), (0...59).contains(value) {
            (minute, end) = (Int(value), skip(stop, ["minutes", "minute", "mins", "min"]))
        } else {
            return nil
        }
        let isTo = isWord(end, ["to", "before"])
        guard isTo || isWord(end, ["past", "after"]) else { return nil }
        guard let stop = ofHour(at: end + 1) ?? (context.hasShortStep && end + 1 >= tokens.count ? end + 1 : nil) else { return nil }
        if isTo { minute = 60 - minute }
        end = stop
        return (.minutes([minute]), end)
    }

    /// "of every hour", "the hour", "each hour": the repetition is implied.
    private func ofHour(at index: Int) -> Int? {
        let place = skip(index, ["of", "past", "after", "in"])
        guard isWord(place, ["every", "each", "the"]), word(place + 1) == "hour" else { return nil }
        return place + 2
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
