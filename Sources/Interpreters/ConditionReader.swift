/// Reads a condition as people say it into the little language of `StepIntent.when`.
struct ConditionReader {
    /// What "it" is in a condition.
    struct Subject: Hashable {
        enum Kind: Hashable { case page, program, words, event }

        var name: String
        var kind: Kind
    }

    enum Reading: Hashable {
        /// A condition on the subject, and whether it is to be turned round by "unless".
        case condition(String)
        /// Nothing in the words can be measured.
        case unmeasurable
    }

    let subject: Subject
    private let words: Pieces
    private let keys: [String]

    private init(_ pieces: Pieces, subject: Subject) {
        self.subject = subject
        words = pieces.filter { $0.isWord || $0.isTime }
        keys = words.map(\.key)
    }

    static func read(_ pieces: Pieces, subject: Subject, negated: Bool) -> Reading {
        let reader = ConditionReader(pieces.trimmed, subject: subject)
        guard let test = reader.test() else { return .unmeasurable }
        return .condition(negated != test.negated ? "not \(test.text)" : test.text)
    }

    private typealias Test = (text: String, negated: Bool)

    private func test() -> Test? {
        guard !keys.isEmpty else { return nil }
        return nothing() ?? containing()
            ?? (isVague ? nil : measured() ?? status() ?? changed() ?? outcome() ?? state())
    }

    // MARK: Vague words

    private static let vague: Set<String> = [
        "too", "ours", "theirs", "mine", "usual", "normal", "expected", "undercut", "better", "worse", "cheaper",
        "unusual",
        "weird", "strange", "interesting", "important", "suspicious", "urgent", "rains", "rain", "snows", "sunny",
        "cheap",
        "expensive", "high", "low", "significantly", "considerably", "yesterday", "before", "by", "lower", "higher",
        "much", "lot", "faster", "empty", "blank", "slower",
    ]

    /// Words that compare with something nobody named, and no plain number beside a comparison.
    private var isVague: Bool {
        guard keys.contains(where: Self.vague.contains) else { return false }
        if keys.contains("by") || keys.contains("too") { return true }
        return !keys.contains { WordNumber.measure($0) != nil }
    }

    private var isNegated: Bool {
        keys.contains { ["not", "never", "no", "neither", "nor"].contains($0) } && !keys.contains("more")
    }

    // MARK: "its output is empty"

    /// What may stand before "empty": of a part of the output, "the inbox", nothing tells whether it is.
    private static let output: Set<String> = [
        "it", "its", "the", "that", "this", "output", "result", "results", "response", "answer", "reply", "page",
        "body", "text", "is", "are", "was", "comes", "back", "not", "never", "still", "turns", "out", "to", "be",
    ]

    /// "is empty", "prints nothing", "there is any output".
    private func nothing() -> Test? {
        guard subject.kind != .event else { return nil }
        if let last = keys.last, ["empty", "blank"].contains(last), keys.dropLast().allSatisfy(Self.output.contains) {
            return ("\(subject.name) empty", keys.contains { ["not", "never"].contains($0) })
        }
        guard let last = keys.last, keys.contains(where: { Self.saying.contains($0) || $0 == "output" }) else {
            return nil
        }
        if last == "nothing" { return ("\(subject.name) empty", false) }
        return ["anything", "something"].contains(last) && keys.count <= 4 ? ("\(subject.name) empty", !isNegated) : nil
    }

    // MARK: "says delayed"

    private static let saying: Set<String> = [
        "says", "say", "said", "mentions", "mention", "contains", "contain", "includes", "include", "shows", "show",
        "reads", "has",
        "have", "prints", "print", "outputs", "output", "returns", "return", "reports", "finds", "find", "lists",
        "displays", "features",
        "containing", "saying", "mentioning", "including", "reporting", "states", "answers", "gives", "responds",
        "returned",
    ]

