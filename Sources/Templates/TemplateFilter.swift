import JobModel

/// What a value of a template goes through: `{{scan.price | round: 2}}`.
///
/// A filter that does not fit the value (`round` of words) leaves it as it is.
enum TemplateFilter: Hashable, Sendable {
    case round(Int)
    /// Thousands in groups: "1,234.50".
    case number(Int?)
    /// A fraction as a percentage: 0.125 is "12.5%".
    case percent(Int?)
    /// Seconds: "2 h 5 min".
    case duration
    /// Bytes: "1.5 MB".
    case size
    case date(DatePattern)
    /// Instead of nothing: null, an empty text, an empty list.
    case fallback(JSONValue)
    case upper, lower, trim
    /// Characters of a text, or elements of a list.
    case first(Int)
    case lines(Int)
    case join(String)
    case escaped(Escaping)

    static let names = [
        "round", "number", "percent", "duration", "size", "date", "default", "upper", "lower", "trim", "first", "lines",
        "join", "json", "url", "html",
    ]

    /// - Parameter argument: what stands behind the colon; `nil` without one.
    init(_ name: String, argument: JSONValue?) throws(FilterProblem) {
        switch name {
        case "round": self = .round(try Self.count(name, argument, 0...20) ?? 0)
        case "number": self = .number(try Self.count(name, argument, 0...20))
        case "percent": self = .percent(try Self.count(name, argument, 0...20))
        case "first": self = .first(try Self.needed(name, "first: 100", Self.count(name, argument, 0...1_000_000)))
        case "lines": self = .lines(try Self.needed(name, "lines: 5", Self.count(name, argument, 0...1_000_000)))
        case "join": self = .join(try Self.text(name, argument) ?? ", ")
        case "date":
            let pattern = try Self.needed(name, "date: \"dd MMM\"", Self.text(name, argument))
            self = .date(try DatePattern(pattern))
        case "default": self = .fallback(try Self.needed(name, "default: \"none\"", argument))
        default:
            guard let plain = Self.plain[name] else { throw Self.unknown(name) }
            guard argument == nil else { throw FilterProblem("\(name) takes nothing behind a colon") }
            self = plain
        }
    }

    private static let plain: [String: TemplateFilter] = [
        "duration": .duration, "size": .size, "upper": .upper, "lower": .lower, "trim": .trim,
        "json": .escaped(.json), "url": .escaped(.url), "html": .escaped(.html),
    ]

    private static func unknown(_ name: String) -> FilterProblem {
        let near =
            NearestName.find(name, among: names).map { "\"\($0)\" is near" } ?? "there are \(names.joined(separator: ", "))"
        return FilterProblem("there is no filter \"\(name)\"; \(near)")
    }

    // MARK: Arguments

    private static func count(
        _ name: String, _ argument: JSONValue?, _ allowed: ClosedRange<Int>
    ) throws(FilterProblem) -> Int? {
        guard let argument else { return nil }
        guard let number = argument.number, let count = Int(exactly: number), allowed.contains(count) else {
            throw FilterProblem("\(name) takes a whole number up to \(allowed.upperBound)")
        }
        return count
    }

    private static func text(_ name: String, _ argument: JSONValue?) throws(FilterProblem) -> String? {
        guard let argument else { return nil }
        guard let text = argument.string else { throw FilterProblem("\(name) takes a text in quotation marks") }
        return text
    }

    private static func needed<Value>(
        _ name: String, _ example: String, _ value: Value?
    ) throws(FilterProblem) -> Value {
        guard let value else { throw FilterProblem("\(name) needs something behind a colon, as in \(example)") }
        return value
    }
}

/// Why the part of a tag behind its name cannot be read, in one clause.
struct FilterProblem: Error, Hashable {
    let message: String

    init(_ message: String) { self.message = message }
}
