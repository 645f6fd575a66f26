/// Reads all parts of a phrase and accounts for every word.
struct PhraseReader {
    let phrase: String
    let grammar: Grammar

    init(_ phrase: String) {
        self.phrase = phrase
        grammar = Grammar(Tokenizer.tokens(of: phrase), isPhrase: true)
    }

    /// - Throws: a failure that points at the first word about time that fits nowhere.
    func parts() throws(MomentProblem) -> [TimePart] {
        var parts: [TimePart] = []
        var index = 0
        while index < grammar.tokens.count {
            if let run = grammar.run(from: index, after: parts) {
                parts += run.parts.map(\.part)
                index = run.end
            } else if let (time, end) = bareTime(at: index, after: parts) {
                parts.append(time)
                index = end
            } else {
                if isCorrection(index) { parts = try corrected(parts, from: index + 1) }
                try checkLink(index, after: parts)
                try passOver(index)
                index += 1
            }
        }
        guard parts.contains(where: { !$0.isSpan && $0.fragmentKind != .zone }) else {
            throw ScheduleBuilder.nothingFound
        }
        return parts
    }

    // MARK: Corrections

    /// "at 9, no, at 10": the last word stands.
    private func isCorrection(_ index: Int) -> Bool {
        grammar.isWord(index, ["wait", "actually", "rather", "sorry", "oops", "meant"])
            || grammar.isWord(index, ["no", "nope"])
                && [",", "-", "–", "—", ".", ";"].contains(grammar.mark(index - 1))
            || grammar.word(index) == "i" && grammar.word(index + 1) == "mean"
            || grammar.word(index) == "make" && grammar.isWord(index + 1, ["that", "it"])
            || grammar.word(index) == "scratch" && grammar.word(index + 1) == "that"
    }

    /// "at 9, no, 10": behind a correction a figure is the time that stands.
    private func bareTime(at index: Int, after parts: [TimePart]) -> (TimePart, Int)? {
        guard grammar.wholeNumber(index) != nil, index > 1, (0..<index).contains(where: isCorrection),
            let (mention, end) = grammar.clockItem(at: index, isLoose: true)
        else { return nil }
        return (.clock([mention]), end)
    }

    /// What was said before, without that which the next words say again.
    private func corrected(_ parts: [TimePart], from index: Int) throws(MomentProblem) -> [TimePart] {
        var place = index
        while place < grammar.tokens.count {
            let run = grammar.run(from: place, after: parts)?.parts.map(\.part)
            if let later = run ?? bareTime(at: place, after: parts).map({ [$0.0] }) {
                return parts.filter { part in !later.contains { $0.replaces(part) } }
            }
            place += 1
        }
        return parts
    }

    // MARK: Words that are no part

    /// "june 10 - june 12" is a span of days and "friday or saturday" a choice: no schedule is either.
    private func checkLink(_ index: Int, after parts: [TimePart]) throws(MomentProblem) {
        guard ["-", "–", "—"].contains(grammar.mark(index)) || grammar.word(index) == "or", let last = parts.last,
            let next = grammar.run(from: index + 1, after: parts)?.parts.first, next.part.replaces(last)
        else { return }
        throw failure(at: index)
    }

    /// Words that are not about time are left out; all else must have been read.
    private func passOver(_ index: Int) throws(MomentProblem) {
        let token = grammar.tokens[index]
        switch token.kind {
        case .word: if !Self.isTimeWord(token.text) { return }
        case .punctuation: if !["%", "$", "€", "°", "/"].contains(token.text) { return }
        case .url, .quoted, .template: return
        case .path: if token.original.first?.isLetter == true || token.original.first == "/" { return }
        default: break
        }
        throw failure(at: index)
    }

    private func failure(at index: Int) -> MomentProblem {
        let token = grammar.tokens[index]
        let scalars = phrase.unicodeScalars
        let from = scalars.distance(from: scalars.startIndex, to: token.range.lowerBound)
        let to = scalars.distance(from: scalars.startIndex, to: token.range.upperBound)
        let message = "\"\(token.original)\" does not fit into a time"
        return .failure(PhraseError(code: "not_understood", message: message, range: from..<to))
    }

    /// The word can only be about time, so that leaving it out would change the meaning.
    private static func isTimeWord(_ word: String) -> Bool {
        let isDoubtful = Vocabulary.shortUnits.contains(word) || word == "second" || word == "may"
        return !isDoubtful && (Vocabulary.knownWords.contains(word) || otherWords.contains(word))
    }

    private static let otherWords: Set<String> = [
        "advent", "ago", "am", "autumn", "beginning", "before", "between", "closest", "dawn", "dusk", "easter",
        "except",
        "excluding", "fortnight", "holidays", "jitter", "last", "next", "o'clock", "oclock", "pm", "previous",
        "ramadan",
        "spring", "starting", "summer", "sunrise", "sunset", "thanksgiving", "through", "today", "tomorrow", "twice",
        "until", "winter", "yesterday",
    ]
}

extension TimePart {
    /// Both say the same kind of thing, so that the later one can stand for the earlier.
    fileprivate func replaces(_ other: TimePart) -> Bool {
        if isTime { return other.isTime }
        if saysWhichDays { return other.saysWhichDays }
        return false
    }

    private var saysWhichDays: Bool {
        switch self {
        case .every, .times, .offset: true
        default: isDay
        }
    }
}
