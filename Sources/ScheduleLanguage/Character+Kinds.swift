/// Kinds of characters, ASCII told by its code: nearly all that people type, and much faster than by its properties.
extension Character {
    /// White space.
    package var isBlank: Bool {
        guard let code = asciiValue else { return isWhitespace }
        return code == 0x20 || (0x09...0x0D).contains(code)
    }

    /// A letter of any script.
    package var isAlphabetic: Bool {
        guard let code = asciiValue else { return isLetter }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(code | 0x20)
    }

    /// 0 to 9.
    package var isFigure: Bool {
        guard let code = asciiValue else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(code)
    }
}
