/// Times of day.
extension Grammar {
    /// "at 9 and 17:30", "5 pm", "half past five in the morning", "noon".
    func clock(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let first = clockStart(index)
        let isLed = mark(index) == "@" || word(index) == "at" || isPhrase && first > index
        guard var (item, end) = clockItem(at: first, isLoose: isLed || canBeBare(first, context)) else { return nil }
        var items: [TimeMention] = [item]
        while let next = separator(at: end) ?? rightBehind(end) {
            guard let (more, stop) = clockItem(at: clockStart(next), isLoose: true), !isAmount(at: next) else { break }
            (item, end) = (more, stop)
            items.append(item)
        }
        if let (part, stop) = besideClock(at: end) {
            items = items.map { beside($0, part) }
            end = stop
        }
        end = skip(end, ["sharp", "exactly", "precisely", "approximately", "ish"])
        return (.clock(items), end)
    }

    /// "10 12 17" is a list only where figures with a colon follow each other.
    private func rightBehind(_ index: Int) -> Int? {
        guard index < tokens.count, case .clock = tokens[index].kind else { return nil }
        return index
    }

    /// Behind "at", "@", "by", "around".
    private func clockStart(_ index: Int) -> Int {
        var place = index
        if mark(place) == "@" || isWord(place, ["at", "by", "around", "about", "approximately"]) { place += 1 }
        if place > index { place = skip(place, ["about", "around", "approximately", "exactly", "precisely"]) }
        return place
    }

    private func beside(_ mention: TimeMention, _ part: DayPart) -> TimeMention {
        guard case .spoken(let time) = mention.time, time.half == nil else { return mention }
        var mention = mention
        mention.beside = part
        return mention
    }

    /// A bare hour ("friday 8") is a time only beside a day, and only where no noun follows that it could count.
    private func canBeBare(_ index: Int, _ context: Context) -> Bool {
        if context.afterDate { return besideAhead(index) || isDottedTime(index) }
        if isPhrase { return context.afterDay || besideAhead(index) }
        return context.afterDay && isEndOfPhrase(index + 1) || besideAhead(index)
    }

    /// "13.12" behind a date that has a year.
    private func isDottedTime(_ index: Int) -> Bool {
        guard tokens.indices.contains(index), case .number(let value) = tokens[index].kind else { return false }
        return dottedHour(tokens[index].original, value) != nil
    }

    /// "8 tonight", "9 tomorrow evening".
    private func besideAhead(_ index: Int) -> Bool {
        guard wholeNumber(index) != nil || spelledNumber(at: index) != nil else { return false }
        return isWord(index + 1, ["tonight", "o'clock", "oclock", "tomorrow"])
            || word(index + 1) == "o" && word(index + 2) == "clock"
            || word(index + 1) == "this" && Vocabulary.dayParts[word(index + 2)] != nil
            || isWord(index + 1, ["in", "at"]) && besideClock(at: index + 1) != nil
    }

    /// No word that a number could count stands here.
    func isEndOfPhrase(_ index: Int) -> Bool {
        guard index < tokens.count else { return true }
        guard tokens[index].kind == .word else { return tokens[index].kind == .punctuation }
        return Self.functionWords.contains(tokens[index].text)
    }

    static let functionWords: Set<String> = [
        "and", "or", "to", "on", "in", "at", "for", "from", "until", "till", "every", "each", "remind", "tell", "ping",
        "please", "pls", "the", "then", "with", "except", "but", "run", "send", "check", "write", "draft", "summarise",
        "summarize", "execute", "get", "post", "call", "message", "notify", "email", "alert", "starting", "of", "i",
        "generate", "post", "hit", "tomorrow", "tonight", "today", "this", "next", "if", "when", "make", "do", "give",
        "show", "let", "text", "nudge", "warn", "plan", "review", "prepare", "start", "create", "set", "analyse",
        "analyze", "research", "translate", "compare", "optimise", "optimize", "water", "take", "put", "buy", "open",
        "close", "clean", "pay", "feed", "is", "my", "me", "it", "via", "sharp", "instead", "only", "except",
    ]

    /// The number at `index` counts something: "9, 3 times", "10 and 2 days later".
    private func isAmount(at index: Int) -> Bool {
        guard let (_, end) = number(at: index) else { return false }
        if end < tokens.count, case .ordinal = tokens[end].kind { return true }
        return Self.countedNouns.contains(word(end)) || mark(end) == "%" || unit(at: end) != nil
            || Vocabulary.months[word(end)] != nil
    }

    static let countedNouns: Set<String> = [
        "times", "time", "percent", "degrees", "degree", "dollars", "euros", "pounds", "points", "items", "km",
        "kilometres", "miles", "mph", "people", "bags", "pages", "metres", "meters", "stars", "x", "occurrences", "kg",
        "cents", "places", "locations", "sites", "units",
    ]

    // MARK: One time

