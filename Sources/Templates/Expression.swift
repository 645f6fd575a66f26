import JobModel

/// A condition or a value over what is known in a run: `{{theirs.price}} < {{ours.price}} * 0.9`, `total > 500 and not
/// event.vip`.
package struct Expression: Hashable, Sendable {
    package let text: String
    /// Every dotted name that is looked up, once each, in order of appearance.
    package let names: [String]
    private let condition: Condition

    package init(_ text: String) throws(ExpressionError) {
        self.text = text
        do {
            condition = try Condition(parsing: text)
        } catch {
            throw ExpressionError("\(error)", at: 0)
        }
        names = [condition.step]
    }

    /// Its value, in the kind that it has.
    package func value(_ data: TemplateData) throws(ExpressionProblem) -> JSONValue {
        throw ExpressionProblem("\(text) has no value")
    }

    /// Whether it holds. A name without a value is `null`: an order between it and anything does not hold.
    package func holds(_ data: TemplateData) throws(ExpressionProblem) -> Bool {
        guard case .bool(let holds) = try value(data) else { throw ExpressionProblem("\(text) is no condition") }
        return holds
    }
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
