import CronExpressions
import Foundation
import JobModel

/// One-shots: the next moment that fits.
extension ScheduleBuilder {
    func moments() throws(MomentProblem) -> [Date] {
        if let pairs = expression.pairs { return try moments(of: pairs) }
        if let (amount, anchor) = expression.relative { return [try moment(amount, from: anchor)] }
        if !expression.offsets.isEmpty { return try afterOffsets() }
        if !expression.dates.isEmpty { return try onDates() }
        guard expression.hasDay || expression.hasTime else { throw Self.nothingFound }
        if expression.hasDay { return try onDays() }
        return try nextTimes()
    }

    /// "tomorrow at 9 and friday at 10".
    private func moments(of pairs: [TimeExpression]) throws(MomentProblem) -> [Date] {
        var found: [Date] = []
        for pair in pairs { found += try ScheduleBuilder(context: context, expression: pair).moments() }
        return found.sorted()
    }

    static let nothingFound = MomentProblem.failure(
        PhraseError(
            code: "no_schedule",
            message: "no time was found; say for example \"every weekday at 9\" or \"in 20 minutes\""))

    // MARK: Lengths of time

    /// "in 10 and in 20 minutes" are two moments.
    private func afterOffsets() throws(MomentProblem) -> [Date] {
        var found: [Date] = []
        for amount in expression.offsets { found.append(try moment(after: amount)) }
        return found.sorted()
    }

    /// "in 3 days" is at the present time of day, "in 3 days at 9" at 09:00.
    private func moment(after amount: Amount) throws(MomentProblem) -> Date {
        if amount.isVague {
            throw .question(Question(about: .missingTime, text: "How long exactly?", options: amount.likely))
        }
        let moment = try onWeekday(calendar.moment(after: amount), amount)
        guard let time = try times().first else { return moment }
        return calendar.instant(calendar.day(of: moment), time)
    }

    /// "in two weeks on friday": that week's Friday.
    private func onWeekday(_ moment: Date, _ amount: Amount) throws(MomentProblem) -> Date {
        guard expression.hasDay, expression.dayOffsets != [0] else { return moment }
        guard let mention = expression.weekdays.first, mention.days.count == 1, amount.months == 0, amount.seconds == 0,
            amount.days % 7 == 0
        else { throw Self.unsupported("a length of time and a day together") }
        let monday = calendar.monday(of: calendar.day(of: moment))
        return calendar.instant(calendar.day(monday, plus: mention.days[0] - 1), calendar.clock)
    }

    /// "2 days after next friday", "15 minutes from 1pm"; a time that is named beside it is that of the day.
    private func moment(_ amount: Amount, from anchor: [TimePart]) throws(MomentProblem) -> Date {
        let base = ScheduleBuilder(context: context, expression: TimeExpression(anchor + zoneParts))
        let start =
            base.expression.hasTime
            ? try base.moments().first
            : try base.day().map { day throws(MomentProblem) in calendar.instant(day, try timesOrDefault()[0]) }
        guard let start else { throw Self.nothingFound }
        let moment = LocalCalendar(zone: calendar.zone, now: start).moment(after: amount)
        guard moment > context.now else { throw Self.past }
        return moment
    }

    private var zoneParts: [TimePart] { expression.zone.map { [.zone($0)] } ?? [] }

    // MARK: Times

    /// "at 17:30": the next such time.
    private func nextTimes() throws(MomentProblem) -> [Date] {
        if expression.saysToday { return try today() }
        return try times().map { time in
            let here = calendar.instant(calendar.today, time)
            // A time after midnight may still belong to yesterday's night.
            return here > calendar.now ? here : calendar.instant(calendar.day(calendar.today, plus: 1), time)
        }.sorted()
    }

