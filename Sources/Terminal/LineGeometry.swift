import CLibedit

/// Where libedit has put the cursor of a line that is being edited.
///
/// libedit does not tell, so its layout is computed again: wide characters that do not fit start a new row, a full row
/// moves on at once, tabs go to the next multiple of 8, control characters show as `^X` and what cannot be shown as
/// `\U+xxxx`. Widths are those of the C library's `wcwidth` in the current locale.
struct LineGeometry: Equatable {
    let columns: Int
    let rows: Int
    private(set) var row = 0
    private(set) var column = 0

    /// - Parameter promptWidth: columns that the prompt takes, escape sequences not counted.
    init(columns: Int, rows: Int, promptWidth: Int) {
        self.columns = max(columns, 1)
        self.rows = max(rows, 1)
        for _ in 0..<promptWidth { place(width: 1) }
    }

    /// The row of the cursor, from 0, after `characters`; never below the last row of the screen.
    static func cursorRow(
        after characters: some Sequence<Unicode.Scalar>, promptWidth: Int, columns: Int, rows: Int
    ) -> Int {
        var geometry = LineGeometry(columns: columns, rows: rows, promptWidth: promptWidth)
        for character in characters { geometry.append(character) }
        return geometry.row
    }

    mutating func append(_ character: Unicode.Scalar) {
        switch character {
        case "\n": startRow()
        case "\t":
            repeat { place(width: 1) } while column % 8 != 0
        default:
            for width in LineGeometry.cellWidths(character) { place(width: width) }
        }
    }

    /// Widths of the pieces that libedit shows for a character: one, or one for each letter of its escape.
    static func cellWidths(_ character: Unicode.Scalar) -> [Int] {
        let value = character.value
        if value < 0x20 || value == 0x7F { return [1, 1] }
        let width = Int(wcwidth(wchar_t(bitPattern: value)))
        if width >= 0 { return [width] }
        return Array(repeating: 1, count: value > 0xFFFF ? 8 : 7)
    }

    /// Columns of a text that holds no line breaks.
    static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + cellWidths($1).reduce(0, +) }
    }

    private mutating func place(width: Int) {
        if column + width > columns { startRow() }
        column += width
        if column >= columns { startRow() }
    }

    private mutating func startRow() {
        row = min(row + 1, rows - 1)
        column = 0
    }
}
