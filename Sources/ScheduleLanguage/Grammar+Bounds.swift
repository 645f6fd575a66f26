/// Where a repetition begins and ends.
extension Grammar {
    /// "from 1 June", "starting next monday", "until 31 August", "ending on friday".
    func bound(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        end(at: index, context) ?? start(at: index, context)
    }

    // MARK: Until

    private func end(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if isPhrase, let end = skip(index, phrase: ["until", "further", "notice"]) {
            return (.until([], isExclusive: false), end)
        }
        if let place = untilStart(index), let (parts, end) = moment(at: place) {
            return (.until(parts, isExclusive: false), end)
        }
        guard word(index) == "before", context.inRun, let (parts, end) = moment(at: index + 1) else { return nil }
        return (.until(parts, isExclusive: true), end)
    }

    private func untilStart(_ index: Int) -> Int? {
        if isWord(index, ["until", "through"]) { return index + 1 }
        if word(index) == "up", isWord(index + 1, ["to", "until"]) { return index + 2 }
        return word(index) == "ending" ? skip(index + 1, ["on", "at", "by"]) : nil
    }

    // MARK: From

    private func start(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard let place = startWords(index), !isMonthSpan(place), !isDaySpan(place),
            let (parts, end) = moment(at: place)
        else { return nil }
        if isWord(index, ["from", "between"]), let (last, stop) = untilBehind(end) {
            return (.start(parts + [.until(last, isExclusive: false)]), stop)
        }
        let stop = isWord(end, ["onwards", "onward"]) || isClosingOn(end) ? end + 1 : end
        // A lone "from 9" in a sentence belongs to other words.
        if word(index) == "from", !context.inRun, !isPhrase, stop == end, parts.count == 1, case .clock = parts[0] {
            return nil
        }
        return (.start(parts), stop)
    }

    /// "from monday on".
    private func isClosingOn(_ index: Int) -> Bool {
        word(index) == "on" && word(index + 1) == "" && (!isPhrase || index + 1 >= tokens.count)
    }

    private func startWords(_ index: Int) -> Int? {
        if isWord(index, ["starting", "beginning", "commencing", "effective"]) {
            return skip(skip(index + 1, ["on", "from", "at", "with"]), ["on"])
        }
        if word(index) == "as", isWord(index + 1, ["of", "from"]) { return index + 2 }
        return isWord(index, ["from", "after", "between"]) ? index + 1 : nil
    }

    /// "to 31 August" behind a start.
    private func untilBehind(_ index: Int) -> Parsed<[TimePart]>? {
        guard isWord(index, ["to", "until", "through", "and"]) || ["-", "–"].contains(mark(index)) else { return nil }
        return moment(at: index + 1)
    }

    /// "from June to August" names months of every year.
    private func isMonthSpan(_ index: Int) -> Bool {
        guard let (months, end) = monthList(at: index) else { return false }
        if months.count > 1 { return true }
        return isWord(end, ["and", "until"]) && Vocabulary.months[word(end + 1)] != nil && dayNumber(at: end + 2) == nil
    }

    /// "from monday to friday" names days of every week.
    private func isDaySpan(_ index: Int) -> Bool {
        Vocabulary.weekdays[word(index)] != nil && isWord(index + 1, ["to", "through", "and"])
            && Vocabulary.weekdays[word(index + 2)] != nil
    }

    // MARK: Moments

    /// The day, the time or both that a bound names.
    func moment(at index: Int) -> Parsed<[TimePart]>? {
        let inner = Grammar(tokens, isPhrase: true)
        var context = Context(inRun: true)
        var parts: [TimePart] = []
        var end = index
        while parts.count < 3, let (part, stop) = inner.momentPart(at: end, context),
            !parts.contains(where: { $0.isSameKind(part) })
        {
            parts.append(part)
            context.afterDay = true
            end = stop
        }
        return parts.isEmpty ? nil : (parts, end)
    }

    private static let momentProductions: [Production] = [
        { $0.offset(at:_:) }, { $0.date(at:_:) }, { $0.nthDay(at:_:) }, { $0.period(at:_:) }, { $0.day(at:_:) },
        { $0.monthAlone(at:_:) }, { $0.clock(at:_:) }, { $0.dayPart(at:_:) }, { $0.hourAlone(at:_:) },
    ]

    private func momentPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard index < tokens.count else { return nil }
        if word(index) == "now" { return (.now, index + 1) }
        for production in Self.momentProductions {
            if let found = production(self)(index, context) { return found.value.isOneMoment ? found : nil }
        }
        return nil
    }

    /// "until august".
    private func monthAlone(at index: Int, _ context: Context) -> Parsed<TimePart>? {
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
}

extension TimePart {
    /// A bound names one moment, no repetition.
    fileprivate var isOneMoment: Bool {
        switch self {
        case .weekdays(let mention): mention.days.count == 1 && !mention.repeats
        case .dates(_, let repeats): !repeats
        case .nthDay(let mention): !mention.repeats && mention.scope != .every
        case .monthDays(let days, let repeats): !repeats && days.count == 1
        default: true
        }
    }

    /// Both name a day, or both a time.
    fileprivate func isSameKind(_ other: TimePart) -> Bool { momentKind == other.momentKind }

    private var momentKind: Int {
        switch self {
        case .clock: 1
        case .dayPart: 2
        case .weekdays: 3
        default: 4
        }
    }
}
