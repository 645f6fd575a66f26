import CronExpressions
import Foundation

/// Cuts a sentence into tokens. What a person typed as one thing stays one: addresses, paths, quotations, templates,
/// event names and cron expressions are never taken apart and never corrected.
package struct Tokenizer {
    package static func tokens(of text: String) -> [Token] {
        var tokenizer = Tokenizer(text: text)
        tokenizer.run()
        return tokenizer.tokens
    }

    let text: String
    var tokens: [Token] = []
    var place: String.Index

    private init(text: String) {
        self.text = text
        place = text.startIndex
    }

    private mutating func run() {
        while place < text.endIndex {
            if text[place].isBlank {
                place = text.index(after: place)
            } else if !readCron(), !readEnclosed() {
                readChunk()
            }
        }
    }

    // MARK: Things with two ends

    /// `"…"`, `{{…}}`.
    private mutating func readEnclosed() -> Bool {
        let rest = text[place...]
        if text[place].isAlphabetic || text[place].isFigure { return false }
        if rest.hasPrefix("{{"), let close = rest.firstRange(of: "}}") {
            append(.template, to: close.upperBound)
            return true
        }
        guard let closing = Self.closingQuotes[text[place]] else { return false }
        let inside = text.index(after: place)
        guard let close = text[inside...].firstIndex(of: closing), close > inside else { return false }
        let end = text.index(after: close)
        if closing == "'", end < text.endIndex, text[end].isAlphabetic || text[end].isNumber { return false }
        append(.quoted, to: end)
        return true
    }

    private static let closingQuotes: [Character: Character] = [
        "\"": "\"", "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’", "`": "`",
    ]

    // MARK: Cron

    /// "0 9 * * MON-FRI", "@daily". An expression has a field that begins with `*` or `?`: five numbers are no cron.
    private mutating func readCron() -> Bool {
        let first = text[place]
        if first == "@" { return readMacro() }
        guard first == "*" || first == "?" || first.isFigure, let fields = fiveFields(),
            fields.allSatisfy(Self.isCronField), fields.contains(where: { $0.first == "*" || $0.first == "?" }),
            (try? CronExpression(fields.joined(separator: " "))) != nil
        else { return false }
        append(.cron, to: fields[4].endIndex)
        return true
    }

    /// The next five chunks, the last without the sentence's own marks.
    private func fiveFields() -> [Substring]? {
        var fields: [Substring] = []
        var rest = text[place...]
        while fields.count < 5 {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            let field = rest.prefix { !$0.isBlank }
            guard !field.isEmpty else { return nil }
            fields.append(field)
            rest = rest[field.endIndex...]
        }
        while fields[4].count > 1, let mark = fields[4].last, ",.;:!?\"')".contains(mark) {
            fields[4] = fields[4].dropLast()
        }
        return fields
    }

    private mutating func readMacro() -> Bool {
        var word = text[place...].prefix { !$0.isBlank }
        while let mark = word.last, ",.;:!?".contains(mark) { word = word.dropLast() }
        guard (try? CronExpression(String(word))) != nil else { return false }
        append(.cron, to: word.endIndex)
        return true
    }

    static func isCronField(_ field: Substring) -> Bool {
        field.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "*"), UInt8(ascii: ","), UInt8(ascii: "-"),
                UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "?"):
                true
            default: false
            }
        }
    }

    // MARK: Between blanks

    /// What stands between two blanks, as one token or several.
    private mutating func readChunk() {
        let end = text[place...].firstIndex { $0.isBlank || $0 == "\"" && $0 != text[place] } ?? text.endIndex
        if readWhole(upTo: end) { return }
        while place < end {
            let character = text[place]
            if character.isFigure {
                readFigures(upTo: end)
            } else if character.isAlphabetic {
                readWord(upTo: end)
            } else {
                append(.punctuation, to: text.index(after: place))
            }
        }
    }

    /// An address, a path, a name with dots, or a zone.
    private mutating func readWhole(upTo end: String.Index) -> Bool {
        guard text.utf8[place..<end].contains(where: Self.isSpecial) else { return false }
        var whole = text[place..<end]
        while let mark = whole.last, ",.;:!?)]…'’".contains(mark) { whole = whole.dropLast() }
        guard let kind = WholeKind.kind(of: whole) else { return false }
        append(kind, to: whole.endIndex)
        return true
    }

    /// A byte that a plain word or number does not hold.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "#"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private mutating func readWord(upTo end: String.Index) {
        if let half = readDottedHalf(upTo: end) {
            tokens.append(half)
            return
        }
        var stop = place
        while stop < end, text[stop].isAlphabetic || Self.isInnerApostrophe(text, stop, end) {
            stop = text.index(after: stop)
        }
        append(.word, to: stop)
        // "Feb13" is a name and a figure; "A4" and "x2" are one word.
        guard stop < end, text[stop].isFigure, var word = tokens.last else { return }
        if Vocabulary.months[word.text] != nil || Vocabulary.weekdays[word.text] != nil || isUnit(word) { return }
        let rest = text[stop..<end].prefix { $0.isAlphabetic || $0.isNumber }
        word.range = word.range.lowerBound..<rest.endIndex
        word.original = String(text[word.range])
        word.text = word.original.lowercased()
        tokens[tokens.count - 1] = word
        place = rest.endIndex
    }

    /// The unit of "1h30m", right behind its figure.
    private func isUnit(_ word: Token) -> Bool {
        guard Vocabulary.units[word.text] != nil, tokens.count > 1 else { return false }
        let before = tokens[tokens.count - 2]
        if case .number = before.kind { return before.range.upperBound == word.range.lowerBound }
        return false
    }

    /// "p.m.", "a.m".
    private mutating func readDottedHalf(upTo end: String.Index) -> Token? {
        guard "aApP".contains(text[place]) else { return nil }
        let rest = text[place..<end].prefix(5).lowercased()
        guard rest.hasPrefix("a.m") || rest.hasPrefix("p.m") else { return nil }
        var stop = text.index(place, offsetBy: 3)
        if stop < end, text[stop].isAlphabetic { return nil }
        if stop < end, text[stop] == "." { stop = text.index(after: stop) }
        defer { place = stop }
        return Token(
            text: rest.hasPrefix("a") ? "am" : "pm", original: String(text[place..<stop]), range: place..<stop,
            kind: .word)
    }

    private static func isInnerApostrophe(_ text: String, _ place: String.Index, _ end: String.Index) -> Bool {
        guard text[place] == "'" || text[place] == "’" else { return false }
        let next = text.index(after: place)
        return next < end && text[next].isAlphabetic
    }

    // MARK: Appending

    mutating func append(_ kind: Token.Kind, to end: String.Index) {
        let original = String(text[place..<end])
        let text = kind == .word ? wordText(original) : original.lowercased()
        tokens.append(Token(text: text, original: original, range: place..<end, kind: kind))
        place = end
    }

    /// Lower-case, with plain apostrophes, and mended where it is a slip of a word about time.
    private func wordText(_ original: String) -> String {
        var word = original.lowercased()
        if word.utf8.contains(where: { $0 >= 0x80 }) { word = word.replacing("’", with: "'") }
        if Vocabulary.knownWords.contains(word) || isName(original) && !followsTimeWord { return word }
        return Spelling.mended(word, isName: isName(original)) ?? word
    }

    /// "on Wensday", "every Thrusday": a capital that only a day or a month can have.
    private var followsTimeWord: Bool {
        guard let before = tokens.last else { return true }
        return ["on", "every", "each", "next", "this", "until", "from", "by", ",", "and"].contains(before.text)
    }

    /// A capital in the middle of a sentence marks a name.
    private func isName(_ word: String) -> Bool {
        guard word.first?.isUppercase == true, let before = tokens.last else { return false }
        return ![".", "!", "?", ":"].contains(before.text)
    }
}

