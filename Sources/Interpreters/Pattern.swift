/// A rule over words, written as text.
///
/// `pause|stop <job> [for now] [until <time>]`: `a|b` is one word out of several, `[ … ]` may be missing,
/// `( … / … )` is a choice of phrases, `<kind>` or `<name:kind>` captures. Marks between words are passed over.
///
/// | slot | captures |
/// |---|---|
/// | `job` | up to eight words that name a job, none of them a mark or a time |
/// | `time` | time phrases that follow each other, with a preposition before them |
/// | `duration` | an amount of time that is no phrase of its own ("30 minutes", "another hour") |
/// | `n` | a number, in digits or as a word |
/// | `text` | one or more pieces, as few as possible |
/// | `rest` | everything that is left, at least one word |
/// | `word` | one word |
/// | `gateway` | a way out, with a name behind a slash where one is said |
struct Pattern: Sendable {
    indirect enum Element: Hashable, Sendable {
        case literal([String])
        case optional([[Element]])
        case choice([[Element]])
        case slot(name: String, Slot)
    }

    enum Slot: String, Sendable { case job, time, duration, n, text, rest, word, gateway }

    /// As it was written, on one line.
    let text: String
    let program: PatternProgram

    init(_ text: String) {
        self.text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var parser = PatternParser(text)
        program = PatternProgram(parser.sequence())
    }

    /// What the slots captured when the pattern covers all of `pieces`; `nil` when it does not.
    func match(_ pieces: Pieces) -> Captures? { match(MatchInput(pieces)) }

    func match(_ input: MatchInput) -> Captures? {
        var matcher = PatternMatcher(program: program, input: input)
        return matcher.matchesAll() ? matcher.captures : nil
    }

    /// The longest stretch from the beginning that the pattern covers; `nil` where it covers none.
    func prefixLength(of input: MatchInput) -> Int? {
        var matcher = PatternMatcher(program: program, input: input)
        return matcher.longestPrefix()
    }
}

/// Patterns that are tried together: only those that can begin with the first word are.
struct PatternList: Sendable {
    private let patterns: [Pattern]
    private let index: PatternIndex

    init(_ texts: [String]) {
        patterns = texts.map(Pattern.init)
        index = PatternIndex(patterns.map(\.program))
    }

    func hasPattern(beginningWith word: WordKey) -> Bool { index.hasPattern(beginningWith: word) }

    /// How many pieces the first pattern takes that covers a beginning of `pieces` but not all of it.
    func firstPrefixLength(of pieces: Pieces) -> Int? {
        let input = MatchInput(pieces)
        for place in index.candidates(for: input) {
            if let count = patterns[place].prefixLength(of: input), count < pieces.count { return count }
        }
        return nil
    }

    /// How many pieces the pattern takes that covers the longest beginning of `pieces`.
    func longestPrefixLength(of pieces: Pieces) -> Int? {
        let input = MatchInput(pieces)
        return index.candidates(for: input).compactMap { patterns[$0].prefixLength(of: input) }.max()
    }

    /// What the slots captured in the first pattern that covers all of `pieces`, as long as `accept` takes it.
    func firstMatch<Found>(of pieces: Pieces, _ accept: (Captures) -> Found?) -> Found? {
        let input = MatchInput(pieces)
        for place in index.candidates(for: input) {
            if let captures = patterns[place].match(input), let found = accept(captures) { return found }
        }
        return nil
    }
}

/// Reads the text of a pattern. Patterns are constants of this module: a mistake in one is found by the first test.
private struct PatternParser {
    private var tokens: ArraySlice<String>

    init(_ text: String) {
        var spaced = text
        for bracket in ["[", "]", "(", ")"] { spaced = spaced.replacing(bracket, with: " \(bracket) ") }
        tokens = spaced.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    }

    mutating func sequence() -> [Pattern.Element] {
        var elements: [Pattern.Element] = []
        while let token = tokens.first, !["]", ")", "/"].contains(token) {
            tokens.removeFirst()
            switch token {
            case "[": elements.append(.optional(alternatives(until: "]")))
            case "(": elements.append(.choice(alternatives(until: ")")))
            default: elements.append(Self.element(token))
            }
        }
        return elements
    }

    private mutating func alternatives(until close: String) -> [[Pattern.Element]] {
        var list = [sequence()]
        while tokens.first == "/" {
            tokens.removeFirst()
            list.append(sequence())
        }
        precondition(tokens.first == close, "a pattern lacks \(close)")
        tokens.removeFirst()
        return list
    }

    private static func element(_ token: String) -> Pattern.Element {
        guard token.hasPrefix("<") else {
            let words = token.split(separator: "|").map(String.init)
            precondition(words.allSatisfy { $0.utf8.count <= WordKey.longest }, "too long for a key: \(token)")
            return .literal(words)
        }
        let parts = token.dropFirst().dropLast().split(separator: ":").map(String.init)
        guard let slot = Pattern.Slot(rawValue: parts[parts.count - 1]) else { preconditionFailure("no slot \(token)") }
        return .slot(name: parts[0], slot)
    }
}
