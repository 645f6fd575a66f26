/// A random delay.
extension Grammar {
    /// "with a random delay of up to 5 minutes", "plus up to 30 seconds at random", "jitter 5 minutes".
    ///
    /// A length is needed, and that it is random: "with a delay of 5 minutes" says something else and is not read here.
    func jitter(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        let place = skip(index, ["with", "plus"])
        let noun = skip(place, ["a", "some"])
        guard
            let (seconds, end) = jitterBeforeLength(at: noun) ?? lengthBeforeJitter(at: place)
                ?? (noun > place ? lengthBeforeJitter(at: noun) : nil)
        else { return nil }
        return (.jitter(seconds), end)
    }

    /// "random delay of up to 5 minutes", "jitter: 5 minutes", "randomly delayed by at most a minute".
    private func jitterBeforeLength(at index: Int) -> Parsed<Int>? {
        guard let end = jitterWords(at: index) else { return nil }
        let place = mark(end) == ":" ? end + 1 : skip(end, ["of", "by"])
        return jitterLength(at: upTo(place) ?? place)
    }

    /// "up to 5 minutes of jitter", "up to 30 seconds at random", "5 minutes of random delay".
    private func lengthBeforeJitter(at index: Int) -> Parsed<Int>? {
        let limit = upTo(index)
        guard let (seconds, end) = jitterLength(at: limit ?? index) else { return nil }
        if let stop = jitterWords(at: skip(end, ["of"])) { return (seconds, stop) }
        guard limit != nil else { return nil }
        if let stop = skip(end, phrase: ["at", "random"]) { return (seconds, stop) }
        return word(end) == "randomly" ? (seconds, end + 1) : nil
    }

    private func jitterWords(at index: Int) -> Int? {
        if isWord(index, ["jitter", "jittered"]) { return index + 1 }
        if word(index) == "randomly", isWord(index + 1, ["delayed", "late"]) { return index + 2 }
        guard isWord(index, ["random", "randomised", "randomized"]) else { return nil }
        return isWord(index + 1, ["delay", "delays", "jitter", "wait"]) ? index + 2 : nil
    }

    private func upTo(_ index: Int) -> Int? {
        if let end = skip(index, phrase: ["up", "to"]) ?? skip(index, phrase: ["at", "most"]) { return end }
        return isWord(index, ["max", "maximum"]) ? index + 1 : nil
    }

    /// Seconds; days count 24 hours, months are no such length.
    private func jitterLength(at index: Int) -> Parsed<Int>? {
        guard !saysFew(at: index), let (amount, end) = amount(at: index), !amount.isVague, amount.months == 0 else {
            return nil
        }
        return (amount.days * 86_400 + amount.seconds, end)
    }
}
