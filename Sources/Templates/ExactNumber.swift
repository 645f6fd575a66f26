import Foundation

/// Numbers as people write them: 0.1 is a tenth, so that prices compare as they do on paper.
enum ExactNumber {
    /// The decimal number that the shortest text of `double` says; `nil` beyond the range of exact numbers.
    static func of(_ double: Double) -> Decimal? {
        double.isFinite ? reading("\(double)") : nil
    }

    /// The number that `text` is as a whole ("-12.50", "1e3"); `nil` for anything else.
    static func reading(_ text: String) -> Decimal? {
        guard isNumber(text), let double = Double(text), double.isFinite, abs(double) < 1e60 else { return nil }
        if double != 0, abs(double) < 1e-60 { return nil }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")).flatMap(checked)
    }

    /// `nil` where the arithmetic has left the range of exact numbers.
    static func checked(_ number: Decimal) -> Decimal? {
        guard !number.isNaN, number.exponent < 80, number.exponent > -100 else { return nil }
        return number
    }

    static func double(_ number: Decimal) -> Double { Double(number.description) ?? 0 }

    /// Half a unit of the last place goes away from zero.
    static func rounded(_ number: Decimal, to places: Int) -> Decimal {
        var (rounded, number) = (Decimal(), number)
        NSDecimalRound(&rounded, &number, places, .plain)
        return rounded
    }

    /// The whole part, without what follows the point.
    static func truncated(_ number: Decimal) -> Decimal {
        var (rounded, number) = (Decimal(), number)
        NSDecimalRound(&rounded, &number, 0, number.sign == .minus ? .up : .down)
        return rounded
    }

    private static func isNumber(_ text: String) -> Bool {
        var digits = text[...]
        if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
        guard let first = digits.first, first.isASCII, first.isNumber, digits.count <= 60 else { return false }
        return digits.allSatisfy { $0.isASCII && ($0.isNumber || ".eE+-".contains($0)) }
    }
}

/// Units of time whose length is fixed.
enum DurationUnit {
    static func seconds(_ word: String) -> Decimal? {
        switch word.lowercased() {
        case "s", "sec", "secs", "second", "seconds": 1
        case "m", "min", "mins", "minute", "minutes": 60
        case "h", "hour", "hours": 3_600
        case "d", "day", "days": 86_400
        case "w", "week", "weeks": 604_800
        default: nil
        }
    }
}
