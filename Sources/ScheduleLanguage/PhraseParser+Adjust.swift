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
        let adjustment = Adjustment(current: current, expression: expression, context: context)
        return try adjustment.schedule()
    }

    private func parseCron(_ words: String) throws(MomentProblem) -> TimeExpression { TimeExpression([.cron(words)]) }

    private func build(_ expression: TimeExpression) throws(MomentProblem) -> Schedule {
        try ScheduleBuilder(context: context, expression: expression).build()
    }
}

/// A schedule and what is to change about it.
struct Adjustment {
    let current: Schedule
    let expression: TimeExpression
    let context: PhraseContext

    private var builder: ScheduleBuilder { ScheduleBuilder(context: context, expression: expression) }

    func schedule() throws(MomentProblem) -> Schedule {
        if replacesAll { return try builder.build() }
        if expression.isPast { throw ScheduleBuilder.past }
        switch current.pattern {
        case .once(let dates): return try once(dates)
        case .cron(let expressions): return try cron(expressions)
        case .calendar(let step): return try calendar(step)
        case .interval, .startup: return try unclear()
        }
    }

    private var replacesAll: Bool {
        if expression.cron != nil || expression.timesPer != nil || expression.clockSpan != nil
            || !expression.minutes.isEmpty
        {
            return true
        }
        if let step = expression.step, step.unit < .day || step.count > 1 || expression.hasTime { return true }
        return expression.repeats && (expression.hasTime || current.kind == .once || current.kind == .interval)
    }

    /// A day or a time alone cannot be fitted into a job that repeats by elapsed time.
    private func unclear() throws(MomentProblem) -> Schedule {
        throw .question(
            Question(
                about: .other, text: "The job repeats by elapsed time. Should it run every day at that time, or once?",
                options: ["every day", "once"]))
    }

    // MARK: One-shots

    private func once(_ dates: [Date]) throws(MomentProblem) -> Schedule {
        let builder = builder
        guard expression.offset == nil, let date = dates.first else { return try builder.build() }
        let local = builder.calendar.zone.localComponents(at: date)
        if expression.hasDay {
            guard !expression.hasTime else { return try builder.build() }
            let time = SpokenTime(local.hour, local.minute, local.second, isSettled: true)
            let kept = TimePart.clock([TimeMention(time: .spoken(time))])
            return try ScheduleBuilder(context: context, expression: TimeExpression(expression.parts + [kept])).build()
        }
        guard expression.hasTime else { return try builder.build() }
        let day = LocalDay(year: local.year, month: local.month, day: local.day)
        let moments = try builder.times().map { builder.calendar.instant(day, $0) }
        guard moments.allSatisfy({ $0 > context.now }) else { throw ScheduleBuilder.past }
        return with(.once(moments))
    }

    // MARK: Repetitions

    private func with(_ pattern: Schedule.Pattern) -> Schedule {
        var changed = current
        changed.pattern = pattern
        return changed
    }

    /// What names one day of the calendar cannot be a repetition's new day.
    private func checkRepeatable() throws(MomentProblem) {
        let namesOneDay =
            !expression.dayOffsets.isEmpty || expression.offset != nil
            || !expression.periods.allSatisfy { $0 == .endOfMonth }
        guard namesOneDay || !expression.dates.isEmpty && !expression.repeats else { return }
        throw .question(
            Question(
                about: .other, text: "The job repeats. Should only the next run move?",
                options: ["only the next one", "every run"]))
    }

    private func cron(_ expressions: [CronExpression]) throws(MomentProblem) -> Schedule {
        try checkRepeatable()
        let fields = expressions.compactMap(CronFields.init)
        guard fields.count == expressions.count, let first = fields.first else { return try unclear() }
        var builder = builder
        builder =
            expression.periods.contains(.endOfMonth)
            ? ScheduleBuilder(
                context: context, expression: TimeExpression(expression.parts + [.monthDays([-1], repeats: true)]))
            : builder
        let days = expression.hasDay || expression.step != nil ? try builder.dayFields() : unique(fields.map(\.days))
        var found: [CronExpression] = []
        if expression.hasTime {
            let minutes = Set(try builder.times().map(\.minutes))
            found = days.flatMap { CronWriter.expressions(minutes, on: $0) }
        } else {
            let clocks = unique(fields.map { [$0.minute, $0.hour] })
            found = days.flatMap { day in clocks.compactMap { CronWriter.expression(minutes: $0[0], hours: $0[1], day) }
            }
        }
        guard !found.isEmpty, !(first.days.isEveryDay && days.isEmpty) else { return try unclear() }
        return try rezoned(with(.cron(found)))
    }

