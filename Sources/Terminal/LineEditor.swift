import CLibedit
import Glibc

/// One libedit editor with its history. Belongs to the terminal's thread: no part of libedit may be used from two.
///
/// While a line is edited, lines from the mailbox are printed above it; `LineEditor+Screen` says how.
final class LineEditor {
    /// How editing a line ended.
    enum Ending: Equatable, Sendable {
        case line(String)
        /// Ctrl-C on a line that was not empty.
        case cleared
        /// Ctrl-D on an empty line.
        case endOfInput
        /// The terminal is gone.
        case inputClosed
        /// A signal that ends the program, or 0 where the chat's task was cancelled.
        case stopped(Int32)
    }

    /// What the editor asks of the chat; called on the terminal's thread.
    struct Handlers {
        /// What Tab does after the text left of the cursor.
        var complete: (String) -> Completion
        /// Printed above the line when Ctrl-C meets an empty one.
        var interruptHint: String
        /// How a remark of the terminal looks.
        var hint: (String) -> String = { $0 }
    }

    let editor: OpaquePointer
    let mailbox: Mailbox
    let movesCursor: Bool
    let handlers: Handlers
    var input = InputBuffer()
    /// Set by a key or the reader to say why `el_wgets` came back.
    var ending: Ending?
    private(set) var prompt: Prompt
    /// The row above the prompt tells how far runs are: the next such line takes its place.
    var isProgressAbove = false
    private let history: OpaquePointer

    init(mailbox: Mailbox, prompt: Prompt, movesCursor: Bool, handlers: Handlers) throws(TerminalError) {
        guard TerminalCapabilities.useUTF8() else { throw .noUTF8 }
        guard let editor = rota_editor_make("rota"), let history = history_winit() else { throw .noEditor }
        self.editor = editor
        self.history = history
        self.mailbox = mailbox
        self.prompt = prompt
        self.movesCursor = movesCursor
        self.handlers = handlers
        rota_editor_set_client(editor, Unmanaged.passUnretained(self).toOpaque())
        rota_editor_use_emacs_keys(editor)
        rota_editor_take_signals_as_keys(editor)
        rota_editor_hide_keys_between_lines(editor)
        rota_editor_set_prompt(editor, promptFunction, Prompt.toggle)
        rota_editor_set_reader(editor, readFunction)
        rota_history_set_size(history, Int32(HistoryFile.limit))
        rota_editor_set_history(editor, history)
        bindKeys()
    }

    deinit {
        el_end(editor)
        history_wend(history)
    }

    /// The object that a callback of libedit is about.
    static func of(_ editor: OpaquePointer) -> LineEditor? {
        guard let client = rota_editor_client(editor) else { return nil }
        return Unmanaged<LineEditor>.fromOpaque(client).takeUnretainedValue()
    }

    /// Lets the person edit one line; blocks until it is done. The line comes without its line break, but may hold
    /// others where text of several lines was pasted.
    func readLine(prompt: Prompt) -> Ending {
        self.prompt = prompt
        ending = nil
        isProgressAbove = false
        var count: Int32 = 0
        let text = el_wgets(editor, &count)
        if let ending { return ending }
        guard let text, count > 0 else { return .endOfInput }
        let scalars = UnsafeBufferPointer(start: text, count: Int(count)).compactMap {
            Unicode.Scalar(UInt32(bitPattern: $0))
        }
        // Ctrl-V puts any control character into a line; only line breaks mean something.
        let said = scalars.filter { $0 == "\n" || !PrintableText.isUnsafe($0) }
        return .line(LineEditor.withoutLastBreak(String(String.UnicodeScalarView(said))))
    }

    /// Makes `entry` the newest one that the Up key and Ctrl-R find.
    func remember(_ entry: String) {
        _ = withWideString(entry) { rota_history_enter(history, $0) }
    }

    private static func withoutLastBreak(_ text: String) -> String {
        text.last?.isNewline == true ? String(text.dropLast()) : text
    }
}

/// libedit asks for the prompt at every redraw; the memory belongs to the editor's prompt and outlives the call.
private let promptFunction: rota_prompt_function = { editor in
    editor.flatMap(LineEditor.of)?.prompt.characters
}

private let readFunction: rota_read_function = { editor, out in
    guard let editor, let out, let line = LineEditor.of(editor) else { return -1 }
    return line.nextCharacter(into: out)
}

/// Calls `body` with the text as libedit takes it: one `wchar_t` a scalar, and a 0 at the end.
func withWideString<Result>(_ text: String, _ body: (UnsafePointer<wchar_t>) -> Result) -> Result {
    let characters = text.unicodeScalars.filter { $0.value != 0 }.map { wchar_t($0.value) } + [0]
    return characters.withUnsafeBufferPointer { buffer in
        // The array is never empty.
        body(buffer.baseAddress!)
    }
}
