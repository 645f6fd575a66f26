/// Lengths of time, and moments reckoned from now.
extension Grammar {
    /// "in 20 minutes", "2 hours from now", "an hour and a half later", "in 1d 2hr 5min".
    func offset(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let found = shift(at: index) { return found }
        if isWord(index, ["in", "after", "within"]) {
            let place = skip(behindVagueWords(index + 1), ["the", "next", "another"])
            guard let (amount, end) = amount(at: place) else { return nil }
            if word(index) == "after", !isPhrase, word(end) != "", !isEndOfPhrase(end) { return nil }
            return (.offset(amount), behindAmount(end))
        }
        let place = timerLength(at: index) ?? behindVagueWords(index)
        guard let (amount, end) = amount(at: place) else { return nil }
        if place > index, word(index) == "for" { return (.offset(amount), end) }
        if word(end) == "ago" { return (.past, end + 1) }
        if isWord(end, ["later", "hence"]) { return (.offset(amount), end + 1) }
        if isPhrase, word(end) == "out" { return (.offset(amount), end + 1) }
        return fromNow(at: end).map { (.offset(amount), $0) }
    }

    /// "push it back by 30 minutes": a length by which something moves.
    private func shift(at index: Int) -> Parsed<TimePart>? {
        let place = skip(index, ["back", "forward", "ahead", "up"])
        guard word(place) == "by",
            tokens.prefix(4).contains(where: { Self.shiftVerbs.contains($0.text) }) || isPhrase && place == 0,
            let (amount, end) = amount(at: place + 1), !amount.isVague
        else { return nil }
        return (.offset(amount), skip(end, ["later", "earlier", "back", "forward", "sooner"]))
    }

    private static let shiftVerbs: Set<String> = [
        "push", "move", "postpone", "delay", "bring", "shift", "snooze", "pull",
    ]

    /// "set a timer for 5 minutes": the length is when it rings.
    private func timerLength(at index: Int) -> Int? {
        word(index) == "for" && isWord(index - 1, ["timer", "countdown"]) ? index + 1 : nil
    }

    /// "about ~5 hours".
    private func behindVagueWords(_ index: Int) -> Int {
        let place = skip(index, Self.vagueWords)
        return mark(place) == "~" ? place + 1 : place
    }

    private static let vagueWords: Set<String> = [
        "about", "around", "approximately", "roughly", "like", "say", "maybe",
    ]

    /// "in two hours' time".
    private func behindAmount(_ index: Int) -> Int {
        var end = index
        if mark(end) == "'" || mark(end) == "’" { end += 1 }
        if word(end) == "time" { end += 1 }
        return isWord(end, ["from"]) && word(end + 1) == "now"
            ? end + 2 : end == index + 1 && word(index) != "time" ? index : end
    }

    /// "20 minutes", "an hour and a half", "1d 2hr 5min", "half an hour", "a couple of days", "1.5 hours".
    func amount(at index: Int) -> Parsed<Amount>? {
        guard var (total, end) = singleAmount(at: index) else { return nil }
        while !total.isVague {
            let next = separator(at: end) ?? end
            guard let (more, stop) = singleAmount(at: next), next == end || isSmaller(more, than: total) else { break }
            // "5 minutes an hour" is no sum.
            if isWord(next, ["a", "an"]), next == end { break }
            guard isSmaller(more, than: total) else { break }
            total = total + more
            end = stop
        }
        return (total, end)
    }

    private func isSmaller(_ amount: Amount, than other: Amount) -> Bool {
        func rank(_ amount: Amount) -> Int { amount.months * 2_592_000 + amount.days * 86_400 + amount.seconds }
        return rank(amount) < rank(other)
    }

    private func singleAmount(at index: Int) -> Parsed<Amount>? {
        if let found = fraction(at: index) { return found }
        if let found = vagueAmount(at: index) { return found }
        guard let (count, place) = count(at: index) else { return nil }
        let next = skip(skip(place, ["more", "full", "whole"]), ["more"])
        if isWord(next, ["fortnight", "fortnights"]) { return (Amount(days: Int(count) * 14), next + 1) }
        if isWord(next, ["decade", "decades"]) { return (.of(count * 10, .year), next + 1) }
        if let unit = primeUnit(at: next) { return (.of(count, unit), next + 1) }
        if let (unit, end) = halfMore(at: next) { return (.of(count + 0.5, unit), end) }
        guard let (unit, end) = unit(at: next),
            !(unit == .second && word(next) == "second" && isOrdinalUse(next, count))
        else { return nil }
        if let stop = skip(end, phrase: ["and", "a", "half"]) ?? skip(end, phrase: ["and", "half"]),
            self.unit(at: stop) == nil
        {
            return (.of(count + 0.5, unit), stop)
        }
        if let stop = skip(end, phrase: ["and", "a", "quarter"]) { return (.of(count + 0.25, unit), stop) }
        return (.of(count, unit), end)
    }

    /// The marks of `15'` and `30"` right behind a figure.
    private func primeUnit(at index: Int) -> Vocabulary.Unit? {
        guard isPhrase, isJoined(index) else { return nil }
        return ["'": .minute, "′": .minute, "\"": .second, "″": .second][mark(index)]
    }

    /// "a second opinion", "the second tuesday".
    private func isOrdinalUse(_ index: Int, _ count: Double) -> Bool {
        count == 1 && isWord(index - 1, ["a", "the"]) && !isPhrase && !isEndOfPhrase(index + 1)
    }

