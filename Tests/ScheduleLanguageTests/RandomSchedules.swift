import CronExpressions
import Foundation
import JobModel

/// Schedules of every kind that begin at a moment, as a phrase said at that moment makes them.
struct RandomSchedules {
    let now: Date
    let zone: String
    private let rules: ZoneRules
    private var numbers: SeededNumbers
    private var expressions: RandomExpressions

    init(seed: UInt64, now: Date, zone: String) throws {
        self.now = now
        self.zone = zone
        rules = try ZoneRules.named(zone)
        numbers = SeededNumbers(seed: seed)
        expressions = RandomExpressions(seed: seed)
    }

    /// A schedule that has an occurrence after `now`.
    mutating func next() -> Schedule {
        while true {
            var schedule = Schedule(pattern(), zone: zone)
            if case .once = schedule.pattern { return schedule }
            if oneIn(3) { schedule.exclusions = exclusions() }
            if oneIn(3) { start(&schedule) }
            if oneIn(2) { end(&schedule) }
            if schedule.next(after: now) != nil { return schedule }
        }
    }

    private mutating func oneIn(_ count: Int) -> Bool { number(0..<count) == 0 }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &numbers) }

    private mutating func pattern() -> Schedule.Pattern {
        switch number(0..<5) {
        case 0:
            let unit = [1, 60, 3_600].randomElement(using: &numbers)!
            return .interval(seconds: unit * number(1..<100) + (oneIn(4) ? number(1..<3_600) : 0), anchor: now)
        case 1: return .once(moments())
        case 2: return .cron([expressions.next()])
        default: return .calendar(step())
        }
    }

    // MARK: Patterns

    private mutating func moments() -> [Date] {
        let days = Set((0..<number(1..<4)).map { _ in number(1..<700) })
        return days.sorted().map { day in
            var local = rules.localComponents(at: now)
            (local.day, local.hour, local.minute, local.second) = (local.day + day, number(0..<24), number(0..<60), 0)
            if oneIn(4) { local.second = number(0..<60) }
            return rules.instant(of: local)
        }
    }

    /// A step whose first day is the first that fits after `now`, with a time that is still to come.
    private mutating func step() -> CalendarStep {
        let unit = [CalendarStep.Unit.day, .week, .month].randomElement(using: &numbers)!
        let times = Set((0..<number(1..<4)).map { _ in LocalTime(number(0..<24), number(0..<4) * 15) }).sorted()
        let local = rules.localComponents(at: now)
        let today = CivilDay.number(year: local.year, month: local.month, day: local.day)
        let isOver = times.allSatisfy { $0 <= LocalTime(local.hour, local.minute, local.second) }
        let first = LocalDay(number: isOver ? today + 1 : today)
        switch unit {
        case .day: return CalendarStep(every: number(2..<40), unit: unit, anchor: first, times: times)
        case .week:
            let days = Set((0..<number(1..<4)).map { _ in number(1..<8) }).sorted()
            let anchor = (0..<7).map { LocalDay(number: first.number + $0) }.first {
                days.contains(CivilDay.weekday(ofDay: $0.number))
            }
            return CalendarStep(
                every: number(2..<6), unit: unit, anchor: anchor ?? first, weekdays: days, times: times)
        case .month:
            let anchor = LocalDay(number: first.number + number(0..<27))
            let every = oneIn(3) ? 12 * number(2..<4) : number(2..<12)
            return CalendarStep(every: every, unit: unit, anchor: anchor, times: times)
        }
    }

    // MARK: Bounds

    private mutating func exclusions() -> [Exclusion] {
        let date = Exclusion.date(month: number(1..<13), day: number(1..<29), year: oneIn(2) ? nil : 2026)
        let days = Exclusion.weekdays(Set([number(1..<8), number(1..<8)]).sorted())
        return oneIn(3) ? [days, date] : oneIn(2) ? [days] : [date]
    }

    /// A start for what is not counted from its first day.
    private mutating func start(_ schedule: inout Schedule) {
        if case .calendar = schedule.pattern { return }
        let start = moment(after: number(0..<40), wholeDay: oneIn(2))
        schedule.start = start
        if case .interval(let seconds, _) = schedule.pattern {
            schedule.pattern = .interval(seconds: seconds, anchor: start - TimeInterval(seconds))
        }
    }

    private mutating func end(_ schedule: inout Schedule) {
        if oneIn(2) {
            let count = number(1..<30)
            guard let last = schedule.occurrences(after: now, limit: count).last else { return }
            (schedule.count, schedule.until) = (count, last)
        } else if oneIn(2) {
            schedule.until = moment(after: number(60..<400), wholeDay: false)
        } else {
            schedule.until = moment(after: number(60..<400), wholeDay: true) - 1
        }
    }

    /// Midnight or any minute, some days after today.
    private mutating func moment(after days: Int, wholeDay: Bool) -> Date {
        var local = rules.localComponents(at: now)
        (local.day, local.hour, local.minute, local.second) = (local.day + 1 + days, 0, 0, 0)
        if !wholeDay { (local.hour, local.minute) = (number(0..<24), number(0..<60)) }
        return rules.instant(of: local)
    }
}
