import CronExpressions
import Foundation
import JobModel

/// Repetitions within the day.
extension ScheduleBuilder {
    /// "every 45 minutes", "every 6 hours", "every 2 hours at minute 15".
    func shortStep(_ step: Step) throws(MomentProblem) -> Schedule.Pattern {
        guard let seconds = step.seconds, seconds > 0 else { throw Self.unsupported("this repetition") }
        guard expression.clocks.isEmpty || !expression.hasDay && expression.clocks.count == 1 && expression.start == nil
        else {
            throw Self.unsupported("a step and a time of day together")
        }
        guard expression.dayParts.isEmpty else { throw Self.unsupported("a step within a part of the day") }
        if !expression.clocks.isEmpty { throw Self.unsupported("a step and a time of day together") }
        if !expression.minutes.isEmpty {
            guard seconds % 3_600 == 0, 24 % (seconds / 3_600) == 0 else {
                throw Self.unsupported("minutes of such hours")
            }
            return try onMinutes(hours: seconds == 3_600 ? "*" : "*/\(seconds / 3_600)")
        }
        guard let fields = Self.clockFields(step) else { return try interval(seconds) }
        if let phased = try phased(seconds) { return phased }
        return .cron(
            try dayFields().compactMap { CronWriter.expression(minutes: fields.minutes, hours: fields.hours, $0) })
    }

    /// A step that keeps to the clock: so many minutes that divide 60, or hours that divide 24.
    static func clockFields(_ step: Step) -> (minutes: String, hours: String)? {
        switch step.unit {
        case .minute where step.count == 1: ("*", "*")
        case .minute where step.count == 60: ("0", "*")
        case .minute where step.count < 60 && 60 % step.count == 0: ("*/\(step.count)", "*")
        case .hour where step.count == 1: ("0", "*")
        case .hour where step.count < 24 && 24 % step.count == 0: ("0", "*/\(step.count)")
        default: nil
        }
    }

    /// "every 6 hours starting at 13:00": the clock's step, counted from another time of the day.
    private func phased(_ seconds: Int) throws(MomentProblem) -> Schedule.Pattern? {
        guard seconds % 60 == 0, expression.start.map({ TimeExpression($0).hasTime }) == true,
            let start = try startMoment()
        else { return nil }
        let local = calendar.zone.localComponents(at: start)
        let step = seconds / 60
        let first = (local.hour * 60 + local.minute) % step
        let times = Set(stride(from: first, to: 1_440, by: step))
        return .cron(try dayFields().flatMap { CronWriter.expressions(times, on: $0, isTicking: step < 60) })
    }

    /// Elapsed time from the moment of creation, or from the start that was said.
    private func interval(_ seconds: Int) throws(MomentProblem) -> Schedule.Pattern {
        guard expression.nthDays.isEmpty, expression.monthDays.isEmpty, expression.dates.isEmpty,
            expression.months.isEmpty
        else {
            throw Self.unsupported("such an interval on fixed days")
        }
        if let start = try startMoment() { return .interval(seconds: seconds, anchor: start - TimeInterval(seconds)) }
        return .interval(seconds: seconds, anchor: context.now)
    }

    /// "at minute 10 of every hour".
    func onMinutes(hours: String) throws(MomentProblem) -> Schedule.Pattern {
        let minutes = CronWriter.field(Set(expression.minutes.isEmpty ? [0] : expression.minutes).sorted(), in: 0..<60)
        return .cron(try dayFields().compactMap { CronWriter.expression(minutes: minutes, hours: hours, $0) })
    }

    // MARK: Inside a span of each day

    /// "every 45 minutes during business hours", "every 15 minutes from 9 to 17".
    ///
    /// Times that are named beside it come on top: "every day at 20:00, and every hour from 9 to 17".
    func stepInSpan(_ span: ClockSpan) throws(MomentProblem) -> Schedule.Pattern {
        guard let seconds = expression.step?.seconds ?? timesPerSeconds else { throw Self.howOften }
        guard seconds % 60 == 0 else { throw Self.unsupported("seconds within a span of the day") }
        guard expression.dayParts.isEmpty else { throw Self.unsupported("a step within a part of the day") }
        let (from, to) = try resolver.span(span)
        var days = try dayFields()
        if span.isBusinessHours { days = businessDays(days) }
        let also = Set(try times().map(\.minutes))
        let named = days.flatMap { CronWriter.expressions(also, on: $0) }
        if let fields = unanchored(span, seconds) {
            return .cron(
                named + days.compactMap { CronWriter.expression(minutes: fields.minutes, hours: fields.hours, $0) })
        }
        let steps = Self.times(every: seconds / 60, from: from.minutes, to: Self.end(span, from, to))
        return .cron(named + days.flatMap { CronWriter.expressions(steps.subtracting(also), on: $0, isTicking: true) })
    }

    private var timesPerSeconds: Int? {
        guard let times = expression.timesPer, let seconds = times.unit.seconds, seconds % times.count == 0 else {
            return nil
        }
        return seconds / times.count
    }

    private static let howOften = MomentProblem.question(
        Question(about: .missingTime, text: "How often within that time?", options: ["every hour", "every 30 minutes"]))

    /// The last minute that counts; past midnight where the span ends on the next day.
    private static func end(_ span: ClockSpan, _ from: DayTime, _ to: DayTime) -> Int {
        if span.isBusinessHours { return to.minutes + 59 }
        let end = to.minutes + to.shift * 1_440 - (span.excludesEnd ? 1 : 0)
        return end < from.minutes ? end + 1_440 : end
    }

    private static func times(every step: Int, from first: Int, to last: Int) -> Set<Int> {
        Set(stride(from: first, through: last, by: max(step, 1)).map { $0 % 1_440 })
    }

    /// Minutes that divide the hour, in business hours: as `*/30 9-17` says it.
    private func unanchored(_ span: ClockSpan, _ seconds: Int) -> (
        minutes: String, hours: String
    )? {
        guard span.isBusinessHours, 3_600 % seconds == 0, expression.minutes.isEmpty else { return nil }
        let step = seconds / 60
        return (step == 60 ? "0" : step == 1 ? "*" : "*/\(step)", "9-17")
    }

    private func businessDays(_ days: [DayFields]) -> [DayFields] {
        days.map { fields in
            var fields = fields
            if fields.dayOfWeek == "*", fields.dayOfMonth == "*" { fields.dayOfWeek = "MON-FRI" }
            return fields
        }
    }
}
