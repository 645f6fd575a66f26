import IntentContract

/// How people name jobs.
enum JobWords {
    /// Words that never stand in a job's name: they begin another part of the sentence.
    private static let foreign: Set<String> = [
        "if", "unless", "then", "when", "whenever", "because", "since", "please", "until", "till", "remind", "every",
        "instead", "anymore", "now", "me", "again", "immediately", "asap", "pls", "plz", "thanks", "thx", "what", "why",
        "whether", "i", "you",
    ]

    private static let nouns: Set<String> = ["job", "jobs", "task", "tasks"]

    static func mayName(_ piece: Piece) -> Bool {
        guard piece.isWord, !foreign.contains(piece.key) else { return false }
        return !Targets.isURL(piece.key) && !Targets.isScript(piece.key)
    }

    /// The reference that the words make: without article and "job"; `nil` where nothing is left.
    static func reference(_ pieces: Pieces?) -> JobReference? {
        guard var words = pieces?.filter(\.isWord), !words.isEmpty else { return nil }
        var all = false
        while words.count > 1, ["just", "only"].contains(words[0].key) { words.removeFirst() }
        if let last = words.last, last.key.hasSuffix("'s"), last.raw.count > 2 {
            words[words.count - 1] = Piece(
                kind: .word, key: String(last.key.dropLast(2)), raw: last.raw.dropLast(2), position: last.position)
        }
        while let first = words.first {
            if ["all", "every", "each", "both"].contains(first.key) {
                all = true
            } else if !isArticle(first, before: words.count) && !(all && first.key == "of") {
                break
            }
            words.removeFirst()
        }
        while words.count > 1, let last = words.last, nouns.contains(last.key) { words.removeLast() }
        while words.count > 1, ["last", "latest", "next", "previous"].contains(words[0].key),
            !["one", "job"].contains(words[1].key), !words[1].key.hasSuffix("'s")
        {
            words.removeFirst()
        }
        if ["number", "no", "nr"].contains(words.first?.key), words.count == 2 { words.removeFirst() }
        if nouns.union(["reminder", "playbook"]).contains(words.first?.key ?? ""), words.count == 2,
            WordNumber.value(of: words[1].key) != nil
        {
            words.removeFirst()
        }
        if words.count > 2, nouns.contains(words[0].key), ["called", "named"].contains(words[1].key) {
            words.removeFirst(2)
        }
        guard !words.isEmpty else { return all ? JobReference("", all: true) : nil }
        if words.count == 1, nouns.contains(words[0].key) { return JobReference(all ? "" : "it", all: all) }
        if words.count == 1, words[0].key == "everything" { return JobReference("everything", all: true) }
        var text = words.text
        if text.hasPrefix("#"), Int(text.dropFirst()) != nil { text.removeFirst() }
        return JobReference(text, all: all)
    }

    /// "that" and "this" by themselves are references, before a noun they are articles.
    private static func isArticle(_ piece: Piece, before count: Int) -> Bool {
        guard Lexicon.articles.contains(piece.key) else { return false }
        return count > 1 || ["the", "a", "an", "my", "our", "your"].contains(piece.key)
    }
}
