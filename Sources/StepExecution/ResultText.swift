import Foundation
import Templates

/// Foreign output as it is kept and shown.
enum ResultText {
    /// Bytes of a result.
    static let limit = 64 << 10

    /// Clean, without white space at its ends, cut to the limit; says so where something was cut.
    static func clean(_ text: String, isCut: Bool = false) -> String {
        let clean = CleanText.trimmed(CleanText.clean(text))
        let kept = prefix(clean, bytes: limit)
        return isCut || kept.utf8.count < clean.utf8.count ? "\(kept)\n[cut at 64 KiB]" : kept
    }

    static func firstLine(_ text: String) -> String { CleanText.firstLine(of: CleanText.clean(text)) }

    /// The line of an error output that says what is wrong: the first, and of a Python traceback the last.
    static func complaint(in errors: String) -> String {
        let first = firstLine(errors)
        guard first.hasPrefix("Traceback (most recent call last)") else { return first }
        let lines = CleanText.clean(errors).split(separator: "\n")
        return lines.last { !$0.allSatisfy(\.isWhitespace) }.map { firstLine(String($0)) } ?? first
    }

    /// At most so many bytes, never half a character.
    static func prefix(_ text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes)
        while end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }

    /// "3 s", "1.5 s", "10 min".
    static func seconds(_ seconds: TimeInterval) -> String {
        if seconds >= 60, seconds.truncatingRemainder(dividingBy: 60) == 0 { return "\(Int(seconds / 60)) min" }
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
