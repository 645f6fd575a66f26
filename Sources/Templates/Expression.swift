import JobModel

/// A condition or a value over what is known in a run: `{{theirs.price}} < {{ours.price}} * 0.9`, `total > 500 and not
/// event.vip`.
///
/// It only looks things up and reckons: there is no way from an expression to a command, a file or the network. Numbers
/// are exact decimals; a text is never taken for a number by itself.
package struct Expression: Hashable, Sendable {
    package let text: String
    /// Every dotted name that is looked up, once each, in order of appearance; `backup failed` looks up
    /// `backup.failed`.
    package let names: [String]
    private let node: ExpressionNode

    package init(_ text: String) throws(ExpressionError) {
        var parser = try ExpressionParser(text)
        node = try parser.whole()
        names = parser.names
        self.text = text
    }

    /// Its value, in the kind that it has: `null` where it cannot be known, a moment as RFC 3339 writes it, a duration
    /// in seconds.
    package func value(_ data: TemplateData) throws(ExpressionProblem) -> JSONValue {
        try ExpressionEvaluator(data: data).value(node).json
    }

    /// Whether it holds. A name without a value is `null`: an order between it and anything does not hold, negated or
    /// not.
    package func holds(_ data: TemplateData) throws(ExpressionProblem) -> Bool {
        switch try ExpressionEvaluator(data: data).value(node) {
        case .bool(let holds): return holds
        case .null: return false
        case let other: throw ExpressionProblem("\(text) is \(other.described), not a condition")
        }
    }

    /// It looks at whether the step failed, so it is worth asking after a failure.
    package func readsFailure(of step: String) -> Bool {
        reads(["failed", "succeeded", "status", "exitCode", "exit_code", "error"], of: step)
    }

    /// It reads the HTTP status of the step: an answer outside 200–299 is then an answer, not a failure.
    package func readsStatus(of step: String) -> Bool { reads(["status"], of: step) }

    private func reads(_ members: [String], of step: String) -> Bool {
        members.contains { names.contains("\(step).\($0)") || names.contains("steps.\(step).\($0)") }
    }

    package static func == (left: Expression, right: Expression) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// Why a text is no expression.
package struct ExpressionError: Error, Hashable, Sendable {
    /// A clause.
    package let message: String
    /// From 0, in characters of the text.
    package let offset: Int

    package init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// Why an expression has no value with the data at hand, in one clause ("price is a text, not a number").
package struct ExpressionProblem: Error, Hashable, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
