import CronExpressions
import Foundation
import JobModel

/// Reckons an expression against a calendar: the schedule it means, one question, or why there is none.
struct ScheduleBuilder {
    let context: PhraseContext
    let expression: TimeExpression
    let calendar: LocalCalendar
    /// An IANA name or a fixed offset.
    let zone: String
    private let zoneProblem: MomentProblem?

    init(context: PhraseContext, expression: TimeExpression) {
        self.context = context
        self.expression = expression
        let reading = Self.zone(expression.zone, context)
        zone = reading.name
        zoneProblem = reading.problem
        calendar = LocalCalendar(zone: (try? ZoneRules.named(zone)) ?? .utc, now: context.now)
    }

    var resolver: ClockResolver { ClockResolver(habit: context.hourHabit, present: calendar.clock) }

    /// - Parameter written: the pattern where other words than those of the expression say it.
    func build(as written: Schedule.Pattern? = nil) throws(MomentProblem) -> Schedule {
        if expression.isPast { throw Self.past }
        let holidays = try holidays()
        let pattern = if let written { try anchored(written) } else { try pattern() }
        var schedule = Schedule(pattern, zone: zone)
        if let zoneProblem { throw zoneProblem }
        if schedule.kind == .once {
            schedule = try once(schedule, except: holidays)
        } else {
            schedule.exclusions = try exclusions() + holidays
            try setBounds(of: &schedule)
            guard schedule.pattern == .startup || schedule.next(after: context.now) != nil else { throw Self.neverDue }
        }
        schedule.jitter = try jitter(for: schedule)
        return schedule
    }

    private func pattern() throws(MomentProblem) -> Schedule.Pattern {
        if let cron = expression.cron { return try cronPattern(cron) }
        if expression.saysNow, !expression.repeats { return .once([context.now + 1]) }
        return expression.repeats || expression.count != nil && expression.hasDay
            ? try repeating() : .once(try moments())
    }

    /// A one-shot has nothing to end; holidays leave out those of its moments that fall on one.
    private func once(_ schedule: Schedule, except holidays: [Exclusion]) throws(MomentProblem) -> Schedule {
        if expression.until != nil || expression.lasting != nil || expression.start != nil {
            throw .failure(PhraseError(code: "no_repetition", message: "say how often, for example \"every day\""))
        }
        var schedule = schedule
        schedule.exclusions = holidays
        guard holidays.isEmpty || schedule.next(after: context.now) != nil else {
            throw .failure(PhraseError(code: "never_due", message: "that day is one of the holidays"))
        }
        return schedule
    }

    private func cronPattern(_ text: String) throws(MomentProblem) -> Schedule.Pattern {
        do {
            let cron = try CronExpression(text)
            return cron.isReboot ? .startup : .cron([cron])
        } catch {
            throw .failure(PhraseError(code: error.code, message: error.message, range: error.range))
        }
    }

    // MARK: Times of day

    /// The times that were said; empty where none was.
    func times() throws(MomentProblem) -> [DayTime] {
        var found: [DayTime] = []
        for pair in expression.timesWithParts {
            guard let mention = pair.time else {
                if let part = pair.part { found.append(DayTime(hour: part.hour)) }
                continue
            }
            found.append(try resolver.time(mention, with: pair.part))
        }
        if found.isEmpty, expression.takesTimeFromBounds {
            // "every 3 days starting 10 March at 8": the time of the start is the time of each day.
            let bounds = (expression.start ?? []) + (expression.until?.parts ?? [])
            for mention in TimeExpression(bounds).clocks { found.append(try resolver.time(mention, with: nil)) }
        }
        return Array(Set(found)).sorted()
    }

    /// The times that were said, or 09:00.
    func timesOrDefault() throws(MomentProblem) -> [DayTime] {
        let found = try times()
        return found.isEmpty ? [DayTime(hour: 9)] : found
    }

    // MARK: Zones

    private static func zone(_ mention: ZoneMention?, _ context: PhraseContext) -> (
        name: String, problem: MomentProblem?
    ) {
        switch mention {
        case nil, .local: return (context.zone, nil)
        case .named(let name):
            guard let rules = try? ZoneRules.named(name) else { return (context.zone, unknownZone(name)) }
            return (rules.identifier, nil)
        case .ambiguous(let name):
            if let own = ZoneNames.own(name, zone: context.zone) { return (own, nil) }
            let options = ZoneNames.ambiguous[name.lowercased()] ?? []
            let question = Question(about: .zone, text: "Which zone is \(name)?", options: options)
            return (context.zone, .question(question))
        case .unknown(let name): return (context.zone, unknownZone(name))
        }
    }

    private static func unknownZone(_ name: String) -> MomentProblem {
        let near = ZoneRules.nearest(to: name)
        return .question(
            Question(about: .zone, text: "I know no time zone \"\(name)\". Which one is meant?", options: near))
    }

    // MARK: Problems

    static let past = MomentProblem.question(Question(about: .past, text: "That is already past. When should it be?"))
    static let neverDue = MomentProblem.failure(
        PhraseError(code: "never_due", message: "no occurrence is left before the end that was named"))

    /// A cron expression by itself has no end: only clock changes can leave none of its moments.
    static func skipped(in zone: String) -> MomentProblem {
        .failure(
            PhraseError(code: "never_due", message: "it is never due: clock changes in \(zone) skip every moment of it")
        )
    }

    static func unsupported(_ what: String) -> MomentProblem {
        .failure(PhraseError(code: "unsupported", message: "\(what) cannot be expressed as one schedule"))
    }
}