/// What stays whole between blanks.
enum WholeKind {
    static func kind(of chunk: Substring) -> Token.Kind? {
        guard let first = chunk.first else { return nil }
        if chunk.contains("://") || chunk.lowercased().hasPrefix("www.") { return .url }
        if let zone = zone(chunk) { return zone }
        if chunk.contains("/") { return isPath(chunk, first) ? .path : nil }
        if first == "#" || chunk.contains("_") { return .path }
        if chunk.dropFirst().contains("@"), first.isAlphabetic { return .path }
        return first.isAlphabetic && hasInnerDot(chunk) ? .path : nil
    }

    private static let areas: Set<Substring> = [
        "africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "europe", "indian", "pacific",
        "etc", "us", "canada", "brazil", "chile", "mexico",
    ]

    /// `America/New_York`, `UTC+05:30`, `GMT-3`.
    private static func zone(_ chunk: Substring) -> Token.Kind? {
        let lowered = chunk.lowercased()
        if let slash = lowered.firstIndex(of: "/") {
            guard areas.contains(lowered[..<slash]) else { return nil }
        } else {
            guard lowered.hasPrefix("utc") || lowered.hasPrefix("gmt"), lowered.count > 3 else { return nil }
            guard let sign = lowered.dropFirst(3).first, sign == "+" || sign == "-" else { return nil }
        }
        return (try? ZoneRules.named(String(chunk))) == nil ? nil : .zone
    }

    /// "mon/wed/fri", "and/or" and "12/24" are no paths.
    private static func isPath(_ chunk: Substring, _ first: Character) -> Bool {
        if "/~.".contains(first) { return true }
        if first.isNumber { return chunk.contains { $0.isAlphabetic } && chunk.contains(".") }
        let parts = chunk.lowercased().split(separator: "/").map(String.init)
        let isTime = parts.allSatisfy { part in
            Vocabulary.weekdays[part] != nil || Vocabulary.months[part] != nil || Vocabulary.units[part] != nil
                || Vocabulary.pluralWeekdays[part] != nil
        }
        return parts.count > 1 && !isTime && parts != ["and", "or"]
    }

    /// A dot between two letters or figures: `backup.sh`, `order.paid`; not "a.m".
    private static func hasInnerDot(_ chunk: Substring) -> Bool {
        guard let dot = chunk.firstIndex(of: "."), !["a.m", "p.m", "e.g", "i.e"].contains(chunk.lowercased()) else {
            return false
        }
        let next = chunk.index(after: dot)
        return next < chunk.endIndex && (chunk[next].isAlphabetic || chunk[next].isNumber)
    }
}
