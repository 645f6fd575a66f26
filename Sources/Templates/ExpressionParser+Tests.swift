extension ExpressionParser {
    /// A value, or a value and one test of it.
    mutating func test() throws(ExpressionError) -> ExpressionNode {
        let left = try sum()
        if let outcome = outcome(of: left) { return outcome }
        let test = try test(of: left)
        if case .sign(let text) = token?.kind, ExpressionNode.Comparison(rawValue: text) != nil {
            throw ExpressionError("comparisons stand one by one: a < b and b < c", at: offset)
        }
        return test
    }

    private mutating func test(of left: ExpressionNode) throws(ExpressionError) -> ExpressionNode {
        if case .sign(let text) = token?.kind, let comparison = ExpressionNode.Comparison(rawValue: text) {
            advance()
            return .comparison(comparison, left, try sum())
        }
        if take("is") { return try property(of: left) }
        let isNegated = take("does", "not") || take("not")
        guard let test = try wordTest(left) else {
            if isNegated { throw unexpected("contains, starts with, ends with, matches or in") }
            return left
        }
        return isNegated ? .not(test) : test
    }

    /// `backup failed`: behind the name of a step.
    private mutating func outcome(of node: ExpressionNode) -> ExpressionNode? {
        guard case .name(let name) = node, let word = token?.keyword, Self.outcomes.contains(word) else { return nil }
        let parts = name.split(separator: ".")
        guard parts.count == 1 || parts.count == 2 && parts[0] == "steps" else { return nil }
        advance()
        forgetLast()
        return lookedUp("\(name).\(word)")
    }

    private mutating func wordTest(_ left: ExpressionNode) throws(ExpressionError) -> ExpressionNode? {
        if take("contains") || take("contain") { return .textTest(.contains, left, try sum()) }
        if take("starts", "with") || take("start", "with") { return .textTest(.startsWith, left, try sum()) }
        if take("ends", "with") || take("end", "with") { return .textTest(.endsWith, left, try sum()) }
        if take("in") { return .among(left, try sum()) }
        if take("matches") || take("match") { return .matches(left, try pattern()) }
        return nil
    }

    /// What stands behind `is`.
    private mutating func property(of left: ExpressionNode) throws(ExpressionError) -> ExpressionNode {
        let isNegated = take("not")
        let property: ExpressionNode
        if take("empty") {
            property = .isEmpty(left)
        } else if let word = token?.keyword, let kind = ExpressionNode.ValueKind(rawValue: word) {
            advance()
            property = .isKind(left, kind)
        } else if take("in") {
            property = .among(left, try sum())
        } else {
            property = .comparison(.equal, left, try sum())
        }
        return isNegated ? .not(property) : property
    }

    /// Patterns stand in the expression itself: one that came with foreign data is never run.
    private mutating func pattern() throws(ExpressionError) -> BoundedPattern {
        let place = offset
        guard case .text(let text) = token?.kind else { throw unexpected("a pattern in quotation marks") }
        advance()
        do {
            return try BoundedPattern(text)
        } catch {
            throw ExpressionError("the pattern cannot be read: \(error.message)", at: place)
        }
    }

    private static let outcomes: Set<String> = ["failed", "succeeded", "changed", "skipped"]
}
