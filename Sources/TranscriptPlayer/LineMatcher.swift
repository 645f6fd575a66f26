import Foundation

/// Compares lines that came with lines that were expected: `[..]` stands for anything within a line, a lone `...` for
/// any number of lines, `[id:J]` for a number that is the same wherever `J` stands.
struct LineMatcher {
    private(set) var bindings: [String: String] = [:]

    /// Whether `actual` is what `expected` says; keeps what was bound when it is.
    mutating func matches(_ expected: [String], _ actual: [String]) -> Bool {
        guard let bound = match(expected[...], actual[...], bindings) else { return false }
        bindings = bound
        return true
    }

    private func match(
        _ expected: ArraySlice<String>, _ actual: ArraySlice<String>, _ bound: [String: String]
    ) -> [String: String]? {
        guard let first = expected.first else { return actual.isEmpty ? bound : nil }
        if first == "..." {
            for skipped in 0...actual.count {
                if let found = match(expected.dropFirst(), actual.dropFirst(skipped), bound) { return found }
            }
            return nil
        }
        guard let line = actual.first, let next = Self.match(line: line, pattern: first, bound) else { return nil }
        return match(expected.dropFirst(), actual.dropFirst(), next)
    }

    private static func match(line: String, pattern: String, _ bound: [String: String]) -> [String: String]? {
        if line == pattern { return bound }
        guard pattern.contains("[..]") || pattern.contains("[id:") else { return nil }
        var names: [String] = []
        var source = ""
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "[") {
            source += NSRegularExpression.escapedPattern(for: String(rest[..<open]))
            rest = rest[open...]
            if rest.hasPrefix("[..]") {
                source += ".*"
                rest = rest.dropFirst(4)
            } else if rest.hasPrefix("[id:"), let close = rest.firstIndex(of: "]") {
                names.append(String(rest[rest.index(rest.startIndex, offsetBy: 4)..<close]))
                source += "([0-9]+)"
                rest = rest[rest.index(after: close)...]
            } else {
                source += "\\["
                rest = rest.dropFirst()
            }
        }
        source += NSRegularExpression.escapedPattern(for: String(rest))
        return bind(names, in: line, source: source, bound)
    }

    private static func bind(
        _ names: [String], in line: String, source: String, _ bound: [String: String]
    ) -> [String: String]? {
        guard let expression = try? NSRegularExpression(pattern: "^\(source)$", options: [.dotMatchesLineSeparators]),
            let found = expression.firstMatch(in: line, range: NSRange(line.startIndex..., in: line))
        else { return nil }
        var bound = bound
        for (index, name) in names.enumerated() {
            guard let range = Range(found.range(at: index + 1), in: line) else { return nil }
            let value = String(line[range])
            if let known = bound[name], known != value { return nil }
            bound[name] = value
        }
        return bound
    }
}
