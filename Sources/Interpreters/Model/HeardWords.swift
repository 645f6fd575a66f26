import Foundation
import IntentContract

/// What the person said: in the request, and before it in the same conversation.
struct HeardWords {
    let request: String
    let earlier: [String]
    private let words: Set<String>

    init(request: String, earlier: [String]) {
        self.request = request
        self.earlier = earlier
        words = Self.words(of: ([request] + earlier).joined(separator: " "))
    }

    private static let fillers: Set<String> = [
        "a", "an", "the", "to", "of", "and", "or", "in", "on", "at", "for", "my", "me", "i", "it", "is", "be", "that",
        "this", "with", "please", "your", "you", "job", "playbook", "all",
    ]

    /// Words that mean something, in lower case.
    static func words(of text: String) -> Set<String> {
        Set(text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)).subtracting(fillers)
    }

    /// The exact text was said, as words of its own: `backup.sh` does not say `up.sh`, nor `~/logs` `~`.
    func holds(_ text: String) -> Bool {
        let wanted = text.lowercased()
        guard !wanted.isEmpty else { return false }
        return ([request] + earlier).contains { Self.stands(wanted, in: $0.lowercased()) }
    }

    private static func stands(_ wanted: String, in text: String) -> Bool {
        text.ranges(of: wanted).contains { range in
            let before = text[..<range.lowerBound].last
            let after = text[range.upperBound...]
            guard before.map({ $0.isWhitespace || "\"'(“‘<".contains($0) }) ?? true else { return false }
            // A stop belongs to the sentence where nothing but space follows it.
            let rest = after.drop { ",.;:!?)\"'”’>/".contains($0) }
            return after.isEmpty || rest.isEmpty || rest.first?.isWhitespace == true
        }
    }

    /// Words that send back to what was said before.
    private static let backward = ["there", "same", "it", "that", "them", "him", "her", "also", "again", "too", "as"]

    /// A name was said, each of its words, now; or before, where the request points back.
    func names(_ name: String) -> Bool {
        let pointsBack = Self.backward.contains { Self.list(request).contains($0) }
        let texts = pointsBack ? [request] + earlier : [request]
        let wanted = Self.list(name)
        return !wanted.isEmpty
            && texts.contains { text in
                let said = Set(Self.list(text))
                return wanted.allSatisfy(said.contains)
            }
    }

    private static func list(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// The very word was said, be it one that means little.
    func mentions(_ word: String) -> Bool {
        ([request] + earlier).contains { text in
            text.lowercased().split { !($0.isLetter || $0.isNumber) }.contains { $0 == word }
        }
    }

    /// The word, or one that begins alike ("summary" for "summarise").
    func hasWord(_ word: String) -> Bool {
        let word = word.lowercased()
        if words.contains(word) { return true }
        guard word.count >= 4, let stem = Optional(word.prefix(max(4, word.count - 3))) else { return false }
        return words.contains { $0.hasPrefix(stem) }
    }

    /// The share of the words that mean something and were said; 1 where none does.
    func share(of text: String) -> Double {
        let wanted = Self.words(of: text)
        guard !wanted.isEmpty else { return 1 }
        return Double(wanted.count(where: hasWord)) / Double(wanted.count)
    }
}
