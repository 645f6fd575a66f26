/// Reads a filter by recursive descent: `or` over `and` over `not` over comparisons.
struct DataFilterParser {
    private var tokens: ArraySlice<DataFilterToken>
    /// Offset behind the text, for what is missing at its end.
    private let end: Int
    private var depth = 0

    init(_ text: String) throws(DataFilterError) {
        var tokenizer = try DataFilterTokenizer(text)
        tokens = try tokenizer.tokens()[...]
        end = tokenizer.count
    }

    mutating func filter() throws(DataFilterError) -> DataFilter.Test {
        guard !tokens.isEmpty else { throw DataFilterError(.empty, at: 0..<end) }
        let test = try alternatives()
        guard let extra = tokens.first else { return test }
        throw DataFilterError(.trailing(extra.spelling), at: extra.range)
    }

    private mutating func alternatives() throws(DataFilterError) -> DataFilter.Test {
        var test = try conjunction()
        while take(word: "or") { test = .any(test, try conjunction()) }
        return test
    }

    private mutating func conjunction() throws(DataFilterError) -> DataFilter.Test {
        var test = try negation()
        while take(word: "and") { test = .all(test, try negation()) }
        return test
    }

    private mutating func negation() throws(DataFilterError) -> DataFilter.Test {
        guard let first = tokens.first, first.kind == .word("not") || first.kind == .sign("(") else {
            return try condition()
        }
        tokens.removeFirst()
        depth += 1
        defer { depth -= 1 }
        guard depth <= DataFilter.deepest else { throw DataFilterError(.tooDeep, at: first.range) }
        if first.kind == .word("not") { return .not(try negation()) }
        let test = try alternatives()
        guard take(sign: ")") else { throw unclosed(first) }
        return test
    }

    /// Points at what stands where the bracket should close, or at the bracket where nothing does.
    private func unclosed(_ bracket: DataFilterToken) -> DataFilterError {
        guard let next = tokens.first else { return DataFilterError(.unclosedBracket, at: bracket.range) }
        return DataFilterError(.trailing(next.spelling), at: next.range)
    }

    // MARK: Conditions

    private mutating func condition() throws(DataFilterError) -> DataFilter.Test {
        if tokens.first?.kind == .word("exists"), tokens.dropFirst().first?.kind == .sign("(") {
            tokens.removeFirst()
            let bracket = tokens.removeFirst()
            let member = try member().member
            guard take(sign: ")") else { throw unclosed(bracket) }
            return .exists(member)
        }
        let (member, token) = try member()
        if take(word: "contains") { return .contains(member, try value()) }
        if take(word: "in") { return .oneOf(member, try list()) }
        guard case .sign(let sign)? = tokens.first?.kind, let comparison = DataFilter.Comparison(rawValue: sign) else {
            let place = tokens.first?.range ?? token.range
            throw DataFilterError(.missingComparison(of: member.description), at: place)
        }
        tokens.removeFirst()
        return .compare(member, comparison, try value())
    }

    private static let reserved: Set<String> = ["and", "or", "not", "in", "contains"]

    private mutating func member() throws(DataFilterError) -> (member: DataFilter.Member, token: DataFilterToken) {
        guard let token = tokens.first else { throw DataFilterError(.missingMember(found: ""), at: end..<end) }
        guard case .word(let word) = token.kind, !Self.reserved.contains(word) else {
            throw DataFilterError(.missingMember(found: token.spelling), at: token.range)
        }
        let path = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.allSatisfy({ !$0.isEmpty }) else {
            throw DataFilterError(.missingMember(found: word), at: token.range)
        }
        tokens.removeFirst()
        return (DataFilter.Member(path), token)
    }

    private mutating func value() throws(DataFilterError) -> JSONValue {
        guard let token = tokens.first else { throw DataFilterError(.missingValue, at: end..<end) }
        let value: JSONValue
        switch token.kind {
        case .text(let text): value = .string(text)
        case .number(let number): value = .number(number)
        case .word("true"): value = true
        case .word("false"): value = false
        case .word("null"): value = nil
        case .word(let word) where !Self.reserved.contains(word): value = .string(word)
        case .word, .sign: throw DataFilterError(.missingValue, at: token.range)
        }
        tokens.removeFirst()
        return value
    }

    private mutating func list() throws(DataFilterError) -> [JSONValue] {
        guard let opening = tokens.first, take(sign: "[") else {
            throw DataFilterError(.badList, at: tokens.first?.range ?? end..<end)
        }
        var values = [try value()]
        while take(sign: ",") { values.append(try value()) }
        guard take(sign: "]") else { throw DataFilterError(.badList, at: tokens.first?.range ?? opening.range) }
        return values
    }

    // MARK: Tokens

    private mutating func take(word: String) -> Bool { take(.word(word)) }
    private mutating func take(sign: String) -> Bool { take(.sign(sign)) }

    private mutating func take(_ kind: DataFilterToken.Kind) -> Bool {
        guard tokens.first?.kind == kind else { return false }
        tokens.removeFirst()
        return true
    }
}

extension DataFilterToken {
    /// As a message names it.
    fileprivate var spelling: String {
        switch kind {
        case .word(let text), .text(let text), .sign(let text): text
        case .number(let value): JSONValue.number(value).compactText
        }
    }
}
