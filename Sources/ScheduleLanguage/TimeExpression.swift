import JobModel

/// What the parts of a phrase say together, before it is reckoned against a calendar.
struct TimeExpression {
    var parts: [TimePart]

    init(_ parts: [TimePart]) {
        self.parts = parts
        if repeats { self.parts = parts.map(\.repeated) }
        // "every second friday of each month" as two parts: the month settles what "second" counts.
        if let unit = step?.unit, unit >= .month { self.parts = self.parts.map(\.countedInMonth) }
    }

    // MARK: What was said

    var step: Step? {
        let steps = parts.compactMap { if case .every(let step) = $0 { step } else { nil } }
        // "every day at 9 every month": the finer one stands, the coarser says that it repeats.
        return steps.min { ($0.unit, $0.count) < ($1.unit, $1.count) }
    }

    var timesPer: (count: Int, unit: Vocabulary.Unit)? {
        parts.lazy.compactMap { if case .times(let count, let unit) = $0 { (count, unit) } else { nil } }.first
    }

    var weekdays: [WeekdayMention] { parts.compactMap { if case .weekdays(let mention) = $0 { mention } else { nil } } }
    var nthDays: [NthDayMention] { parts.compactMap { if case .nthDay(let mention) = $0 { mention } else { nil } } }
    var monthDays: [Int] { parts.flatMap { if case .monthDays(let days, _) = $0 { days } else { [Int]() } } }
    var months: [Int] { parts.flatMap { if case .months(let months, _) = $0 { months } else { [Int]() } } }
    var dates: [DateMention] { parts.flatMap { if case .dates(let dates, _) = $0 { dates } else { [DateMention]() } } }
    var dayOffsets: [Int] { parts.compactMap { if case .dayOffset(let days) = $0 { days } else { nil } } }
    var periods: [PeriodMention] { parts.compactMap { if case .period(let period) = $0 { period } else { nil } } }
    var clocks: [TimeMention] { parts.flatMap { if case .clock(let times) = $0 { times } else { [TimeMention]() } } }
    var dayParts: [DayPart] { parts.compactMap { if case .dayPart(let part, _) = $0 { part } else { nil } } }
    var minutes: [Int] { parts.flatMap { if case .minutes(let minutes) = $0 { minutes } else { [Int]() } } }
    var offsets: [Amount] { parts.compactMap { if case .offset(let amount) = $0 { amount } else { nil } } }
    var offset: Amount? { offsets.first }
    var relative: (amount: Amount, anchor: [TimePart])? {
        parts.lazy.compactMap { if case .relative(let amount, let anchor) = $0 { (amount, anchor) } else { nil } }.first
    }
    var count: Int? { parts.lazy.compactMap { if case .count(let count) = $0 { count } else { nil } }.first }
    var lasting: Amount? { parts.lazy.compactMap { if case .lasting(let amount) = $0 { amount } else { nil } }.first }
    var clockSpan: ClockSpan? {
        parts.lazy.compactMap { if case .clockSpan(let span) = $0 { span } else { nil } }.first
    }
    var exceptions: [Exceptions] {
        parts.compactMap { if case .except(let exceptions) = $0 { exceptions } else { nil } }
    }
    var jitter: Int? { parts.lazy.compactMap { if case .jitter(let seconds) = $0 { seconds } else { nil } }.first }
    var zone: ZoneMention? { parts.lazy.compactMap { if case .zone(let zone) = $0 { zone } else { nil } }.first }
    var cron: String? { parts.lazy.compactMap { if case .cron(let text) = $0 { text } else { nil } }.first }
    var saysNow: Bool { parts.contains(.now) }
    var isPast: Bool { parts.contains(.past) }
    var saysToday: Bool {
        dayOffsets == [0] || parts.contains { if case .dayPart(_, .today) = $0 { true } else { false } }
    }

    var start: [TimePart]? { parts.lazy.compactMap { if case .start(let parts) = $0 { parts } else { nil } }.first }

    var until: (parts: [TimePart], isExclusive: Bool)? {
        let bounds = parts + (start ?? [])
        return bounds.lazy.compactMap {
            if case .until(let parts, let exclusive) = $0 { (parts, exclusive) } else { nil }
        }.first
    }

    /// Each time with the part of the day that was said with it; a part that no time belongs to stands for itself.
    ///
    /// "every morning at 8 and every evening at 7" pairs neighbours; "9 tomorrow evening" has only one part to give.
    var timesWithParts: [(time: TimeMention?, part: DayPart?)] {
        let said = parts.filter(\.isTime)
        let parts = dayParts
        var claimed: Set<Int> = []
        var found: [(time: TimeMention?, part: DayPart?)] = []
        for (index, part) in said.enumerated() {
            guard case .clock(let times) = part else { continue }
            let neighbours = parts.count == 1 ? Array(said.indices) : [index - 1, index + 1]
            for time in times {
                let owner = neighbours.first {
                    said.indices.contains($0) && said[$0].dayPart.map(time.canBe(in:)) == true
                }
                if let owner { claimed.insert(owner) }
                found.append((time, owner.flatMap { said[$0].dayPart }))
            }
        }
        let free = said.indices.filter { said[$0].dayPart != nil && !claimed.contains($0) }
        return found + free.map { (nil, said[$0].dayPart) }
    }

