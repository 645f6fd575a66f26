/// A piece of a filter's text.
struct DataFilterToken: Hashable {
    enum Kind: Hashable {
        /// Names, bare texts, and the words of the language.
        case word(String)
        case text(String)
        case number(Double)
        /// `==`, `(`, `,` and the like.
        case sign(String)
    }

    let kind: Kind
    /// Offsets of Unicode scalars.
    let range: Range<Int>
}

/// Cuts a filter's text into tokens.
struct DataFilterTokenizer {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ text: String) throws(DataFilterError) {
        scalars = Array(text.unicodeScalars)
        guard scalars.count <= DataFilter.longestText else {
            throw DataFilterError(.tooLong, at: DataFilter.longestText..<scalars.count)
        }
    }

    var count: Int { scalars.count }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    mutating func tokens() throws(DataFilterError) -> [DataFilterToken] {
        var found: [DataFilterToken] = []
        while let scalar = peek {
            if scalar.properties.isWhitespace { place += 1 } else { found.append(try token(from: scalar)) }
        }
        return found
    }

    private var peek: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func token(from scalar: Unicode.Scalar) throws(DataFilterError) -> DataFilterToken {
        let start = place
        switch scalar {
        case "\"", "'": return try quoted(by: scalar)
        case "(", ")", "[", "]", ",":
            place += 1
            return DataFilterToken(kind: .sign(String(scalar)), range: start..<place)
        case "=", "!", "<", ">": return try comparison()
        case "0"..."9", "-": return try number()
        default:
            guard scalar.isOfWord else {
                throw DataFilterError(.badCharacter(String(scalar)), at: start..<start + 1)
            }
            while let next = peek, next.isOfWord || next == "." { place += 1 }
            return DataFilterToken(kind: .word(text(start..<place)), range: start..<place)
        }
    }

    /// `=` is `==`, and `<>` is `!=`.
    private mutating func comparison() throws(DataFilterError) -> DataFilterToken {
        let start = place
        while let next = peek, "=!<>".unicodeScalars.contains(next), place - start < 2 { place += 1 }
        let spelled = text(start..<place)
        let sign = ["=": "==", "<>": "!="][spelled] ?? spelled
        guard DataFilter.Comparison(rawValue: sign) != nil else {
            throw DataFilterError(.badCharacter(spelled), at: start..<place)
        }
        return DataFilterToken(kind: .sign(sign), range: start..<place)
    }

    private mutating func number() throws(DataFilterError) -> DataFilterToken {
        let start = place
        place += 1
        while let next = peek, next.isOfWord || next == "." || next == "+" { place += 1 }
        let spelled = text(start..<place)
        guard let value = Double(spelled), value.isFinite, spelled.utf8.last != UInt8(ascii: "."),
            !spelled.utf8.contains(where: { [UInt8(ascii: "x"), UInt8(ascii: "X")].contains($0) })
        else { throw DataFilterError(.badNumber(spelled), at: start..<place) }
        return DataFilterToken(kind: .number(value), range: start..<place)
    }

    /// Escapes are those of JSON.
    private mutating func quoted(by mark: Unicode.Scalar) throws(DataFilterError) -> DataFilterToken {
        let start = place
        var inside = String.UnicodeScalarView()
        place += 1
        while let scalar = peek, scalar != mark {
            place += 1
            if scalar == "\\" { inside.append(try escaped(from: start)) } else { inside.append(scalar) }
        }
        guard peek == mark else { throw DataFilterError(.unclosedText, at: start..<scalars.count) }
        place += 1
        return DataFilterToken(kind: .text(String(inside)), range: start..<place)
    }

    private mutating func escaped(from start: Int) throws(DataFilterError) -> Unicode.Scalar {
        guard let scalar = peek else { throw DataFilterError(.unclosedText, at: start..<scalars.count) }
        place += 1
        switch scalar {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "u": return try codePoint()
        default: return scalar
        }
    }

    private mutating func codePoint() throws(DataFilterError) -> Unicode.Scalar {
        let range = place..<min(place + 4, scalars.count)
        guard range.count == 4, let value = UInt32(text(range), radix: 16), let scalar = Unicode.Scalar(value) else {
            throw DataFilterError(.badCharacter("\\u\(text(range))"), at: range.lowerBound - 2..<range.upperBound)
        }
        place += 4
        return scalar
    }
}

extension Unicode.Scalar {
    fileprivate var isOfWord: Bool {
        self == "_" || self == "-" || properties.isAlphabetic || properties.numericType != nil
    }
}
