/// "holidays" among what a repetition leaves out.
extension Grammar {
    /// "holidays", "public holidays", "german holidays", "holidays in North-Rhine".
    func holidays(at index: Int) -> Parsed<HolidayMention>? {
        var words: [String] = []
        var place = index
        while !isWord(place, ["holidays", "holiday"]) {
            guard words.count < 2, let (name, end) = calendarName(at: place) else { return nil }
            words.append(name)
            place = end
        }
        place += 1
        if isWord(place, ["in", "of"]), let (name, end) = calendarName(at: skip(place + 1, ["the"])) {
            words.append(name)
            place = end
        }
        return (HolidayMention(words: words), place)
    }

    /// A word that no other part of a time claims, with what is joined to it: "north-rhine", "de_2026".
    private func calendarName(at index: Int) -> Parsed<String>? {
        guard tokens.indices.contains(index), !Self.notNames.contains(tokens[index].text),
            !Vocabulary.knownWords.contains(tokens[index].text)
        else { return nil }
        switch tokens[index].kind {
        case .word, .path: break
        default: return nil
        }
        var name = tokens[index].original
        var end = index + 1
        while isJoined(end), ![",", ";", ".", ":", ")", "!", "?"].contains(mark(end)) {
            name += tokens[end].original
            end += 1
        }
        return (name.lowercased(), end)
    }

    private static let notNames: Set<String> = [
        "a", "and", "at", "but", "by", "except", "for", "from", "if", "in", "it", "not", "on", "or", "starting",
        "that", "the", "then", "this", "to", "unless", "until", "when", "with",
    ]
}
