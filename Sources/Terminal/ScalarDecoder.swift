import CLibedit
import Glibc

/// Turns bytes from the terminal into characters, one byte at a time; a character may arrive in pieces.
///
/// The bytes are read in the C library's current locale, as libedit writes them back in it.
struct ScalarDecoder {
    private var state = mbstate_t()
    private var isInside = false

    static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The characters that `byte` completes: none, one, or two (a sequence that it cuts off, and itself).
    /// Bytes that belong to no character come back as U+FFFD.
    mutating func decode(_ byte: UInt8) -> [Unicode.Scalar] {
        var character: wchar_t = 0
        var input = CChar(bitPattern: byte)
        let result = mbrtowc(&character, &input, 1, &state)
        switch result {
        case ScalarDecoder.incomplete:
            isInside = true
            return []
        case ScalarDecoder.invalid:
            state = mbstate_t()
            guard isInside else { return [ScalarDecoder.replacement] }
            isInside = false
            return [ScalarDecoder.replacement] + decode(byte)
        default:
            isInside = false
            return [Unicode.Scalar(UInt32(bitPattern: character)) ?? ScalarDecoder.replacement]
        }
    }

    private static let incomplete = -2
    private static let invalid = -1
}
