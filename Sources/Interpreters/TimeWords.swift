import Foundation

/// Words around time phrases.
enum TimeWords {
    static let prepositions: Set<String> = [
        "at", "on", "by", "in", "for", "from", "until", "till", "til", "to", "before", "after", "starting", "beginning",
        "during", "within", "over", "around", "since", "of",
    ]

    static let units: Set<String> = [
        "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "h", "day", "days",
        "week", "weeks",
    ]

    /// Prepositions that, right before a time phrase, belong to it and never to the task.
    static let attached: Set<String> = [
        "at", "on", "by", "from", "until", "till", "starting", "beginning", "in", "every",
    ]

    /// The time words of a capture, as typed.
    static func text(_ pieces: Pieces?) -> String? {
        guard let pieces, !pieces.isEmpty else { return nil }
        let text = pieces.text
        // "tomorrow's standup" leaves out tomorrow.
        return text.hasSuffix("'s") || text.hasSuffix("’s") ? String(text.dropLast(2)) : text
    }

    /// A stretch of time without the preposition that joined it to the question.
    static func span(_ pieces: Pieces?) -> String? {
        guard var text = text(pieces) else { return nil }
        for word in ["for ", "of ", "in the ", "on the "] where text.lowercased().hasPrefix(word) {
            text.removeFirst(word.count)
            if word.hasSuffix("the ") { text = "the \(text)" }
            break
        }
        return text
    }

    /// Where something is moved: "friday" for "from monday to friday".
    static func goal(_ pieces: Pieces?) -> String? {
        guard let text = end(pieces) else { return nil }
        guard text.lowercased().hasPrefix("from "), let split = text.range(of: " to ", options: .backwards) else {
            return text
        }
        return String(text[split.upperBound...])
    }

    /// For an end or a goal: without "until" or "to"; a bare hour gets the "at" that makes it a time.
    static func end(_ pieces: Pieces?) -> String? {
        guard var pieces, !pieces.isEmpty else { return nil }
        let until: Set<String> = ["until", "till", "til", "to", "by"]
        while let first = pieces.first, first.isWord, until.contains(first.key) { pieces.removeFirst() }
        var text = pieces.text
        for word in ["until ", "till ", "til ", "to "] where text.lowercased().hasPrefix(word) {
            text.removeFirst(word.count)
        }
        guard !text.isEmpty else { return nil }
        return WordNumber.isHour(text) ? "at \(text)" : text
    }
}
