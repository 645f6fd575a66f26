import CronExpressions
import Foundation
import JobModel

/// Repetitions by days and longer units.
extension ScheduleBuilder {
    func repeating() throws(MomentProblem) -> Schedule.Pattern {
        if expression.saysTwoRepetitions { throw Self.unsupported("two repetitions together") }
        if let pairs = expression.pairs { return try union(pairs) }
        if let mention = expression.weekdays.first(where: \.isOrdinalOpen) { throw Self.ordinalQuestion(mention) }
        if let span = expression.clockSpan { return try stepInSpan(span) }
        if let step = expression.step, step.seconds != nil { return try shortStep(step) }
        if let times = expression.timesPer, let found = try severalTimes(times.count, times.unit) { return found }
        if !expression.minutes.isEmpty { return try onMinutes(hours: "*") }
        if let mention = expression.weekdays.first(where: { $0.every > 1 }) {
            return try everyWeeks(mention.every, days: mention.days)
        }
        if let step = expression.step, step.count > 1 { return try longStep(step) }
        return try onDays(timesOrDefault())
    }

    private func union(_ pairs: [TimeExpression]) throws(MomentProblem) -> Schedule.Pattern {
        var found: [CronExpression] = []
        for pair in pairs {
            // "fridays at 17" repeats because its sentence does.
            let builder = ScheduleBuilder(context: context, expression: pair)
            guard case .cron(let expressions) = try builder.onDays(builder.timesOrDefault()) else {
                throw Self.unsupported("these days and times together")
            }
            found += expressions
        }
        return .cron(found)
    }

    /// "every second friday" without a month.
    private static func ordinalQuestion(_ mention: WeekdayMention) -> MomentProblem {
        let day = LocalDay.weekdayNames[mention.days[0] - 1]
        let ordinal = ["first", "second", "third", "fourth", "fifth"][min(mention.every, 5) - 1]
        let options = ["every \(mention.every) weeks on \(day)", "the \(ordinal) \(day) of every month"]
        return .question(
            Question(about: .other, text: "\(options[0].capitalizedFirst), or \(options[1])?", options: options))
    }

    // MARK: Fixed days

    private func onDays(_ times: [DayTime]) throws(MomentProblem) -> Schedule.Pattern {
        var found: [CronExpression] = []
        for shift in Set(times.map(\.shift)).sorted() {
            let bySecond = Dictionary(grouping: times.filter { $0.shift == shift }, by: spokenSecond)
            for days in try dayFields(shift: shift) {
                for (second, times) in bySecond.sorted(by: { $0.key < $1.key }) {
                    let minutes = Set(times.map(\.minutes))
                    found += CronWriter.expressions(minutes, on: days).compactMap { $0.atSecond(second) }
                }
            }
        }
        guard !found.isEmpty else { throw Self.unsupported("this combination of days") }
        return .cron(found)
    }

    /// "every day at this time" means the minute.
    private func spokenSecond(_ time: DayTime) -> Int {
        expression.clocks.contains { $0.time == .present } ? 0 : time.second
    }

    /// The day fields of all that was said about days; several where one expression cannot hold them.
    func dayFields(shift: Int = 0) throws(MomentProblem) -> [DayFields] {
        let months = CronWriter.months(try allowedMonths())
        if !expression.dates.isEmpty { return try dateFields() }
        var found: [DayFields] = []
        if !expression.monthDays.isEmpty {
            found.append(DayFields(dayOfMonth: Self.monthDays(expression.monthDays), month: months))
        }
        for mention in expression.nthDays { found.append(try fields(mention, months: months)) }
        let weekdays = expression.weekdays.flatMap(\.days).map { ($0 - 1 + shift) % 7 + 1 }
        if !weekdays.isEmpty {
            guard found.isEmpty else { throw Self.unsupported("a day of the month together with a day of the week") }
            found = [DayFields(month: months, dayOfWeek: CronWriter.weekdays(weekdays))]
        }
        return found.isEmpty ? [defaultFields(months: months)] : found
    }

    /// "monthly" is the 1st, "weekly" Monday, "yearly" 1 January.
    private func defaultFields(months: String) -> DayFields {
        let unit = expression.step?.unit ?? expression.timesPer?.unit ?? (expression.months.isEmpty ? .day : .month)
        switch unit {
        case .week: return DayFields(month: months, dayOfWeek: "MON")
        case .month: return DayFields(dayOfMonth: "1", month: months)
        case .year: return DayFields(dayOfMonth: "1", month: expression.months.isEmpty ? "1" : months)
        default: return DayFields(month: months)
        }
    }

