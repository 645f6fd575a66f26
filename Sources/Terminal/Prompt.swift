import CLibedit

/// What stands before the line that is edited.
final class Prompt {
    /// Stands around escape sequences, so that libedit does not count their columns.
    static let toggle: wchar_t = 1

    /// Ends in 0; lives as long as the prompt.
    let characters: UnsafeMutablePointer<wchar_t>
    /// In columns.
    let width: Int

    /// `text` is shown bold when `color` is true. It must not be empty, as no escape may come last in a prompt.
    init(_ text: String, color: Bool) {
        let shown = PrintableText.line(text)
        let toggle = String(UnicodeScalar(UInt8(Prompt.toggle)))
        let body = String(shown.dropLast(shown.last == " " ? 1 : 0))
        let marked = "\(toggle)\u{1B}[1m\(toggle)\(body)\(toggle)\u{1B}[22m\(toggle) "
        let scalars = (color ? marked : shown).unicodeScalars.map { wchar_t($0.value) } + [0]
        characters = .allocate(capacity: scalars.count)
        characters.initialize(from: scalars, count: scalars.count)
        width = LineGeometry.width(of: color ? body + " " : shown)
    }

    deinit { characters.deallocate() }
}
