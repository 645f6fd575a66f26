import JobModel
import Testing

@Suite struct TextHygieneTests {
    @Test(arguments: [
        ("plain ü 🕘 e\u{301}", "plain ü 🕘 e\u{301}"),
        ("👩‍👧 family", "👩‍👧 family"),
        ("a\u{0}b\u{7}c\u{7F}d\u{90}e", "abcde"),
        ("\u{1B}[31;1mred\u{1B}[0m", "red"),
        ("\u{9B}2Jx", "x"),
        ("\u{1B}]0;title\u{7}x", "x"),
        ("\u{1B}]8;;https://evil.test\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{1B}Pq#0\u{1B}\\x", "x"),
        ("\u{1B}(Bx\u{1B}cy", "xy"),
        ("\u{1B}]0;never ends\nnext", "\nnext"),
        ("x\u{1B}", "x"),
        ("\u{1B}[12", ""),
        ("a\u{202E}b\u{2066}c\u{200F}d", "abcd"),
        ("tag\u{E0041}\u{E007F}s", "tags"),
        ("\u{FEFF}a", "a"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\nd\u{2028}e\u{85}f", "a\nb\nc\nd\ne\nf"),
    ])
    func strips(_ text: String, _ expected: String) {
        #expect(text.withoutControlCharacters(keepingNewlines: true) == expected)
        #expect(
            text.withoutControlCharacters(keepingNewlines: false) == expected.replacing("\n", with: " "))
    }

    @Test func nothingThatSteersIsLeft() {
        let all = (0...0x10FFFF).compactMap(Unicode.Scalar.init).reduce(into: "") { $0.unicodeScalars.append($1) }
        let left = all.withoutControlCharacters(keepingNewlines: true).unicodeScalars
        #expect(!left.contains { ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) })
        #expect(!left.contains { (0x202A...0x202E).contains($0.value) || (0xE0000...0xE007F).contains($0.value) })
    }
}
