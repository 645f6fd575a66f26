import Foundation
import JobModel

extension PhraseParser {
    /// The stretch that words name: "tomorrow", "the next 3 hours", "this weekend", "last night", "on friday".
    package func span(_ words: String) -> DateInterval? {
        let tokens = Tokenizer.tokens(of: words)
        let grammar = Grammar(tokens, isPhrase: true)
        var index = grammar.skip(0, ["in", "on", "for", "during", "over", "within", "from", "since"])
        index = grammar.skip(index, ["the"])
        let calendar = calendar()
        return SpanReader(grammar: grammar, calendar: calendar, context: context).span(from: index)
    }
}

/// Reads a stretch of time from words.
struct SpanReader {
    let grammar: Grammar
    let calendar: LocalCalendar
    let context: PhraseContext

    func span(from index: Int) -> DateInterval? {
        if grammar.isWord(index, ["next", "coming", "following"]), let found = amount(from: index + 1) {
            return DateInterval(start: context.now, end: max(calendar.moment(after: found), context.now))
        }
        if grammar.isWord(index, ["last", "past", "previous"]) { return backward(from: index + 1) }
        if grammar.isWord(index, ["this", "next"]),
            let found = period(grammar.word(index + 1), isNext: grammar.word(index) == "next")
        {
            return found
        }
        if grammar.isWord(index, ["weekend", "week", "month"]), index + 1 >= grammar.tokens.count {
            return period(grammar.word(index), isNext: false)
        }
        return day(from: index)
    }

    private func amount(from index: Int) -> Amount? {
        if let (amount, _) = grammar.amount(at: index) { return amount }
        guard let (unit, _) = grammar.unit(at: index), unit.seconds != nil || unit == .day else { return nil }
        return .of(1, unit)
    }

    /// Behind "last" or "past".
    private func backward(from index: Int) -> DateInterval? {
        switch grammar.word(index) {
        case "night": return lastNight
        case "week": return weeks(from: -1)
        case "month": return months(from: -1)
        case "weekend": return days(calendar.day(calendar.monday(of: calendar.today), plus: -2), 2)
        default: return lastWeekday(grammar.word(index)) ?? lastAmount(from: index)
        }
    }

    /// Yesterday 18:00 to this morning 09:00, or to now.
    private var lastNight: DateInterval {
        let start = calendar.instant(calendar.day(calendar.today, plus: -1), LocalTime(18))
        return DateInterval(
            start: start, end: min(calendar.instant(calendar.today, LocalTime(9)), max(context.now, start)))
    }

    private func lastAmount(from index: Int) -> DateInterval? {
        let one = grammar.unit(at: index).map { (Amount.of(1, $0.value), $0.end) }
        guard let (amount, _) = grammar.amount(at: index) ?? one else { return nil }
        let back = Amount(months: -amount.months, days: -amount.days, seconds: -amount.seconds)
        return DateInterval(start: calendar.moment(after: back), end: context.now)
    }

    private func lastWeekday(_ name: String) -> DateInterval? {
        guard let weekday = Vocabulary.weekdays[name] else { return nil }
        let distance = (calendar.weekday(calendar.today) - weekday + 6) % 7 + 1
        return days(calendar.day(calendar.today, plus: -distance), 1)
    }

    private func period(_ word: String, isNext: Bool) -> DateInterval? {
        switch word {
        case "week": return weeks(from: isNext ? 1 : 0)
        case "month": return months(from: isNext ? 1 : 0)
        case "weekend":
            let saturday = calendar.day(calendar.monday(of: calendar.today), plus: isNext ? 12 : 5)
            return days(saturday, 2)
        case "year":
            let year = calendar.today.year + (isNext ? 1 : 0)
            return interval(LocalDay(year: year, month: 1, day: 1), LocalDay(year: year + 1, month: 1, day: 1))
        case "morning", "afternoon", "evening":
            return isNext ? nil : part(of: calendar.today, Vocabulary.dayParts[word])
        default: return nil
        }
    }

    /// "tomorrow", "tonight", "tomorrow morning", "friday", "24 december", "yesterday".
    private func day(from index: Int) -> DateInterval? {
        if grammar.word(index) == "tonight" { return part(of: calendar.today, .night) }
        if grammar.word(index) == "yesterday" { return days(calendar.day(calendar.today, plus: -1), 1) }
        guard let (parts, _) = grammar.moment(at: index) else { return nil }
        let expression = TimeExpression(parts)
        guard expression.hasDay else { return nil }
        let builder = ScheduleBuilder(context: context, expression: TimeExpression(parts.filter(\.isDay)))
        let date =
            expression.dates.isEmpty
            ? builder.candidateDays().first : (try? builder.moments().first).map(calendar.day(of:))
        guard let date else { return nil }
        if let part = expression.dayParts.first { return self.part(of: date, part) }
        return days(date, expression.weekdays.first?.days == [6, 7] && calendar.weekday(date) == 6 ? 2 : 1)
    }

    private func part(of day: LocalDay, _ part: DayPart?) -> DateInterval? {
        switch part {
        case .morning: hours(day, 5, 12)
        case .afternoon: hours(day, 12, 18)
        case .evening: hours(day, 18, 24)
        case .night, .tonight: hours(day, 18, 30)
        default: nil
        }
    }

    private func hours(_ day: LocalDay, _ from: Int, _ to: Int) -> DateInterval {
        DateInterval(start: calendar.instant(day, LocalTime(from)), end: calendar.instant(day, LocalTime(to)))
    }

    private func weeks(from offset: Int) -> DateInterval {
        days(calendar.day(calendar.monday(of: calendar.today), plus: offset * 7), 7)
    }

    private func months(from offset: Int) -> DateInterval {
        let first = LocalDay(year: calendar.today.year, month: calendar.today.month, day: 1)
        return interval(calendar.day(first, plusMonths: offset), calendar.day(first, plusMonths: offset + 1))
    }

    private func days(_ day: LocalDay, _ count: Int) -> DateInterval { interval(day, calendar.day(day, plus: count)) }

    private func interval(_ from: LocalDay, _ to: LocalDay) -> DateInterval {
        DateInterval(start: calendar.instant(from), end: calendar.instant(to))
    }
}