    /// - Parameter isLoose: a bare hour ("9", "seventeen") is a time.
    /// - Parameter isSpan: "10 to 6" is a span, not ten minutes to six.
    func clockItem(at index: Int, isLoose: Bool, isSpan: Bool = false) -> Parsed<TimeMention>? {
        guard index < tokens.count else { return nil }
        if case .clock(let time) = tokens[index].kind { return half(time, at: index + 1) }
        if let (part, end) = namedTime(at: index) { return (TimeMention(time: .part(part)), end) }
        if let end = skip(skip(index, ["the"]), phrase: ["same", "time"]) ?? skip(index, phrase: ["this", "time"]) {
            return (TimeMention(time: .present), end)
        }
        if !isSpan || Vocabulary.numbers[word(index)] == nil && wholeNumber(index) == nil,
            let found = relativeClock(at: index)
        {
            return found
        }
        if let found = fullHour(at: index, isLoose: isLoose) { return found }
        return nil
    }

    /// "noon", "midnight", "end of day", "close of business".
    func namedTime(at index: Int) -> Parsed<DayPart>? {
        let place = skip(index, ["the"])
        if let end = skip(place, phrase: ["close", "of", "business"]) { return (.endOfDay, end) }
        if word(place) == "mid", word(mark(place + 1) == "-" ? place + 2 : place + 1) == "day" {
            return (.noon, mark(place + 1) == "-" ? place + 3 : place + 2)
        }
        if let end = skip(place, phrase: ["end", "of", "business"]) {
            return (.endOfDay, skip(end, ["day", "hours"]))
        }
        if let end = skip(place, phrase: ["end", "of"]) {
            let noun = skip(skip(end, ["the", "my", "each", "every"]), ["work", "working", "business"])
            return word(noun) == "day" ? (.endOfDay, noun + 1) : word(noun) == "workday" ? (.endOfDay, noun + 1) : nil
        }
        guard let part = Vocabulary.dayParts[word(place)], part.isMoment else { return nil }
        if word(place) == "lunch", !isPhrase, word(index - 1) != "at", word(index - 1) != "tomorrow" { return nil }
        return (part, place + 1)
    }

    /// "half past five", "quarter to 6", "15 past noon", "ten to six", "half three".
    private func relativeClock(at index: Int) -> Parsed<TimeMention>? {
        guard let (minutes, end) = minutesBeside(at: index) else { return nil }
        let isPast = isWord(end, ["past", "after"])
        let isTo = isWord(end, ["to", "before", "til", "till", "until"])
        if minutes == 30, !isPast, !isTo { return halfHour(at: end) }
        guard isPast || isTo, let (mention, stop) = clockItem(at: end + 1, isLoose: true) else { return nil }
        return shifted(mention, by: isPast ? minutes : -minutes).map { ($0, stop) }
    }

    /// British: "half three" is 3:30.
    private func halfHour(at index: Int) -> Parsed<TimeMention>? {
        guard let (hour, end) = spelledNumber(at: index), (1...12).contains(hour), unit(at: end) == nil else {
            return nil
        }
        return half(SpokenTime(hour, 30), at: end)
    }

    /// "half", "a quarter", "twenty", "5 minutes".
    private func minutesBeside(at index: Int) -> Parsed<Int>? {
        let place = skip(index, ["a"])
        if word(place) == "half" { return (30, place + 1) }
        if word(place) == "quarter" { return (15, place + 1) }
        guard place == index, let (value, end) = number(at: index), (1...59).contains(value), value == value.rounded()
        else { return nil }
        let stop = skip(end, ["minutes", "minute", "mins", "min"])
        // "9 to 5" is a span of hours: without the word "minutes" people say fives.
        guard stop > end || Int(value) % 5 == 0 || isWord(stop, ["past"]) else { return nil }
        return isWord(stop, ["past", "to", "after", "before", "til", "till"]) ? (Int(value), stop) : nil
    }

    private func shifted(_ mention: TimeMention, by minutes: Int) -> TimeMention? {
        switch mention.time {
        case .present: return nil
        case .part(let part):
            let total = (part.hour * 60 + minutes + 1_440) % 1_440
            return TimeMention(time: .spoken(SpokenTime(total / 60, total % 60, isSettled: true)))
        case .spoken(let time):
            guard time.minute == 0 else { return nil }
            return TimeMention(time: .spoken(time.moved(by: minutes)))
        }
    }

    /// "9", "17", "5 pm", "seven thirty", "nine o'clock", "1730", "9h", "17.30".
    private func fullHour(at index: Int, isLoose: Bool) -> Parsed<TimeMention>? {
        if let (time, end) = figureHour(at: index) {
            if let found = half(time, at: end), isLoose || found.end > end || isFrench(end) {
                return withoutNoun(found)
            }
            return nil
        }
        guard let (hour, end) = spelledNumber(at: index), (0...23).contains(hour) else { return nil }
        if let (minute, stop) = spelledMinute(at: end), hour <= 12 {
            let found = half(SpokenTime(hour, minute), at: stop)
            return isLoose || isPhrase || (found?.end ?? 0) > stop ? found : nil
        }
        guard let found = half(SpokenTime(hour), at: end), isLoose || found.end > end else { return nil }
        return withoutNoun(found)
    }

