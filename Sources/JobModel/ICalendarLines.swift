/// One line of a calendar file, unfolded and taken apart: `DTSTART;VALUE=DATE:20261225`.
struct ICalendarLine: Hashable {
    /// Upper case.
    var name: String
    /// By upper-case name; quotes are taken off.
    var parameters: [String: String]
    /// As written, escapes included.
    var value: String
    /// Of its first line in the file, from 1.
    var number: Int
}

/// Cuts a calendar file into its lines. Bytes, because a fold may stand inside of a character.
struct ICalendarLines: Sequence {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    }

    /// Every line that is not empty, folds put together; lines end with CR LF, LF or the end of the file.
    func makeIterator() -> AnyIterator<(number: Int, bytes: [UInt8])> {
        var rest = bytes
        var number = 0
        return AnyIterator {
            while !rest.isEmpty {
                number += 1
                let start = number
                var line = Self.takeLine(&rest)
                while let first = rest.first, first == 0x20 || first == 0x09 {
                    line += Self.takeLine(&rest).dropFirst()
                    number += 1
                }
                if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return (start, line) }
            }
            return nil
        }
    }

    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
        var line = rest[rest.startIndex..<end]
        rest = rest[(end < rest.endIndex ? end + 1 : end)...]
        if line.last == 0x0D { line = line.dropLast() }
        return Array(line)
    }
}

extension ICalendarLine {
    /// Reads `NAME;PARAMETER=value;OTHER="quoted":value`.
    init(_ bytes: [UInt8], number: Int) throws(ICalendarError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ICalendarError(.noUTF8, line: number)
        }
        var pieces = Self.pieces(of: text)
        guard pieces.count > 1, let value = pieces.popLast(), let name = pieces.first, Self.isName(name) else {
            throw ICalendarError(.malformedLine, line: number)
        }
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "="), Self.isName(piece[..<equals]) else {
                throw ICalendarError(.malformedLine, line: number)
            }
            let given = piece[piece.index(after: equals)...]
            parameters[piece[..<equals].uppercased()] = given.filter { $0 != "\"" }
        }
        self.init(name: name.uppercased(), parameters: parameters, value: String(value), number: number)
    }

    /// The name, the parameters and the value; signs between quotation marks do not part them.
    private static func pieces(of text: String) -> [Substring] {
        var found: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        for (index, byte) in zip(text.utf8.indices, text.utf8) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard !isQuoted, byte == UInt8(ascii: ";") || byte == UInt8(ascii: ":") else { continue }
            found.append(text[start..<index])
            start = text.utf8.index(after: index)
            if byte == UInt8(ascii: ":") { return found + [text[start...]] }
        }
        return []
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 == 0x2D || Character(UnicodeScalar($0)).isASCIIAlphanumeric }
    }

    /// The value as a person reads it: `\n`, `\,`, `\;` and `\\` are what they stand for.
    var plainText: String {
        var text = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                text.append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }
}

extension Character {
    fileprivate var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}
