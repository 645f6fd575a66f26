/// Zones behind a time.
extension Grammar {
    /// "Berlin time", "EST", "UTC", "UTC +2", "Pacific time", "in Tokyo".
    func zone(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard context.inRun || isPhrase else { return nil }
        let place = mark(index) == "(" ? index + 1 : index
        guard let (mention, end) = zoneName(at: place, context) else { return nil }
        return (.zone(mention), place > index && mark(end) == ")" ? end + 1 : end)
    }

    private func zoneName(at index: Int, _ context: Context) -> Parsed<ZoneMention>? {
        if context.afterClock, ["+", "-"].contains(mark(index)), isJoined(index), isJoined(index + 1),
            clockOffset(index + 1) != nil
        {
            return (.named("UTC\(mark(index))\(tokens[index + 1].original)"), index + 2)
        }
        if isWord(index, ["local", "my", "our"]), word(index + 1) == "time" { return (.local, index + 2) }
        if let found = abbreviation(at: index, context) ?? namedTimeZone(at: index, context) { return found }
        if word(index) == "in", let (zone, end) = cityName(at: index + 1),
            isPhrase || isCapital(index + 1) || context.afterClock
        {
            return (.named(zone), end)
        }
        if isPhrase, context.inRun, let (zone, end) = cityName(at: index), end >= tokens.count {
            return (.named(zone), end)
        }
        return nil
    }

    private func isCapital(_ index: Int) -> Bool {
        tokens.indices.contains(index) && tokens[index].original.first?.isUppercase == true
    }

    /// In capitals, or right behind a time of day.
    private func abbreviation(at index: Int, _ context: Context) -> Parsed<ZoneMention>? {
        let name = word(index)
        if name == "z", context.afterClock, isJoined(index) { return (.named("UTC"), index + 1) }
        guard name.count >= 2,
            tokens[index].original == name.uppercased() || context.afterClock && name.count >= 3 || name == "utc"
                || name == "gmt"
        else { return nil }
        let end = skip(index + 1, ["time"])
        if name == "utc" || name == "gmt", ["+", "-"].contains(mark(index + 1)),
            let hours = wholeNumber(index + 2) ?? clockOffset(index + 2), hours <= 14
        {
            return (.named("UTC\(mark(index + 1))\(tokens[index + 2].original)"), index + 3)
        }
        if let zone = ZoneNames.abbreviations[name] { return (.named(zone), end) }
        return ZoneNames.ambiguous[name] == nil ? nil : (.ambiguous(tokens[index].original), end)
    }

    private func clockOffset(_ index: Int) -> Int? {
        guard tokens.indices.contains(index), case .clock(let time) = tokens[index].kind else { return nil }
        return time.hour
    }

    /// "Berlin time", "New York time", "eastern standard time"; an unknown name before "time" is asked about.
    private func namedTimeZone(at index: Int, _ context: Context) -> Parsed<ZoneMention>? {
        for length in [3, 2, 1] {
            let names = (index..<index + length).map(word)
            guard !names.contains("") else { continue }
            let behind = skip(index + length, ["standard", "daylight", "summer"])
            guard word(behind) == "time" else { continue }
            if let zone = ZoneNames.city(names.joined(separator: " ")) { return (.named(zone), behind + 1) }
            if length == 1, isName(index) || context.afterClock && isPlaceName(index) {
                return (.unknown(tokens[index].original), behind + 1)
            }
        }
        return nil
    }

    /// "8am mordor time": right behind a time of day a word before "time" names a place, unless it is a time for something.
    private func isPlaceName(_ index: Int) -> Bool {
        let ordinary: Set<String> = [
            "some", "any", "prime", "lunch", "bed", "tea", "dinner", "game", "show", "play", "story", "school", "free",
            "full", "part", "half", "closing", "opening", "quiet", "good", "more", "next", "big", "party", "coffee",
            "breakfast", "supper", "nap", "start", "end", "real", "run", "due", "first", "last", "long", "same", "for",
            "and", "to", "on", "in", "every", "each", "it", "is", "of", "at", "the", "this", "that", "a", "one",
            "exact",
        ]
        return word(index).count > 2 && !ordinary.contains(word(index)) && Vocabulary.dayParts[word(index)] == nil
            && Vocabulary.numbers[word(index)] == nil
    }

    private func isName(_ index: Int) -> Bool {
        guard tokens[index].original.first?.isUppercase == true || isPhrase else { return false }
        return ![
            "the", "that", "this", "which", "what", "same", "any", "some", "of", "each", "every", "one", "a", "in",
            "on", "last", "first",
        ].contains(word(index))
    }

    private func cityName(at index: Int) -> Parsed<String>? {
        for length in [3, 2, 1] {
            let names = (index..<index + length).map(word)
            guard !names.contains(""), names.joined().count > 3 else { continue }
            if let zone = ZoneNames.city(names.joined(separator: " ")) { return (zone, index + length) }
        }
        return nil
    }
}
