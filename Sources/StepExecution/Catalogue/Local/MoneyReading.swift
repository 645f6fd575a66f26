import Foundation

/// Amounts of money as shops and banks write them: `1.234,50 €`, `$1,234.50`, `CHF 1'234.50`, `₹1,23,456.00`.
enum MoneyReading {
    struct Amount: Hashable {
        var value: Decimal
        /// `EUR`; `nil` where no currency stands beside the number, or several have its sign (`kr`).
        var currency: String?
        /// As it was written.
        var words: String
    }

    /// The first number that a currency stands beside, else the first number; `nil` where there is none.
    static func amount(in text: String) -> Amount? {
        let scalars = Array(text.unicodeScalars)
        let figures = figures(in: scalars)
        let marked = figures.lazy.compactMap { amount($0, in: scalars, needsMark: true) }.first
        return marked ?? figures.lazy.compactMap { amount($0, in: scalars, needsMark: false) }.first
    }

    private static func amount(_ figure: Range<Int>, in scalars: [Unicode.Scalar], needsMark: Bool) -> Amount? {
        let mark = CurrencyMark.beside(figure, in: scalars)
        guard mark != nil || !needsMark else { return nil }
        let digits = String(String.UnicodeScalarView(scalars[figure]))
        guard let value = value(of: digits, currency: mark?.code) else { return nil }
        let range = mark.map {
            min($0.range.lowerBound, figure.lowerBound)..<max($0.range.upperBound, figure.upperBound)
        }
        let words = String(String.UnicodeScalarView(scalars[range ?? figure]))
        let isNegative =
            isNegative(before: (range ?? figure).lowerBound, in: scalars)
            || isNegative(before: figure.lowerBound, in: scalars)
        return Amount(value: isNegative ? -value : value, currency: mark?.code, words: words)
    }

    // MARK: Where numbers are

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func figures(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < scalars.count {
            guard isDigit(scalars[index]) else {
                index += 1
                continue
            }
            var end = index
            while end < scalars.count, isDigit(scalars[end]) || separates(end, in: scalars, from: index) { end += 1 }
            found.append(index..<end)
            index = end
        }
        return found
    }

    /// A plain space groups digits only before exactly three more.
    private static func separates(_ index: Int, in scalars: [Unicode.Scalar], from start: Int) -> Bool {
        guard index + 1 < scalars.count, isDigit(scalars[index + 1]) else { return false }
        if scalars[index] != " " { return separators.contains(scalars[index]) }
        let behind = scalars[(index + 1)...].prefix(while: isDigit).count
        let before = scalars[start..<index].reversed().prefix(while: isDigit).count
        return behind == 3 && before <= 3
    }

    private static func isNegative(before index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard index > 0, "-\u{2212}".unicodeScalars.contains(scalars[index - 1]) else { return false }
        return index == 1 || !(isDigit(scalars[index - 2]) || scalars[index - 2].properties.isAlphabetic)
    }

    // MARK: What they are worth

    /// The last separator is the decimal one where it differs from those before it, or where other than three digits
    /// follow it: three digits behind a single separator are thousands, as prices have two decimals at the most.
    private static func value(of text: String, currency: String?) -> Decimal? {
        let parts = text.split(omittingEmptySubsequences: false) { !("0"..."9").contains($0) }
        let marks = text.filter { !("0"..."9").contains($0) }
        guard parts.count > 1, let last = parts.last, let mark = marks.last else { return exact(text) }
        let hasThreeDecimals = currency.map(thousandths.contains) ?? false
        let isDecimal =
            marks.count > 1
            ? marks.dropLast().allSatisfy { $0 != mark } && !mark.isWhitespace
            : last.count != 3 || (parts[0] == "0") || hasThreeDecimals
        guard isDecimal else { return exact(parts.joined()) }
        return exact("\(parts.dropLast().joined()).\(last)")
    }

    private static func exact(_ text: String) -> Decimal? {
        text.utf8.count <= 30 ? Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) : nil
    }

    private static let separators: Set<Unicode.Scalar> = [".", ",", "'", "’", "\u{A0}", "\u{202F}", "\u{2009}"]
    /// Currencies with three decimals.
    private static let thousandths: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
}

/// A sign or code of a currency beside a number.
struct CurrencyMark {
    let code: String?
    let range: Range<Int>

    /// Directly before or behind the figure, or with one space between.
    static func beside(_ figure: Range<Int>, in scalars: [Unicode.Scalar]) -> CurrencyMark? {
        before(figure.lowerBound, in: scalars) ?? behind(figure.upperBound, in: scalars)
    }

    private static func before(_ place: Int, in scalars: [Unicode.Scalar]) -> CurrencyMark? {
        var end = place
        while end > 0, isSpace(scalars[end - 1]) || "-\u{2212}".unicodeScalars.contains(scalars[end - 1]),
            place - end < 2
        {
            end -= 1
        }
        let start = end - scalars[..<end].reversed().prefix(while: isPart).count
        return mark(start..<end, in: scalars)
    }

    private static func behind(_ place: Int, in scalars: [Unicode.Scalar]) -> CurrencyMark? {
        var start = place
        if start < scalars.count, isSpace(scalars[start]) { start += 1 }
        let end = start + scalars[min(start, scalars.count)...].prefix(while: isPart).count
        return mark(start..<end, in: scalars)
    }

    private static func mark(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> CurrencyMark? {
        guard !range.isEmpty, range.count <= 4 else { return nil }
        let word = String(String.UnicodeScalarView(scalars[range]))
        if let code = signs[word.lowercased()] { return CurrencyMark(code: code.isEmpty ? nil : code, range: range) }
        return codes.contains(word.uppercased()) ? CurrencyMark(code: word.uppercased(), range: range) : nil
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace && scalar != "\n" }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.generalCategory == .currencySymbol
    }

    /// Empty: several currencies have this sign.
    private static let signs: [String: String] = [
        "€": "EUR", "$": "USD", "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "hk$": "HKD",
        "nz$": "NZD", "s$": "SGD", "r$": "BRL", "£": "GBP", "¥": "JPY", "₹": "INR", "rs": "INR", "₽": "RUB", "₩": "KRW",
        "₺": "TRY", "₴": "UAH", "₪": "ILS", "฿": "THB", "₫": "VND", "zł": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON",
        "fr": "CHF", "kr": "", "euro": "EUR", "euros": "EUR",
    ]
    private static let codes: Set<String> = [
        "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF",
        "RON", "BGN", "TRY", "RUB", "UAH", "ILS", "ZAR", "BRL", "MXN", "KRW", "SGD", "HKD", "THB", "VND", "IDR", "MYR",
        "PHP", "AED", "SAR", "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", "ISK", "TWD",
    ]
}
