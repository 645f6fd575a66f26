import CLibedit
import Foundation
import Glibc

extension LineEditor {
    /// Names are static: libedit keeps the pointers that it is given.
    private struct Key {
        let name: UnsafePointer<wchar_t>
        let function: rota_key_function

        init(_ name: String, _ function: rota_key_function) {
            let characters = name.unicodeScalars.map { wchar_t($0.value) } + [0]
            let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: characters.count)
            copy.initialize(from: characters, count: characters.count)
            self.name = UnsafePointer(copy)
            self.function = function
        }
    }

    /// `nonisolated(unsafe)`: written once, before the first editor, and never freed.
    private nonisolated(unsafe) static let interruptKey = Key("rota-interrupt") { editor, _ in
        editor.flatMap(LineEditor.of)?.interrupt() ?? UInt8(CC_ERROR)
    }
    private nonisolated(unsafe) static let pasteKey = Key("rota-paste") { editor, _ in
        editor.flatMap(LineEditor.of)?.paste() ?? UInt8(CC_ERROR)
    }
    private nonisolated(unsafe) static let completeKey = Key("rota-complete") { editor, _ in
        editor.flatMap(LineEditor.of)?.complete() ?? UInt8(CC_ERROR)
    }
    private nonisolated(unsafe) static let suspendKey = Key("rota-suspend") { editor, _ in
        editor.flatMap(LineEditor.of)?.suspend() ?? UInt8(CC_ERROR)
    }

    func bindKeys() {
        for key in [LineEditor.interruptKey, LineEditor.pasteKey, LineEditor.completeKey, LineEditor.suspendKey] {
            rota_editor_add_function(editor, key.name, key.function)
        }
        let bindings = [
            "^C": "rota-interrupt", "^Z": "rota-suspend", "^I": "rota-complete", "\\e[200~": "rota-paste",
            "^R": "em-inc-search-prev", "\\e[3~": "ed-delete-next-char", "\\e[1;5C": "em-next-word",
            "\\e[1;5D": "ed-prev-word", "\\e[1~": "ed-move-to-beg", "\\e[4~": "ed-move-to-end",
            "\\e[H": "ed-move-to-beg", "\\e[F": "ed-move-to-end",
        ]
        for (key, function) in bindings {
            withWideString(key) { key in
                _ = withWideString(function) { rota_editor_bind(editor, key, $0) }
            }
        }
    }

    /// Ctrl-C: clears the line; on an empty one says how to leave. Ending the call to libedit, instead of emptying its
    /// line, also takes it back to the end of the history.
    func interrupt() -> UInt8 {
        if isLineEmpty {
            printAbove([handlers.interruptHint])
            return UInt8(CC_NORM)
        }
        eraseLine()
        ending = .cleared
        return UInt8(CC_EOF)
    }

    /// Text that the terminal has marked as pasted becomes part of the line, its line breaks too.
    private func paste() -> UInt8 {
        var text = String.UnicodeScalarView()
        var character: wchar_t = 0
        while el_wgetc(editor, &character) == 1 {
            guard let scalar = Unicode.Scalar(UInt32(bitPattern: character)) else { continue }
            if PastedText.append(scalar, to: &text) { break }
        }
        if ending != nil { return UInt8(CC_EOF) }
        let inserted = withWideString(PastedText.cleaned(text)) { el_winsertstr(editor, $0) }
        return UInt8(inserted == 0 ? CC_REFRESH : CC_REFRESH_BEEP)
    }

    private func complete() -> UInt8 {
        let text = String(String.UnicodeScalarView(textBeforeCursor))
        let completion = handlers.complete(text)
        if !completion.choices.isEmpty {
            printAbove([completion.choices.map(PrintableText.line).joined(separator: "  ")])
            return UInt8(CC_NORM)
        }
        guard !completion.inserted.isEmpty else { return UInt8(CC_REFRESH_BEEP) }
        el_deletestr(editor, Int32(completion.replaced))
        _ = withWideString(PrintableText.line(completion.inserted)) { el_winsertstr(editor, $0) }
        return UInt8(CC_REFRESH)
    }

    /// Ctrl-Z: stops the program as in any other; `resumeAfterStop` takes over when it goes on.
    private func suspend() -> UInt8 {
        rota_editor_prepare_terminal(editor, 0)
        writeToTerminal("\r\n")
        TerminalState.lend()
        kill(getpid(), SIGTSTP)
        return UInt8(CC_NORM)
    }
}

/// What happens to pasted text before it enters the line.
enum PastedText {
    private static let endMark = "\u{1B}[201~".unicodeScalars

    /// Adds a character; true when the terminal's end mark is complete (and then removed again), or at Ctrl-C, which
    /// leaves a paste whose end was lost.
    static func append(_ scalar: Unicode.Scalar, to text: inout String.UnicodeScalarView) -> Bool {
        if scalar == "\u{3}" { return true }
        text.append(scalar)
        guard scalar == "~", text.suffix(endMark.count).elementsEqual(endMark) else { return false }
        text.removeLast(endMark.count)
        return true
    }

    /// Line breaks as line feeds, none at the end; tabs as spaces; no other control characters; letters and their
    /// accents joined, as libedit gives an accent a column of its own.
    static func cleaned(_ text: String.UnicodeScalarView) -> String {
        let breaks = String(text).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let lines = breaks.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            PrintableText.line(String(line.replacing("\t", with: "    "))).precomposedStringWithCanonicalMapping
        }
        var kept = lines[...]
        while kept.last?.isEmpty == true { kept.removeLast() }
        return kept.joined(separator: "\n")
    }
}
