import Foundation

extension String {
    /// The text without what could command a terminal or deceive a reader: C0 and C1 controls, whole escape sequences
    /// (ECMA-48), overrides of the writing direction, and tag characters. Tabs become blanks.
    package func withoutControlCharacters(keepingNewlines: Bool) -> String {
        var kept = String.UnicodeScalarView()
        var escape = EscapeSequence.none
        for scalar in unicodeScalars {
            if escape.swallows(scalar) { continue }
            switch scalar.value {
            case 0x1B, 0x9B: escape = scalar.value == 0x9B ? .control : .started
            case 0x0A where keepingNewlines: kept.append(scalar)
            case 0x09, 0x0A: kept.append(" ")
            case 0x00...0x1F, 0x7F...0x9F: continue
            case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0xE0000...0xE007F: continue
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }
}

/// Where in an escape sequence a reader is.
private enum EscapeSequence {
    case none, started, control, text

    /// Whether `scalar` belongs to the sequence under way.
    mutating func swallows(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .none: return false
        case .started:
            self = scalar == "[" ? .control : ["]", "P", "X", "^", "_"].contains(scalar) ? .text : .none
            return true
        case .control:
            if (0x40...0x7E).contains(scalar.value) { self = .none }
            return true
        case .text:
            if scalar.value == 0x07 || scalar.value == 0x9C { self = .none }
            if scalar.value == 0x1B { self = .started }
            return true
        }
    }
}
