import Foundation

/// "…, no wait, …": the last word stands.
enum Correction {
    private static let markers = [
        "no wait", "no, wait", "wait no", "wait, no", "no i mean", "no, i mean", "i mean", "scratch that", "no sorry",
        "no, sorry", "correction", "or rather", "sorry, i meant", "i meant", "make that", "no actually", "no, actually",
        "oh wait",
    ]

    /// Words of which each marker has one: without any of them there is nothing to look for.
    private static let signs: Set<String> = [
        "wait", "mean", "meant", "scratch", "sorry", "correction", "rather", "make", "actually",
    ]

    /// What follows the last such words where it is a request by itself; `nil` where the words correct only a part.
    static func lastWord(of text: String, _ lexer: Lexer) -> String? {
        guard lexer.pieces(of: text, for: .asking).contains(where: { signs.contains($0.key) }) else { return nil }
        let lower = text.lowercased()
        var best: Range<String.Index>?
        for marker in markers {
            guard let found = lower.ranges(of: marker).last,
                lower.distance(from: lower.startIndex, to: found.lowerBound) > 3
            else { continue }
            if best.map({ found.upperBound > $0.upperBound }) ?? true { best = found }
        }
        guard let best else { return nil }
        let offset = lower.distance(from: lower.startIndex, to: best.upperBound)
        let rest = text.dropFirst(offset).trimmingCharacters(in: CharacterSet(charactersIn: " ,.:;-–"))
        let pieces = Padding.stripped(lexer.pieces(of: rest, for: .making))
        guard let first = pieces.first, !first.isTime, TellOrder.begins(at: 0, in: pieces) || startsRequest(first.key)
        else { return nil }
        return rest
    }

    private static func startsRequest(_ word: String) -> Bool {
        Lexicon.promptVerbs.contains(word)
            || [
                "pause", "resume", "delete", "cancel", "run", "execute", "skip", "snooze", "show", "list", "rename",
                "move", "remove", "stop", "abort", "what", "when", "remind",
            ].contains(word)
    }
}
