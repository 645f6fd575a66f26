import Foundation
import JobModel

/// A value while an expression is reckoned.
enum ExpressionValue: Sendable {
    case null
    case bool(Bool)
    case number(Decimal)
    case text(String)
    case list([ExpressionValue])
    case object([String: JSONValue])
    case moment(Date)
    /// Seconds.
    case duration(Decimal)

    /// `nil` for a number beyond the range of exact ones.
    init?(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .string(let value): self = .text(value)
        case .object(let members): self = .object(members)
        case .number(let value):
            guard let number = ExactNumber.of(value) else { return nil }
            self = .number(number)
        case .array(let items):
            let values = items.compactMap(ExpressionValue.init)
            guard values.count == items.count else { return nil }
            self = .list(values)
        }
    }

    /// As data: a moment as RFC 3339 writes it, a duration as its seconds.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value), .duration(let value): .number(ExactNumber.double(value))
        case .text(let value): .string(value)
        case .list(let values): .array(values.map(\.json))
        case .object(let members): .object(members)
        case .moment(let date): .string(RFC3339.text(date))
        }
    }

    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// For a problem: `the text "24.90 €"`, `the number 3`.
    var described: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): "the number \(value)"
        case .text(let value): "the text \"\(Self.short(value))\""
        case .list: "a list"
        case .object: "a value with members"
        case .moment(let date): "the moment \(RFC3339.text(date))"
        case .duration(let seconds): "the duration of \(seconds) seconds"
        }
    }

    /// Foreign text in a message is short and clean.
    private static func short(_ text: String) -> String {
        let line = CleanText.firstLine(of: CleanText.clean(String(text.prefix(500))), limit: 40)
        return line.replacing("\"", with: "'")
    }

    /// Equality of elements of lists: values of different kinds are different.
    func isSame(as other: ExpressionValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.text(let left), .text(let right)): left == right
        case (.moment(let left), .moment(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        default: false
        }
    }
}
