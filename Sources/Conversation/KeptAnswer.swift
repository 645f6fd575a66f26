import Foundation

/// "17:00, always", "2 from now on": an answer that holds the next time too.
enum KeptAnswer {
    private static let words = ["always", "from now on", "every time", "each time", "remember that", "remember it"]

    static func isWanted(in answer: String) -> Bool {
        let answer = answer.lowercased()
        return words.contains { answer.contains($0) }
    }

    /// The answer alone.
    static func removed(from answer: String) -> String {
        words.reduce(answer) { $0.replacingOccurrences(of: $1, with: "", options: .caseInsensitive) }
            .trimmingCharacters(in: .whitespaces.union([",", ";"]))
    }
}