    private func containing() -> Test? {
        let place = keys.indices.first { Self.saying.contains(keys[$0]) && !isNoun($0) }
        guard let place, place + 1 < keys.count else { return nil }
        let object = Array(words[(place + 1)...])
        if !Self.containingVerbs.contains(keys[place]) || Comparison.first(in: object.map(\.key)) != nil,
            object.contains(where: { WordNumber.measure($0.key) != nil && !$0.raw.base.isEmpty }), isNumeric(object)
        {
            return nil
        }
        if ["changed", "been", "failed", "not"].contains(object[0].key) { return nil }
        guard let text = Self.quotedText(object) else { return nil }
        let negated = keys[..<place].contains { ["not", "never"].contains($0) } || keys[place + 1] == "no"
        if subject.kind == .event { return ("\(field(before: place)) contains \"\(text)\"", negated) }
        return ("\(subject.name) contains \"\(text)\"", negated)
    }

    /// Verbs behind which a figure is looked for as text: "contains 17".
    private static let containingVerbs: Set<String> = [
        "contains", "contain", "includes", "include", "mentions", "mention", "containing", "including", "mentioning",
    ]

    /// "its output says": the output is what says.
    private func isNoun(_ place: Int) -> Bool {
        keys[place] == "output" && (place == 0 || ["its", "the", "their", "any", "his"].contains(keys[place - 1]))
    }

    /// "more than 90", "500", "with 404": figures, not words to look for.
    private func isNumeric(_ object: Pieces) -> Bool {
        object.allSatisfy { piece in
            WordNumber.measure(piece.key) != nil || Self.comparisonWords.contains(piece.key) || Self.unit(piece.key)
        } || Comparison.first(in: object.map(\.key)) != nil
    }

    private static let emptyObjects: Set<String> = ["anything", "something", "nothing", "it", "any", "none", "output"]

    private static func quotedText(_ object: Pieces) -> String? {
        var object = object[...]
        let leads: Set<String> = [
            "the", "a", "an", "any", "word", "words", "text", "phrase", "string", "with", "that", "it", "is", "no",
            "some", "in",
        ]
        while let first = object.first, leads.contains(first.key), object.count > 1 { object.removeFirst() }
        guard let first = object.first, !emptyObjects.contains(first.key) else { return nil }
        let text = object.text.trimmingQuotes.replacing("\"", with: "")
        return text.isEmpty ? nil : text
    }

    // MARK: "drops below 20"

    private static let comparisonWords: Set<String> = [
        "more", "less", "fewer", "than", "over", "under", "above", "below", "at", "least", "most", "up", "to",
        "greater", "lower", "higher",
        "exactly", "about", "only", "with", "status", "code", "error", "a", "an", "the", "http",
    ]

    private static func unit(_ word: String) -> Bool {
        [
            "euros", "euro", "dollars", "degrees", "percent", "%", "bags", "items", "left", "eur", "usd", "celsius",
            "seconds", "points", "errors", "lines", "mb", "gb", "ms", "pounds",
        ].contains(word)
    }

    private func measured() -> Test? {
        guard let found = Comparison.first(in: keys) else { return nil }
        let negated = keys[..<found.place].contains { ["not", "never"].contains($0) }
        return ("\(measure(before: found.place)) \(found.sign) \(Self.plain(found.value))", negated)
    }

    /// What a number is compared with: `fetch.number`, `fetch.status`, `event.total`.
    private func measure(before place: Int) -> String {
        if subject.kind == .event { return field(before: place) }
        let said = keys[..<place]
        if said.contains("status") { return "\(subject.name).status" }
        if said.contains("exit") || said.contains("exits") { return "\(subject.name).exit_code" }
        return "\(subject.name).number"
    }

