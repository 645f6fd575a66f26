import IntentContract

/// A pattern and the intent that it means.
struct IntentRule: Sendable {
    let pattern: Pattern
    fileprivate let build: @Sendable (Captures) -> (any IntentBody)?

    init(_ pattern: String, _ build: @escaping @Sendable (Captures) -> (any IntentBody)?) {
        self.pattern = Pattern(pattern)
        self.build = build
    }
}

/// Rules in the order in which they are tried; the words of a sentence choose which of them can match.
struct RuleBook: Sendable {
    private let rules: [IntentRule]
    private let index: PatternIndex

    init(_ rules: [IntentRule]) {
        self.rules = rules
        index = PatternIndex(rules.map(\.pattern.program))
    }

    /// Some rule begins with this word, not only with a name or a time.
    func hasRule(beginningWith word: WordKey) -> Bool { index.hasPattern(beginningWith: word) }

    /// The intent of the first rule that covers all of `pieces`.
    ///
    /// - Parameter isMistaken: an intent that the rules cannot know to be wrong; the rules behind are then tried.
    func read(
        _ pieces: Pieces, _ trace: ReadingTrace? = nil, unless isMistaken: (Intent) -> Bool = { _ in false }
    ) -> Intent? {
        let input = MatchInput(pieces)
        for place in index.candidates(for: input) {
            let pattern = rules[place].pattern
            if let captures = pattern.match(input), let body = rules[place].build(captures), let intent = Intent(body),
                !isMistaken(intent)
            {
                trace?.add(.matched, "\"\(pieces.text)\" by the rule  \(pattern.text)")
                return intent
            }
            trace?.add(.considered, "\"\(pieces.text)\" does not fit the rule  \(pattern.text)")
        }
        return nil
    }
}

extension Captures {
    /// The job that was named; "it" where none was.
    var job: JobReference { named("job") ?? JobReference("it") }

    func named(_ slot: String) -> JobReference? { JobWords.reference(self[slot]) }

    /// "a" and "an" introduce something new: "set an alarm for 7" changes no job.
    func namesExisting(_ slot: String) -> Bool {
        !["a", "an", "another", "new"].contains(self[slot]?.first { $0.isWord }?.key ?? "")
    }

    /// Time words as typed.
    var time: String? { TimeWords.text(self["time"]) }

    /// Time words of a stretch of time: "tomorrow" for "for tomorrow".
    var span: String? { TimeWords.span(self["time"]) }

    /// Time words of an end: "Monday" for "until Monday".
    var end: String? { TimeWords.end(self["time"]) }

    /// "30 minutes", "an hour".
    var duration: String? { self["duration"]?.text.replacing("more ", with: "") }

    func number(_ slot: String = "n") -> Int? { self[slot]?.first.flatMap { WordNumber.value(of: $0.key) } }

    func text(_ slot: String) -> String? {
        var pieces = (self[slot] ?? []).trimmed
        // A quotation mark whose partner stands before the slot.
        if let last = pieces.last, last.isMark, ["\"", "”", "’"].contains(last.key),
            !pieces.dropLast().contains(where: \.isMark)
        {
            pieces.removeLast()
        }
        let text = pieces.text.trimmingQuotes
        return text.isEmpty ? nil : text
    }

    var recipient: String? { self["gateway"]?.first.flatMap { Gateways.recipient($0.key) } }
}

extension String {
    /// Without one pair of quotation marks around the whole.
    var trimmingQuotes: String {
        let pairs: [Character: Character] = ["\"": "\"", "“": "”", "'": "'", "‘": "’"]
        guard count > 1, let first, let last, pairs[first] == last else { return self }
        return String(dropFirst().dropLast())
    }
}
