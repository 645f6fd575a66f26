import Testing

@testable import Terminal

/// A text at a prompt of 6 columns ("rota> ") on a screen of 60, and where libedit has the cursor.
private struct Example: Sendable, CustomTestStringConvertible {
    let text: String
    let row: Int
    var column: Int?
    var columns = 60
    var rows = 24

    var testDescription: String { "\(text.count) characters, \(columns) columns" }
}

@Suite struct LineGeometryTests {
    init() { #expect(TerminalCapabilities.useUTF8()) }

    @Test(arguments: [
        Example(text: "", row: 0, column: 6),
        Example(text: "hello", row: 0, column: 11),
        Example(text: "grüße", row: 0, column: 11),
        Example(text: "日本語", row: 0, column: 12),
        Example(text: String(repeating: "x", count: 53), row: 0, column: 59),
        Example(text: String(repeating: "x", count: 54), row: 1, column: 0),  // a full row moves on at once
        Example(text: String(repeating: "x", count: 55), row: 1, column: 1),
        Example(text: String(repeating: "x", count: 53) + "日", row: 1, column: 2),  // does not fit: wraps early
        Example(text: String(repeating: "x", count: 52) + "日", row: 1, column: 0),
        Example(text: String(repeating: "日", count: 27), row: 1, column: 0),
        Example(text: String(repeating: "日", count: 28), row: 1, column: 2),
        Example(text: "one\ntwo", row: 1, column: 3),
        Example(text: "one\n\n", row: 2, column: 0),
        Example(text: "a\tb", row: 0, column: 9),
        Example(text: "\u{1}", row: 0, column: 8),  // ^A
        Example(text: "\u{200B}\u{E000}", row: 0, column: nil),
        Example(text: String(repeating: "x", count: 114), row: 2, column: 0),
        Example(text: "hello world", row: 1, column: 7, columns: 10),
        Example(text: "日", row: 6, column: nil, columns: 1),
        Example(text: String(repeating: "long ", count: 400), row: 9, column: nil, rows: 10),
    ])
    private func findsTheCursor(_ example: Example) {
        var geometry = LineGeometry(columns: example.columns, rows: example.rows, promptWidth: 6)
        for character in example.text.unicodeScalars { geometry.append(character) }
        if example.columns > 1 { #expect(geometry.row == example.row) } else { #expect(geometry.row >= example.row) }
        if let column = example.column { #expect(geometry.column == column) }
    }

    @Test func measuresText() {
        #expect(LineGeometry.width(of: "rota> ") == 6)
        #expect(LineGeometry.width(of: "日本") == 4)
        #expect(LineGeometry.width(of: "e\u{301}") == 1)
    }

    @Test func promptHidesItsEscapesFromTheWidth() {
        for color in [false, true] {
            let prompt = Prompt("rota> ", color: color)
            #expect(prompt.width == 6)
            let characters = sequence(first: prompt.characters) { $0.pointee == 0 ? nil : $0 + 1 }.map(\.pointee)
            #expect(characters.last == 0)
            #expect(characters.dropLast().last == 0x20, "an escape may not come last")
            #expect(characters.contains(Prompt.toggle) == color)
        }
    }
}
