import Foundation

/// An expression that was read.
///
/// Chains of the same rank are lists rather than nested pairs, so that only brackets make it deep.
indirect enum ExpressionNode: Sendable {
    case literal(ExpressionValue)
    case name(String)
    case now
    case list([ExpressionNode])
    case call(ExpressionFunction, [ExpressionNode])
    case negative(ExpressionNode)
    /// `+ - * / %` of one rank, from left to right.
    case chain(ExpressionNode, [(sign: Arithmetic, operand: ExpressionNode)])
    case not(ExpressionNode)
    case all([ExpressionNode])
    case any([ExpressionNode])
    case comparison(Comparison, ExpressionNode, ExpressionNode)
    case textTest(TextTest, ExpressionNode, ExpressionNode)
    case matches(ExpressionNode, BoundedPattern)
    /// The first is an element of the second.
    case among(ExpressionNode, ExpressionNode)
    case isEmpty(ExpressionNode)
    case isKind(ExpressionNode, ValueKind)

    enum Arithmetic: String, Sendable { case plus = "+", minus = "-", times = "*", over = "/", remainder = "%" }

    enum Comparison: String, Sendable {
        case less = "<", lessOrEqual = "<=", equal = "==", notEqual = "!=", greaterOrEqual = ">=", greater = ">"

        /// - Parameter order: below 0 where the left side is smaller, 0 where both are equal.
        func holds(_ order: Int) -> Bool {
            switch self {
            case .less: order < 0
            case .lessOrEqual: order <= 0
            case .equal: order == 0
            case .notEqual: order != 0
            case .greaterOrEqual: order >= 0
            case .greater: order > 0
            }
        }
    }

    enum TextTest: Sendable { case contains, startsWith, endsWith }

    enum ValueKind: String, Sendable { case text, number, list, null }
}

/// The functions of expressions.
enum ExpressionFunction: String, CaseIterable, Sendable {
    case length, lower, upper, number, date, age, round, abs, min, max, first, last

    /// How many arguments it takes.
    var arguments: ClosedRange<Int> {
        switch self {
        case .round: 1...2
        case .min, .max: 1...20
        default: 1...1
        }
    }
}
