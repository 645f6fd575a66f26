/// The words, operators and quoted texts of a condition.
struct ConditionToken: Hashable {
    enum Kind: Hashable { case word, comparison, quoted }

    let kind: Kind
    let text: String
    let range: Range<String.Index>

    /// The word for comparing, without regard to case.
    var word: String? { kind == .word ? text.lowercased() : nil }

    /// Braces around a name (`{{fetch.number}}`) are passed over.
    static func tokens(in text: String) throws(ConditionSyntaxError) -> [ConditionToken] {
        var tokens: [ConditionToken] = []
        var rest = text[...]
        while let first = rest.first {
            let length: Int
            if first.isWhitespace || first == "{" || first == "}" {
                rest.removeFirst()
                continue
            } else if let closing = quotes[first] {
                guard let end = rest.dropFirst().firstIndex(of: closing) else {
                    throw ConditionSyntaxError(.unclosedQuote, range: rest.startIndex..<rest.endIndex)
                }
                let whole = rest[...end]
                let inner = String(whole.dropFirst().dropLast())
                tokens.append(ConditionToken(kind: .quoted, text: inner, range: whole.startIndex..<whole.endIndex))
                length = whole.count
            } else {
                let isOperator = operators.contains(first)
                let part = rest.prefix { character in
                    !character.isWhitespace && !"{}\"“".contains(character)
                        && operators.contains(character) == isOperator
                }
                let range = part.startIndex..<part.endIndex
                tokens.append(ConditionToken(kind: isOperator ? .comparison : .word, text: String(part), range: range))
                length = part.count
            }
            rest = rest.dropFirst(length)
        }
        return tokens
    }

    private static let quotes: [Character: Character] = ["\"": "\"", "“": "”"]
    private static let operators: Set<Character> = ["<", ">", "=", "!", "≤", "≥", "≠"]
}
