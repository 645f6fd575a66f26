import Templates
import Testing

@Suite("Clean text")
struct CleanTextTests {
    @Test(arguments: [
        ("plain\ttext\nnext", "plain\ttext\nnext"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u{1B}[1;31mred\u{1B}[0m", "red"),
        ("\u{1B}]0;title\u{07}x\u{1B}]8;;http://x\u{1B}\\y", "xy"),
        ("\u{1B}]never closed\nnext", "\nnext"),
        ("a\u{0}b\u{8}c\u{7F}d\u{9B}e", "abcde"),
        ("abc\u{202E}def\u{2066}g", "abcdefg"),
        ("tag\u{E0041}\u{E0042}s", "tags"),
        ("family 👨‍👩‍👧 stays", "family 👨‍👩‍👧 stays"),
        ("\u{1B}", ""), ("\u{1B}[", ""), ("\u{1B}[31", ""),
    ])
    func strips(_ text: String, _ expected: String) {
        #expect(CleanText.clean(text) == expected)
    }

    @Test func takesTheFirstLineWithWords() {
        #expect(CleanText.firstLine(of: "\n  \n  disk full  \nmore") == "disk full")
        #expect(CleanText.firstLine(of: "") == "")
        #expect(CleanText.firstLine(of: String(repeating: "x", count: 300), limit: 5) == "xxxxx…")
    }
}
