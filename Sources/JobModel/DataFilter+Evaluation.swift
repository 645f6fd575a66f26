import Foundation

extension DataFilter.Test {
    func holds(in data: JSONValue) -> Bool {
        switch self {
        case .compare(let member, let comparison, let value):
            member.value(in: data).map { comparison.holds($0, value) } ?? false
        case .oneOf(let member, let values):
            member.value(in: data).map { found in
                values.contains { DataFilter.Comparison.equal.holds(found, $0) }
            } ?? false
        case .contains(let member, let value):
            member.value(in: data).map { Self.contains($0, value) } ?? false
        case .exists(let member): member.value(in: data) != nil
        case .not(let test): !test.holds(in: data)
        case .all(let left, let right): left.holds(in: data) && right.holds(in: data)
        case .any(let left, let right): left.holds(in: data) || right.holds(in: data)
        }
    }

    private static func contains(_ whole: JSONValue, _ part: JSONValue) -> Bool {
        switch whole {
        case .array(let elements): elements.contains { DataFilter.Comparison.equal.holds($0, part) }
        case .string(let text): text.lowercased().contains(part.plainText.lowercased())
        default: false
        }
    }

    // MARK: Why not

    func mismatch(in data: JSONValue) -> String? {
        guard !holds(in: data) else { return nil }
        switch self {
        case .compare(let member, _, _), .oneOf(let member, _), .contains(let member, _):
            guard let value = member.value(in: data) else { return "there is no \(member)" }
            return "\(member) is \(Self.short(value))"
        case .exists(let member): return "there is no \(member)"
        case .not(let test): return "\(test.text) holds"
        case .all(let left, let right): return left.mismatch(in: data) ?? right.mismatch(in: data)
        case .any(let left, let right):
            return [left, right].compactMap { $0.mismatch(in: data) }.uniqued().joined(separator: ", and ")
        }
    }

    private static func short(_ value: JSONValue) -> String {
        let text = value.compactText.withoutControlCharacters(keepingNewlines: false)
        return text.count > 60 ? "\(text.prefix(60))…" : text
    }
}

extension DataFilter.Comparison {
    /// With a number on either side, both must read as numbers. Two texts are equal letter by letter, and are put in order
    /// as numbers where both are some, else letter by letter. Anything else is equal or not, and has no order.
    func holds(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.number, _), (_, .number):
            guard let first = left.asNumber, let second = right.asNumber else { return self == .notEqual }
            return holds(first, second)
        case (.string(let first), .string(let second)):
            if isOrder, let one = left.asNumber, let other = right.asNumber { return holds(one, other) }
            return holds(first, second)
        default:
            return switch self {
            case .equal: left == right
            case .notEqual: left != right
            default: false
            }
        }
    }

    private var isOrder: Bool { self != .equal && self != .notEqual }

    /// Whether `left` and `right` stand in this relation.
    package func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .equal: left == right
        case .notEqual: left != right
        case .greaterOrEqual: left >= right
        case .greater: left > right
        }
    }
}

extension JSONValue {
    /// A number, or a text that is nothing but one.
    fileprivate var asNumber: Double? {
        switch self {
        case .number(let value): value
        case .string(let text) where text.utf8.allSatisfy(\.isPartOfNumber): Double(text)
        default: nil
        }
    }
}

extension UInt8 {
    /// Leaves out what `Double` reads besides: `inf`, `nan`, hexadecimal.
    fileprivate var isPartOfNumber: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}
