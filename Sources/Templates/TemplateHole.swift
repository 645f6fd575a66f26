import JobModel

/// What stands between the braces of a value: a name, a pattern for a date, and filters.
///
/// `scan.price | round: 2 | default: "none"`, `date:yyyy-MM-dd`.
struct TemplateHole {
    var name: String
    var filters: [TemplateFilter] = []

    init(name: String) { self.name = name }

    init(reading text: String) throws(FilterProblem) {
        let parts = try Self.split(text)
        let head = parts[0]
        name = CleanText.trimmed(head.prefix { $0 != ":" })
        if let colon = head.firstIndex(of: ":") {
            let pattern = CleanText.trimmed(head[head.index(after: colon)...])
            filters.append(.date(try DatePattern(pattern)))
            // The time of day alone has no date for a pattern to show.
            if name == "time" { name = "now" }
        }
        for part in parts.dropFirst() { filters.append(try Self.filter(part)) }
        guard filters.count <= 10 else { throw FilterProblem("it has more than 10 filters") }
    }

    private static func filter(_ text: String) throws(FilterProblem) -> TemplateFilter {
        let name = CleanText.trimmed(text.prefix { $0 != ":" })
        guard !name.isEmpty else { throw FilterProblem("a | has no filter behind it") }
        guard let colon = text.firstIndex(of: ":") else { return try TemplateFilter(name, argument: nil) }
        let written = CleanText.trimmed(text[text.index(after: colon)...])
        return try TemplateFilter(name, argument: try argument(written, of: name))
    }

    /// A text in quotation marks, a number, `true` or `false`.
    private static func argument(_ written: String, of filter: String) throws(FilterProblem) -> JSONValue {
        if let quote = written.first, quote == "\"" || quote == "'" {
            guard written.count > 1, written.last == quote, !written.dropFirst().dropLast().contains(quote) else {
                throw FilterProblem("a quotation mark behind \(filter) is not closed")
            }
            return .string(String(written.dropFirst().dropLast()))
        }
        if let truth = ["true": true, "false": false][written] { return .bool(truth) }
        guard let number = ExactNumber.reading(written) else {
            throw FilterProblem("\"\(written)\" behind \(filter) is neither a number nor a text in quotation marks")
        }
        return .number(ExactNumber.double(number))
    }

    /// At `|` outside of quotation marks.
    private static func split(_ text: String) throws(FilterProblem) -> [String] {
        var parts = [""]
        var quote: Character?
        for character in text {
            if character == "|", quote == nil {
                parts.append("")
                continue
            }
            if quote == character {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            }
            parts[parts.count - 1].append(character)
        }
        guard quote == nil else { throw FilterProblem("a quotation mark is not closed") }
        return parts
    }
}