    /// The member of an event's data: "the order total is over" asks about `total`.
    private func field(before place: Int) -> String {
        let skipped: Set<String> = [
            "is", "are", "the", "a", "an", "it", "its", "was", "not", "does", "of", "has", "than", "in", "drops",
            "goes", "gets", "falls", "rises", "no",
        ]
        let name = keys[..<place].last { !skipped.contains($0) } ?? "text"
        return "event.\(name.replacing("-", with: "_"))"
    }

    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }

    // MARK: "isn't 200"

    private func status() -> Test? {
        guard let place = keys.lastIndex(where: { WordNumber.measure($0) != nil && Lexicon.numbers[$0] == nil }),
            let value = WordNumber.measure(keys[place])
        else { return nil }
        let before = keys[..<place]
        let tests: Set<String> = [
            "is", "are", "be", "returns", "return", "returned", "responds", "answers", "gives", "with", "status",
            "code", "equals", "exits", "becomes", "says", "a", "prints", "shows", "reads", "gets",
        ]
        guard before.last.map({ tests.contains($0) || $0 == "not" || $0 == "http" }) == true else { return nil }
        let sign = before.contains { ["not", "never"].contains($0) } ? "!=" : "=="
        return ("\(equalMeasure(value, before: place)) \(sign) \(Self.plain(value))", false)
    }

    private func equalMeasure(_ value: Double, before place: Int) -> String {
        if subject.kind == .page, (100...599).contains(value), value == value.rounded(),
            !keys[..<place].contains("number")
        {
            return "\(subject.name).status"
        }
        return measure(before: place)
    }

    // MARK: Outcomes

    private func changed() -> Test? {
        let changes: Set<String> = [
            "changes", "changed", "change", "differs", "differ", "different", "new", "updates", "updated", "update",
            "differently",
        ]
        guard keys.contains(where: changes.contains), subject.kind != .event else { return nil }
        let negated = keys.contains { ["not", "nothing", "no", "never"].contains($0) }
        return ("\(subject.name) changed", negated)
    }

    private static let failures: Set<String> = [
        "fails", "failed", "fail", "failing", "crashes", "crashed", "crash", "breaks", "broke", "break", "broken",
        "down", "unreachable", "offline", "non-zero",
        "nonzero", "dies", "died", "wrong", "errors", "errored", "unavailable", "dead", "unsuccessful", "timeout",
        "inaccessible", "error",
    ]
    private static let successes: Set<String> = [
        "succeeds", "succeeded", "succeed", "works", "worked", "work", "passes", "passed", "pass", "ok", "okay", "fine",
        "reachable", "online", "healthy", "successful",
        "respond", "responds", "answer", "finish", "finishes", "finished", "complete", "completes", "completed", "load",
        "loads", "reply", "up", "back", "alive", "zero", "well", "successfully", "available", "accessible",
    ]

    private func outcome() -> Test? {
        guard subject.kind != .event else { return nil }
        let negated = isNegated
        if keys.contains("times") && keys.contains("out") || keys.contains("timed") {
            return ("\(subject.name) failed", negated)
        }
        if keys.contains(where: Self.failures.contains) { return ("\(subject.name) failed", negated) }
        guard keys.contains(where: Self.successes.contains) else { return nil }
        return negated ? ("\(subject.name) failed", false) : ("\(subject.name) succeeded", false)
    }

    // MARK: "it's red"

    private func state() -> Test? {
        let verbs: Set<String> = ["is", "are", "turns", "goes", "becomes", "gets", "shows", "was", "changes"]
        guard let place = keys.firstIndex(where: verbs.contains), place + 1 < keys.count else { return there() }
        var rest = words[(place + 1)...]
        let negated = rest.first.map { ["not", "no", "never"].contains($0.key) } == true
        if negated { rest = rest.dropFirst() }
        while let first = rest.first, ["a", "an", "the", "any", "still", "to", "in", "now"].contains(first.key),
            rest.count > 1
        { rest = rest.dropFirst() }
        let text = rest.text.trimmingQuotes.replacing("\"", with: "")
        guard !text.isEmpty, rest.count <= 3, !rest.contains(where: { Self.emptyObjects.contains($0.key) }) else {
            return nil
        }
        if subject.kind == .event { return ("\(field(before: place)) contains \"\(text)\"", negated) }
        return ("\(subject.name) contains \"\(text)\"", negated)
    }

    /// "a ticket appears", "tickets show up".
    private func there() -> Test? {
        let verbs: Set<String> = ["appears", "appear", "exists", "exist"]
        guard let place = keys.firstIndex(where: verbs.contains), place > 0, subject.kind != .event else { return nil }
        guard let text = Self.quotedText(Array(words[..<place])) else { return nil }
        return ("\(subject.name) contains \"\(text)\"", false)
    }
}
