/// The last sink before the terminal: what passes here cannot move the cursor, change colours or turn text around.
enum PrintableText {
    /// The lines of `text` without control characters. A tab becomes spaces up to the next multiple of 8 from the
    /// start of the text; every line break starts a new line; escape sequences lose their escape.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        for character in text {
            if character.isNewline {
                lines.append(String(line))
                line = String.UnicodeScalarView()
                continue
            }
            for scalar in character.unicodeScalars { append(scalar, to: &line) }
        }
        lines.append(String(line))
        return lines
    }

    /// All of `text` on one line.
    static func line(_ text: String) -> String { lines(text).joined(separator: " ") }

    private static func append(_ scalar: Unicode.Scalar, to line: inout String.UnicodeScalarView) {
        if scalar == "\t" {
            let missing = 8 - line.count % 8
            line.append(contentsOf: repeatElement(" " as Unicode.Scalar, count: missing))
        } else if !isUnsafe(scalar) {
            line.append(scalar)
        }
    }

    /// C0, DEL and C1 controls, and the marks that reorder what follows them.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