    private func count(at index: Int) -> Parsed<Double>? {
        if isWord(index, ["a", "an"]) { return (1, index + 1) }
        if let (value, end) = number(at: index), value > 0 { return (value, end) }
        return nil
    }

    /// "2 and a half hours", "one and a half".
    private func halfMore(at index: Int) -> Parsed<Vocabulary.Unit>? {
        guard let place = skip(index, phrase: ["and", "a", "half"]) ?? skip(index, phrase: ["and", "an", "half"]) else {
            return nil
        }
        return unit(at: place)
    }

    /// "half an hour", "half hour", "a quarter of an hour", "three quarters of an hour", "1/2 hour".
    private func fraction(at index: Int) -> Parsed<Amount>? {
        var place = skip(index, ["a"])
        let parts: Double
        if word(place) == "half" {
            (parts, place) = (0.5, place + 1)
        } else if word(place) == "quarter" {
            (parts, place) = (0.25, place + 1)
        } else if word(place) == "three",
            let end = skip(mark(place + 1) == "-" ? place + 2 : place + 1, phrase: ["quarters"])
        {
            (parts, place) = (0.75, end)
        } else if let found = writtenFraction(place) {
            (parts, place) = (found, place + 1)
        } else {
            return nil
        }
        if mark(place) == "-" { place += 1 }
        place = skip(skip(place, ["of"]), ["a", "an"])
        guard let (unit, end) = unit(at: place) else { return nil }
        return (.of(parts, unit), end)
    }

    private func writtenFraction(_ index: Int) -> Double? {
        guard tokens.indices.contains(index), case .date = tokens[index].kind else { return nil }
        return ["1/2": 0.5, "1/4": 0.25, "3/4": 0.75][tokens[index].original]
    }

    /// "every few minutes" and "for a few days" want a number; "in a few minutes" need not be exact.
    func saysFew(at index: Int) -> Bool { word(skip(index, ["a"])) == "few" }

    /// "a couple of hours" and "a pair of hours" are two, "a few" are three; "some" and "several" leave the number open.
    private func vagueAmount(at index: Int) -> Parsed<Amount>? {
        let place = skip(index, ["a"])
        if isWord(place, ["couple", "pair"]), let (unit, end) = unit(at: skip(place + 1, ["of"])) {
            return (.of(2, unit), end)
        }
        if word(place) == "few", let (unit, end) = unit(at: place + 1) { return (.of(3, unit), end) }
        guard isWord(place, ["some", "several"]), let (unit, end) = unit(at: place + 1) else { return nil }
        var amount = Amount.of(3, unit)
        amount.isVague = true
        return (amount, end)
    }

    // MARK: Counts

    /// "5 times", "twice", and "for the next 3 days".
    func counted(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let found = lasting(at: index, context) { return found }
        guard context.inRun || isPhrase || index == 0 && opensRepetition(at: index) else { return nil }
        let place = skip(skip(index, ["for", "only", "just"]), ["up"])
        if isWord(place, ["twice", "thrice"]), !isPhrase || context.inRun {
            return (.count(Vocabulary.multiples[word(place)] ?? 2), place + 1)
        }
        guard let (count, end) = number(at: skip(place, ["a"])), count >= 1, count == count.rounded() else {
            return nil
        }
        let noun = skip(end, ["more"])
        guard isWord(noun, ["times", "time", "occurrences", "occasions", "repetitions", "runs", "x"]) else {
            return nil
        }
        return (.count(Int(count)), skip(noun + 1, ["only", "total"]))
    }

    /// "4 times, every 15 minutes": at the front of a sentence a count needs the repetition behind it.
    private func opensRepetition(at index: Int) -> Bool {
        guard let (_, end) = number(at: index), isWord(end, ["times"]), let next = separator(at: end + 1) else {
            return false
        }
        return isWord(next, Vocabulary.every)
    }

    /// "for the next 3 days", "for 2 weeks", "over the next month".
    private func lasting(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard isWord(index, ["for", "over", "during"]) else { return nil }
        let upTo = skip(index + 1, phrase: ["up", "to"]) ?? index + 1
        let article = skip(upTo, ["the"])
        let place = skip(article, ["next", "coming", "following", "first"])
        let isNext = place > article
        if timerLength(at: index) != nil || saysFew(at: place) { return nil }
        guard isNext || word(index) == "for",
            let (amount, end) = amount(at: place) ?? (isNext ? oneUnit(at: place) : nil), !amount.isVague
        else { return nil }
        // "walk for 30 minutes every day": how long something takes is no end of the repetition.
        if !isNext, !amount.isCalendar, !isPhrase, !context.hasShortStep, !isLonely(index, end) { return nil }
        if !isNext, amount.isCalendar, !isPhrase, !context.inRun, !isLonely(index, end) { return nil }
        return (.lasting(amount), end)
    }

    /// "for the next hour".
    private func oneUnit(at index: Int) -> Parsed<Amount>? { unit(at: index).map { (.of(1, $0.value), $0.end) } }

    /// At the end of a sentence with no verb of its own to belong to.
    private func isLonely(_ start: Int, _ end: Int) -> Bool {
        guard end >= tokens.count || tokens[end].kind == .punctuation else { return false }
        return !tokens[..<start].contains { ["remind", "every", "each"].contains($0.text) }
    }
}
