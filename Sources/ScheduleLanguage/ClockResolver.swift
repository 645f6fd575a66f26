import JobModel

/// A time of day that is settled; `shift` is 1 where it falls on the day after the one named ("friday night at 1").
struct DayTime: Hashable, Comparable {
    var hour: Int
    var minute = 0
    var second = 0
    var shift = 0

    var local: LocalTime { LocalTime(hour, minute, second) }
    var minutes: Int { hour * 60 + minute }

    static func < (left: DayTime, right: DayTime) -> Bool {
        (left.shift, left.hour, left.minute, left.second) < (right.shift, right.hour, right.minute, right.second)
    }
}

/// Decides what a spoken time means, or asks.
struct ClockResolver {
    let habit: PhraseContext.HourHabit
    /// What the clock shows now.
    let present: LocalTime

    /// - Parameter part: the part of the day that was said with it.
    func time(_ mention: TimeMention, with part: DayPart?) throws(MomentProblem) -> DayTime {
        switch mention.time {
        case .part(let named):
            return named == .midnight && part == .tonight ? DayTime(hour: 0, shift: 1) : DayTime(hour: named.hour)
        case .present: return DayTime(hour: present.hour, minute: present.minute, second: present.second)
        case .spoken(let time): return try self.time(time, with: mention.beside ?? part)
        }
    }

    private func time(_ time: SpokenTime, with part: DayPart?) throws(MomentProblem) -> DayTime {
        if let half = time.half {
            let hour = time.hour % 12 + (half == .pm ? 12 : 0)
            return at(hour, time, shift: isNight(part) && hour < 6 ? 1 : 0)
        }
        if time.hour == 24 { return DayTime(hour: 0, shift: 1) }
        if time.hour == 0 || time.hour > 12 { return at(time.hour, time) }
        if let part, !part.isMoment, !time.isSettled || isNight(part) { return inPart(time, part) }
        if time.isSettled || time.hour >= 7 { return at(time.hour, time) }
        switch habit {
        case .am: return at(time.hour, time)
        case .pm: return at(time.hour + 12, time)
        case .ask: throw .question(Self.question(time.hour, time.minute))
        }
    }

    private func at(_ hour: Int, _ time: SpokenTime, shift: Int = 0) -> DayTime {
        DayTime(hour: hour, minute: time.minute, second: time.second, shift: shift)
    }

    private func isNight(_ part: DayPart?) -> Bool { part == .night || part == .tonight }

    /// "5 in the morning", "every evening at 7", "friday night at 1".
    private func inPart(_ time: SpokenTime, _ part: DayPart) -> DayTime {
        let hour = time.hour % 12
        switch part {
        case .morning: return at(hour, time)
        case .afternoon: return at(hour + 12, time)
        case .evening: return hour == 0 ? at(0, time, shift: 1) : at(hour + 12, time)
        default: return hour >= 6 ? at(hour + 12, time) : at(hour, time, shift: 1)
        }
    }

    /// "05:00 or 17:00?"
    static func question(_ hour: Int, _ minute: Int) -> Question {
        let options = [hour, hour + 12].map { LocalTime($0, minute).text }
        return Question(about: .amPM, text: "At \(options[0]) or \(options[1])?", options: options)
    }

    // MARK: Spans

    /// Both ends of a span of the day. A second hour not above the first is p.m. ("from 9 to 5").
    func span(_ span: ClockSpan) throws(MomentProblem) -> (from: DayTime, to: DayTime) {
        var from = span.from
        // "2 to 4pm" takes the half for both; "9 to 5pm" does not.
        if let last = Self.spoken(span.to), let half = last.half, let first = Self.spoken(from), first.half == nil,
            !first.isSettled,
            first.hour % 12 < last.hour % 12, first.hour < 7 || half == .am
        {
            from = Self.with(half, from)
        }
        let start = try time(from, with: nil)
        var to = span.to
        if let last = Self.spoken(to), last.half == nil, !last.isSettled, last.hour <= 12 {
            let early = last.hour % 12 * 60 + last.minute
            let plain = last.hour * 60 + last.minute
            to = plain > start.minutes ? Self.settled(to, last.hour) : Self.settled(to, early / 60 + 12)
        }
        return (start, try time(to, with: nil))
    }

    private static func spoken(_ mention: TimeMention) -> SpokenTime? {
        if case .spoken(let time) = mention.time { time } else { nil }
    }

    private static func with(_ half: SpokenTime.Half, _ mention: TimeMention) -> TimeMention {
        guard case .spoken(var time) = mention.time else { return mention }
        time.half = half
        return TimeMention(time: .spoken(time))
    }

    private static func settled(_ mention: TimeMention, _ hour: Int) -> TimeMention {
        guard case .spoken(let time) = mention.time else { return mention }
        return TimeMention(time: .spoken(SpokenTime(hour, time.minute, time.second, isSettled: true)))
    }
}
