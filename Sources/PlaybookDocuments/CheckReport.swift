import Documents
import JobModel

/// Problems as compilers show them: the place, the line of the source, and carets under the bad part.
package struct CheckReport: Sendable {
    private let file: String
    private let lines: [String]

    package init(file: String, text: String) {
        self.file = file
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0).withoutControlCharacters(keepingNewlines: false)
        }
    }

    package func lines(_ problem: PlaybookProblem) -> [String] {
        let place = problem.place
        guard lines.indices.contains(place.line - 1) else { return [problem.text(in: file)] }
        let scalars = Array(lines[place.line - 1].unicodeScalars)
        let number = "\(place.line)"
        let source = "\(number) | \(lines[place.line - 1])"
        guard let column = place.column, column <= scalars.count + 1 else { return [problem.text(in: file), source] }
        let before = String(String.UnicodeScalarView(scalars.prefix(column - 1)))
        let blank = String(repeating: " ", count: number.count) + " | " + String(repeating: " ", count: before.count)
        let width = max(1, Self.width(of: scalars.dropFirst(column - 1)))
        return [problem.text(in: file), source, blank + String(repeating: "^", count: width)]
    }

    /// Of the value, key or tag that begins here, in characters.
    private static func width(of source: ArraySlice<Unicode.Scalar>) -> Int {
        let text = String(String.UnicodeScalarView(source))
        guard let first = text.first else { return 1 }
        if first == "\"" || first == "'" {
            return closing(first, in: text)
        }
        if text.hasPrefix("{{") {
            let end = text.firstRange(of: "}}")?.upperBound ?? text.firstIndex(of: " ") ?? text.endIndex
            return text.distance(from: text.startIndex, to: end)
        }
        if "{[|>".contains(first) { return 1 }
        let end = [": ", ", ", "}", "]", " #", "\"", ":\n"].compactMap { text.firstRange(of: $0)?.lowerBound }.min()
        var word = text[..<(end ?? text.endIndex)]
        while word.last == " " || word.last == ":" || word.last == "," { word = word.dropLast() }
        return word.count
    }

    private static func closing(_ quote: Character, in text: String) -> Int {
        var count = 1
        var isEscaped = false
        for character in text.dropFirst() {
            count += 1
            if character == quote, !isEscaped { return count }
            isEscaped = character == "\\" && !isEscaped && quote == "\""
        }
        return count
    }
}
