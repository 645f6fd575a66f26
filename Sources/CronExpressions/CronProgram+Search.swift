/// Searching on the wall clock alone; what clock changes do is decided by the caller.
extension CronProgram {
    /// The first match at or after `wall` (seconds since 1970 on the wall clock), or `nil` if there is none.
    func next(atOrAfter wall: Int) -> Int? {
        let (day, time) = CivilDay.split(wall)
        var (year, month, lowest) = CivilDay.date(ofDay: day)
        let lastYear = year + 400
        var first = day - lowest + 1
        if months >> UInt64(month) & 1 == 1 {
            var matching = days(year, month, first) & (.max << UInt32(lowest))
            if matching >> UInt32(lowest) & 1 == 1 {
                if let time = nextTime(atOrAfter: time) { return day * 86_400 + time }
                matching &= matching - 1
            }
            if matching != 0 { return (first + matching.trailingZeroBitCount - 1) * 86_400 + firstTime }
        }
        while year <= lastYear {
            let later = months >> UInt64(month + 1)
            guard later != 0 else {
                (year, month) = (year + 1, 0)
                continue
            }
            month += 1 + later.trailingZeroBitCount
            first = CivilDay.number(year: year, month: month, day: 1)
            lowest = days(year, month, first).trailingZeroBitCount
            if lowest < 32 { return (first + lowest - 1) * 86_400 + firstTime }
        }
        return nil
    }

    /// The last match at or before `wall`, or `nil` if there is none.
    func previous(atOrBefore wall: Int) -> Int? {
        let (day, time) = CivilDay.split(wall)
        var (year, month, highest) = CivilDay.date(ofDay: day)
        let firstYear = year - 400
        var first = day - highest + 1
        if months >> UInt64(month) & 1 == 1 {
            var matching = days(year, month, first) & (.max >> UInt32(31 - highest))
            if matching >> UInt32(highest) & 1 == 1 {
                if let time = previousTime(atOrBefore: time) { return day * 86_400 + time }
                matching &= ~(1 << UInt32(highest))
            }
            if matching != 0 { return (first + matching.highestBit - 1) * 86_400 + lastTime }
        }
        while year >= firstYear {
            let earlier = months & ((1 << UInt64(month)) - 1)
            guard earlier != 0 else {
                (year, month) = (year - 1, 13)
                continue
            }
            month = earlier.highestBit
            first = CivilDay.number(year: year, month: month, day: 1)
            let matching = days(year, month, first)
            if matching != 0 { return (first + matching.highestBit - 1) * 86_400 + lastTime }
        }
        return nil
    }

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