    private func allowedMonths() throws(MomentProblem) -> [Int] {
        let said = expression.months.isEmpty ? Array(1...12) : expression.months
        let left = said.filter { month in !expression.exceptions.contains { $0.months.contains(month) } }
        guard !left.isEmpty else { throw Self.neverDue }
        return left
    }

    private func dateFields() throws(MomentProblem) -> [DayFields] {
        var found: [DayFields] = []
        for date in expression.dates {
            let date = try inOrder(date)
            guard date.day <= CivilDay.daysInMonth(date.month, year: 2000) else {
                throw .failure(PhraseError(code: "no_such_date", message: "there is no \(DateText.day(date))"))
            }
            found.append(DayFields(dayOfMonth: "\(date.day)", month: "\(date.month)"))
        }
        return found
    }

    private func fields(_ mention: NthDayMention, months: String) throws(MomentProblem) -> DayFields {
        var months = months
        if case .named(let named, _) = mention.scope { months = CronWriter.months(named) }
        if expression.step?.unit == .year || expression.timesPer?.unit == .year, months == "*" { months = "1" }
        switch mention.day {
        case .day: return DayFields(dayOfMonth: Self.monthDays(mention.ordinals), month: months)
        case .workday:
            guard mention.ordinals == [1] || mention.ordinals == [-1] else {
                throw Self.unsupported("this working day of the month")
            }
            return DayFields(dayOfMonth: mention.ordinals == [1] ? "1W" : "LW", month: months)
        case .weekday(let day):
            guard mention.ordinals.allSatisfy({ $0 == -1 || (1...5).contains($0) }) else {
                throw Self.unsupported("this day of the month")
            }
            let name = CronWriter.dayNames[day - 1]
            return DayFields(
                month: months,
                dayOfWeek: mention.ordinals.map { $0 == -1 ? "\(name)L" : "\(name)#\($0)" }.joined(separator: ","))
        }
    }

    static func monthDays(_ days: [Int]) -> String {
        let plain = Set(days.filter { $0 > 0 }).sorted()
        let fromEnd = Set(days.filter { $0 < 0 }).sorted(by: >).map { $0 == -1 ? "L" : "L-\(-$0 - 1)" }
        return ((plain.isEmpty ? [] : [CronWriter.field(plain, in: 1..<32)]) + fromEnd).joined(separator: ",")
    }

    // MARK: So many times

    /// "twice a day", "three times a week"; `nil` where days and times that were said decide.
    private func severalTimes(_ count: Int, _ unit: Vocabulary.Unit) throws(MomentProblem) -> Schedule.Pattern? {
        switch (unit, count) {
        case (.hour, 1): return try onMinutes(hours: "*")
        case (.hour, _) where 60 % count == 0:
            return .cron(
                try dayFields().compactMap { CronWriter.expression(minutes: "*/\(60 / count)", hours: "*", $0) })
        case (.minute, _) where 60 % count == 0: return .interval(seconds: 60 / count, anchor: context.now)
        case (_, 1): return nil
        case (.day, _) where expression.hasTime: return nil
        case (.day, _):
            guard let hours = [2: [9, 21], 3: [9, 15, 21], 4: [9, 12, 15, 18]][count] else { throw Self.missingTimes }
            return try onDays(hours.map { DayTime(hour: $0) })
        case (.week, _) where !expression.weekdays.isEmpty: return nil
        case (.week, _):
            guard let days = [2: [1, 4], 3: [1, 3, 5], 5: [1, 2, 3, 4, 5], 7: Array(1...7)][count] else {
                throw Self.missingTimes
            }
            return .cron(try cron(DayFields(dayOfWeek: CronWriter.weekdays(days))))
        case (.month, 2) where expression.hasDay, (.year, _) where expression.hasDay: return nil
        case (.month, 2): return .cron(try cron(DayFields(dayOfMonth: "1,15")))
        case (.year, _) where 12 % count == 0:
            let months = stride(from: 1, through: 12, by: 12 / count).map { $0 }
            return .cron(try cron(DayFields(dayOfMonth: "1", month: CronWriter.months(months))))
        default: throw Self.missingTimes
        }
    }

    private static let missingTimes = MomentProblem.question(
        Question(about: .missingTime, text: "On which days and at what times?"))

    func cron(_ days: DayFields) throws(MomentProblem) -> [CronExpression] {
        CronWriter.expressions(Set(try timesOrDefault().map(\.minutes)), on: days)
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
