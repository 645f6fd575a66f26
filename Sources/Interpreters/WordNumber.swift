/// Numbers as people write them in a sentence.
enum WordNumber {
    /// "3", "#3", "three", "3rd", "third"; `nil` for other words.
    static func value(of word: String) -> Int? {
        if let number = Lexicon.numbers[word] ?? Lexicon.ordinals[word] { return number }
        var digits = word.hasPrefix("#") ? String(word.dropFirst()) : word
        for suffix in ["st", "nd", "rd", "th"] where digits.hasSuffix(suffix) && digits.count > 2 {
            digits.removeLast(2)
            break
        }
        return Int(digits)
    }

    /// An hour by itself: 0 to 23.
    static func isHour(_ word: String) -> Bool { Int(word).map { (0...23).contains($0) } ?? false }

    /// "20", "€20", "1,000", "90%", "1.05", "20k", "ten"; `nil` for other words.
    static func measure(_ word: String) -> Double? {
        if let number = Lexicon.numbers[word] { return Double(number) }
        var digits = word
        while let first = digits.first, "€$£".contains(first) { digits.removeFirst() }
        for unit in ["%", "€", "$", "£", "°c", "°f", "°", "eur", "usd", "gbp", "ms", "mb", "gb", "kb", "s", "c", "f"]
        where digits.hasSuffix(unit) && digits.count > unit.count {
            digits.removeLast(unit.count)
            break
        }
        var factor = 1.0
        if digits.hasSuffix("k"), digits.count > 1 {
            digits.removeLast()
            factor = 1000
        }
        return Double(withoutGrouping(digits)).map { $0 * factor }.flatMap { $0.isFinite ? $0 : nil }
    }

    /// "1,000" and "12,500.50" group thousands; another comma is a decimal one ("1,05").
    private static func withoutGrouping(_ digits: String) -> String {
        let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1 else { return digits }
        let grouped = groups.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
        return grouped ? groups.joined() : digits.replacing(",", with: ".")
    }
}
