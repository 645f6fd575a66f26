/// What the Tab key does with the text left of the cursor.
struct Completion: Equatable, Sendable {
    /// How many characters (Unicode scalars) before the cursor are replaced.
    var replaced: Int
    var inserted: String
    /// Candidates to list because they go on differently; empty when there is nothing to choose from.
    var choices: [String]

    static let none = Completion(replaced: 0, inserted: "", choices: [])

    /// The beginnings that candidates are asked for, longest first: the last words of `text`, at most four, so that
    /// names of several words can be completed; empty for a blank text.
    static func prefixes(of text: String) -> [String] {
        var prefixes: [String] = []
        var start = text.endIndex
        while prefixes.count < 4 {
            start = text[..<start].lastIndex { !$0.isWhitespace } ?? text.startIndex
            guard start > text.startIndex || text.first?.isWhitespace == false else { break }
            let gap = text[..<start].lastIndex(where: \.isWhitespace)
            start = gap.map { text.index(after: $0) } ?? text.startIndex
            prefixes.append(String(text[start...]))
            if gap == nil { break }
        }
        return prefixes.reversed()
    }

    /// Completes `prefix`: all of a single candidate and a space, else as far as the candidates agree.
    /// Candidates that do not begin with `prefix`, ignoring case, are left out.
    static func of(_ prefix: String, from candidates: [String]) -> Completion {
        let wanted = prefix.lowercased()
        var fitting: [String] = []
        for candidate in candidates where candidate.lowercased().hasPrefix(wanted) && !fitting.contains(candidate) {
            fitting.append(candidate)
        }
        let replaced = prefix.unicodeScalars.count
        guard let first = fitting.first else { return .none }
        if fitting.count == 1 { return Completion(replaced: replaced, inserted: first + " ", choices: []) }
        let common = fitting.dropFirst().reduce(first) { commonStart($0, $1) }
        guard common.count > prefix.count else { return Completion(replaced: 0, inserted: "", choices: fitting) }
        return Completion(replaced: replaced, inserted: common, choices: [])
    }

    private static func commonStart(_ first: String, _ second: String) -> String {
        let pairs = zip(first, second).prefix { $0.lowercased() == $1.lowercased() }
        return String(pairs.map(\.0))
    }
}
