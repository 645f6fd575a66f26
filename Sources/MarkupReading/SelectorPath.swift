/// A selector of CSS as the XPath that finds the same elements.
///
/// Read are `tag`, `*`, `#id`, `.class`, `[attr]`, `[attr=value]`, `:nth-child(n)`, descendants (a blank), children
/// (`>`) and alternatives (`,`). Anything else is refused, not ignored.
package struct SelectorPath: Hashable, Sendable {
    package let xpath: String

    package init(_ selector: String) throws(MarkupProblem) {
        var reader = SelectorReader(selector)
        xpath = try reader.path()
    }
}

private struct SelectorReader {
    private static let longest = 500

    private let text: String
    private var rest: Substring

    init(_ text: String) {
        self.text = text
        rest = text[...]
    }

    mutating func path() throws(MarkupProblem) -> String {
        guard text.utf8.count <= Self.longest else { throw MarkupProblem("the selector is too long") }
        var paths: [String] = []
        repeat { paths.append(try complex()) } while take(",")
        guard rest.isEmpty else { throw problem() }
        return paths.joined(separator: " | ")
    }

    /// Steps with `>` or blanks between them, up to a comma or the end.
    private mutating func complex() throws(MarkupProblem) -> String {
        skipBlanks()
        var path = "//" + (try step())
        while true {
            let hadBlank = skipBlanks()
            if take(">") {
                skipBlanks()
                path += "/" + (try step())
            } else if hadBlank, let next = rest.first, next != "," {
                path += "//" + (try step())
            } else {
                return path
            }
        }
    }

    /// One element: a tag and what else holds of it.
    private mutating func step() throws(MarkupProblem) -> String {
        let tag = take("*") ? "*" : name()
        var conditions: [String] = []
        while let condition = try condition() { conditions.append("[\(condition)]") }
        guard tag != nil || !conditions.isEmpty else { throw problem() }
        return (tag?.lowercased() ?? "*") + conditions.joined()
    }

    private mutating func condition() throws(MarkupProblem) -> String? {
        if take("#") { return "@id=\(try quoted(needed(name())))" }
        if take(".") {
            let word = try quoted(" \(needed(name())) ")
            return "contains(concat(' ',normalize-space(@class),' '),\(word))"
        }
        if take("[") { return try attribute() }
        if take(":nth-child(") {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let number = Int(digits), number > 0, number < 100_000, take(")") else { throw problem() }
            return "count(preceding-sibling::*)=\(number - 1)"
        }
        return nil
    }

    private mutating func attribute() throws(MarkupProblem) -> String {
        skipBlanks()
        let name = try needed(name()).lowercased()
        skipBlanks()
        if take("]") { return "@\(name)" }
        guard take("=") else { throw problem() }
        skipBlanks()
        let value = try value()
        skipBlanks()
        guard take("]") else { throw problem() }
        return "@\(name)=\(try quoted(value))"
    }

    /// In quotes, or up to the bracket.
    private mutating func value() throws(MarkupProblem) -> String {
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            let word = rest.prefix { $0 != "]" && !$0.isWhitespace }
            rest = rest.dropFirst(word.count)
            guard !word.isEmpty else { throw problem() }
            return String(word)
        }
        let inner = rest.dropFirst().prefix { $0 != quote }
        rest = rest.dropFirst(inner.count + 1)
        guard take(quote) else { throw problem() }
        return String(inner)
    }

    private mutating func name() -> String? {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        guard let first = word.first, !first.isNumber else { return nil }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    private func needed(_ name: String?) throws(MarkupProblem) -> String {
        guard let name else { throw problem() }
        return name
    }

    /// XPath has no escapes: a text with both kinds of quotes cannot be written.
    private func quoted(_ text: String) throws(MarkupProblem) -> String {
        if !text.contains("'") { return "'\(text)'" }
        guard !text.contains("\"") else { throw MarkupProblem("a value has both kinds of quotes") }
        return "\"\(text)\""
    }

    @discardableResult
    private mutating func skipBlanks() -> Bool {
        let count = rest.count
        rest = rest.drop(while: \.isWhitespace)
        return rest.count < count
    }

    private mutating func take(_ character: Character) -> Bool { take(String(character)) }

    private mutating func take(_ word: String) -> Bool {
        guard rest.hasPrefix(word) else { return false }
        rest = rest.dropFirst(word.count)
        return true
    }

    private func problem() -> MarkupProblem {
        let place = rest.isEmpty ? "at its end" : "at \"\(rest.prefix(20))\""
        return MarkupProblem("the selector \"\(text)\" cannot be read \(place)")
    }
}
