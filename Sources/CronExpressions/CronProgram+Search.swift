/// Searching on the wall clock alone; what clock changes do is decided by the caller.
extension CronProgram {
    /// The first match at or after `wall` (seconds since 1970 on the wall clock), or `nil` if there is none.
    func next(atOrAfter wall: Int) -> Int? {
        let (day, time) = CivilDay.split(wall)
        let (year, month, dayOfMonth) = CivilDay.date(ofDay: day)
        guard months >> UInt64(month) & 1 == 1 else { return first(afterMonth: month, of: year) }
        let before = day - dayOfMonth
        let matching = days(year, month, before + 1) & (.max << UInt32(dayOfMonth))
        if matching >> UInt32(dayOfMonth) & 1 == 1, let time = nextTime(atOrAfter: time) { return day * 86_400 + time }
        let later = matching & ~(1 << UInt32(dayOfMonth))
        if later != 0 { return (before + later.trailingZeroBitCount) * 86_400 + firstTime }
        return first(afterMonth: month, of: year)
    }

    private func first(afterMonth month: Int, of year: Int) -> Int? {
        var (year, month) = (year, month)
        let lastYear = year + 400
        while year <= lastYear {
            let later = months >> UInt64(month + 1)
            guard later != 0 else {
                (year, month) = (year + 1, 0)
                continue
            }
            month += 1 + later.trailingZeroBitCount
            let first = CivilDay.number(year: year, month: month, day: 1)
            let matching = days(year, month, first)
            if matching != 0 { return (first + matching.trailingZeroBitCount - 1) * 86_400 + firstTime }
        }
        return nil
    }

    /// The last match at or before `wall`, or `nil` if there is none.
    func previous(atOrBefore wall: Int) -> Int? {
        let (day, time) = CivilDay.split(wall)
        let (year, month, dayOfMonth) = CivilDay.date(ofDay: day)
        guard months >> UInt64(month) & 1 == 1 else { return last(beforeMonth: month, of: year) }
        let before = day - dayOfMonth
        let matching = days(year, month, before + 1) & (.max >> UInt32(31 - dayOfMonth))
        if matching >> UInt32(dayOfMonth) & 1 == 1, let time = previousTime(atOrBefore: time) {
            return day * 86_400 + time
        }
        let earlier = matching & ~(1 << UInt32(dayOfMonth))
        if earlier != 0 { return (before + earlier.highestBit) * 86_400 + lastTime }
        return last(beforeMonth: month, of: year)
    }

    private func last(beforeMonth month: Int, of year: Int) -> Int? {
        var (year, month) = (year, month)
        let firstYear = year - 400
        while year >= firstYear {
            let earlier = months & ((1 << UInt64(month)) - 1)
            guard earlier != 0 else {
                (year, month) = (year - 1, 13)
                continue
            }
            month = earlier.highestBit
            let first = CivilDay.number(year: year, month: month, day: 1)
            let matching = days(year, month, first)
            if matching != 0 { return (first + matching.highestBit - 1) * 86_400 + lastTime }
        }
        return nil
    }

    /// Bits of the matching days of a month whose first day has the number `first`.
    private func days(_ year: Int, _ month: Int, _ first: Int) -> UInt32 {
        let length = CivilDay.daysInMonth(month, year: year)
        return days[Self.kind(length: length, firstWeekday: CivilDay.weekday(ofDay: first))]
    }

    // MARK: Within a day, in seconds since its midnight

    private var firstTime: Int {
        hours.trailingZeroBitCount * 3_600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    private var lastTime: Int { hours.highestBit * 3_600 + minutes.highestBit * 60 + seconds.highestBit }

    private func nextTime(atOrAfter time: Int) -> Int? {
        let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
        if hours >> UInt64(hour) & 1 == 1 {
            let restOfMinute = seconds >> UInt64(second)
            if minutes >> UInt64(minute) & 1 == 1, restOfMinute != 0 { return time + restOfMinute.trailingZeroBitCount }
            let restOfHour = minutes >> UInt64(minute + 1)
            if restOfHour != 0 {
                let found = minute + 1 + restOfHour.trailingZeroBitCount
                return hour * 3_600 + found * 60 + seconds.trailingZeroBitCount
            }
        }
        let restOfDay = hours >> UInt64(hour + 1)
        guard restOfDay != 0 else { return nil }
        let found = hour + 1 + restOfDay.trailingZeroBitCount
        return found * 3_600 + minutes.trailingZeroBitCount * 60 + seconds.trailingZeroBitCount
    }

    private func previousTime(atOrBefore time: Int) -> Int? {
        let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
        if hours >> UInt64(hour) & 1 == 1 {
            let startOfMinute = seconds & ((2 << UInt64(second)) - 1)
            if minutes >> UInt64(minute) & 1 == 1, startOfMinute != 0 {
                return hour * 3_600 + minute * 60 + startOfMinute.highestBit
            }
            let startOfHour = minutes & ((1 << UInt64(minute)) - 1)
            if startOfHour != 0 { return hour * 3_600 + startOfHour.highestBit * 60 + seconds.highestBit }
        }
        let startOfDay = hours & ((1 << UInt64(hour)) - 1)
        guard startOfDay != 0 else { return nil }
        return startOfDay.highestBit * 3_600 + minutes.highestBit * 60 + seconds.highestBit
    }
}

extension FixedWidthInteger {
    /// The position of the highest bit that is set; there must be one.
    fileprivate var highestBit: Int { bitWidth - 1 - leadingZeroBitCount }
}
