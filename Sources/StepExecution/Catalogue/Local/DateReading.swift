import Foundation
import JobModel

/// Dates within foreign text, in the ways they are commonly written in English and in numbers.
enum DateReading {
    enum Order: String { case day, month }

    enum Problem: Error, Hashable {
        case none
        /// Two orders are possible and mean different days.
        case ambiguous(String)
    }

    /// The first date as `2026-03-27`, or the first moment as RFC 3339 in UTC where a time with its offset follows.
    static func date(in text: String, order: Order?) throws(Problem) -> (value: String, words: String) {
        let text = String(text.prefix(100_000))
        if let found = moment(in: text) { return found }
        let tokens = tokens(of: text)
        for index in tokens.indices {
            if let found = try date(at: index, in: tokens, order: order) { return found }
        }
        throw .none
    }

    // MARK: Moments

    private static func moment(in text: String) -> (value: String, words: String)? {
        let words = text.split { $0.isWhitespace || "\"'<>()[],;".contains($0) }
        for word in words.lazy.map(String.init) where word.utf8.count <= 40 && word.contains("T") {
            if let date = RFC3339.date(word) { return (RFC3339.text(date), word) }
        }
        return nil
    }

    // MARK: Days

    /// Numbers and words; each number knows what stands behind it.
    private struct Token {
        var text: String
        var mark: Character?
        var number: Int? { text.utf8.count <= 4 ? Int(text) : nil }
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var current = ""
        func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
        for character in text {
            let continues = current.last.map { isDigit($0) == isDigit(character) } ?? true
            if isDigit(character) || character.isLetter {
                if !continues { flush(nil) }
                current.append(character)
            } else {
                flush(character)
            }
        }
        flush(nil)
        return tokens

        func flush(_ mark: Character?) {
            if !current.isEmpty {
                tokens.append(Token(text: current, mark: mark))
                current = ""
            } else if let mark, !mark.isWhitespace, !tokens.isEmpty, tokens[tokens.count - 1].mark?.isWhitespace ?? true
            {
                tokens[tokens.count - 1].mark = mark
            }
        }
    }

    private static func date(
        at index: Int, in tokens: [Token], order: Order?
    ) throws(Problem) -> (value: String, words: String)? {
        let window = Array(tokens[index...].prefix(4))
        guard window.count >= 3 else { return nil }
        if let found = named(window) { return found }
        guard let first = window[0].number, let second = window[1].number, let third = window[2].number,
            let mark = window[0].mark, mark == window[1].mark, "-./".contains(mark)
        else { return nil }
        let words = "\(window[0].text)\(mark)\(window[1].text)\(mark)\(window[2].text)"
        if window[0].text.count == 4 { return day(first, second, third).map { ($0, words) } }
        guard window[2].text.count == 4 else { return nil }
        return try numbers(first, second, year: third, mark: mark, order: order, words: words)
    }

    /// Points stand in dates of countries that begin with the day.
    private static func numbers(
        _ first: Int, _ second: Int, year: Int, mark: Character, order: Order?, words: String
    ) throws(Problem) -> (value: String, words: String)? {
        let dayFirst = day(year, second, first)
        let monthFirst = day(year, first, second)
        if mark == "." || order == .day { return dayFirst.map { ($0, words) } }
        if order == .month { return monthFirst.map { ($0, words) } }
        guard let dayFirst, let monthFirst, dayFirst != monthFirst else {
            return (dayFirst ?? monthFirst).map { ($0, words) }
        }
        throw .ambiguous(words)
    }

    /// `27 March 2026`, `27th Mar 2026`, `March 27, 2026`.
    private static func named(_ window: [Token]) -> (value: String, words: String)? {
        var parts = window
        if parts.count > 1, ["st", "nd", "rd", "th"].contains(parts[1].text.lowercased()) { parts.remove(at: 1) }
        if parts.count > 2, ["st", "nd", "rd", "th"].contains(parts[2].text.lowercased()) { parts.remove(at: 2) }
        guard parts.count >= 3, let year = parts[2].number, parts[2].text.count == 4 else { return nil }
        let words = parts.prefix(3).map(\.text).joined(separator: " ")
        if let number = parts[0].number, let month = month(parts[1].text) {
            return day(year, month, number).map { ($0, words) }
        }
        if let month = month(parts[0].text), let number = parts[1].number {
            return day(year, month, number).map { ($0, words) }
        }
        return nil
    }

    private static func month(_ word: String) -> Int? {
        let word = word.lowercased()
        guard word.count >= 3 else { return nil }
        return months.firstIndex { $0 == word || (word.count <= 4 && $0.hasPrefix(word)) }.map { $0 + 1 }
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> String? {
        let text = String(format: "%04d-%02d-%02d", year, month, day)
        guard year > 0, RFC3339.date("\(text)T00:00:00Z") != nil else { return nil }
        return text
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
