import JobModel

/// Lengths of time in the words of policies: "5 minutes", "30s", "an hour and a half".
enum PolicyDuration {
    private static let units: [String: Double] = {
        var table: [String: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let names: [(Double, [String])] = [
            (1, ["sec", "second"]), (60, ["min", "minute"]), (3600, ["hr", "hour"]), (86_400, ["day"]),
            (604_800, ["week"]),
        ]
        for (seconds, words) in names {
            for word in words {
                table[word] = seconds
                table["\(word)s"] = seconds
            }
        }
        return table
    }()

    /// As policies write it ("5m"); `nil` where the words are anything else than one length of time.
    static func text(_ pieces: Pieces?) -> String? {
        guard let pieces, let seconds = seconds(pieces.words.map(\.key)[...]), seconds > 0 else { return nil }
        return DurationWords.text(seconds)
    }

    private static func seconds(_ words: ArraySlice<String>) -> Double? {
        var words = words
        var total = 0.0
        var last: Double?
        while let word = words.first {
            if last != nil, word == "and" {
                words.removeFirst()
            } else if let unit = last, words == ["a", "half"] {
                return total + unit / 2
            } else if let glued = glued(word) {
                words.removeFirst()
                total += glued
                last = 1
            } else if let (amount, unit) = amount(&words) {
                total += amount * unit
                last = unit
            } else {
                return nil
            }
        }
        return last == nil ? nil : total
    }

    /// "30s", "10min".
    private static func glued(_ word: String) -> Double? {
        let figure = word.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(figure), let unit = units[String(word.dropFirst(figure.count))] else { return nil }
        return number * unit
    }

    /// "5 minutes", "half an hour", "two and a half hours": taken off the front, as an amount and its unit.
    private static func amount(_ words: inout ArraySlice<String>) -> (Double, Double)? {
        guard let place = words.firstIndex(where: { units[$0] != nil }), let unit = units[words[place]],
            let amount = amount(Array(words[..<place]))
        else { return nil }
        words = words[(place + 1)...]
        return (amount, unit)
    }

    private static func amount(_ words: [String]) -> Double? {
        switch words {
        case ["a"], ["an"]: 1
        case ["half"], ["half", "a"], ["half", "an"], ["a", "half"]: 0.5
        case _ where words.count == 1: WordNumber.measure(words[0])
        case _ where words.count == 4 && words[1...] == ["and", "a", "half"]:
            WordNumber.measure(words[0]).map { $0 + 0.5 }
        default: nil
        }
    }
}
