import Glibc
import Synchronization

/// How the terminal was before the chat, and how it gets that back, whichever way the program ends.
enum TerminalState {
    static let pasteMarksOn = "\u{1B}[?2004h"
    static let pasteMarksOff = "\u{1B}[?2004l"

    private struct Saved {
        var settings: termios
        var marksPastes: Bool
    }

    private static let saved = Mutex<Saved?>(nil)

    /// Remembers the settings and has them put back when the program calls `exit` from anywhere.
    static func save(marksPastes: Bool) {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
        saved.withLock { $0 = Saved(settings: settings, marksPastes: marksPastes) }
        _ = registered
    }

    /// Puts back what `save` remembered; a second call does nothing.
    static func restore() {
        let last = saved.withLock { saved in
            defer { saved = nil }
            return saved
        }
        guard var last else { return }
        putBack(&last)
    }

    private static let registered: Bool = {
        atexit { TerminalState.restore() } == 0
    }()

    /// Gives the terminal to the shell while the program is stopped; `restore` still has something to put back.
    static func lend() {
        guard var last = saved.withLock({ $0 }) else { return }
        putBack(&last)
    }

    private static func putBack(_ last: inout Saved) {
        if last.marksPastes { _ = Glibc.write(STDOUT_FILENO, pasteMarksOff, pasteMarksOff.utf8.count) }
        tcsetattr(STDIN_FILENO, TCSADRAIN, &last.settings)
    }
}
