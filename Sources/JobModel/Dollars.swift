import Foundation

/// Money as whole micro-dollars (a millionth of a dollar), so that sums are exact.
package enum Dollars {
    /// More than anything here costs: sums of it stay far from what an integer holds.
    package static let most: Int64 = 1_000_000_000_000

    /// Reads `5`, `0.50` or `$0.5`, up to six decimals and up to a million dollars; `nil` for anything else.
    package static func micro(_ text: String) -> Int64? {
        let parts = text.drop { $0 == "$" }.split(separator: ".", omittingEmptySubsequences: false)
        guard text.prefix(2) != "$$", (1...2).contains(parts.count), let whole = digits(parts[0], most: 7) else {
            return nil
        }
        guard parts.count == 2 else { return within(whole * 1_000_000) }
        guard let fraction = digits(parts[1], most: 6) else { return nil }
        return within(whole * 1_000_000 + fraction * Int64(pow(10, Double(6 - parts[1].count))))
    }

    private static func digits(_ text: Substring, most: Int) -> Int64? {
        guard (1...most).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int64(text)
    }

    private static func within(_ micro: Int64) -> Int64? { micro <= most ? micro : nil }

    /// `$4.98`; below a cent four decimals, and never zero for what is not.
    package static func text(_ micro: Int64) -> String {
        if micro <= 0 { return "$0.00" }
        if micro < 10_000 { return "$0." + padded(max(1, (micro + 50) / 100), 4) }
        let cents = (micro + 5_000) / 10_000
        return "$\(cents / 100)." + padded(cents % 100, 2)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
