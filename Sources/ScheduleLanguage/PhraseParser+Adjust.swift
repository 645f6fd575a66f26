import CronExpressions
import Foundation
import JobModel

extension PhraseParser {
    /// A new schedule for a job that has `current`.
    ///
    /// A time alone ("10", "at 17:30") keeps the job's days, a day alone ("friday", "weekdays") keeps its times; what
    /// repeats with a time of its own replaces all. The job's own repetition stays: "friday at 15:00" moves a one-shot
    /// to the nearest Friday and a repeating job to every Friday.
    package func adjust(_ current: Schedule?, by phrase: String) -> PhraseReading {
        guard let current else { return parse(bare(phrase).map { "at \($0)" } ?? phrase) }
        var context = context
        context.zone = current.zone
        let parser = PhraseParser(context: context)
        do {
            var changed = try parser.changed(current, by: phrase)
            changed.words = phrase
            return .schedule(changed)
        } catch let problem {
            return problem.reading
        }
    }

    /// An hour by itself.
    private func bare(_ phrase: String) -> String? {
        let grammar = Grammar(Tokenizer.tokens(of: phrase), isPhrase: true)
        let start = grammar.skip(0, ["to"])
        guard let (_, stop) = grammar.clockItem(at: start, isLoose: true) else { return nil }
        let end = grammar.zone(at: stop, Grammar.Context(inRun: true, afterClock: true))?.end ?? stop
        guard end == grammar.tokens.count, start < end else { return nil }
        return String(phrase[grammar.tokens[start].range.lowerBound...])
    }

    private func changed(_ current: Schedule, by phrase: String) throws(MomentProblem) -> Schedule {
        if let shift = ScheduleShift(phrase) { return try shift.applied(to: current, now: context.now) }
        let words = bare(phrase).map { "at \($0)" } ?? phrase
        guard let expression = try expression(words) else { return try build(parseCron(words)) }
        if let amended = try amended(current, by: expression) { return amended }
        var changed = try Adjustment(current: current, expression: expression, context: context).schedule()
        try setJitter(of: &changed, from: expression, before: current)
        return changed
    }

    /// Said again, a delay keeps the seed that the job has.
    private func setJitter(
        of changed: inout Schedule, from expression: TimeExpression, before current: Schedule
    ) throws(MomentProblem) {
        let builder = ScheduleBuilder(context: context, expression: expression)
        guard var jitter = try builder.jitter(for: changed) else { return }
        if let before = current.jitter {
            jitter.seed = before.seed
            if before.seconds == jitter.seconds { jitter.since = before.since }
        }
        changed.jitter = jitter
    }

    /// "except on holidays", "with a random delay of up to a minute": what is left out and delayed comes to what is there.
    private func amended(_ current: Schedule, by expression: TimeExpression) throws(MomentProblem) -> Schedule? {
        let adds = expression.parts.allSatisfy { part in
            switch part {
            case .except(let exceptions): exceptions.months.isEmpty
            case .jitter: true
            default: false
            }
        }
        guard adds, !expression.parts.isEmpty else { return nil }
        let builder = ScheduleBuilder(context: context, expression: expression)
        var amended = current
        let added = try builder.exclusions() + builder.holidays()
        amended.exclusions += added.filter { !current.exclusions.contains($0) }
        try setJitter(of: &amended, from: expression, before: current)
        guard amended.next(after: context.now) != nil else { throw ScheduleBuilder.neverDue }
        return amended
    }

    private func parseCron(_ words: String) throws(MomentProblem) -> TimeExpression { TimeExpression([.cron(words)]) }

    private func build(_ expression: TimeExpression) throws(MomentProblem) -> Schedule {
        try ScheduleBuilder(context: context, expression: expression).build()
    }
}
