import Foundation
import JobModel

/// Finds the number in what a page, an endpoint or a script said.
package enum NumberReading {
    /// The first number of a text, or the first number value of a JSON document; `nil` where there is none.
    ///
    /// Reads `1,234.50`, `1.234,50`, `24.90 €`, `-3` and `1e3`. A single comma before exactly three digits groups
    /// thousands (`1,234`), a single point is a decimal point (`1.234`). Digits glued to a word (`utf8`) are no number,
    /// except behind a currency (`EUR24`). In JSON, names of members are not looked at, and a number wins over a text.
    package static func firstNumber(in text: String) -> Double? {
        let trimmed = CleanText.trimmed(text)
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("["), (try? JSONValue(parsing: trimmed)) != nil {
            return firstNumber(inJSON: trimmed)
        }
        return firstNumber(inWords: Array(trimmed.unicodeScalars))
    }

    /// JSON is scanned rather than decoded, because decoded objects have lost the order of their members.
    private static func firstNumber(inJSON document: String) -> Double? {
        var scanner = JSONScanner(document)
        var texts: [String] = []
        while let value = scanner.next() {
            switch value {
            case .number(let number): return number
            case .text(let text): texts.append(text)
            }
        }
        return texts.lazy.compactMap { firstNumber(inWords: Array($0.unicodeScalars)) }.first
    }

    private static func firstNumber(inWords scalars: [Unicode.Scalar]) -> Double? {
        var index = 0
        while index < scalars.count {
            guard isDigit(scalars[index]) else {
                index += 1
                continue
            }
            let end = endOfNumber(in: scalars, from: index)
            if !isGlued(scalars, at: index), let value = value(of: scalars[index..<end]) {
                return isNegative(scalars, before: index) ? -value : value
            }
            index = end
        }
        return nil
    }

    // MARK: Where a number begins and ends

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// Separators count only between digits; an exponent only with digits behind it.
    private static func endOfNumber(in scalars: [Unicode.Scalar], from start: Int) -> Int {
        var end = start
        while end < scalars.count {
            let isSeparator = separators.contains(scalars[end]) && end + 1 < scalars.count && isDigit(scalars[end + 1])
            guard isDigit(scalars[end]) || isSeparator else { break }
            end += 1
        }
        guard end < scalars.count, scalars[end] == "e" || scalars[end] == "E" else { return end }
        var exponent = end + 1
        if exponent < scalars.count, scalars[exponent] == "+" || scalars[exponent] == "-" { exponent += 1 }
        let digits = scalars[min(exponent, scalars.count)...].prefix(while: isDigit).count
        return digits > 0 ? exponent + digits : end
    }

    private static func isGlued(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        let word = scalars[..<index].reversed().prefix { $0.properties.isAlphabetic || $0 == "_" }
        if word.isEmpty { return false }
        return !currencies.contains(String(String.UnicodeScalarView(word.reversed())).uppercased())
    }

    /// A minus directly before the digits or before their currency sign, unless it joins two words (`utf-8`).
    private static func isNegative(_ scalars: [Unicode.Scalar], before index: Int) -> Bool {
        var place = index - 1
        while place >= 0, scalars[place].properties.generalCategory == .currencySymbol { place -= 1 }
        guard place >= 0, scalars[place] == "-" || scalars[place] == "\u{2212}" else { return false }
        guard place > 0 else { return true }
        let before = scalars[place - 1]
        return !before.properties.isAlphabetic && !isDigit(before)
    }

    // MARK: What it is worth

    private static func value(of scalars: ArraySlice<Unicode.Scalar>) -> Double? {
        let text = String(String.UnicodeScalarView(scalars.filter { !spaces.contains($0) && $0 != "'" && $0 != "’" }))
        let points = text.filter { $0 == "." }.count
        let commas = text.filter { $0 == "," }.count
        switch (points, commas) {
        case (0, 0), (1, 0): return Double(text)
        case (0, 1): return Double(groupsThousands(text) ? without(",", text) : text.replacing(",", with: "."))
        case (_, 0): return Double(groupsAreThrees(text, ".") ? without(".", text) : firstTwo(text, "."))
        case (0, _):
            return Double(
                groupsAreThrees(text, ",") ? without(",", text) : firstTwo(text, ",").replacing(",", with: "."))
        default:
            let pointIsDecimal =
                (text.lastIndex(of: ".") ?? text.startIndex) > (text.lastIndex(of: ",") ?? text.startIndex)
            return Double(pointIsDecimal ? without(",", text) : without(".", text).replacing(",", with: "."))
        }
    }

    /// `1,234` is a thousand and more, `24,90` and `0,500` are fractions.
    private static func groupsThousands(_ text: String) -> Bool {
        let parts: [Substring] = text.split(separator: ",")
        return parts.count == 2 && parts[1].count == 3 && parts[0].count <= 3 && parts[0] != "0"
    }

    private static func groupsAreThrees(_ text: String, _ separator: Character) -> Bool {
        let groups: [Substring] = text.split(separator: separator)
        return groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    /// Of `1.2.3`, which is a version rather than a number, `1.2`.
    private static func firstTwo(_ text: String, _ separator: Character) -> String {
        let groups: [Substring] = text.split(separator: separator)
        return groups.prefix(2).joined(separator: String(separator))
    }

    private static func without(_ separator: Character, _ text: String) -> String {
        text.filter { $0 != separator }
    }

    private static let spaces: Set<Unicode.Scalar> = ["\u{A0}", "\u{202F}", "\u{2009}"]
    private static let separators: Set<Unicode.Scalar> = [".", ",", "'", "’", "\u{A0}", "\u{202F}", "\u{2009}"]
    private static let currencies: Set<String> = [
        "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "RS", "KR",
    ]
}
