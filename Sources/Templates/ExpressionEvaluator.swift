import Foundation
import JobModel

/// Reckons an expression.
///
/// What cannot be known is null and spreads: an order, a `contains`, `not` of it. So nothing is done on a guess.
struct ExpressionEvaluator {
    let data: TemplateData

    func value(_ node: ExpressionNode) throws(ExpressionProblem) -> ExpressionValue {
        switch node {
        case .literal(let value): return value
        case .name(let name): return try lookUp(name)
        case .now: return .moment(try now())
        case .list(let nodes): return .list(try values(nodes))
        case .call(let function, let arguments): return try call(function, arguments)
        case .negative(let operand): return try negative(operand)
        case .chain(let first, let rest): return try chain(first, rest)
        case .not(let operand): return Self.truth(try truth(operand).map { !$0 })
        case .all(let parts): return Self.truth(try truth(of: parts, deciding: false))
        case .any(let parts): return Self.truth(try truth(of: parts, deciding: true))
        default: return Self.truth(try test(node))
        }
    }

    private func test(_ node: ExpressionNode) throws(ExpressionProblem) -> Bool? {
        switch node {
        case .comparison(.equal, let left, let right): return try equality(left, right)
        case .comparison(.notEqual, let left, let right): return try equality(left, right).map { !$0 }
        case .comparison(let comparison, let left, let right): return try order(comparison, left, right)
        case .textTest(let test, let left, let right): return try textTest(test, left, right)
        case .matches(let text, let pattern): return try matches(text, pattern)
        case .among(let element, let list): return try among(element, list)
        case .isEmpty(let operand): return Self.isEmpty(try value(operand))
        case .isKind(let operand, let kind): return Self.isKind(try value(operand), kind)
        default: return nil
        }
    }

    func values(_ nodes: [ExpressionNode]) throws(ExpressionProblem) -> [ExpressionValue] {
        var values: [ExpressionValue] = []
        for node in nodes { values.append(try value(node)) }
        return values
    }

    // MARK: Names

    private func lookUp(_ name: String) throws(ExpressionProblem) -> ExpressionValue {
        guard let json = data.value(named: name) else { return .null }
        guard let value = ExpressionValue(json) else {
            throw ExpressionProblem("\(name) holds a number that is too large to reckon with")
        }
        return value
    }

    /// The value for arithmetic and orders, where a step by its bare name stands for the number in its result.
    func measured(_ node: ExpressionNode) throws(ExpressionProblem) -> ExpressionValue {
        guard case .name(let name) = node, data.isStep(name) else { return try value(node) }
        if data.value(named: "\(name).failed") == .bool(true) { return .null }
        return try lookUp("\(name).number")
    }

    func now() throws(ExpressionProblem) -> Date {
        guard let now = data.now else { throw ExpressionProblem("there is no clock here, so now means nothing") }
        return now
    }

    // MARK: Truth

    static func truth(_ value: Bool?) -> ExpressionValue { value.map(ExpressionValue.bool) ?? .null }

    /// `nil` where it cannot be known. A flag that nobody has set is false.
    private func truth(_ node: ExpressionNode) throws(ExpressionProblem) -> Bool? {
        switch try value(node) {
        case .bool(let value): return value
        case .null:
            if case .name(let name) = node, !data.isOutcome(name) { return false }
            return nil
        case let other:
            throw ExpressionProblem("\(Self.label(node)) is \(other.described), neither true nor false")
        }
    }

    /// Stops at the first part that decides; else unknown where any part is.
    private func truth(of parts: [ExpressionNode], deciding: Bool) throws(ExpressionProblem) -> Bool? {
        var isKnown = true
        for part in parts {
            let value = try truth(part)
            if value == deciding { return deciding }
            if value == nil { isKnown = false }
        }
        return isKnown ? !deciding : nil
    }

    // MARK: Properties

    private static func isEmpty(_ value: ExpressionValue) -> Bool {
        switch value {
        case .null: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        case .list(let values): values.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .number, .moment, .duration: false
        }
    }

    private static func isKind(_ value: ExpressionValue, _ kind: ExpressionNode.ValueKind) -> Bool {
        switch (value, kind) {
        case (.text, .text), (.number, .number), (.list, .list), (.null, .null): true
        default: false
        }
    }

    /// How a problem names a part: as it was written, where that is short.
    static func label(_ node: ExpressionNode) -> String {
        switch node {
        case .name(let name): name
        case .literal, .list: "what is written there"
        case .call(let function, _): "\(function.rawValue)(…)"
        case .now: "now"
        default: "a part of it"
        }
    }
}
