/// Finds where a sentence speaks about time: maximal stretches, in order.
///
/// A zone and a stretch of time that is only spoken about ("the last 24 hours") are fragments of their own. Words that
/// belong to a task are left alone: "tomorrow's post", "the friday report", "a 2-week plan".
package enum TimeScanner {
    package static func fragments(in text: String) -> [TimeFragment] {
        let tokens = Tokenizer.tokens(of: text)
        return fragments(in: tokens).compactMap { fragment in
            guard let first = fragment.tokens.first, let last = fragment.tokens.last else { return nil }
            let range = tokens[first].range.lowerBound..<tokens[last].range.upperBound
            return TimeFragment(
                range: range, text: String(text[range]), kind: fragment.kind,
                wasCorrected: tokens[fragment.tokens].contains(where: \.wasCorrected), isAdjective: fragment.isAdjective
            )
        }
    }

    package static func fragments(in tokens: [Token]) -> [TokenFragment] {
        let grammar = Grammar(tokens, isPhrase: false)
        var found: [TokenFragment] = []
        var index = 0
        while index < tokens.count {
            guard let run = grammar.run(from: index) else {
                index += 1
                continue
            }
            found += run.fragments(grammar)
            index = run.end
        }
        return withoutStrays(found, grammar)
    }

    /// "for an hour" beside another time belongs to the task.
    private static func withoutStrays(_ fragments: [TokenFragment], _ grammar: Grammar) -> [TokenFragment] {
        let tokens = grammar.tokens
        guard fragments.contains(where: { $0.kind != .bound && $0.kind != .span && $0.kind != .zone }) else {
            return fragments
        }
        return fragments.filter { fragment in
            guard fragment.kind == .bound, tokens[fragment.tokens.lowerBound].text == "for" else { return true }
            // "for the next 4 days" is an end of the repetition wherever it stands.
            let place = grammar.skip(fragment.tokens.lowerBound + 1, ["the"])
            return grammar.isWord(place, ["next", "coming", "following", "first"])
                && grammar.number(at: place + 1) != nil
        }
    }
}

/// Parts of a time expression that follow each other.
struct PartRun {
    var parts: [(part: TimePart, tokens: Range<Int>)]

    var start: Int { parts.first?.tokens.lowerBound ?? 0 }
    var end: Int { parts.last?.tokens.upperBound ?? 0 }

    /// Zones and spans stand alone; all else is one fragment for each stretch between them.
    func fragments(_ grammar: Grammar) -> [TokenFragment] {
        stretches.map { stretch in
            let range = stretch[0].tokens.lowerBound..<stretch[stretch.count - 1].tokens.upperBound
            let kinds = stretch.map(\.part.fragmentKind)
            let kind = kinds.min { Self.rank($0) < Self.rank($1) } ?? .span
            return TokenFragment(tokens: range, kind: kind, isAdjective: grammar.isAdjective(range, parts.count))
        }
    }

    private var stretches: [[(part: TimePart, tokens: Range<Int>)]] {
        var found: [[(part: TimePart, tokens: Range<Int>)]] = []
        var isOpen = false
        for item in parts {
            let standsAlone = [.zone, .span].contains(item.part.fragmentKind)
            if isOpen, !standsAlone { found[found.count - 1].append(item) } else { found.append([item]) }
            isOpen = !standsAlone
        }
        return found
    }

    private static func rank(_ kind: TimeFragment.Kind) -> Int {
        let order: [TimeFragment.Kind] = [
            .cron, .recurrence, .relative, .day, .clock, .bound, .exclusion, .count, .zone, .span,
        ]
        return order.firstIndex(of: kind) ?? order.count
    }
}

extension Grammar {
    /// The longest run of parts that begins at `index`; in a sentence, a run may not touch other letters.
    ///
    /// - Parameter earlier: parts that were read before in the same phrase.
    func run(from index: Int, after earlier: [TimePart] = []) -> PartRun? {
        var context = Context()
        if !earlier.isEmpty { context = self.context(after: PartRun(parts: earlier.map { ($0, 0..<0) })) }
        guard let (first, stop) = part(at: index, context), isFree(index, stop), isWanted(first, index, stop) else {
            return nil
        }
        var run = PartRun(parts: [(first, index..<stop)])
        var end = stop
        if case .span = first { return run }
        while let (part, place, stop) = nextPart(behind: end, after: run) {
            run.parts.append((part, place..<stop))
            end = stop
        }
        return run
    }

    /// The part behind `end`, over commas and "and".
    func nextPart(behind end: Int, after run: PartRun) -> (TimePart, Int, Int)? {
        let context = context(after: run)
        var places = [end]
        if let place = separator(at: end) { places.append(place) }
        if mark(end) == ":" || mark(end) == "(" { places.append(end + 1) }
        if isWord(end, Self.fillers) { places.append(end + 1) }
        for place in places {
            if let (part, stop) = part(at: place, context), isFree(place, stop), !part.isSpan {
                return (part, place, stop)
            }
        }
        return nil
    }

