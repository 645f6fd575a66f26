/// Reads JSON text (RFC 8259) into a `JSONValue`. The batch commands read a document a line, so it goes over bytes once.
struct JSONReader {
    enum Failure: Error {
        case unexpected(offset: Int)
        case tooDeep
    }

    /// Deeper documents are refused: nothing of ours nests so far, and recursion must end somewhere.
    private static let deepest = 256

    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    /// The document that `text` is; blanks around it are allowed, anything else behind it is not.
    static func value(of text: String) throws(Failure) -> JSONValue {
        var text = text
        let result = text.withUTF8 { bytes -> Result<JSONValue, Failure> in
            var reader = JSONReader(bytes: bytes)
            do throws(Failure) {
                let value = try reader.value(depth: 0)
                reader.skipBlanks()
                guard reader.place == bytes.count else { throw reader.failure }
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private var failure: Failure { .unexpected(offset: place) }

    /// The byte at the place; 0, which is nowhere allowed, at the end.
    private var byte: UInt8 { place < bytes.count ? bytes[place] : 0 }

    private mutating func skipBlanks() {
        while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw .tooDeep }
        skipBlanks()
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", means: .bool(true))
        case UInt8(ascii: "f"): return try word("false", means: .bool(false))
        case UInt8(ascii: "n"): return try word("null", means: .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: StaticString, means value: JSONValue) throws(Failure) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard byte == word.utf8Start[offset] else { throw failure }
            place += 1
        }
        return value
    }

    // MARK: Containers

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        var members: [String: JSONValue] = [:]
        place += 1
        skipBlanks()
        if byte == UInt8(ascii: "}") {
            place += 1
            return .object(members)
        }
        while true {
            skipBlanks()
            guard byte == UInt8(ascii: "\"") else { throw failure }
            let name = try string()
            skipBlanks()
            guard byte == UInt8(ascii: ":") else { throw failure }
            place += 1
            members[name] = try value(depth: depth + 1)
            if try isClosed(by: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        var elements: [JSONValue] = []
        place += 1
        skipBlanks()
        if byte == UInt8(ascii: "]") {
            place += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth + 1))
            if try isClosed(by: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Takes a comma or the closing bracket.
    private mutating func isClosed(by bracket: UInt8) throws(Failure) -> Bool {
        skipBlanks()
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw failure }
        defer { place += 1 }
        return byte == bracket
    }

    // MARK: Numbers

    private mutating func number() throws(Failure) -> Double {
        let start = place
        if byte == UInt8(ascii: "-") { place += 1 }
        let whole = place
        try digits()
        if bytes[whole] == UInt8(ascii: "0"), place > whole + 1 { throw failure }
        let isWhole = byte != UInt8(ascii: ".") && byte | 0x20 != UInt8(ascii: "e")
        if byte == UInt8(ascii: ".") {
            place += 1
            try digits()
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            place += 1
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { place += 1 }
            try digits()
        }
        if isWhole, place - whole <= 15 {
            let value = bytes[whole..<place].reduce(0) { $0 * 10 + Int($1 & 0x0F) }
            return Double(whole > start ? -value : value)
        }
        guard let value = Double(String(decoding: bytes[start..<place], as: UTF8.self)), value.isFinite else {
            throw failure
        }
        return value
    }

    private mutating func digits() throws(Failure) {
        let start = place
        while byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { place += 1 }
        guard place > start else { throw failure }
    }

    // MARK: Strings

    private mutating func string() throws(Failure) -> String {
        place += 1
        let start = place
        while byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
        if byte == UInt8(ascii: "\"") {
            defer { place += 1 }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }
        return try escapedString(from: start)
    }

    private mutating func escapedString(from start: Int) throws(Failure) -> String {
        var text = Array(bytes[start..<place])
        while byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure }
            if byte == UInt8(ascii: "\\") {
                place += 1
                try escape(into: &text)
            } else {
                let run = place
                while byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
                text += bytes[run..<place]
            }
        }
        place += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        defer { place += 1 }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += String(Character(try unicodeScalar())).utf8
        default: throw failure
        }
    }

    /// `u00e9`, or a pair of surrogates `ud83d\ude00`; the place is left at the last digit.
    private mutating func unicodeScalar() throws(Failure) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard (0xD800..<0xDC00).contains(unit), place + 2 < bytes.count, bytes[place + 1] == UInt8(ascii: "\\"),
            bytes[place + 2] == UInt8(ascii: "u")
        else { throw failure }
        place += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure }
        return scalar
    }

    /// The four digits behind `u`.
    private mutating func hexadecimal() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            place += 1
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw failure }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