    /// "tonight at 8", "this morning"; a part of the day that has begun asks for the hour.
    private func today() throws(MomentProblem) -> [Date] {
        let times = try times()
        guard !times.isEmpty else { throw Self.missingTime }
        let moments = times.map { calendar.instant(calendar.today, $0) }
        if moments.allSatisfy({ $0 <= calendar.now }) {
            throw expression.clocks.isEmpty ? Self.missingTime : pastToday(times[0])
        }
        return moments.filter { $0 > calendar.now }
    }

    static let missingTime = MomentProblem.question(Question(about: .missingTime, text: "At what time?"))

    private func pastToday(_ time: DayTime) -> MomentProblem {
        let options = ["tomorrow at \(time.local.text)"]
        return .question(
            Question(
                about: .past, text: "\(time.local.text) is already past today. When should it be?", options: options))
    }

    // MARK: Days

    private func onDays() throws(MomentProblem) -> [Date] {
        if expression.dayOffsets == [0] { return try onToday() }
        let times = try timesOrDefault()
        let candidates = candidateDays()
        if candidates.isEmpty { throw Self.unsupported("these days together") }
        for day in candidates {
            let moments = times.map { calendar.instant(day, $0) }.filter { $0 > calendar.now }
            let isWhole = moments.count == times.count
            if isWhole || !moments.isEmpty && expression.dayOffsets.isEmpty { return allDays(from: day, times) }
        }
        throw Self.past
    }

    private func onToday() throws(MomentProblem) -> [Date] {
        if !expression.hasTime, calendar.instant(calendar.today, LocalTime(9)) <= calendar.now {
            throw Self.missingTime
        }
        if !fits(calendar.today) { throw Self.unsupported("these days together") }
        let times = try timesOrDefault()
        let moments = times.map { calendar.instant(calendar.today, $0) }.filter { $0 > calendar.now }
        guard moments.isEmpty else { return moments }
        throw expression.clocks.isEmpty ? Self.missingTime : pastToday(times[0])
    }

    /// "today and tomorrow at noon", "next monday and tuesday", "this weekend": each of the days.
    private func allDays(from day: LocalDay, _ times: [DayTime]) -> [Date] {
        var days = [day]
        if expression.dayOffsets.count > 1 {
            days = expression.dayOffsets.sorted().map { calendar.day(calendar.today, plus: $0) }
        } else if let mention = expression.weekdays.first, mention.days.count > 1, mention.week != .afterToday {
            days = (0...7 - calendar.weekday(day)).map { calendar.day(day, plus: $0) }.filter(fits)
        }
        return days.flatMap { day in times.map { calendar.instant(day, $0) } }.filter { $0 > calendar.now }.sorted()
    }

    /// Days from today on that fit all that was said about the day, the nearest first; empty where nothing fits.
    func candidateDays() -> [LocalDay] {
        if let offset = expression.dayOffsets.min() {
            return [calendar.day(calendar.today, plus: offset)].filter(fits)
        }
        let scan = (0...horizon).lazy.map { calendar.day(calendar.today, plus: $0) }.filter(fits)
        return Array(scan.prefix(2))
    }

    /// Days ahead after which nothing new can come.
    private var horizon: Int {
        let years = expression.nthDays.compactMap { if case .named(_, let year?) = $0.scope { year } else { nil } }
        if let year = years.max() { return min(max(year - calendar.today.year + 1, 1), 200) * 366 }
        if expression.monthDays.isEmpty, expression.nthDays.isEmpty, expression.months.isEmpty {
            return expression.periods.isEmpty ? 15 : 400
        }
        // "Friday the 13th" comes within 14 months, 29 February within 8 years.
        return expression.months.isEmpty ? 500 : 366 * 9
    }

    private func fits(_ day: LocalDay) -> Bool {
        expression.weekdays.allSatisfy { fits(day, $0) } && (expression.monthDays.isEmpty || fitsMonthDay(day))
            && expression.nthDays.allSatisfy { fits(day, $0) } && expression.periods.allSatisfy { fits(day, $0) }
            && (expression.months.isEmpty || expression.months.contains(day.month) && (hasFinerDay || day.day == 1))
    }

