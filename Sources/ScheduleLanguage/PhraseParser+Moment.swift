import CronExpressions
import Foundation
import JobModel

/// Single moments and stretches of time.
extension PhraseParser {
    /// The moment that words name: "Monday", "1 June", "in 2 hours", "an hour", "8", "tomorrow morning".
    ///
    /// - Parameter dayStart: a bare day is its 00:00, otherwise its 09:00.
    package func moment(_ words: String, dayStart: Bool) -> Result<Date, MomentProblem> {
        do {
            return .success(try moment(ofTokens: Tokenizer.tokens(of: words), words, dayStart: dayStart))
        } catch let problem {
            return .failure(problem)
        }
    }

    private func moment(ofTokens tokens: [Token], _ words: String, dayStart: Bool) throws(MomentProblem) -> Date {
        let grammar = Grammar(tokens, isPhrase: true)
        let start = grammar.skip(0, ["until", "till", "for", "to"])
        if let amount = grammar.wholeAmount(from: start) { return calendar().moment(after: amount) }
        var parts = grammar.wholeMoment(from: start) ?? []
        if parts.isEmpty { parts = try PhraseReader(words).parts() }
        let builder = ScheduleBuilder(context: context, expression: TimeExpression(parts))
        if dayStart, builder.expression.hasDay, !builder.expression.hasTime, let moment = try builder.dayStart() {
            return moment
        }
        guard let next = try builder.build().next(after: context.now) else { throw ScheduleBuilder.past }
        return next
    }

    func calendar(zone: String? = nil) -> LocalCalendar {
        LocalCalendar(zone: (try? ZoneRules.named(zone ?? context.zone)) ?? .utc, now: context.now)
    }
}

extension Grammar {
    /// "an hour", "the next 3 hours", "the next hour", if the rest of the words is that and nothing else.
    func wholeAmount(from index: Int) -> Amount? {
        let place = skip(index, ["the"])
        let first = skip(place, ["another", "next"])
        if let (amount, end) = amount(at: first), end == tokens.count { return amount }
        guard first > place, let (unit, end) = unit(at: first), unit.seconds != nil, end == tokens.count else {
            return nil
        }
        return .of(1, unit)
    }

    /// The parts of a moment, if the rest of the words is one and nothing else.
    func wholeMoment(from index: Int) -> [TimePart]? {
        guard let (parts, end) = moment(at: index) else { return nil }
        if end == tokens.count { return parts }
        if let (zone, stop) = zone(at: end, Context(inRun: true, afterClock: true)), stop == tokens.count {
            return parts + [zone]
        }
        return nil
    }
}

extension ScheduleBuilder {
    /// 00:00 of the nearest day that fits and begins after now.
    func dayStart() throws(MomentProblem) -> Date? {
        if expression.isPast { throw Self.past }
        if !expression.dates.isEmpty { return try moments().first.map { calendar.instant(calendar.day(of: $0)) } }
        return candidateDays().map { calendar.instant($0) }.first { $0 > context.now }
    }
}
