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
        case literal(Set<String>)
        case optional([[Element]])
        case choice([[Element]])
        case slot(name: String, Slot)
    }

    enum Slot: String, Sendable { case job, time, duration, n, text, rest, word, gateway }

    let elements: [Element]

    init(_ text: String) {
        var parser = PatternParser(text)
        elements = parser.sequence()
    }

    /// What the slots captured when the pattern covers all of `pieces`; `nil` when it does not.
    func match(_ pieces: Pieces) -> Captures? {
        PatternMatcher(pieces: pieces).match(elements[...], at: 0, Captures()) { captures, place in
            pieces[place...].allSatisfy(\.isMark) ? captures : nil
        }
    }

    /// The longest stretch from the beginning that the pattern covers, and what was captured.
    func matchPrefix(of pieces: Pieces) -> (captures: Captures, count: Int)? {
        var best: (captures: Captures, count: Int)?
        _ = PatternMatcher(pieces: pieces).match(elements[...], at: 0, Captures()) { captures, place in
            if best.map({ place > $0.count }) ?? true { best = (captures, place) }
            return nil
        }
        return best
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
        guard token.hasPrefix("<") else { return .literal(Set(token.split(separator: "|").map(String.init))) }
        let parts = token.dropFirst().dropLast().split(separator: ":").map(String.init)
        guard let slot = Pattern.Slot(rawValue: parts[parts.count - 1]) else { preconditionFailure("no slot \(token)") }
        return .slot(name: parts[0], slot)
    }
}

/// What the slots of a pattern captured.
struct Captures {
    private var slots: [String: Pieces] = [:]

    subscript(name: String) -> Pieces? {
        get { slots[name] }
        set { slots[name] = newValue }
    }
}
