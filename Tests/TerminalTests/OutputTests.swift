import Conversation
import Testing

@testable import Terminal

@Suite struct OutputTests {
    @Test(
        arguments: [
            ("plain grüße 日本", ["plain grüße 日本"]),
            ("", [""]),
            ("a\u{1B}[2Jb\u{7}c", ["a[2Jbc"]),
            ("one\ntwo\r\nthree", ["one", "two", "three"]),
            ("a\tb", ["a       b"]),
            ("\u{9B}31m\u{85}x\u{7F}", ["31m", "x"]),
            ("turn\u{202E}ed", ["turned"]),
            ("👩‍👩‍👧 e\u{301}", ["👩‍👩‍👧 e\u{301}"]),
        ] as [(String, [String])])
    func lastSinkLetsNoControlsThrough(text: String, lines: [String]) {
        #expect(PrintableText.lines(text) == lines)
    }

    @Test func showsTheQuestionLast() {
        let question = OpenQuestion(about: .amPM, text: "At 05:00 or 17:00?", options: ["05:00", "17:00"])
        let reply = Reply(lines: ["Stand up\u{1B}[31m"], question: question, status: .needsAnswer)
        #expect(
            ReplyStyle(color: false).lines(of: reply) == [
                "Stand up[31m", "? At 05:00 or 17:00? 1) 05:00  2) 17:00",
            ])
        #expect(ReplyStyle(color: true).lines(of: reply).last?.hasPrefix("\u{1B}[1m? At") == true)
    }

    @Test func dimsTheTimeOfAnOutcomeOnlyWithColour() {
        let line = "09:00:03 [1] Backup done"
        #expect(ReplyStyle(color: false).outcome(line) == [line])
        #expect(ReplyStyle(color: true).outcome(line) == ["\u{1B}[2m09:00:03\u{1B}[22m [1] Backup done"])
        #expect(ReplyStyle(color: true).outcome("2 jobs done") == ["2 jobs done"])
        #expect(ReplyStyle(color: true).outcome("") == [""])
    }

    @Test func asksOnlyOnceWhetherToLeave() {
        #expect(ChatLoop.withoutQuestion("2 jobs wait. Leave? [y/N]") == "2 jobs wait.")
        #expect(ChatLoop.withoutQuestion("2 jobs wait.") == "2 jobs wait.")
    }

    @Test(
        arguments: [
            ([:], true, true),
            ([:], false, false),
            (["NO_COLOR": ""], true, true),
            (["NO_COLOR": "1"], true, false),
            (["NO_COLOR": "0"], true, false),
            (["TERM": "dumb"], true, false),
            (["TERM": "xterm-256color"], true, true),
            (["TERM": "xterm"], false, false),
        ] as [([String: String], Bool, Bool)])
    func colourNeedsATerminalThatAllowsIt(environment: [String: String], isTerminal: Bool, isAllowed: Bool) {
        #expect(
            TerminalCapabilities.colorAllowed(environment: environment, outputIsTerminal: isTerminal) == isAllowed)
    }

    @Test(arguments: [([:], false), (["TERM": ""], false), (["TERM": "dumb"], false), (["TERM": "screen"], true)])
    func cursorNeedsAKnownTerminal(environment: [String: String], moves: Bool) {
        #expect(TerminalCapabilities.cursorMoves(environment: environment) == moves)
    }

    @Test(arguments: [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("a\tb", "a    b"),
        ("\u{1B}[31mred\u{7}", "[31mred"),
        ("gru\u{308}n", "grün"),
        ("\n\n", ""),
        ("first\n\nthird", "first\n\nthird"),
    ])
    func cleansPastedText(text: String, cleaned: String) {
        let result = PastedText.cleaned(text.unicodeScalars)
        #expect(Array(result.unicodeScalars) == Array(cleaned.unicodeScalars))
    }

    @Test func pasteEndsAtItsMarkOrAtCtrlC() {
        var text = String.UnicodeScalarView()
        var ends = "a~b\u{1B}[201~".unicodeScalars.map { PastedText.append($0, to: &text) }
        #expect(ends.dropLast().allSatisfy { !$0 } && ends.last == true)
        #expect(String(text) == "a~b")
        ends = "c\u{3}".unicodeScalars.map { PastedText.append($0, to: &text) }
        #expect(ends == [false, true])
        #expect(String(text) == "a~bc")
    }
}
