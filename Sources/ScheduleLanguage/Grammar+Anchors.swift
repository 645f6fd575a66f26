/// Moments that are reckoned from another moment than now.
extension Grammar {
    /// "2 days after next friday", "15 minutes from 1pm", "an hour before midnight", "3 fridays from now", "next tuesday +10
    /// days".
    func anchored(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        weekdaysFromNow(at: index) ?? amountFromAnchor(at: index, context) ?? anchorPlusAmount(at: index, context)
    }

    /// "3 fridays from now": the third to come; today does not count.
    private func weekdaysFromNow(at index: Int) -> Parsed<TimePart>? {
        let place = skip(index, ["in"])
        guard let (count, noun) = number(at: place), count == count.rounded(), (1...520).contains(count),
            let day = Vocabulary.pluralWeekdays[word(noun)] ?? (count == 1 ? Vocabulary.weekdays[word(noun)] : nil),
            let end = fromNow(at: noun + 1)
        else { return nil }
        let first = WeekdayMention(days: [day], repeats: false, week: .afterToday)
        return (.relative(Amount(days: (Int(count) - 1) * 7), to: [.weekdays(first)]), end)
    }

    /// "from now", "from today", "hence".
    func fromNow(at index: Int) -> Int? {
        if word(index) == "hence" { return index + 1 }
        let place = word(index) == "from" ? skip(index + 1, ["right"]) : index
        return place > index && isWord(place, ["now", "today"]) ? place + 1 : nil
    }

    /// "2 days after next friday"; in a sentence a day or a time must be named, never only "after the meeting".
    private func amountFromAnchor(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard !context.inRun || isPhrase, let (amount, place) = amount(at: skip(index, ["in"])), !amount.isVague,
            fromNow(at: place) == nil, let sign = direction(at: place), let (anchor, end) = anchor(at: place + 1),
            amount.isCalendar || TimeExpression(anchor).hasTime || isPhrase
        else { return nil }
        return (.relative(amount.times(sign), to: anchor), end)
    }

    private func direction(at index: Int) -> Int? {
        isWord(index, ["after", "from"]) ? 1 : word(index) == "before" ? -1 : nil
    }

    /// The day or the time that is reckoned from; "now" is read elsewhere.
    private func anchor(at index: Int) -> Parsed<[TimePart]>? {
        if word(index) == "yesterday" { return ([.dayOffset(-1)], index + 1) }
        guard word(index) != "now", let found = moment(at: index),
            !found.value.contains(where: { if case .offset = $0 { true } else { $0 == .past || $0 == .now } })
        else { return nil }
        return found
    }

    /// "next tuesday +10 days", "now + 40 minutes", "+15 minutes".
    private func anchorPlusAmount(at index: Int, _ context: Context) -> Parsed<TimePart>? {
        guard isPhrase, !context.inRun else { return nil }
        let isFromNow = mark(index) == "+" || word(index) == "now" && mark(index + 1) == "+"
        if isFromNow, let (amount, end) = amount(at: mark(index) == "+" ? index + 1 : index + 2), !amount.isVague {
            return (.offset(amount), end)
        }
        guard word(index) != "now", tokens[index...].contains(where: { $0.text == "+" }),
            let (anchor, place) = anchor(at: index), mark(place) == "+", let (amount, end) = amount(at: place + 1)
        else { return nil }
        return (.relative(amount, to: anchor), end)
    }
}
