import CronExpressions
import Foundation
import JobModel

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
        guard fields.count == expressions.count, !fields.isEmpty else { return try unclear() }
        let builder = repeatingBuilder
        let days =
            builder.expression.hasDay || expression.step != nil ? try builder.dayFields() : unique(fields.map(\.days))
        guard expression.hasTime else { return try rezoned(with(.cron(Self.expressions(fields, on: days)))) }
        let minutes = Set(try builder.times().map(\.minutes))
        return try rezoned(with(.cron(days.flatMap { CronWriter.expressions(minutes, on: $0) })))
    }

    /// What is said of a repeating job repeats: "the end of the month" is every month's.
    private var repeatingBuilder: ScheduleBuilder {
        guard expression.periods.contains(.endOfMonth) else { return builder }
        let parts = expression.parts + [.monthDays([-1], repeats: true)]
        return ScheduleBuilder(context: context, expression: TimeExpression(parts))
    }

    /// The times as they were written, on other days.
    private static func expressions(_ fields: [CronFields], on days: [DayFields]) -> [CronExpression] {
        var found: [CronExpression] = []
        for day in days {
            for field in fields {
                guard let expression = CronWriter.expression(minutes: field.minute, hours: field.hour, day) else {
                    continue
                }
                if !found.contains(expression) { found.append(expression) }
            }
        }
        return found
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
