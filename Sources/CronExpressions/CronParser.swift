/// Reads the text of an expression.
///
/// All that an expression can hold is ASCII, so bytes are read; offsets in errors count Unicode scalars, which is the
/// same up to the first character that is refused.
struct CronParser {
    static let longest = 1_000

    private let text: String
    private let bytes: [UInt8]

    /// - Parameter text: without blanks around it.
    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    /// Five fields, or six where `seconds` says so.
    func syntax(seconds: Bool) throws(CronSyntaxError) -> CronSyntax {
        try checkCharacters()
        let words = words()
        let expected = seconds ? 6 : 5
        guard words.count == expected else {
            throw CronSyntaxError(.fieldCount(words.count, expected: expected), at: 0..<bytes.count, in: text)
        }
        let offset = seconds ? 1 : 0
        return CronSyntax(
            second: seconds ? try field(.second, at: words[0]) : nil,
            minute: try field(.minute, at: words[offset]),
            hour: try field(.hour, at: words[offset + 1]),
            dayOfMonth: try field(.dayOfMonth, at: words[offset + 2]),
            month: try field(.month, at: words[offset + 3]),
            dayOfWeek: try field(.dayOfWeek, at: words[offset + 4]))
    }

    private func field(_ field: CronField, at range: Range<Int>) throws(CronSyntaxError) -> CronFieldSyntax {
        try CronFieldParser(field: field, text: text, bytes: bytes).parse(range)
    }

    /// Ranges of the words between blanks.
    private func words() -> [Range<Int>] {
        var words: [Range<Int>] = []
        words.reserveCapacity(7)
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == 0x20 || byte == 0x09 {
                if let begun = start { words.append(begun..<index) }
                start = nil
            } else if start == nil {
                start = index
            }
        }
        if let begun = start { words.append(begun..<bytes.count) }
        return words
    }

    private func checkCharacters() throws(CronSyntaxError) {
        guard bytes.count <= Self.longest else {
            throw CronSyntaxError(.tooLong(limit: Self.longest), at: Self.longest..<text.unicodeScalars.count, in: text)
        }
        for (index, byte) in bytes.enumerated() where !Self.isAllowed(byte) {
            throw CronSyntaxError(.badCharacter, at: index..<index + 1, in: text)
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        if letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") { return true }
        if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") { return true }
        switch byte {
        case UInt8(ascii: "*"), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "#"),
            UInt8(ascii: "?"), 0x20, 0x09:
            return true
        default: return false
        }
    }
}
