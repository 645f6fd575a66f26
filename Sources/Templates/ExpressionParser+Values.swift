import Foundation
import JobModel

extension ExpressionParser {
    /// A single value: what stands between operators.
    mutating func primary() throws(ExpressionError) -> ExpressionNode {
        guard let token else { throw unexpected("a value") }
        switch token.kind {
        case .number(let number):
            advance()
            return .literal(try unit(number))
        case .duration(let seconds):
            advance()
            return .literal(.duration(seconds))
        case .text(let text):
            advance()
            return .literal(.text(text))
        case .braced(let name):
            advance()
            return lookedUp(name)
        case .word(let word):
            return try named(word)
        case .sign("("):
            return try nested { parser throws(ExpressionError) in try parser.inBrackets() }
        case .sign("["):
            return try nested { parser throws(ExpressionError) in .list(try parser.elements(until: "]")) }
        case .sign:
            throw unexpected("a value")
        }
    }

    /// `2 days`: a number with a unit behind it.
    private mutating func unit(_ number: Decimal) throws(ExpressionError) -> ExpressionValue {
        guard let word = token?.keyword else { return .number(number) }
        if ["month", "months", "year", "years"].contains(word) {
            throw ExpressionError("a \(word) has no fixed length; 30 days has", at: offset)
        }
        guard let seconds = DurationUnit.seconds(word), let product = ExactNumber.checked(number * seconds) else {
            return .number(number)
        }
        advance()
        return .duration(product)
    }

    private mutating func inBrackets() throws(ExpressionError) -> ExpressionNode {
        advance()
        let node = try either()
        guard take(sign: ")") else { throw unexpected(")") }
        return node
    }

    /// Elements with commas between, behind the opening bracket that the parser stands on.
    private mutating func elements(until closing: String) throws(ExpressionError) -> [ExpressionNode] {
        advance()
        var elements: [ExpressionNode] = []
        if take(sign: closing) { return elements }
        repeat { elements.append(try either()) } while take(sign: ",")
        guard take(sign: closing) else { throw unexpected(closing) }
        return elements
    }

    // MARK: Words

    private mutating func named(_ word: String) throws(ExpressionError) -> ExpressionNode {
        if let value = Self.constants[word.lowercased()] {
            advance()
            return .literal(value)
        }
        if Self.reserved.contains(word.lowercased()) { throw unexpected("a value") }
        if following(1)?.kind == .sign("(") { return try call(word) }
        if word.lowercased() == "date", case .text(let text) = following(1)?.kind { return try date(text) }
        advance()
        return word.lowercased() == "now" ? .now : lookedUp(word)
    }

    private mutating func date(_ text: String) throws(ExpressionError) -> ExpressionNode {
        advance()
        guard MomentReading.date(text, zone: "UTC") != nil else {
            throw ExpressionError("\"\(text.prefix(40))\" is no date; \"2026-03-01\" would be right", at: offset)
        }
        advance()
        return .call(.date, [.literal(.text(text))])
    }

    private mutating func call(_ word: String) throws(ExpressionError) -> ExpressionNode {
        let place = offset
        guard let function = ExpressionFunction(rawValue: word.lowercased()) else {
            let known = ExpressionFunction.allCases.map(\.rawValue)
            let near = NearestName.find(word, among: known).map { "; \($0) is near" } ?? ""
            throw ExpressionError("there is no function \(word)\(near)", at: place)
        }
        advance()
        let arguments = try nested { parser throws(ExpressionError) in try parser.elements(until: ")") }
        guard function.arguments.contains(arguments.count) else {
            let wanted = function.arguments
            let count = wanted.count == 1 ? "\(wanted.lowerBound)" : "\(wanted.lowerBound) to \(wanted.upperBound)"
            throw ExpressionError("\(word) takes \(count) values, not \(arguments.count)", at: place)
        }
        return .call(function, arguments)
    }

    private static let constants: [String: ExpressionValue] = [
        "true": .bool(true), "false": .bool(false), "null": .null,
    ]
    private static let reserved: Set<String> = ["and", "or", "not", "is", "in", "contains", "matches"]
}
