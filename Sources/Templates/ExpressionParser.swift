/// Reads an expression; what binds loosest comes first.
struct ExpressionParser {
    /// Brackets within brackets; every level takes some of the stack.
    private static let deepest = 32

    private let tokens: [ExpressionToken]
    private let end: Int
    private var place = 0
    private var depth = 0
    private var lookups: [String] = []

    /// Every name that is looked up, once each, in order of appearance.
    var names: [String] {
        var seen: Set<String> = []
        return lookups.filter { seen.insert($0).inserted }
    }

    init(_ text: String) throws(ExpressionError) {
        tokens = try ExpressionTokenizer.tokens(in: text)
        end = text.count
    }

    mutating func whole() throws(ExpressionError) -> ExpressionNode {
        guard !tokens.isEmpty else {
            throw ExpressionError("it is empty; \"price < 20\" would be right", at: 0)
        }
        let node = try either()
        if place < tokens.count { throw unexpected("an operator") }
        return node
    }

    // MARK: Moving over tokens

    var token: ExpressionToken? { place < tokens.count ? tokens[place] : nil }
    var offset: Int { token?.offset ?? end }

    func following(_ ahead: Int) -> ExpressionToken? { place + ahead < tokens.count ? tokens[place + ahead] : nil }

    mutating func advance(_ count: Int = 1) { place += count }

    mutating func take(sign: String) -> Bool {
        guard token?.kind == .sign(sign) else { return false }
        place += 1
        return true
    }

    /// Takes all of `words`, or nothing.
    mutating func take(_ words: String...) -> Bool {
        for (ahead, word) in words.enumerated() where following(ahead)?.keyword != word { return false }
        place += words.count
        return true
    }

    func unexpected(_ wanted: String) -> ExpressionError {
        guard let token else { return ExpressionError("\(wanted) is missing at its end", at: end) }
        let written =
            switch token.kind {
            case .word(let word): word
            case .braced(let name): "{{\(name)}}"
            case .number(let number), .duration(let number): "\(number)"
            case .text(let text): "\"\(text.prefix(40))\""
            case .sign(let sign): sign
            }
        return ExpressionError("\(written) stands where \(wanted) was expected", at: token.offset)
    }

    mutating func lookedUp(_ name: String) -> ExpressionNode {
        lookups.append(name)
        return .name(name)
    }

    /// A postfix word looks at a member of the step rather than at the step.
    mutating func forgetLast() { lookups.removeLast() }

    mutating func nested<Value>(
        _ body: (inout ExpressionParser) throws(ExpressionError) -> Value
    ) throws(ExpressionError) -> Value {
        guard depth < Self.deepest else {
            throw ExpressionError("it is nested more than \(Self.deepest) levels deep", at: offset)
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    // MARK: or, and, not

    mutating func either() throws(ExpressionError) -> ExpressionNode {
        var parts = [try both()]
        while take("or") || take(sign: "or") { parts.append(try both()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func both() throws(ExpressionError) -> ExpressionNode {
        var parts = [try negation()]
        while take("and") || take(sign: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(ExpressionError) -> ExpressionNode {
        var isNegated = false
        while take("not") || take(sign: "not") { isNegated.toggle() }
        let node = try test()
        return isNegated ? .not(node) : node
    }

    // MARK: + - * / %

    mutating func sum() throws(ExpressionError) -> ExpressionNode {
        let first = try product()
        var rest: [(sign: ExpressionNode.Arithmetic, operand: ExpressionNode)] = []
        while let sign = arithmetic([.plus, .minus]) { rest.append((sign, try product())) }
        return rest.isEmpty ? first : .chain(first, rest)
    }

    private mutating func product() throws(ExpressionError) -> ExpressionNode {
        let first = try signed()
        var rest: [(sign: ExpressionNode.Arithmetic, operand: ExpressionNode)] = []
        while let sign = arithmetic([.times, .over, .remainder]) { rest.append((sign, try signed())) }
        return rest.isEmpty ? first : .chain(first, rest)
    }

    private mutating func signed() throws(ExpressionError) -> ExpressionNode {
        var isNegative = false
        while take(sign: "-") { isNegative.toggle() }
        let node = try primary()
        return isNegative ? .negative(node) : node
    }

    private mutating func arithmetic(_ signs: [ExpressionNode.Arithmetic]) -> ExpressionNode.Arithmetic? {
        guard case .sign(let text) = token?.kind, let sign = ExpressionNode.Arithmetic(rawValue: text),
            signs.contains(sign)
        else { return nil }
        place += 1
        return sign
    }
}
