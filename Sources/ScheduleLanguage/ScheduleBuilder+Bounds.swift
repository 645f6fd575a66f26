import CronExpressions
import Foundation
import JobModel

/// Where a repetition begins, ends, and what it leaves out.
extension ScheduleBuilder {
    func setBounds(of schedule: inout Schedule) throws(MomentProblem) {
        schedule.start = try startMoment()
        if let frame = try namedFrame() { (schedule.start, schedule.until) = (frame.start, frame.end - 1) }
        if let until = expression.until {
            schedule.until = try untilMoment(until.parts, isExclusive: until.isExclusive)
        }
        if let until = schedule.until, until <= context.now { throw Self.past }
        if let amount = expression.lasting { schedule.until = last(of: schedule, within: amount) }
        if let count = expression.count { try limit(&schedule, to: count) }
        if case .interval = schedule.pattern { excludeOtherDays(from: &schedule) }
    }

    /// "every 2 hours tomorrow", "every day next week": the repetition stays within what is named.
    private func namedFrame() throws(MomentProblem) -> DateInterval? {
        if let offset = expression.dayOffsets.first, expression.step.map({ $0.unit < .day || $0.count == 1 }) ?? true {
            return frame(calendar.day(calendar.today, plus: offset), days: 1)
        }
        if let date = expression.dates.first, expression.step?.seconds != nil, !expression.repeatsDates {
            let moment = try ScheduleBuilder(
                context: inZone, expression: TimeExpression([.dates([date], repeats: false)])
            ).day()
            return moment.map { frame($0, days: 1) }
        }
        guard let period = expression.periods.first else { return nil }
        let monday = calendar.monday(of: calendar.today)
        let first = LocalDay(year: calendar.today.year, month: calendar.today.month, day: 1)
        switch period {
        case .thisWeek: return frame(monday, days: 7)
        case .nextWeek: return frame(calendar.day(monday, plus: 7), days: 7)
        case .thisMonth: return frame(first, days: calendar.daysInMonth(first))
        case .nextMonth:
            let next = calendar.day(first, plusMonths: 1)
            return frame(next, days: calendar.daysInMonth(next))
        case .nextYear:
            return frame(
                LocalDay(year: first.year + 1, month: 1, day: 1), days: CivilDay.isLeap(first.year + 1) ? 366 : 365)
        default: return nil
        }
    }

    private func frame(_ day: LocalDay, days: Int) -> DateInterval {
        DateInterval(start: calendar.instant(day), end: calendar.instant(calendar.day(day, plus: days)))
    }

    private var inZone: PhraseContext {
        var context = context
        context.zone = zone
        return context
    }

    /// "every 45 minutes on weekdays": the other days are left out.
    private func excludeOtherDays(from schedule: inout Schedule) {
        let days = Set(expression.weekdays.flatMap(\.days))
        guard !days.isEmpty else { return }
        schedule.exclusions.append(.weekdays((1...7).filter { !days.contains($0) }))
    }

    // MARK: Start

    /// The first moment that may be due; `nil` where no start was said.
    func startMoment() throws(MomentProblem) -> Date? {
        guard let parts = expression.start, parts != [.now] else { return nil }
        let bound = inner(parts)
        if let moment = try bound.startUnderWay(isShort: expression.step?.seconds != nil) { return moment }
        if bound.expression.offset != nil || bound.expression.hasTime { return try bound.moments().first }
        guard let day = try bound.day() else { return nil }
        return calendar.instant(try isOver(day, bound) ? bound.candidateDays().first { $0 != day } ?? day : day)
    }

    /// A start that lies behind is no mistake: "every 4 hours from 6am", said at noon, is under way, as is what began on a
    /// date.
    private func startUnderWay(isShort: Bool) throws(MomentProblem) -> Date? {
        guard expression.offset == nil, let time = try times().first else { return nil }
        if !expression.dates.isEmpty { return try day().map { calendar.instant($0, time) } }
        return isShort && !expression.hasDay ? calendar.instant(calendar.today, time) : nil
    }

    /// "starting monday", said on a Monday after the last time of that day, is a week later.
    private func isOver(_ day: LocalDay, _ bound: ScheduleBuilder) throws(MomentProblem) -> Bool {
        guard day == calendar.today, !bound.expression.weekdays.isEmpty, expression.step?.seconds == nil,
            let last = try timesOrDefault().last
        else { return false }
        return calendar.instant(day, last) <= context.now
    }

    func startDay() throws(MomentProblem) -> LocalDay? { try startMoment().map(calendar.day(of:)) }

