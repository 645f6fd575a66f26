import CLibedit
import Glibc

/// What the streams of this process can show.
package enum TerminalCapabilities {
    package static var standardInputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
    package static var standardOutputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    package static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether answers on standard output may be coloured.
    package static func colorAllowed(environment: [String: String]) -> Bool {
        colorAllowed(environment: environment, outputIsTerminal: standardOutputIsTerminal)
    }

    /// `NO_COLOR` forbids colour when it is set to anything but the empty text; so do a dumb terminal and none at all.
    static func colorAllowed(environment: [String: String], outputIsTerminal: Bool) -> Bool {
        outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Whether the cursor can be moved: without it, lines are printed below what is typed.
    static func cursorMoves(environment: [String: String]) -> Bool {
        let terminal = environment["TERM"] ?? ""
        return !terminal.isEmpty && terminal != "dumb"
    }

    /// Makes the C library read and write UTF-8 in this process; false where the system has no locale for it.
    static func useUTF8() -> Bool { rota_use_utf8() == 1 }
}
