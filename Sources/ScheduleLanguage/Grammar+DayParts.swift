/// Parts of the day.
extension Grammar {
    /// "every morning", "this evening", "tonight", "in the afternoon", "monday night".
    func dayPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        if let found = partOfToday(at: index) ?? repeatingPart(at: index, context) ?? ledPart(at: index) {
            return found
        }
        let place = skip(index, ["early", "late"])
        guard context.afterDay || isPhrase, let part = stretch(at: place) else { return nil }
        return (.dayPart(part, .plain), place + 1)
    }

    /// "tonight", "this evening", "today evening".
    private func partOfToday(at index: Int) -> Parsed<TimePart>? {
        if word(index) == "tonight" { return (.dayPart(.tonight, .today), index + 1) }
        guard isWord(index, ["this", "today"]), let part = stretch(at: index + 1) else { return nil }
        return (.dayPart(part, .today), index + 2)
    }

    /// "mornings", "nightly".
    private func repeatingPart(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard Vocabulary.pluralDayParts.contains(word(index)), let part = stretch(at: index) else { return nil }
        let isWanted = context.inRun || isPhrase || index == 0 || word(index) == "nightly"
        return isWanted ? (.dayPart(part, .repeating), index + 1) : nil
    }

    /// "in the morning", "at night", "first thing".
    private func ledPart(at index: Int) -> Parsed<TimePart>? {
        if let end = skip(index, phrase: ["first", "thing"]) {
            return (.dayPart(.morning, .plain), skip(end, phrase: ["in", "the", "morning"]) ?? end)
        }
        if word(index) == "at", stretch(at: index + 1) == .night { return (.dayPart(.night, .plain), index + 2) }
        guard let start = skip(index, phrase: ["in", "the"]) else { return nil }
        let place = skip(start, ["early", "late"])
        guard let part = stretch(at: place) else { return nil }
        return (.dayPart(part, Vocabulary.pluralDayParts.contains(word(place)) ? .repeating : .plain), place + 1)
    }

    private func stretch(at index: Int) -> DayPart? {
        guard let part = Vocabulary.dayParts[word(index)], !part.isMoment else { return nil }
        return part
    }
}