    private func inner(_ parts: [TimePart]) -> ScheduleBuilder {
        let own = parts.filter { if case .until = $0 { false } else { true } }
        return ScheduleBuilder(context: inZone, expression: TimeExpression(own))
    }

    /// The day that a bound names, today included.
    func day() throws(MomentProblem) -> LocalDay? {
        guard let date = expression.dates.first else { return candidateDays().first }
        let settled = try inOrder(date)
        let years = settled.year.map { $0...$0 } ?? calendar.today.year...calendar.today.year + 8
        for year in years where settled.day <= CivilDay.daysInMonth(settled.month, year: year) {
            let day = LocalDay(year: year, month: settled.month, day: settled.day)
            if settled.year != nil || day.number >= calendar.today.number { return day }
        }
        throw .failure(PhraseError(code: "no_such_date", message: "there is no \(DateText.day(settled))"))
    }

    // MARK: End

    /// The last second that counts: a day is included, a month or a week that is named is not.
    func untilMoment(_ parts: [TimePart], isExclusive: Bool) throws(MomentProblem) -> Date? {
        if parts.isEmpty { return nil }
        let bound = inner(parts)
        let isDay = bound.expression.hasDay && expression.takesTimeFromBounds
        if bound.expression.offset != nil || bound.expression.hasTime && !isDay {
            let moment = try bound.moments().first
            return moment.map { isExclusive ? $0 - 1 : $0 }
        }
        guard let day = try afterStart(bound) else { return nil }
        let opens =
            bound.expression.periods.contains { [.nextWeek, .nextMonth, .nextYear].contains($0) }
            || !bound.expression.months.isEmpty && bound.expression.monthDays.isEmpty
        return isExclusive || opens ? calendar.instant(day) - 1 : calendar.endOfDay(day)
    }

    /// "from 1 December until 15 January": the end lies behind the start.
    private func afterStart(_ bound: ScheduleBuilder) throws(MomentProblem) -> LocalDay? {
        guard var day = try bound.day() else { return nil }
        guard let start = try startDay(), let date = bound.expression.dates.first, date.year == nil else { return day }
        while day.number < start.number { day.year += 1 }
        return day
    }

    /// "for the next 3 days": the days of the next three occurrences, or elapsed time where it repeats within the day.
    private func last(of schedule: Schedule, within amount: Amount) -> Date {
        if countsDays(amount) { return lastDay(of: schedule, count: amount.days) }
        guard let start = schedule.start, start > context.now else { return calendar.moment(after: amount) }
        return LocalCalendar(zone: calendar.zone, now: start).moment(after: amount) - 1
    }

    /// Days of a repetition by days; "12 weeks" of Fridays are weeks.
    private func countsDays(_ amount: Amount) -> Bool {
        let isShort = expression.step?.seconds != nil || expression.timesPer.map { $0.unit < .day } == true
        guard !isShort, amount.months == 0, amount.seconds == 0, amount.days > 0 else { return false }
        let isDaily = expression.step?.unit == .day || expression.weekdays.isEmpty && expression.step == nil
        return amount.days % 7 != 0 || isDaily
    }

    /// The last occurrence on the first so many days that have one.
    private func lastDay(of schedule: Schedule, count: Int) -> Date {
        var cursor = max(schedule.start.map { $0 - 1 } ?? context.now, context.now)
        var days: [LocalDay] = []
        while let next = schedule.next(after: cursor) {
            let day = calendar.day(of: next)
            if days.last != day {
                if days.count == count { break }
                days.append(day)
            }
            cursor = next
        }
        return cursor
    }

    private func limit(_ schedule: inout Schedule, to count: Int) throws(MomentProblem) {
        guard (1...10_000).contains(count) else { throw Self.unsupported("\(count) times") }
        guard let last = schedule.occurrences(after: context.now, limit: count).last else { throw Self.neverDue }
        schedule.until = last
        schedule.count = count
    }

    // MARK: Exceptions

    func exclusions() throws(MomentProblem) -> [Exclusion] {
        var found: [Exclusion] = []
        for exceptions in expression.exceptions {
            if !exceptions.weekdays.isEmpty { found.append(.weekdays(Array(Set(exceptions.weekdays)).sorted())) }
            for mention in exceptions.dates {
                let date = try inOrder(mention)
                found.append(.date(month: date.month, day: date.day, year: date.year))
            }
            for day in exceptions.monthDays { found += (1...12).map { .date(month: $0, day: day, year: nil) } }
        }
        return found
    }
}
