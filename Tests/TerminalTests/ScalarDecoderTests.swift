import Testing

@testable import Terminal

@Suite struct ScalarDecoderTests {
    init() { #expect(TerminalCapabilities.useUTF8()) }

    @Test(arguments: [
        ("plain", "plain"), ("grüße", "grüße"), ("日本語", "日本語"), ("🙂e\u{301}", "🙂e\u{301}"),
        ("\u{0}\u{3}", "\u{0}\u{3}"),
    ])
    func readsWholeCharacters(text: String, expected: String) {
        #expect(decode(Array(text.utf8)) == expected)
    }

    @Test(
        arguments: [
            ([0xFF], "\u{FFFD}"),
            ([0x80, 0x61], "\u{FFFD}a"),
            ([0xC3, 0x61], "\u{FFFD}a"),  // cut off by a letter
            ([0xE6, 0x97, 0xC3, 0xBC], "\u{FFFD}ü"),  // cut off by another start
            ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),  // overlong
            ([0xED, 0xA0, 0x80, 0x78], "\u{FFFD}\u{FFFD}x"),  // a surrogate
            ([0xF5, 0x80, 0x80, 0x80, 0x78], "\u{FFFD}x"),  // above the last character
        ] as [([UInt8], String)])
    func replacesWhatIsNoCharacter(bytes: [UInt8], expected: String) {
        #expect(decode(bytes) == expected)
    }

    @Test func keepsPartsOfACharacterBetweenReads() {
        var buffer = InputBuffer()
        buffer.append([0xE6, 0x97])
        #expect(buffer.next() == nil)
        buffer.append([0xA5, 0x61])
        #expect(buffer.next() == "日")
        #expect(buffer.next() == "a")
        #expect(buffer.next() == nil)
    }

    private func decode(_ bytes: [UInt8]) -> String {
        var decoder = ScalarDecoder()
        return String(String.UnicodeScalarView(bytes.flatMap { decoder.decode($0) }))
    }
}
