/// Reads parts of time expressions from tokens. Every production takes a position and returns what it read and where
/// that ends, or `nil`; none of them changes anything, so that scanner and parser share them.
struct Grammar {
    let tokens: [Token]
    /// The words are known to be about time ("friday 8"); in a sentence, doubtful words are left alone.
    let isPhrase: Bool

    /// What stands before a part in the same run.
    struct Context {
        /// Something about time stands right before.
        var inRun = false
        /// A day or a repetition was said.
        var hasDay = false
        /// A time of day stands right before.
        var afterClock = false
        /// A repetition of less than a day was said.
        var hasShortStep = false
        /// A day stands right before.
        var afterDay = false
        /// That day is a date: a bare figure behind it may be its year ("14 April 15").
        var afterDate = false
    }

    typealias Parsed<Value> = (value: Value, end: Int)

    init(_ tokens: [Token], isPhrase: Bool) {
        self.tokens = tokens
        self.isPhrase = isPhrase
    }

    typealias Production = @Sendable (Grammar) -> (Int, Context) -> Parsed<TimePart>?

    /// In the order in which they are tried: what takes more words comes first.
    private static let productions: [Production] = [
        { $0.span(at:_:) }, { $0.clockSpan(at:_:) }, { $0.jitter(at:_:) }, { $0.bound(at:_:) },
        { $0.exception(at:_:) }, { $0.repetition(at:_:) }, { $0.counted(at:_:) }, { $0.anchored(at:_:) },
        { $0.offset(at:_:) },
        { $0.date(at:_:) }, { $0.nthDay(at:_:) }, { $0.day(at:_:) }, { $0.minutes(at:_:) }, { $0.clock(at:_:) },
        { $0.dayPart(at:_:) }, { $0.zone(at:_:) },
    ]

    /// The part of a time expression that starts at `index`.
    func part(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard index < tokens.count else { return nil }
        switch tokens[index].kind {
        case .url, .path, .quoted, .template: return nil
        case .cron: return (.cron(tokens[index].original), index + 1)
        case .zone: return (.zone(.named(tokens[index].original)), index + 1)
        case .word where !context.inRun && !isPhrase && !Vocabulary.openers.contains(tokens[index].text): return nil
        default: break
        }
        for production in Self.productions {
            if let found = production(self)(index, context) { return found }
        }
        return nil
    }

    // MARK: Looking at tokens

    /// The lower-case word at `index`; empty where there is none.
    func word(_ index: Int) -> String {
        guard index >= 0, index < tokens.count, tokens[index].kind == .word else { return "" }
        return tokens[index].text
    }

    func mark(_ index: Int) -> String {
        guard index >= 0, index < tokens.count, tokens[index].kind == .punctuation else { return "" }
        return tokens[index].text
    }

    /// A few words in an array are compared faster than they are hashed, and cost no allocation.
    func isWord(_ index: Int, _ words: [String]) -> Bool {
        let word = word(index)
        return !word.isEmpty && words.contains(word)
    }

    func isWord(_ index: Int, _ words: Set<String>) -> Bool {
        let word = word(index)
        return !word.isEmpty && words.contains(word)
    }

    func skip(_ index: Int, _ words: [String]) -> Int { isWord(index, words) ? index + 1 : index }

    func skip(_ index: Int, _ words: Set<String>) -> Int { isWord(index, words) ? index + 1 : index }

    /// Skips a sequence of words if all of them stand there.
    func skip(_ index: Int, phrase: [String]) -> Int? {
        for (offset, expected) in phrase.enumerated() where word(index + offset) != expected { return nil }
        return index + phrase.count
    }

    /// Nothing stands between this token and the one before.
    func isJoined(_ index: Int) -> Bool {
        guard index > 0, index < tokens.count else { return false }
        return tokens[index - 1].range.upperBound == tokens[index].range.lowerBound
    }

    func wholeNumber(_ index: Int) -> Int? {
        guard index < tokens.count, case .number(let value) = tokens[index].kind, value.rounded() == value,
            value < 1_000_000_000, !tokens[index].original.contains(".")
        else { return nil }
        return Int(value)
    }

    /// "20", "1.5", "five", "twenty-five", "forty five".
    func number(at index: Int) -> Parsed<Double>? {
        guard index < tokens.count else { return nil }
        if case .number(let value) = tokens[index].kind { return (value, index + 1) }
        guard let (value, end) = spelledNumber(at: index) else { return nil }
        return (Double(value), end)
    }

    /// "five", "twenty-five".
    func spelledNumber(at index: Int) -> Parsed<Int>? {
        guard let tens = Vocabulary.numbers[word(index)] else { return nil }
        guard tens >= 20, tens < 100 else { return (tens, index + 1) }
        let next = mark(index + 1) == "-" ? index + 2 : index + 1
        if let ones = Vocabulary.numbers[word(next)], (1...9).contains(ones) { return (tens + ones, next + 1) }
        return (tens, index + 1)
    }

    /// "1st", "first", "twenty-first".
    func ordinal(at index: Int) -> Parsed<Int>? {
        guard index < tokens.count else { return nil }
        if case .ordinal(let value) = tokens[index].kind { return (value, index + 1) }
        if let value = Vocabulary.ordinals[word(index)] { return (value, index + 1) }
        guard let tens = Vocabulary.numbers[word(index)], tens == 20 || tens == 30 else { return nil }
        let next = mark(index + 1) == "-" ? index + 2 : index + 1
        guard let ones = Vocabulary.ordinals[word(next)], ones < 10 else { return nil }
        return (tens + ones, next + 1)
    }

    /// A unit of time; "m" and "h" only right behind a figure.
    func unit(at index: Int) -> Parsed<Vocabulary.Unit>? {
        let name = word(index)
        guard let unit = Vocabulary.units[name] else { return nil }
        if Vocabulary.shortUnits.contains(name), !isJoined(index), !isPhrase || !isFigure(index - 1) { return nil }
        return (unit, index + 1)
    }

    /// A whole number or a fraction ("1/2").
    private func isFigure(_ index: Int) -> Bool {
        if wholeNumber(index) != nil { return true }
        guard tokens.indices.contains(index), case .date = tokens[index].kind else { return false }
        return true
    }

    /// The position behind ",", "and", ", and", "&", "+" or "/"; `nil` where none of them stands.
    func separator(at index: Int) -> Int? {
        var end = index
        if [",", "&", "/", ";"].contains(mark(end)) || mark(end) == "+" && !isJoined(end) { end += 1 }
        if isWord(end, ["and", "plus", "n"]) { end += 1 }
        return end == index ? nil : end
    }

    /// Items with "," or "and" between them; the first of them must stand at `index`.
    ///
    /// - Parameter allowsOr: "or" joins them as "and" does ("not on mondays or fridays").
    func list<Value>(from index: Int, allowsOr: Bool = false, of item: (Int) -> Parsed<Value>?) -> Parsed<[Value]>? {
        guard let (first, stop) = item(index) else { return nil }
        var (found, end) = ([first], stop)
        while let next = separator(at: end) ?? (allowsOr && word(end) == "or" ? end + 1 : nil),
            let (more, stop) = item(next)
        {
            found.append(more)
            end = stop
        }
        return (found, end)
    }

    /// The position behind "-", "to", "through"; `nil` where none of them stands.
    func rangeMark(at index: Int) -> Int? {
        if ["-", "–", "—"].contains(mark(index)) { return index + 1 }
        return isWord(index, ["to", "through", "until"]) ? index + 1 : nil
    }
}
