import CLibedit
import Glibc

extension LineEditor {
    /// Prints lines where the edited line begins, and that line again below them, cursor and all.
    ///
    /// libedit's redraw starts from where the cursor stands and forgets what was on the screen, so the cursor is first
    /// taken to the line's first row, which `LineGeometry` computes, and everything below is cleared.
    func printAbove(_ lines: [String]) {
        isProgressAbove = false
        eraseLine()
        writeToTerminal(lines.map { $0 + "\r\n" }.joined())
        rota_editor_redraw(editor)
    }

    /// Prints how far runs are, over the last such line where it is still right above the prompt. Cut to one row, so that
    /// it can be taken back.
    func printProgress(_ line: String) {
        let shown = ProgressLine.fitting(line, columns: terminalSize.columns)
        let replaces = isProgressAbove && movesCursor
        if replaces {
            eraseLine()
            writeToTerminal("\u{1B}[1A\r\u{1B}[J\(handlers.hint(shown))\r\n")
            rota_editor_redraw(editor)
        } else {
            printAbove([handlers.hint(shown)])
        }
        isProgressAbove = true
    }

    /// Takes the edited line off the screen; the cursor is then where it began. A terminal whose cursor cannot be moved
    /// gets a new line instead.
    func eraseLine() {
        guard movesCursor else { return writeToTerminal("\r\n") }
        let row = cursorRow
        writeToTerminal((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J")
    }

    /// The window has another size. Terminals wrap the old rows anew, so the row is computed for the new width.
    func resize() {
        isProgressAbove = false
        eraseLine()
        el_resize(editor)
        rota_editor_redraw(editor)
    }

    /// The program was stopped and goes on; the shell has had the terminal meanwhile.
    func resumeAfterStop() {
        isProgressAbove = false
        rota_editor_prepare_terminal(editor, 0)
        rota_editor_prepare_terminal(editor, 1)
        if movesCursor { writeToTerminal(TerminalState.pasteMarksOn + "\r\u{1B}[J") }
        rota_editor_redraw(editor)
    }

    /// The characters left of the cursor.
    var textBeforeCursor: [Unicode.Scalar] {
        guard let line = el_wline(editor)?.pointee, let start = line.buffer, let cursor = line.cursor else { return [] }
        return UnsafeBufferPointer(start: start, count: cursor - start).compactMap {
            Unicode.Scalar(UInt32(bitPattern: $0))
        }
    }

    var isLineEmpty: Bool {
        guard let line = el_wline(editor)?.pointee else { return true }
        return line.buffer == line.lastchar
    }

    private var cursorRow: Int {
        let (columns, rows) = terminalSize
        return LineGeometry.cursorRow(
            after: textBeforeCursor, promptWidth: prompt.width, columns: columns, rows: rows)
    }

    private var terminalSize: (columns: Int, rows: Int) {
        var columns: Int32 = 80
        var rows: Int32 = 24
        rota_terminal_size(&columns, &rows)
        return (Int(columns), Int(rows))
    }
}

/// A line that has to stay on one row.
enum ProgressLine {
    /// As much of it as stands on a row of so many columns, the last of them left free.
    static func fitting(_ text: String, columns: Int) -> String {
        let text = PrintableText.line(text)
        guard LineGeometry.width(of: text) >= columns else { return text }
        var shown = ""
        for character in text where LineGeometry.width(of: shown + String(character)) < columns - 1 {
            shown.append(character)
        }
        return shown + "…"
    }
}

/// Writes at once, in order with what libedit writes. Terminal's thread only.
func writeToTerminal(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { rota_terminal_write($0.baseAddress, $0.count) }
    }
}
