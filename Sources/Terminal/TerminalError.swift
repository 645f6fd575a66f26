import Glibc

/// Why a terminal could not be opened.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
    /// With the system's error number.
    case noPipe(Int32)
    /// The line editor did not start.
    case noEditor
    /// No locale writes UTF-8.
    case noUTF8

    package var description: String {
        switch self {
        case .noPipe(let number): "The terminal cannot be watched: \(String(cString: strerror(number)))."
        case .noEditor: "The line editor did not start on this terminal."
        case .noUTF8: "This system has no UTF-8 locale; C.UTF-8 is needed."
        }
    }
}