    private var hasFinerDay: Bool {
        !expression.weekdays.isEmpty || !expression.monthDays.isEmpty || !expression.nthDays.isEmpty
    }

    private func fits(_ day: LocalDay, _ mention: WeekdayMention) -> Bool {
        guard mention.days.contains(calendar.weekday(day)) else { return false }
        if mention.week == .afterToday { return day != calendar.today }
        guard mention.week == .next else { return true }
        let monday = calendar.day(calendar.monday(of: calendar.today), plus: 7)
        return (monday.number..<monday.number + 7).contains(day.number)
    }

    private func fitsMonthDay(_ day: LocalDay) -> Bool {
        expression.monthDays.contains { $0 > 0 ? $0 == day.day : calendar.daysInMonth(day) + 1 + $0 == day.day }
    }

    private func fits(_ day: LocalDay, _ mention: NthDayMention) -> Bool {
        switch mention.scope {
        case .any, .every: break
        case .this: guard day.year == calendar.today.year, day.month == calendar.today.month else { return false }
        case .next:
            let next = calendar.day(calendar.today, plusMonths: 1)
            guard day.year == next.year, day.month == next.month else { return false }
        case .named(let months, let year):
            guard months.contains(day.month), year == nil || year == day.year else { return false }
        }
        return mention.ordinals.contains { calendar.day(day, isNumber: $0, of: mention.day) }
    }

    private func fits(_ day: LocalDay, _ period: PeriodMention) -> Bool {
        let today = calendar.today
        let nextMonth = calendar.day(LocalDay(year: today.year, month: today.month, day: 1), plusMonths: 1)
        let monday = calendar.monday(of: today).number
        switch period {
        case .nextWeek:
            return expression.weekdays.isEmpty
                ? day.number == monday + 7 : (monday + 7..<monday + 14).contains(day.number)
        case .nextMonth:
            return day.year == nextMonth.year && day.month == nextMonth.month && (hasFinerDay || day.day == 1)
        case .nextYear: return day == LocalDay(year: today.year + 1, month: 1, day: 1)
        case .endOfMonth: return day == calendar.lastDay(of: day)
        case .endOfNextMonth: return day == calendar.lastDay(of: nextMonth)
        case .endOfYear: return day.month == 12 && day.day == 31
        case .endOfWeek: return calendar.weekday(day) == 5
        case .thisWeek: return (monday..<monday + 7).contains(day.number)
        case .thisMonth: return day.year == today.year && day.month == today.month
        }
    }
}

extension LocalCalendar {
    /// The day is its month's first, second or last such day.
    func day(_ day: LocalDay, isNumber ordinal: Int, of kind: NthDayMention.Day) -> Bool {
        let length = daysInMonth(day)
        switch kind {
        case .day: return ordinal > 0 ? day.day == ordinal : day.day == length + 1 + ordinal
        case .weekday(let weekday):
            guard self.weekday(day) == weekday else { return false }
            return ordinal > 0 ? (day.day - 1) / 7 + 1 == ordinal : (length - day.day) / 7 + 1 == -ordinal
        case .workday:
            guard self.weekday(day) <= 5 else { return false }
            let others = ordinal > 0 ? 1..<day.day : day.day + 1..<length + 1
            let before = others.count { self.weekday(LocalDay(year: day.year, month: day.month, day: $0)) <= 5 }
            return before + 1 == abs(ordinal)
        }
    }
}

extension Amount {
    /// What "a few" may come to.
    fileprivate var likely: [String] {
        let sizes = [
            (months / 3, "months"), (days / 21, "weeks"), (days / 3, "days"), (seconds / 10_800, "hours"),
            (seconds / 180, "minutes"), (seconds / 3, "seconds"),
        ]
        guard let unit = sizes.first(where: { $0.0 > 0 })?.1 else { return [] }
        return ["in 3 \(unit)", "in 5 \(unit)"]
    }
}
