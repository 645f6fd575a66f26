import Foundation
import JobModel

extension ExpressionEvaluator {
    func negative(_ node: ExpressionNode) throws(ExpressionProblem) -> ExpressionValue {
        switch try measured(node) {
        case .null: return .null
        case .number(let value): return .number(-value)
        case .duration(let value): return .duration(-value)
        case .text(let text): throw textProblem(node, text: text, with: (node, .number(0)))
        case let other: throw ExpressionProblem("\(Self.label(node)) is \(other.described), not a number")
        }
    }

    func chain(
        _ first: ExpressionNode, _ rest: [(sign: ExpressionNode.Arithmetic, operand: ExpressionNode)]
    ) throws(ExpressionProblem) -> ExpressionValue {
        var left: Operand = (first, try measured(first))
        for (sign, operand) in rest {
            let right: Operand = (operand, try measured(operand))
            // What was reckoned so far has no name of its own.
            left = (.chain(operand, []), try apply(sign, left, right))
        }
        return left.value
    }

    /// A side without a value makes a result without one.
    private func apply(
        _ sign: ExpressionNode.Arithmetic, _ left: Operand, _ right: Operand
    ) throws(ExpressionProblem) -> ExpressionValue {
        switch (left.value, right.value) {
        case (.null, _), (_, .null): return .null
        case (.number(let first), .number(let second)): return .number(try reckon(sign, first, second))
        case (.duration(let first), .duration(let second)) where sign != .times:
            let result = try reckon(sign, first, second)
            return sign == .over ? .number(result) : .duration(result)
        case (.duration(let first), .number(let second)) where sign == .times || sign == .over:
            return .duration(try reckon(sign, first, second))
        case (.number(let first), .duration(let second)) where sign == .times:
            return .duration(try reckon(sign, first, second))
        default:
            if let result = try momentResult(sign, left.value, right.value) { return result }
            throw mismatch(sign, left, right)
        }
    }

    private func reckon(
        _ sign: ExpressionNode.Arithmetic, _ left: Decimal, _ right: Decimal
    ) throws(ExpressionProblem) -> Decimal {
        if (sign == .over || sign == .remainder) && right.isZero { throw ExpressionProblem("it divides by zero") }
        let result =
            switch sign {
            case .plus: left + right
            case .minus: left - right
            case .times: left * right
            case .over: left / right
            case .remainder: left - ExactNumber.truncated(left / right) * right
            }
        guard let checked = ExactNumber.checked(result) else {
            throw ExpressionProblem("a number in it becomes too large")
        }
        return checked
    }

    /// Moments and durations: a moment ± a duration, and the time between two moments.
    private func momentResult(
        _ sign: ExpressionNode.Arithmetic, _ left: ExpressionValue, _ right: ExpressionValue
    ) throws(ExpressionProblem) -> ExpressionValue? {
        guard sign == .plus || sign == .minus else { return nil }
        switch (left, right) {
        case (.duration(let seconds), .moment), (.duration(let seconds), .text):
            guard sign == .plus, let date = moment(right) else { return nil }
            return .moment(try shifted(date, by: seconds))
        case (.moment, .duration(let seconds)), (.text, .duration(let seconds)):
            guard let date = moment(left) else { return nil }
            return .moment(try shifted(date, by: sign == .plus ? seconds : -seconds))
        case (.moment, .moment), (.moment, .text), (.text, .moment):
            guard sign == .minus, let end = moment(left), let begin = moment(right) else { return nil }
            return ExactNumber.of(end.timeIntervalSince(begin)).map(ExpressionValue.duration)
        default:
            return nil
        }
    }

    private func shifted(_ date: Date, by seconds: Decimal) throws(ExpressionProblem) -> Date {
        let shifted = date + ExactNumber.double(seconds)
        // The years 1 to 9999, which every text of a moment can say.
        guard (-62_135_596_800..<253_402_300_800).contains(shifted.timeIntervalSince1970) else {
            throw ExpressionProblem("a moment in it lies too far away")
        }
        return shifted
    }

    private func mismatch(
        _ sign: ExpressionNode.Arithmetic, _ left: Operand, _ right: Operand
    ) -> ExpressionProblem {
        for (side, other) in [(left, right), (right, left)] {
            guard case .text(let text) = side.value else { continue }
            switch other.value {
            case .number, .duration: return textProblem(side.node, text: text, with: other)
            default: break
            }
        }
        return ExpressionProblem(
            "\(Self.label(left.node)) is \(left.value.described) and \(Self.label(right.node)) is "
                + "\(right.value.described): \(sign.rawValue) does not join them")
    }
}
