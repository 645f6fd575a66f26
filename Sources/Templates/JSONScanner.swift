import Foundation

/// Values of a JSON document that is known to be valid, in the order in which they stand there.
struct JSONScanner {
    enum Value { case number(Double), text(String) }

    private var rest: Substring.UTF8View

    init(_ document: String) { rest = document[...].utf8 }

    /// The next number or text; names of members, literals and punctuation are passed over.
    mutating func next() -> Value? {
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "\""):
                let text = readText()
                if !isName() { return .text(text) }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                if let number = readNumber() { return .number(number) }
            default:
                rest.removeFirst()
            }
        }
        return nil
    }

    /// Escapes are left as they are written: only digits are looked for.
    private mutating func readText() -> String {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") {
                skipEscape()
                bytes.append(UInt8(ascii: " "))
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func skipEscape() {
        guard rest.popFirst() == UInt8(ascii: "u") else { return }
        rest.removeFirst(min(4, rest.count))
    }

    private func isName() -> Bool {
        rest.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: ":")
    }

    private mutating func readNumber() -> Double? {
        let digits = rest.prefix { "+-.eE0123456789".utf8.contains($0) }
        rest.removeFirst(digits.count)
        return Double(String(decoding: digits, as: UTF8.self))
    }
}
