import Foundation

/// A piece of an expression.
struct ExpressionToken: Sendable {
    enum Kind: Hashable, Sendable {
        /// A bare word: a name, a keyword, a unit.
        case word(String)
        /// What stands between `{{` and `}}`.
        case braced(String)
        case number(Decimal)
        /// Seconds: `90m`.
        case duration(Decimal)
        case text(String)
        case sign(String)
    }

    let kind: Kind
    /// From 0, in characters.
    let offset: Int

    /// The word in small letters, for keywords.
    var keyword: String? {
        guard case .word(let word) = kind else { return nil }
        return word.lowercased()
    }
}

/// Cuts an expression into its pieces, in one pass over its characters.
struct ExpressionTokenizer {
    /// Longer texts are refused: a condition is written by a person.
    static let longest = 10_000

    private let characters: [Character]
    private var place = 0

    static func tokens(in text: String) throws(ExpressionError) -> [ExpressionToken] {
        guard text.utf8.count <= longest else {
            throw ExpressionError("it is longer than \(longest) bytes", at: 0)
        }
        var tokenizer = ExpressionTokenizer(characters: Array(text))
        var tokens: [ExpressionToken] = []
        while let token = try tokenizer.next() { tokens.append(token) }
        return tokens
    }

    private init(characters: [Character]) { self.characters = characters }

    private mutating func next() throws(ExpressionError) -> ExpressionToken? {
        while let character = peek(), character.isWhitespace { place += 1 }
        guard let first = peek() else { return nil }
        let start = place
        let kind: ExpressionToken.Kind
        if first == "{", peek(1) == "{" {
            kind = .braced(try braced())
        } else if let closing = Self.quotes[first] {
            kind = .text(try quoted(closing))
        } else if first.isDecimalDigit {
            kind = try number()
        } else if first.isNameStart {
            kind = .word(word())
        } else {
            kind = .sign(try sign())
        }
        return ExpressionToken(kind: kind, offset: start)
    }

    private func peek(_ ahead: Int = 0) -> Character? {
        place + ahead < characters.count ? characters[place + ahead] : nil
    }

    // MARK: Names

    /// Letters, digits and `_`; a point only where more of the name follows.
    private mutating func word() -> String {
        var word = ""
        while let character = peek() {
            let joins = character == "." && peek(1).map { $0.isNamePart } == true
            guard character.isNamePart || joins else { break }
            word.append(character)
            place += 1
        }
        return word
    }

    private mutating func braced() throws(ExpressionError) -> String {
        let start = place
        place += 2
        var name = ""
        while let character = peek(), !(character == "}" && peek(1) == "}") {
            guard character.isNamePart || ".-".contains(character) || character.isWhitespace else {
                throw ExpressionError("\"\(character)\" does not belong into the braces of a name", at: place)
            }
            name.append(character)
            place += 1
        }
        guard peek() != nil else { throw ExpressionError("{{ is not closed by }}", at: start) }
        place += 2
        let trimmed = CleanText.trimmed(name)
        guard !trimmed.isEmpty else { throw ExpressionError("the braces hold no name", at: start) }
        return trimmed
    }

    // MARK: Texts

    /// `\"` and `\\` stand for themselves, `\n` and `\t` for a line end and a tab; any other backslash stays, so that
    /// patterns read as they are written.
    private mutating func quoted(_ closing: Character) throws(ExpressionError) -> String {
        let start = place
        place += 1
        var text = ""
        while let character = peek(), character != closing {
            place += 1
            guard character == "\\", let escaped = peek() else {
                text.append(character)
                continue
            }
            place += 1
            switch escaped {
            case closing, "\\": text.append(escaped)
            case "n": text.append("\n")
            case "t": text.append("\t")
            default: text += ["\\", escaped]
            }
        }
        guard peek() != nil else { throw ExpressionError("a quotation mark is not closed", at: start) }
        place += 1
        return text
    }

    // MARK: Numbers

    private mutating func number() throws(ExpressionError) -> ExpressionToken.Kind {
        let start = place
        var digits = takeDigits()
        if peek() == ".", peek(1)?.isDecimalDigit == true {
            place += 1
            digits += "." + takeDigits()
        }
        digits += exponent()
        guard digits.count <= 38, let value = ExactNumber.reading(digits) else {
            throw ExpressionError("the number has too many digits", at: start)
        }
        guard peek()?.isNameStart == true else { return .number(value) }
        let unit = word()
        guard let seconds = DurationUnit.seconds(unit), let product = ExactNumber.checked(value * seconds) else {
            let written = String(characters[start..<place])
            throw ExpressionError("\"\(written)\" is neither a number nor a duration such as 90m", at: start)
        }
        return .duration(product)
    }

    private mutating func takeDigits() -> String {
        var digits = ""
        while let digit = peek(), digit.isDecimalDigit {
            digits.append(digit)
            place += 1
        }
        return digits
    }

    private mutating func exponent() -> String {
        guard peek() == "e" || peek() == "E" else { return "" }
        let signed = peek(1) == "-" || peek(1) == "+"
        guard peek(signed ? 2 : 1)?.isDecimalDigit == true else { return "" }
        let sign = signed ? String(characters[place + 1]) : ""
        place += signed ? 2 : 1
        return "e" + sign + takeDigits()
    }

    // MARK: Signs

    private mutating func sign() throws(ExpressionError) -> String {
        for sign in Self.signs where characters[place...].prefix(sign.count).elementsEqual(sign) {
            place += sign.count
            return Self.meanings[sign] ?? sign
        }
        throw ExpressionError("\"\(characters[place])\" means nothing here", at: place)
    }

    private static let quotes: [Character: Character] = ["\"": "\"", "'": "'", "“": "”"]
    /// Longer signs before those that they begin with.
    private static let signs = [
        "<=", ">=", "==", "!=", "<>", "&&", "||", "<", ">", "=", "!", "≤", "≥", "≠", "+", "-", "−", "*", "/", "%", "(",
        ")", "[", "]", ",",
    ]
    private static let meanings = [
        "=": "==", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "&&": "and", "||": "or", "!": "not", "−": "-",
    ]
}

extension Character {
    fileprivate var isDecimalDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isNameStart: Bool { isLetter || self == "_" }
    fileprivate var isNamePart: Bool { isLetter || isDecimalDigit || self == "_" }
}