    // MARK: Conclusions

    /// "every hour on monday and every 2 hours on tuesday": two schedules in one phrase.
    var saysTwoRepetitions: Bool {
        let steps = Set(parts.compactMap { if case .every(let step) = $0 { step } else { nil } })
        let clockParts = parts.count { if case .clock = $0 { true } else { false } }
        let spans = parts.count { if case .clockSpan = $0 { true } else { false } }
        let shortSteps = steps.filter { $0.unit < .day }
        if shortSteps.count > 1 || spans > 1 || steps.count > 1 && clockParts > 1 && spans == 0 { return true }
        return pairs != nil && weekdays.contains { $0.every > 1 }
    }

    /// A repetition by days with no time of its own: a time behind "from" or "until" and a day is each day's.
    var takesTimeFromBounds: Bool { repeats && !hasTime && step?.seconds == nil && clockSpan == nil }

    var repeatsDates: Bool { parts.contains { if case .dates(_, true) = $0 { true } else { false } } }

    /// "quarterly": the quarters of the year rather than three months from now.
    var isQuarterly: Bool { parts.contains { if case .every(let step) = $0 { step.isQuarter } else { false } } }

    var hasDay: Bool { parts.contains(where: \.isDay) }
    var hasTime: Bool { !clocks.isEmpty || !dayParts.isEmpty || !minutes.isEmpty }

    /// "every", plurals, several days listed.
    var repeats: Bool {
        if step != nil || timesPer != nil || !minutes.isEmpty || clockSpan != nil { return true }
        // "thursday for the next three weeks": what has an end repeats until then.
        if !weekdays.isEmpty, count != nil || lasting != nil || until != nil { return true }
        // "at 21:00 for the next 5 days": each of them.
        if hasTime, !hasDay, let lasting, lasting.isCalendar { return true }
        if Set(weekdays.filter { $0.week == .nearest }.flatMap(\.days)).count > 1, dates.isEmpty, weekdays.count > 1 {
            return true
        }
        return parts.contains { part in
            switch part {
            case .weekdays(let mention): mention.repeats
            case .nthDay(let mention): mention.listsSeveral
            case .monthDays(let days, let repeats): repeats || days.count > 1
            case .months(let months, let repeats): repeats || months.count > 1
            case .dates(_, let repeats): repeats
            case .dayPart(_, .repeating): true
            default: false
            }
        }
    }

    /// "weekdays at 9 and saturdays at 11": days and times in pairs, each pair for itself.
    var pairs: [TimeExpression]? {
        var groups: [(isDay: Bool, parts: [TimePart])] = []
        for part in parts {
            // "every day at 8 and every friday at 17": every day is as good a day as any.
            let isDay = part.isDay || part == .every(Step(count: 1, unit: .day))
            guard isDay || part.isTime else {
                if case .every = part { return nil }
                continue
            }
            if groups.last?.isDay == isDay {
                groups[groups.count - 1].parts.append(part)
            } else {
                groups.append((isDay, [part]))
            }
        }
        guard groups.count >= 4, groups.count.isMultiple(of: 2) else { return nil }
        let common = parts.filter { !$0.isDay && !$0.isTime && $0 != .every(Step(count: 1, unit: .day)) }
        return stride(from: 0, to: groups.count, by: 2).map {
            TimeExpression(groups[$0].parts + groups[$0 + 1].parts + common)
        }
    }
}

extension TimeMention {
    /// The time lies in that part of the day, or can.
    func canBe(in part: DayPart) -> Bool {
        guard case .spoken(let time) = time else { return part == .tonight || part == .night }
        guard time.half != nil || time.isSettled else { return true }
        let hour = time.half.map { time.hour % 12 + ($0 == .pm ? 12 : 0) } ?? time.hour
        switch part {
        case .morning: return hour < 12
        case .afternoon: return (12...18).contains(hour)
        case .evening: return hour >= 16
        case .night, .tonight: return hour >= 17 || hour < 6
        case .noon, .midnight, .endOfDay: return false
        }
    }
}

extension TimePart {
    fileprivate var countedInMonth: TimePart {
        guard case .weekdays(let mention) = self, mention.isOrdinalOpen, let day = mention.days.first else {
            return self
        }
        return .nthDay(NthDayMention(ordinals: [mention.every], day: .weekday(day), repeats: true, scope: .any))
    }

    /// Beside a repetition, "the end of the month" is every month's.
    fileprivate var repeated: TimePart {
        switch self {
        case .period(.endOfMonth): .monthDays([-1], repeats: true)
        case .period(.endOfWeek): .weekdays(WeekdayMention(days: [5], repeats: true))
        case .period(.endOfYear): .dates([DateMention(day: 31, month: 12)], repeats: true)
        default: self
        }
    }

    var dayPart: DayPart? { if case .dayPart(let part, _) = self { part } else { nil } }

    var isTime: Bool {
        switch self {
        case .clock, .dayPart: true
        default: false
        }
    }
}
