import Foundation
import JobModel

extension ExpressionEvaluator {
    // MARK: Equality and order

    /// `nil` where a side has no value, unless it is compared with `null` itself or with another that has none.
    func equality(_ left: ExpressionNode, _ right: ExpressionNode) throws(ExpressionProblem) -> Bool? {
        var (first, second) = (try value(left), try value(right))
        if Self.isQuantity(second) { first = try measured(left) }
        if Self.isQuantity(first) { second = try measured(right) }
        switch (first, second) {
        case (.null, .null): return true
        case (.null, _), (_, .null): return Self.isNullWord(left) || Self.isNullWord(right) ? false : nil
        case (.text(let text), .text(let other)): return text == other
        case (.bool, .bool), (.list, .list), (.object, .object): return first.isSame(as: second)
        default: break
        }
        guard let order = order(first, second) else { throw mismatch((left, first), (right, second)) }
        return order == 0
    }

    func order(
        _ comparison: ExpressionNode.Comparison, _ left: ExpressionNode, _ right: ExpressionNode
    ) throws(ExpressionProblem) -> Bool? {
        let (first, second) = (try measured(left), try measured(right))
        if first.isNull || second.isNull { return nil }
        guard let order = order(first, second) else { throw mismatch((left, first), (right, second)) }
        return comparison.holds(order)
    }

    /// Numbers, durations and moments have an order, and texts that say moments; `nil` for everything else.
    private func order(_ left: ExpressionValue, _ right: ExpressionValue) -> Int? {
        switch (left, right) {
        case (.number(let left), .number(let right)), (.duration(let left), .duration(let right)):
            return left < right ? -1 : left > right ? 1 : 0
        case (.moment, .moment), (.moment, .text), (.text, .moment), (.text, .text):
            guard let first = moment(left), let second = moment(right) else { return nil }
            return first < second ? -1 : first > second ? 1 : 0
        default:
            return nil
        }
    }

    /// The moment that a value is, or that its text says.
    func moment(_ value: ExpressionValue) -> Date? {
        switch value {
        case .moment(let date): date
        case .text(let text): MomentReading.date(text, zone: data.zone)
        default: nil
        }
    }

    private static func isQuantity(_ value: ExpressionValue) -> Bool {
        switch value {
        case .number, .duration: true
        default: false
        }
    }

    private static func isNullWord(_ node: ExpressionNode) -> Bool {
        guard case .literal(.null) = node else { return false }
        return true
    }

    // MARK: Texts and lists

    func textTest(
        _ test: ExpressionNode.TextTest, _ left: ExpressionNode, _ right: ExpressionNode
    ) throws(ExpressionProblem) -> Bool? {
        let (whole, part) = (try value(left), try value(right))
        if whole.isNull || part.isNull { return nil }
        if case .list(let elements) = whole, case .contains = test { return elements.contains { $0.isSame(as: part) } }
        guard case .text(let text) = whole, case .text(let words) = part else {
            let (node, value) = if case .text = whole { (right, part) } else { (left, whole) }
            throw ExpressionProblem("\(Self.label(node)) is \(value.described), not a text")
        }
        return switch test {
        case .contains: words.isEmpty || text.lowercased().contains(words.lowercased())
        case .startsWith: text.lowercased().hasPrefix(words.lowercased())
        case .endsWith: text.lowercased().hasSuffix(words.lowercased())
        }
    }

    func matches(_ node: ExpressionNode, _ pattern: BoundedPattern) throws(ExpressionProblem) -> Bool? {
        switch try value(node) {
        case .null: return nil
        case .text(let text):
            guard let found = pattern.isFound(in: text) else {
                throw ExpressionProblem("\(Self.label(node)) is too long for the pattern \(pattern.text)")
            }
            return found
        case let other: throw ExpressionProblem("\(Self.label(node)) is \(other.described), not a text")
        }
    }

    func among(_ element: ExpressionNode, _ list: ExpressionNode) throws(ExpressionProblem) -> Bool? {
        let (wanted, all) = (try value(element), try value(list))
        if all.isNull || wanted.isNull { return nil }
        guard case .list(let values) = all else {
            throw ExpressionProblem("\(Self.label(list)) is \(all.described), not a list")
        }
        if values.contains(where: { $0.isSame(as: wanted) }) { return true }
        guard values.contains(where: Self.isQuantity) else { return false }
        let number = try measured(element)
        return values.contains { $0.isSame(as: number) }
    }

    // MARK: What went wrong

    typealias Operand = (node: ExpressionNode, value: ExpressionValue)

    /// Names both sides, and for a text among numbers what would read it.
    func mismatch(_ left: Operand, _ right: Operand) -> ExpressionProblem {
        for (side, other) in [(left, right), (right, left)] {
            if case .text(let text) = side.value, Self.isQuantity(other.value) {
                return textProblem(side.node, text: text, with: other)
            }
        }
        return ExpressionProblem(
            "\(Self.label(left.node)) is \(left.value.described) and \(Self.label(right.node)) is "
                + "\(right.value.described): they do not compare")
    }

    func textProblem(_ node: ExpressionNode, text: String, with other: Operand) -> ExpressionProblem {
        let what = ExpressionValue.text(text).described
        let wanted =
            if case .duration = other.value { "duration" } else { "number" }
        let against =
            if case .name(let name) = other.node { " like \(name)" } else { "" }
        var hint = ""
        if wanted == "number", NumberReading.firstNumber(in: text) != nil, case .name(let name) = node {
            hint = "; \(reading(name)) reads it"
        }
        return ExpressionProblem("\(Self.label(node)) is \(what), not a \(wanted)\(against)\(hint)")
    }

    private func reading(_ name: String) -> String {
        guard name.hasSuffix(".text"), data.isStep(String(name.dropLast(5))) else { return "number(\(name))" }
        return name.dropLast(5) + ".number"
    }
}