    private func isFrench(_ end: Int) -> Bool { word(end - 1) == "h" }

    private func withoutNoun(_ found: Parsed<TimeMention>) -> Parsed<TimeMention>? {
        if Self.countedNouns.contains(word(found.end)) || mark(found.end) == "%" || mark(found.end) == "°" {
            return nil
        }
        if let (unit, _) = unit(at: found.end), word(found.end) != "second" || unit != .second { return nil }
        return found
    }

    /// "9", "9h", "1730", "17.30", "3 15 pm".
    private func figureHour(at index: Int) -> Parsed<SpokenTime>? {
        guard index < tokens.count, case .number(let value) = tokens[index].kind else { return nil }
        let figures = tokens[index].original
        guard let hour = wholeNumber(index) else { return dottedHour(figures, value).map { ($0, index + 1) } }
        guard figures.count <= 2 else { return runTogether(hour, figures).map { ($0, index + 1) } }
        guard hour <= 24 else { return nil }
        let end = word(index + 1) == "h" && isJoined(index + 1) ? index + 2 : index + 1
        if let minute = wholeNumber(end), minute < 60, tokens[end].original.count == 2,
            isWord(end + 1, ["am", "pm"]) || word(index - 1) == "at" && figures.count <= 2 && isEndOfPhrase(end + 1)
        {
            return (SpokenTime(hour, minute), end + 1)
        }
        let isPadded = figures.count == 2 && figures.hasPrefix("0")
        return (SpokenTime(hour, isSettled: isPadded || hour == 0 || hour > 12), end)
    }

    /// "930", "1730".
    private func runTogether(_ value: Int, _ figures: String) -> SpokenTime? {
        guard (3...4).contains(figures.count), value / 100 < 24, value % 100 < 60 else { return nil }
        return SpokenTime(value / 100, value % 100, isSettled: value / 100 > 12)
    }

    /// "17.30".
    private func dottedHour(_ figures: String, _ value: Double) -> SpokenTime? {
        guard let dot = figures.firstIndex(of: "."), figures[dot...].count == 3, value < 24,
            let minute = Int(figures[figures.index(after: dot)...]), minute < 60
        else { return nil }
        return SpokenTime(Int(value), minute, isSettled: figures.hasPrefix("0") || value < 1 || value >= 13)
    }

    /// "thirty" of "seven thirty", "oh five".
    private func spelledMinute(at index: Int) -> Parsed<Int>? {
        if isWord(index, ["oh", "o"]), let (ones, end) = spelledNumber(at: index + 1), ones < 10 { return (ones, end) }
        guard let (minute, end) = spelledNumber(at: index), (10...59).contains(minute) else { return nil }
        return (minute, end)
    }

    /// Takes "am", "pm", "o'clock" and "in the AM" behind a time.
    private func half(_ time: SpokenTime, at index: Int) -> Parsed<TimeMention>? {
        var (time, end) = (time, behindHour(index))
        let place = skip(end, phrase: ["in", "the"]) ?? end
        if time.half == nil, let half = halfName(at: place) {
            guard (1...12).contains(time.hour) else { return nil }
            time.half = half
            time.isSettled = false
            end = place + 1
        }
        return (TimeMention(time: .spoken(time)), skip(end, ["o'clock", "oclock"]))
    }

    /// "o'clock"; "hours" behind four figures ("0730 hours").
    private func behindHour(_ index: Int) -> Int {
        let ish = word(index) == "ish" && isJoined(index) ? index + 1 : index
        let end = skip(ish, phrase: ["o", "clock"]) ?? skip(ish, ["o'clock", "oclock"])
        let isMilitary = tokens.indices.contains(index - 1) && tokens[index - 1].original.count == 4
        return isMilitary ? skip(end, ["hours", "hrs"]) : end
    }

    /// "a" and "p" count only right behind the figure.
    private func halfName(at index: Int) -> SpokenTime.Half? {
        switch word(index) {
        case "am": .am
        case "pm": .pm
        case "a" where isJoined(index): .am
        case "p" where isJoined(index): .pm
        default: nil
        }
    }

    /// "in the morning", "at night", "of an evening" behind an hour.
    func besideClock(at index: Int) -> Parsed<DayPart>? {
        var place = skip(index, ["in", "at"])
        guard place > index else { return nil }
        place = skip(place, ["the", "early", "late"])
        place = skip(place, ["early", "late"])
        guard let part = Vocabulary.dayParts[word(place)], !part.isMoment,
            !Vocabulary.pluralDayParts.contains(word(place))
        else { return nil }
        return (part, place + 1)
    }
}