    private static let fillers: Set<String> = ["on", "at", "only", "but", "then", "also", "in", "of", "just", "and"]

    func context(after run: PartRun) -> Context {
        var context = Context(inRun: true)
        for (part, _) in run.parts {
            if part.isDay || part.fragmentKind == .recurrence { context.hasDay = true }
            if case .every(let step) = part, step.unit <= .hour { context.hasShortStep = true }
        }
        if let (last, _) = run.parts.last {
            context.afterDay = last.isDay || last.fragmentKind == .recurrence && !context.hasShortStep
            if case .dates = last { context.afterDate = true }
            if case .clock = last { context.afterClock = true }
            if case .dayPart = last { context.afterClock = true; context.afterDay = true }
        }
        return context
    }

    /// No letter, hyphen or apostrophe ties the stretch to a neighbour ("mid-week", "2-week plan", "tomorrow's").
    private func isFree(_ start: Int, _ end: Int) -> Bool {
        if isPhrase { return true }
        if isJoined(start), start > 0, tokens[start - 1].kind == .punctuation,
            ["-", "'", "’", "_", "$", "€", "£", "#", "+"].contains(tokens[start - 1].text)
        {
            return false
        }
        guard end < tokens.count, isJoined(end) else { return true }
        if ["'", "’", "%", "_", "°"].contains(mark(end)) { return false }
        return !(["-", "–"].contains(mark(end)) && isJoined(end + 1) && end + 1 < tokens.count)
    }

    /// "the friday report", "a report for monday": a day before a noun or behind "for" belongs to the task.
    private func isWanted(_ part: TimePart, _ start: Int, _ end: Int) -> Bool {
        if isPhrase { return true }
        // "post the Christmas cards": a day with a name before a noun describes it.
        if case .dates = part, namesHoliday(start, end), !isWord(start, ["on", "for", "by"]), !isEndOfPhrase(end) {
            return false
        }
        let determiners: Set = ["the", "my", "our", "your", "a"]
        if case .weekdays = part, isWord(start - 1, determiners) || isWord(start, determiners), !isEndOfPhrase(end) {
            return false
        }
        if word(start) == "for", part.isDay,
            !isWord(start - 1, ["reminder", "alarm", "it", "schedule", "scheduled", "set", "job", "one"]), start > 0,
            !isClockBehind(end)
        {
            return false
        }
        return true
    }

    /// Nothing in the stretch is a figure or a month: the day is named by its feast.
    private func namesHoliday(_ start: Int, _ end: Int) -> Bool {
        (start..<end).allSatisfy { tokens[$0].kind == .word && Vocabulary.months[tokens[$0].text] == nil }
            && ordinal(at: skip(start, ["the"])) == nil && spelledNumber(at: start) == nil
    }

    private func isClockBehind(_ end: Int) -> Bool {
        if word(end) == "at" { return true }
        if tokens.indices.contains(end), case .clock = tokens[end].kind { return true }
        return false
    }

    /// "weekly" right before a noun.
    func isAdjective(_ range: Range<Int>, _ parts: Int) -> Bool {
        guard range.count == 1, parts == 1,
            Vocabulary.frequencies[word(range.lowerBound)] != nil || word(range.lowerBound) == "nightly"
        else { return false }
        guard range.upperBound < tokens.count, tokens[range.upperBound].kind == .word else { return false }
        return !isEndOfPhrase(range.upperBound)
    }
}

extension TimePart {
    var isDay: Bool {
        switch self {
        case .weekdays, .nthDay, .monthDays, .months, .dates, .dayOffset, .period, .past: true
        default: false
        }
    }

    var isSpan: Bool { self == .span }

    var fragmentKind: TimeFragment.Kind {
        switch self {
        case .every, .times, .minutes: .recurrence
        case .weekdays(let mention): mention.repeats ? .recurrence : .day
        case .nthDay(let mention): mention.repeats ? .recurrence : .day
        case .monthDays(let days, let repeats): repeats || days.count > 1 ? .recurrence : .day
        case .months(_, let repeats): repeats ? .recurrence : .day
        case .dates(_, let repeats): repeats ? .recurrence : .day
        case .dayOffset, .period, .past: .day
        case .clock, .now: .clock
        case .clockSpan(let span): span.isBusinessHours ? .recurrence : .bound
        case .dayPart(_, let use): use == .repeating ? .recurrence : use == .today ? .day : .clock
        case .offset, .relative: .relative
        case .start, .until, .lasting: .bound
        case .count: .count
        case .except, .jitter: .exclusion
        case .zone: .zone
        case .cron: .cron
        case .span: .span
        }
    }
}
