import Documents

/// Finds the place of a character inside a text of the file.
struct TextPlaces {
    private let lines: [[Unicode.Scalar]]

    init(_ source: String) {
        lines = source.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    /// - Parameters:
    ///   - line: of the text, from 1.
    ///   - column: of the text, from 1, in characters.
    func place(line: Int, column: Int, in text: PlacedText) -> DocumentPlace {
        let start = text.place
        guard let first = start.column, lines.indices.contains(start.line - 1) else { return start }
        let source = lines[start.line - 1].dropFirst(first - 1)
        switch source.first {
        case "|": return block(line, column, below: start)
        case ">": return folded(line, column, in: text)
        case "\"" where line == 1 || source.contains("\\"): return quoted(line, column, in: text, source: Array(source))
        case "'" where line == 1: return DocumentPlace(line: start.line, column: first + column)
        default:
            return line == 1 ? DocumentPlace(line: start.line, column: first + column - 1) : start
        }
    }

    /// - Parameter offset: from 0, in characters of the text.
    func place(offset: Int, in text: PlacedText) -> DocumentPlace {
        let before = text.text.prefix(offset)
        let line = before.count { $0.isNewline } + 1
        let column = before.reversed().prefix { !$0.isNewline }.count + 1
        return place(line: line, column: column, in: text)
    }

    // MARK: Ways of writing a text

    /// Lines under `|` stand as they are, behind the indentation of the first that is not empty.
    private func block(_ line: Int, _ column: Int, below start: DocumentPlace) -> DocumentPlace {
        let below = lines.dropFirst(start.line)
        guard let first = below.first(where: { line in line.contains { $0 != " " } }) else { return start }
        let indent = first.prefix { $0 == " " }.count
        return DocumentPlace(line: start.line + line, column: indent + column)
    }

    /// Folded lines are looked for by the words that stand at the place.
    private func folded(_ line: Int, _ column: Int, in text: PlacedText) -> DocumentPlace {
        let rows = text.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard rows.indices.contains(line - 1) else { return text.place }
        let words = Array(rows[line - 1].dropFirst(column - 1).prefix { !$0.isWhitespace }.unicodeScalars)
        guard !words.isEmpty else { return text.place }
        for index in text.place.line..<max(text.place.line, lines.count) {
            if let found = lines[index].firstRange(of: words) {
                return DocumentPlace(line: index + 1, column: found.lowerBound + 1)
            }
        }
        return text.place
    }

    /// Each escape is one character of the text, save for pairs of `\u`.
    private func quoted(_ line: Int, _ column: Int, in text: PlacedText, source: [Unicode.Scalar]) -> DocumentPlace {
        let rows = text.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var left = rows.prefix(line - 1).map { $0.count + 1 }.reduce(0, +) + column - 1
        var index = 1
        while left > 0, index < source.count, source[index] != "\"" {
            index += Self.width(of: source[index...])
            left -= 1
        }
        return DocumentPlace(line: text.place.line, column: (text.place.column ?? 1) + index)
    }

    private static func width(of source: ArraySlice<Unicode.Scalar>) -> Int {
        guard source.first == "\\", let kind = source.dropFirst().first else { return 1 }
        return ["u": 6, "U": 10, "x": 4][kind] ?? 2
    }
}
