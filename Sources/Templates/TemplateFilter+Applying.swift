import Foundation
import JobModel

extension TemplateFilter {
    /// - Parameter zone: in which moments are told.
    func applied(to value: JSONValue, zone: String) -> JSONValue {
        switch self {
        case .fallback(let other): return Self.isNothing(value) ? other : value
        case .join(let separator):
            return value.array.map { .string($0.map(\.plainText).joined(separator: separator)) } ?? value
        case .first(let count):
            if let items = value.array { return .array(Array(items.prefix(count))) }
            return Self.mapped(value) { String($0.prefix(count)) }
        case .escaped(.json): return .string(value.compactText)
        case .escaped(let place): return value.isNull ? value : .string(place.escaped(value.plainText))
        case .date(let pattern): return Self.told(value, pattern, zone)
        case .upper: return Self.mapped(value) { $0.uppercased() }
        case .lower: return Self.mapped(value) { $0.lowercased() }
        case .trim: return Self.mapped(value) { CleanText.trimmed($0) }
        case .lines(let count): return Self.mapped(value) { Self.lines($0, count) }
        case .round, .number, .percent, .duration, .size:
            guard let number = Self.number(value) else { return value }
            return measured(number)
        }
    }

    /// The place for which the filter already made the escapes.
    var escaping: Escaping? {
        guard case .escaped(let place) = self else { return nil }
        return place
    }

    private func measured(_ number: Decimal) -> JSONValue {
        switch self {
        case .round(let places): .number(ExactNumber.double(ExactNumber.rounded(number, to: places)))
        case .number(let places): .string(QuantityText.grouped(number, places: places))
        case .percent(let places): .string(QuantityText.percent(number, places: places))
        case .duration: .string(QuantityText.duration(number))
        case .size: .string(QuantityText.size(number))
        default: .number(ExactNumber.double(number))
        }
    }

    // MARK: Reading the value

    private static func isNothing(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .string(let text): text.allSatisfy(\.isWhitespace)
        case .array(let items): items.isEmpty
        case .bool, .number, .object: false
        }
    }

    private static func mapped(_ value: JSONValue, _ change: (String) -> String) -> JSONValue {
        value.isNull ? value : .string(change(value.plainText))
    }

    /// A number, or a text that is one as a whole.
    private static func number(_ value: JSONValue) -> Decimal? {
        switch value {
        case .number(let number): ExactNumber.of(number)
        case .string(let text): ExactNumber.reading(CleanText.trimmed(text))
        default: nil
        }
    }

    private static func told(_ value: JSONValue, _ pattern: DatePattern, _ zone: String) -> JSONValue {
        guard let date = value.string.flatMap({ MomentReading.date($0, zone: zone) }) else { return value }
        return .string(pattern.text(date, zone: zone))
    }

    private static func lines(_ text: String, _ count: Int) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(count).joined(separator: "\n")
    }
}

/// Numbers as a person reads them.
enum QuantityText {
    /// "1,234.50"; without `places` as many as there are.
    static func grouped(_ number: Decimal, places: Int?) -> String {
        let rounded = places.map { ExactNumber.rounded(number, to: $0) } ?? number
        let parts = rounded.description.split(separator: ".")
        let whole = parts.first.map { $0.filter(\.isNumber) } ?? "0"
        var groups = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { groups += "," }
            groups.append(digit)
        }
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        if let places { fraction += String(repeating: "0", count: max(0, places - fraction.count)) }
        return (rounded < 0 ? "-" : "") + groups + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// 0.125 is "12.5%"; without `places` at most one.
    static func percent(_ fraction: Decimal, places: Int?) -> String {
        let percent = fraction * 100
        guard ExactNumber.checked(percent) != nil else { return "\(fraction)" }
        return grouped(places == nil ? ExactNumber.rounded(percent, to: 1) : percent, places: places) + "%"
    }

    /// The two largest units: "1 d 3 h", "2 h 5 min", "45 s", "0.3 s".
    static func duration(_ seconds: Decimal) -> String {
        let positive = seconds < 0 ? -seconds : seconds
        let sign = seconds < 0 ? "-" : ""
        if positive < 10 { return sign + "\(ExactNumber.rounded(positive, to: 1)) s" }
        var rest = ExactNumber.rounded(positive, to: 0)
        var parts: [String] = []
        for (length, unit) in [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")] as [(Decimal, String)] {
            let count = ExactNumber.truncated(rest / length)
            rest -= count * length
            if count > 0 { parts.append("\(count) \(unit)") } else if !parts.isEmpty { break }
            if parts.count == 2 { break }
        }
        return sign + parts.joined(separator: " ")
    }

    /// "512 bytes", "4 kB", "1.5 MB": a thousand bytes are one kB.
    static func size(_ bytes: Decimal) -> String {
        let positive = bytes < 0 ? -bytes : bytes
        let sign = bytes < 0 ? "-" : ""
        if positive < 1_000 { return sign + "\(ExactNumber.rounded(positive, to: 0)) bytes" }
        var (value, unit) = (positive, "bytes")
        for next in ["kB", "MB", "GB", "TB", "PB"] where value >= 1_000 { (value, unit) = (value / 1_000, next) }
        return sign + grouped(ExactNumber.rounded(value, to: value < 10 ? 1 : 0), places: nil) + " \(unit)"
    }
}
