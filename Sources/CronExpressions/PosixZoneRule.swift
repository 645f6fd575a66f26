/// The yearly rule in the last line of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3` (RFC 8536, section 3.3).
struct PosixZoneRule: Equatable {
    /// The moment of a year at which the clocks change, on the wall clock in force until then.
    struct Moment: Equatable {
        enum Day: Equatable {
            /// `Jn`: 1…365, 29 February never counted.
            case julian(Int)
            /// `n`: 0…365, 29 February counted.
            case ordinal(Int)
            /// `Mm.w.d`: weekday `d` (0 Sunday) of week `w` (5 is the last) of month `m`.
            case weekday(month: Int, week: Int, day: Int)
        }

        var day: Day
        /// Seconds from that day's midnight; may be negative or past a day.
        var time: Int

        /// Wall-clock seconds since 1970 of this moment in `year`.
        func wall(in year: Int) -> Int { dayNumber(in: year) * 86_400 + time }

        private func dayNumber(in year: Int) -> Int {
            let newYear = CivilDay.number(year: year, month: 1, day: 1)
            switch day {
            case .julian(let day): return newYear + day - 1 + (CivilDay.isLeap(year) && day >= 60 ? 1 : 0)
            case .ordinal(let day): return newYear + day
            case .weekday(let month, let week, let weekday):
                let first = CivilDay.number(year: year, month: month, day: 1)
                let wait = (weekday - CivilDay.weekday(ofDay: first) % 7 + 7) % 7
                let last = CivilDay.daysInMonth(month, year: year) - 1
                let inMonth = wait + (week - 1) * 7
                return first + (inMonth > last ? inMonth - 7 : inMonth)
            }
        }
    }

    struct Summer: Equatable {
        var abbreviation: String
        var offset: Int
        var start: Moment
        var end: Moment
    }

    var abbreviation: String
    /// Seconds east of UTC.
    var offset: Int
    var summer: Summer?

    /// Both changes of `year`, in the order in which they come.
    func changes(in year: Int) -> [ZoneTable.Change] {
        guard let summer else { return [] }
        let begins = ZoneTable.Change(
            at: summer.start.wall(in: year) - offset, offset: summer.offset, abbreviation: summer.abbreviation)
        let ends = ZoneTable.Change(
            at: summer.end.wall(in: year) - summer.offset, offset: offset, abbreviation: abbreviation)
        return begins.at < ends.at ? [begins, ends] : [ends, begins]
    }
}

extension PosixZoneRule {
    /// Reads the rule; `nil` if `text` is none.
    init?(_ text: String) {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard let name = reader.name(), let west = reader.time() else { return nil }
        self.init(abbreviation: name, offset: -west, summer: nil)
        if reader.rest.isEmpty { return }
        guard let summerName = reader.name() else { return nil }
        var summerOffset = offset + 3_600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.time() else { return nil }
            summerOffset = -west
        }
        guard let start = reader.moment(), let end = reader.moment(), reader.rest.isEmpty else { return nil }
        summer = Summer(abbreviation: summerName, offset: summerOffset, start: start, end: end)
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        /// `CET`, or `<+0330>`.
        mutating func name() -> String? {
            if take("<") {
                guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
                defer { rest = rest[(close + 1)...] }
                return String(decoding: rest[..<close], as: UTF8.self)
            }
            let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
            rest = rest[letters.endIndex...]
            return letters.count >= 3 ? String(decoding: letters, as: UTF8.self) : nil
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time() -> Int? {
            let sign = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }
            guard let hours = number() else { return nil }
            var seconds = hours * 3_600
            for unit in [60, 1] where take(":") {
                guard let value = number() else { return nil }
                seconds += value * unit
            }
            return sign * seconds
        }

        /// `,M3.5.0/2`, `,J60`, `,59/-1`.
        mutating func moment() -> Moment? {
            guard take(","), let day = day() else { return nil }
            guard take("/") else { return Moment(day: day, time: 7_200) }
            return time().map { Moment(day: day, time: $0) }
        }

        private mutating func day() -> Moment.Day? {
            if take("J") { return number().map { .julian($0) } }
            guard take("M") else { return number().map { .ordinal($0) } }
            guard let month = number(), take("."), let week = number(), take("."), let day = number(),
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }

        private mutating func number() -> Int? {
            let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard !digits.isEmpty, digits.count <= 4 else { return nil }
            rest = rest[digits.endIndex...]
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }
    }
}
