import Foundation

/// Which events a trigger takes, by what their data say: `total > 500 and country != DE`.
///
/// A member that is not there makes its comparison false, and never an error: `country != DE` does not hold where there is
/// no country. A number is compared with a number; a text that is one (`"17"`) counts as it where the other side is a
/// number, or where both are texts that are asked about with `<` and `>`.
package struct DataFilter: Hashable, Sendable {
    package indirect enum Test: Hashable, Sendable {
        case compare(Member, Comparison, JSONValue)
        case oneOf(Member, [JSONValue])
        /// A text holds a text, whatever its case; a list holds a value.
        case contains(Member, JSONValue)
        case exists(Member)
        case not(Test)
        case all(Test, Test)
        case any(Test, Test)
    }

    package typealias Comparison = Condition.Comparison

    /// The way to a value: `customer.country`, or `items.0.sku` with places of a list from 0.
    package struct Member: Hashable, Sendable {
        package let path: [String]

        package init(_ path: [String]) { self.path = path }

        package func value(in data: JSONValue) -> JSONValue? {
            var value = data
            for name in path {
                switch value {
                case .object(let members):
                    guard let next = members[name] else { return nil }
                    value = next
                case .array(let elements):
                    guard let index = Int(name), elements.indices.contains(index) else { return nil }
                    value = elements[index]
                default: return nil
                }
            }
            return value
        }
    }

    /// Longer texts, and conditions within more brackets and `not`s than this, are refused.
    static let longestText = 2000
    static let deepest = 32

    package let test: Test

    package init(_ test: Test) { self.test = test }

    /// Reads `total > 500`, `sku == "A1"`, `status in ["open", "new"]`, `title contains "delayed"`, `exists(note)`, joined
    /// by `and`, `or`, `not` and brackets; `and` binds closer than `or`. A bare word is a text: `country != DE`.
    package init(parsing text: String) throws(DataFilterError) {
        var parser = try DataFilterParser(text)
        test = try parser.filter()
        // Its own text may be longer (`=` is `==`), and must read back.
        let length = test.text.unicodeScalars.count
        guard length <= Self.longestText else { throw DataFilterError(.tooLong, at: 0..<text.unicodeScalars.count) }
    }

    package func matches(_ data: JSONValue) -> Bool { test.holds(in: data) }

    /// Why it does not hold ("total is 400"), for people; `nil` where it does.
    package func mismatch(in data: JSONValue) -> String? { test.mismatch(in: data) }
}

// MARK: Text

extension DataFilter: Codable, CustomStringConvertible {
    /// The text that reads as this filter.
    package var description: String { test.text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(DataFilterError) { try self.init(parsing: text) } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension DataFilter.Member: CustomStringConvertible {
    package var description: String { path.joined(separator: ".") }
}

extension DataFilter.Test {
    var text: String {
        switch self {
        case .compare(let member, let comparison, let value):
            "\(member) \(comparison.rawValue) \(value.compactText)"
        case .oneOf(let member, let values):
            "\(member) in [\(values.map(\.compactText).joined(separator: ", "))]"
        case .contains(let member, let value): "\(member) contains \(value.compactText)"
        case .exists(let member): "exists(\(member))"
        case .not(let test): "not \(test.bracketed { if case .all = $0 { true } else { $0.isAny } })"
        case .all(let left, let right):
            "\(left.bracketed(\.isAny)) and \(right.bracketed { if case .all = $0 { true } else { $0.isAny } })"
        case .any(let left, let right): "\(left.text) or \(right.bracketed(\.isAny))"
        }
    }

    private var isAny: Bool { if case .any = self { true } else { false } }

    private func bracketed(_ needsBrackets: (Self) -> Bool) -> String { needsBrackets(self) ? "(\(text))" : text }
}
