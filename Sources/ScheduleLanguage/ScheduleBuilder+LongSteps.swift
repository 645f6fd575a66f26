import CronExpressions
import Foundation
import JobModel

/// Every so many days, weeks, months or years.
extension ScheduleBuilder {
    func longStep(_ step: Step) throws(MomentProblem) -> Schedule.Pattern {
        switch step.unit {
        case .week: try everyWeeks(step.count, days: expression.weekdays.flatMap(\.days))
        case .month: try everyMonths(step.count, isYears: false)
        case .year: try everyMonths(step.count * 12, isYears: true)
        default: try everyDays(step.count)
        }
    }

    private var hasDaysOfMonths: Bool {
        !expression.nthDays.isEmpty || !expression.monthDays.isEmpty || !expression.dates.isEmpty
            || !expression.months.isEmpty
    }

    /// From the next time that is still to come, or from the day that is named.
    private func everyDays(_ count: Int) throws(MomentProblem) -> Schedule.Pattern {
        let repeatsOnDays = expression.weekdays.contains { $0.repeats || $0.days.count > 1 }
        guard !hasDaysOfMonths, !repeatsOnDays else { throw Self.unsupported("every \(count) days on fixed days") }
        let times = try timesOrDefault()
        let named = expression.weekdays.first
        let first = try firstDay(times) { day in named.map { $0.days.contains(calendar.weekday(day)) } ?? true }
        return .calendar(CalendarStep(every: count, unit: .day, anchor: first, times: times.map(\.local)))
    }

    /// From the first such day, or from the next Monday where no day is named.
    func everyWeeks(_ count: Int, days: [Int]) throws(MomentProblem) -> Schedule.Pattern {
        guard !hasDaysOfMonths else { throw Self.unsupported("every \(count) weeks on days of the month") }
        let times = try timesOrDefault()
        var days = Array(Set(days)).sorted()
        if days.isEmpty { days = try startDay().map { [calendar.weekday($0)] } ?? [1] }
        let first = try firstDay(times) { days.contains(calendar.weekday($0)) }
        let step = CalendarStep(every: count, unit: .week, anchor: first, weekdays: days, times: times.map(\.local))
        return .calendar(step)
    }

    // MARK: Months

    /// From the next such day, or from the next 1st (for years, 1 January) where no day is named.
    private func everyMonths(_ count: Int, isYears: Bool) throws(MomentProblem) -> Schedule.Pattern {
        if expression.hasDay, !isOneMonthDay || expression.isQuarterly { return try everyMonthsOnDays(count) }
        if expression.isQuarterly, expression.start == nil {
            return .cron(try cron(DayFields(dayOfMonth: "1", month: "1,4,7,10")))
        }
        let times = try timesOrDefault()
        let started = try startDay()
        let month = expression.dates.first?.month ?? (isYears && started == nil ? 1 : nil)
        let day = expression.monthDays.first ?? expression.dates.first?.day ?? started?.day ?? 1
        let first = try firstDay(times) { $0.day == day && (month == nil || $0.month == month) }
        return .calendar(CalendarStep(every: count, unit: .month, anchor: first, times: times.map(\.local)))
    }

    /// One day that every month can have, or one date.
    private var isOneMonthDay: Bool {
        guard expression.weekdays.isEmpty, expression.nthDays.isEmpty, expression.months.isEmpty else { return false }
        if expression.dates.isEmpty { return expression.monthDays.count == 1 && expression.monthDays[0] > 0 }
        return expression.dates.count == 1 && expression.monthDays.isEmpty && !expression.dates[0].isOrderOpen
    }

    /// "every 2 months on the last friday": the months from the first occurrence on, where they come out even.
    private func everyMonthsOnDays(_ count: Int) throws(MomentProblem) -> Schedule.Pattern {
        guard 12 % count == 0, expression.months.isEmpty, expression.weekdays.isEmpty, expression.dates.isEmpty else {
            throw Self.unsupported("every \(count) months on these days")
        }
        let times = Set(try timesOrDefault().map(\.minutes))
        let fields = try dayFields()
        let month = try firstMonth(fields, times)
        let months = stride(from: month, to: month + 12, by: count).map { ($0 - 1) % 12 + 1 }
        return .cron(
            fields.flatMap { days in
                var days = days
                days.month = CronWriter.months(months)
                return CronWriter.expressions(times, on: days)
            })
    }

    /// The month of the first occurrence; of quarters the first month, or the last where days are counted from the end.
    private func firstMonth(_ fields: [DayFields], _ times: Set<Int>) throws(MomentProblem) -> Int {
        if expression.isQuarterly {
            return (expression.nthDays.flatMap(\.ordinals) + expression.monthDays).allSatisfy { $0 < 0 } ? 3 : 1
        }
        let expressions = fields.flatMap { CronWriter.expressions(times, on: $0) }
        let schedule = Schedule(.cron(expressions), zone: zone, start: try startMoment())
        guard let first = schedule.next(after: context.now) else { throw Self.neverDue }
        return calendar.day(of: first).month
    }

    // MARK: The first day

    /// The first day from the start on that fits and has a time still to come.
    private func firstDay(_ times: [DayTime], where fits: (LocalDay) -> Bool) throws(MomentProblem) -> LocalDay {
        // A start counts itself, now does not.
        let earliest = max(try startMoment() ?? context.now, context.now + 0.001)
        var day = calendar.day(of: earliest)
        if let offset = expression.dayOffsets.first { day = calendar.day(calendar.today, plus: offset) }
        for _ in 0..<366 * 9 {
            if fits(day), times.contains(where: { calendar.instant(day, $0) >= earliest }) { return day }
            day = calendar.day(day, plus: 1)
        }
        throw Self.neverDue
    }
}