    private func calendar(_ step: CalendarStep) throws(MomentProblem) -> Schedule {
        try checkRepeatable()
        if !expression.hasDay, expression.hasTime {
            var step = step
            step.times = try builder.times().map(\.local)
            return try rezoned(with(.calendar(step)))
        }
        let unit: Vocabulary.Unit = step.unit == .day ? .day : step.unit == .week ? .week : .month
        var parts: [TimePart] = [.every(Step(count: step.every, unit: unit))] + expression.parts
        if !expression.hasTime {
            parts.append(
                .clock(
                    step.times.map {
                        TimeMention(time: .spoken(SpokenTime($0.hour, $0.minute, $0.second, isSettled: true)))
                    }))
        }
        return with(try ScheduleBuilder(context: context, expression: TimeExpression(parts)).build().pattern)
    }

    /// A zone that was said with the new time becomes the job's.
    private func rezoned(_ schedule: Schedule) throws(MomentProblem) -> Schedule {
        guard expression.zone != nil else { return schedule }
        var schedule = schedule
        schedule.zone = try ScheduleBuilder(
            context: context, expression: TimeExpression(expression.parts + [.every(Step(count: 1, unit: .day))])
        ).build().zone
        return schedule
    }

    private func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }
}

/// The fields of an expression as they are written.
struct CronFields {
    var minute: String
    var hour: String
    var days: DayFields

    /// `nil` for `@reboot` and for expressions with seconds.
    init?(_ expression: CronExpression) {
        let macros = [
            "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
            "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
        ]
        let text = macros[expression.text.lowercased()] ?? expression.text
        let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 5 else { return nil }
        (minute, hour) = (fields[0], fields[1])
        days = DayFields(dayOfMonth: fields[2], month: fields[3], dayOfWeek: fields[4])
    }
}

/// "an hour later", "by 30 minutes", "15 minutes earlier": every run moves by the same length.
struct ScheduleShift {
    private let seconds: Int

    init?(_ phrase: String) {
        let grammar = Grammar(Tokenizer.tokens(of: phrase), isPhrase: true)
        var start = grammar.skip(0, ["back", "forward", "ahead", "up"])
        let led = grammar.word(start) == "by"
        start = grammar.skip(start, ["by"])
        guard let (amount, end) = grammar.amount(at: start), amount.months == 0, !amount.isVague else { return nil }
        let earlier = grammar.isWord(end, ["earlier", "sooner", "forward"]) || grammar.isWord(0, ["forward", "up"])
        let stop = grammar.skip(end, ["later", "earlier", "sooner", "back", "forward", "ahead"])
        guard stop == grammar.tokens.count, led || stop > end else { return nil }
        let length = amount.seconds + amount.days * 86_400
        seconds = earlier ? -length : length
    }

    func applied(to schedule: Schedule, now: Date) throws(MomentProblem) -> Schedule {
        var moved = schedule
        switch schedule.pattern {
        case .once(let dates): moved.pattern = .once(dates.map { $0 + TimeInterval(seconds) })
        case .interval(let step, let anchor):
            moved.pattern = .interval(seconds: step, anchor: anchor + TimeInterval(seconds))
        case .calendar(var step):
            step.times = try step.times.map { time throws(MomentProblem) in try self.moved(time) }
            moved.pattern = .calendar(step)
        case .cron(let expressions):
            var found: [CronExpression] = []
            for expression in expressions { found += try self.moved(expression) }
            moved.pattern = .cron(found)
        case .startup: throw Self.tooFar
        }
        guard moved.next(after: now) != nil else { throw ScheduleBuilder.past }
        return moved
    }

    private func moved(_ time: LocalTime) throws(MomentProblem) -> LocalTime {
        let total = time.hour * 3_600 + time.minute * 60 + time.second + seconds
        guard (0..<86_400).contains(total) else { throw Self.tooFar }
        return LocalTime(total / 3_600, total / 60 % 60, total % 60)
    }

    private func moved(_ expression: CronExpression) throws(MomentProblem) -> [CronExpression] {
        guard let fields = CronFields(expression), let minute = Int(fields.minute) else { throw Self.tooFar }
        var times: Set<Int> = []
        for hour in fields.hour.split(separator: ",") {
            guard let hour = Int(hour) else { throw Self.tooFar }
            let time = try moved(LocalTime(hour, minute))
            times.insert(time.hour * 60 + time.minute)
        }
        return CronWriter.expressions(times, on: fields.days)
    }

    private static let tooFar = MomentProblem.question(
        Question(about: .missingTime, text: "That does not move simply. At what time should it run?"))
}
