import CronExpressions
import Foundation
import JobModel

/// What `rota` says about a schedule, said back to it.
extension PhraseParser {
    /// The schedule of a sentence that explanations write; `nil` for other words.
    ///
    /// - Parameter exactly: only what `Schedule.text` says of that schedule word for word, letter case apart, or what
    ///   names its rule of clock changes. Everything else is first read as people mean it.
    func explained(_ phrase: String, exactly: Bool) -> Schedule? {
        // "every", "on" or "when": nothing else is tried.
        guard let first = phrase.first(where: { !$0.isWhitespace }), "EeOoWw".contains(first) else { return nil }
        let grammar = Grammar(Tokenizer.tokens(of: phrase), isPhrase: true)
        guard let (pattern, end) = explainedPattern(grammar), let bounds = grammar.explainedBounds(from: end),
            var schedule = try? ScheduleBuilder(context: context, expression: TimeExpression(bounds)).build(as: pattern)
        else { return nil }
        if exactly {
            let words = phrase.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
            guard words == schedule.text.lowercased() || Self.saysRule(grammar) else { return nil }
        }
        schedule.words = phrase
        return schedule
    }

    private func explainedPattern(_ grammar: Grammar) -> Grammar.Parsed<Schedule.Pattern>? {
        if let (seconds, end) = grammar.explainedInterval(at: 0) {
            return (.interval(seconds: seconds, anchor: context.now), end)
        }
        guard let (expressions, end) = grammar.explained(at: 0) else { return nil }
        return (expressions.allSatisfy(\.isReboot) ? .startup : .cron(expressions), end)
    }

    private static func saysRule(_ grammar: Grammar) -> Bool {
        let rules = [["as", "the", "clock", "shows"], ["at", "fixed", "times"], ["by", "elapsed", "time"]]
        return grammar.tokens.indices.contains { index in
            rules.contains { grammar.skip(index, phrase: $0) != nil }
        }
    }
}

extension Grammar {
    /// ", from 1 June 2026, except on Mondays, until 31 August 2026": bounds and exclusions up to the end, if the rest
    /// of the words is that and nothing else.
    fileprivate func explainedBounds(from index: Int) -> [TimePart]? {
        if index == tokens.count { return [] }
        let everyDay = TimePart.every(Step(count: 1, unit: .day))
        guard let run = run(from: behindComma(index), after: [everyDay]), run.end == tokens.count else { return nil }
        let parts = run.parts.map(\.part)
        return parts.allSatisfy(\.isExplainedBound) ? parts : nil
    }
}

extension TimePart {
    fileprivate var isExplainedBound: Bool {
        switch self {
        case .start, .until, .count, .zone: true
        case .except(let exceptions): exceptions.months.isEmpty
        default: false
        }
    }
}
