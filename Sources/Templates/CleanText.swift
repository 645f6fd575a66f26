/// Foreign text without anything that could steer a terminal or disguise what is read.
package enum CleanText {
    /// Returns `text` without escape sequences, control characters, bidirectional overrides and invisible tag
    /// characters. Line ends become `\n`; tabs stay.
    package static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isForbidden($0) || $0 == "\r" }) else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\u{1B}" {
                skipSequence(&rest)
            } else if scalar == "\r" {
                if rest.first != "\n" { result.append("\n") }
            } else if !isForbidden(scalar) {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The first line that holds anything, cut to `limit` characters with an ellipsis.
    package static func firstLine(of text: String, limit: Int = 200) -> String {
        let line = text.split(whereSeparator: \.isNewline).lazy.map { trimmed($0) }.first { !$0.isEmpty } ?? ""
        return line.count > limit ? line.prefix(limit) + "…" : line
    }

    /// Without white space at either end.
    package static func trimmed(_ text: some StringProtocol) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x00..<0x20, 0x7F..<0xA0: true
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
        case 0x2028, 0x2029, 0xFEFF: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }

    /// Drops what follows an escape character: a control sequence to its final byte, a string command to its end.
    private static func skipSequence(_ rest: inout Substring.UnicodeScalarView) {
        guard let kind = rest.first else { return }
        switch kind {
        case "[":
            rest.removeFirst()
            while let scalar = rest.first, (0x20...0x3F).contains(scalar.value) { rest.removeFirst() }
            if let final = rest.first, (0x40...0x7E).contains(final.value) { rest.removeFirst() }
        case "]", "P", "X", "^", "_":
            skipStringCommand(&rest)
        default:
            if (0x40...0x7E).contains(kind.value) { rest.removeFirst() }
        }
    }

    /// A string command that never ends takes its own line with it and nothing more.
    private static func skipStringCommand(_ rest: inout Substring.UnicodeScalarView) {
        while let scalar = rest.first, scalar != "\n" {
            rest.removeFirst()
            if scalar == "\u{07}" || scalar == "\u{9C}" { return }
            if scalar == "\u{1B}" {
                if rest.first == "\\" { rest.removeFirst() }
                return
            }
        }
    }
}
