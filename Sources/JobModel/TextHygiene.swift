extension String {
    /// The text without anything that steers a terminal or hides what it says: escape sequences, control characters
    /// (C0, DEL, C1), bidirectional overrides and isolates, invisible tag characters.
    ///
    /// Line ends of any kind become `\n`, or a space where newlines are not kept; a tab becomes a space.
    package func withoutControlCharacters(keepingNewlines: Bool) -> String {
        var result = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}":
                EscapeSequence.skip(&rest)
            case "\u{9B}":
                EscapeSequence.skipControlSequence(&rest)
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                if scalar == "\r", rest.first == "\n" { continue }
                result.append(keepingNewlines ? "\n" : " ")
            case "\t":
                result.append(" ")
            default:
                if !scalar.isDeceptive { result.append(scalar) }
            }
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Never shown as itself: controls, reordering marks, tags, byte order marks.
    fileprivate var isDeceptive: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }
}

/// What follows an escape character (ECMA-48).
private enum EscapeSequence {
    static func skip(_ rest: inout Substring.UnicodeScalarView) {
        guard let kind = rest.first else { return }
        switch kind {
        case "[":
            rest.removeFirst()
            skipControlSequence(&rest)
        case "]", "P", "X", "^", "_":
            rest.removeFirst()
            skipString(&rest)
        default:
            while let scalar = rest.first, (0x20...0x2F).contains(scalar.value) { rest.removeFirst() }
            if let final = rest.first, (0x30...0x7E).contains(final.value) { rest.removeFirst() }
        }
    }

    /// Parameters, then one final byte.
    static func skipControlSequence(_ rest: inout Substring.UnicodeScalarView) {
        while let scalar = rest.first, (0x20...0x3F).contains(scalar.value) { rest.removeFirst() }
        if let final = rest.first, (0x40...0x7E).contains(final.value) { rest.removeFirst() }
    }

    /// Up to its terminator; one that never ends takes its own line and nothing more.
    private static func skipString(_ rest: inout Substring.UnicodeScalarView) {
        while let scalar = rest.first, scalar != "\n", scalar != "\r" {
            rest.removeFirst()
            if scalar == "\u{07}" || scalar == "\u{9C}" { return }
            if scalar == "\u{1B}" {
                if rest.first == "\\" { rest.removeFirst() }
                return
            }
        }
    }
}
