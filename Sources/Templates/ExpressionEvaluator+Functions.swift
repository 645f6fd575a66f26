import Foundation
import JobModel

extension ExpressionEvaluator {
    /// A function of something without a value has none itself.
    func call(
        _ function: ExpressionFunction, _ arguments: [ExpressionNode]
    ) throws(ExpressionProblem) -> ExpressionValue {
        switch function {
        case .min, .max: return try extreme(function, arguments)
        case .round, .abs: return try rounded(function, arguments)
        default: break
        }
        let argument = try value(arguments[0])
        switch (function, argument) {
        case (_, .null): return .null
        case (.length, .text(let text)): return .number(Decimal(text.count))
        case (.length, .list(let values)): return .number(Decimal(values.count))
        case (.length, .object(let members)): return .number(Decimal(members.count))
        case (.lower, .text(let text)): return .text(text.lowercased())
        case (.upper, .text(let text)): return .text(text.uppercased())
        case (.number, .number): return argument
        case (.number, .text(let text)): return Self.number(in: text)
        case (.first, .list(let values)): return values.first ?? .null
        case (.last, .list(let values)): return values.last ?? .null
        case (.date, _):
            if let date = moment(argument) { return .moment(date) }
        case (.age, _):
            guard let date = moment(argument) else { break }
            return ExactNumber.of(try now().timeIntervalSince(date)).map(ExpressionValue.duration) ?? .null
        default: break
        }
        throw ExpressionProblem(
            "\(Self.label(arguments[0])) is \(argument.described), which \(function.rawValue)(…) does not take")
    }

    private static func number(in text: String) -> ExpressionValue {
        NumberReading.firstNumber(in: text).flatMap(ExactNumber.of).map(ExpressionValue.number) ?? .null
    }

    private func rounded(
        _ function: ExpressionFunction, _ arguments: [ExpressionNode]
    ) throws(ExpressionProblem) -> ExpressionValue {
        guard let number = try number(arguments[0]) else { return .null }
        guard function == .round else { return .number(number < 0 ? -number : number) }
        guard arguments.count == 2 else { return .number(ExactNumber.rounded(number, to: 0)) }
        guard let places = try self.number(arguments[1]) else { return .null }
        let count = Int(ExactNumber.double(Swift.max(-1, Swift.min(21, ExactNumber.truncated(places)))))
        guard Decimal(count) == places, (0...20).contains(count) else {
            throw ExpressionProblem("round(…, \(places)) asks for other than 0 to 20 places")
        }
        return .number(ExactNumber.rounded(number, to: count))
    }

    /// Of the arguments, or of one list; elements without a value are passed over.
    private func extreme(
        _ function: ExpressionFunction, _ arguments: [ExpressionNode]
    ) throws(ExpressionProblem) -> ExpressionValue {
        var best: Decimal?
        for (node, value) in try candidates(arguments) where !value.isNull {
            guard case .number(let number) = value else {
                if case .text(let text) = value { throw textProblem(node, text: text, with: (node, .number(0))) }
                throw ExpressionProblem("\(Self.label(node)) holds \(value.described), not a number")
            }
            let isBetter = best.map { function == .min ? number < $0 : number > $0 } ?? true
            if isBetter { best = number }
        }
        return best.map(ExpressionValue.number) ?? .null
    }

    private func candidates(_ arguments: [ExpressionNode]) throws(ExpressionProblem) -> [Operand] {
        var candidates: [Operand] = []
        for node in arguments {
            let value = try measured(node)
            if case .list(let values) = value {
                candidates += values.map { (node, $0) }
            } else {
                candidates.append((node, value))
            }
        }
        return candidates
    }

    /// `nil` where there is no value.
    private func number(_ node: ExpressionNode) throws(ExpressionProblem) -> Decimal? {
        switch try measured(node) {
        case .number(let number): return number
        case .null: return nil
        case .text(let text): throw textProblem(node, text: text, with: (node, .number(0)))
        case let other: throw ExpressionProblem("\(Self.label(node)) is \(other.described), not a number")
        }
    }
}
