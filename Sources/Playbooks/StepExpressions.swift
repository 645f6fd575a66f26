import JobModel
import Templates

/// How the expressions of steps (`when`, `forEach`) are read and computed.
package struct StepExpressions: Sendable {
    /// Every dotted name that the text looks up; none where it cannot be read.
    package var names: @Sendable (_ text: String) -> [String]
    package var value: @Sendable (_ text: String, TemplateData) throws(ExpressionProblem) -> JSONValue
    /// Whether a condition holds.
    package var holds: @Sendable (_ text: String, TemplateData) throws(ExpressionProblem) -> Bool

    package init(
        names: @escaping @Sendable (String) -> [String],
        value: @escaping @Sendable (String, TemplateData) throws(ExpressionProblem) -> JSONValue,
        holds: @escaping @Sendable (String, TemplateData) throws(ExpressionProblem) -> Bool
    ) {
        self.names = names
        self.value = value
        self.holds = holds
    }

    /// Those of `Expression`.
    package static let usual = StepExpressions(
        names: { (try? Expression($0))?.names ?? [] },
        value: { (text, data) throws(ExpressionProblem) in try expression(text).value(data) },
        holds: { (text, data) throws(ExpressionProblem) in try expression(text).holds(data) })

    private static func expression(_ text: String) throws(ExpressionProblem) -> Expression {
        do { return try Expression(text) } catch { throw ExpressionProblem(error.message) }
    }
}
