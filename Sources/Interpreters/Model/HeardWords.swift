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

    /// The exact text was said.
    func holds(_ text: String) -> Bool {
        let wanted = text.lowercased()
        return ([request] + earlier).contains { $0.lowercased().contains(wanted) }
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
