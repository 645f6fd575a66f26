import ScheduleLanguage

/// A stretch of a sentence that the schedule language reads, after this module's own second thoughts about it.
struct TimePhrase {
    let range: Range<String.Index>
    let isAdjective: Bool

    static func phrases(in text: String, from fragments: [TimeFragment], for purpose: Lexer.Purpose) -> [TimePhrase] {
        let cron = CronText.range(in: text)
        var phrases = fragments.compactMap { fragment -> TimePhrase? in
            if let cron, cron.overlaps(fragment.range) { return nil }
            let words = text[fragment.range].lowercased()
            if meansNow.contains(words) { return nil }
            // "shift it by 30 minutes" says how far, not when: the rules for shifts read the words themselves.
            if fragment.kind == .relative, words.hasPrefix("by ") || words.contains(" by ") { return nil }
            if isPossessive(fragment.range, in: text) {
                guard purpose == .asking else { return nil }
                let end = text.index(fragment.range.upperBound, offsetBy: 2)
                return TimePhrase(range: fragment.range.lowerBound..<end, isAdjective: false)
            }
            if purpose == .making, words.hasSuffix("'s") || words.hasSuffix("’s") { return nil }
            if purpose == .making, fragment.kind == .span || isPastSpan(words) { return nil }
            return TimePhrase(
                range: fragment.range, isAdjective: fragment.isAdjective || describesNoun(fragment, in: text))
        }
        if let cron { phrases.append(TimePhrase(range: cron, isAdjective: false)) }
        return phrases.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Words that say when, but no schedule: "run it now".
    private static let meansNow: Set<String> = [
        "now", "right now", "immediately", "at once", "right away", "straight away", "asap",
        "from now on", "from now", "now on",
    ]

    /// "the weekly review", "the 9am standup": a time between an article and a noun.
    private static func describesNoun(_ fragment: TimeFragment, in text: String) -> Bool {
        let words = text[fragment.range].lowercased()
        let frequencies: Set<String> = ["hourly", "daily", "nightly", "weekly", "monthly", "quarterly", "yearly"]
        guard frequencies.contains(words) || fragment.kind == .clock && !words.contains(" ") else { return false }
        let before = text[..<fragment.range.lowerBound].split(separator: " ").last?.lowercased() ?? ""
        let after = text[fragment.range.upperBound...]
        let next = after.split(separator: " ").first?.lowercased() ?? ""
        guard ["the", "my", "our"].contains(before), after.first == " ", next.first?.isLetter == true else {
            return false
        }
        return !TimeWords.prepositions.contains(next) && !["and", "or", "then", "please"].contains(next)
    }

    /// "tomorrow's post" is about a day, not on it.
    private static func isPossessive(_ range: Range<String.Index>, in text: String) -> Bool {
        let rest = text[range.upperBound...]
        return rest.hasPrefix("'s") || rest.hasPrefix("’s")
    }

    /// "the last 24 hours", "past week", "last night": never when something is to happen.
    static func isPastSpan(_ words: String) -> Bool {
        var words = words.split(separator: " ").map(String.init)
        while let first = words.first, ["from", "the", "in", "of", "for", "over", "during", "within"].contains(first) {
            words.removeFirst()
        }
        guard let first = words.first, ["last", "past", "previous"].contains(first), let unit = words.last else {
            return false
        }
        let units = ["second", "minute", "hour", "day", "week", "month", "quarter", "year", "night"]
        let known = units.contains(unit) || units.contains { "\($0)s" == unit }
        return known && words.count <= 3 && !words.contains("of")
    }
}
