/// The lines of one event of a calendar file.
struct ICalendarEvent {
    /// Of the line BEGIN:VEVENT.
    let number: Int
    var lines: [ICalendarLine] = []

    init(number: Int) { self.number = number }

    var id: String? { lines.first { $0.name == "UID" }?.value }
    var isCancelled: Bool { lines.contains { $0.name == "STATUS" && $0.value.uppercased() == "CANCELLED" } }
    /// It stands for one time of an event that comes round.
    var isReplacement: Bool { lines.contains { $0.name == "RECURRENCE-ID" } }

    /// The day of the other event that this one stands for.
    func replacedDay() throws(ICalendarError) -> Int {
        guard let line = try only("RECURRENCE-ID") else {
            throw ICalendarError(.missing("RECURRENCE-ID"), line: number)
        }
        if line.parameters["RANGE"] != nil {
            throw ICalendarError(.unsupported("RANGE", of: line.name), line: line.number)
        }
        return try Self.date(line).day
    }

    func holiday() throws(ICalendarError) -> Holiday {
        if let rule = lines.first(where: { $0.name == "EXRULE" }) {
            throw ICalendarError(.unsupported("EXRULE", of: "VEVENT"), line: rule.number)
        }
        guard let begin = try only("DTSTART") else { throw ICalendarError(.missing("DTSTART"), line: number) }
        let start = try Self.date(begin)
        let name = (try only("SUMMARY")?.plainText ?? "").withoutControlCharacters(keepingNewlines: false)
        let rule = try only("RRULE")
        var holiday = Holiday(name: String(name.prefix(120)), first: start.day)
        holiday.length = try length(from: start)
        if let rule { holiday.rule = try YearlyRule(rule, first: start.day) }
        holiday.added = try dates("RDATE")
        holiday.removed = try dates("EXDATE")
        return holiday
    }

    // MARK: Properties

    /// The line of a property that may stand once; `nil` where it is missing.
    private func only(_ name: String) throws(ICalendarError) -> ICalendarLine? {
        let found = lines.filter { $0.name == name }
        guard found.count < 2 else { throw ICalendarError(.twice(name), line: found[1].number) }
        return found.first
    }

    private static func date(_ line: ICalendarLine) throws(ICalendarError) -> ICalendarDate {
        guard let date = ICalendarDate(line.value) else {
            throw ICalendarError(.wrongValue(property: line.name, line.value), line: line.number)
        }
        return date
    }

    /// Days in a row: to the end, which does not belong to it, or for its duration; a day that it touches counts whole.
    private func length(from start: ICalendarDate) throws(ICalendarError) -> Int {
        let end = try only("DTEND")
        let duration = try only("DURATION")
        if end != nil, let duration { throw ICalendarError(.twoEnds, line: duration.number) }
        guard let line = end ?? duration else { return 1 }
        var stop = start.seconds
        if let end {
            stop = try Self.date(end).seconds
        } else {
            guard let seconds = ICalendarDuration.seconds(line.value) else {
                throw ICalendarError(.wrongValue(property: line.name, line.value), line: line.number)
            }
            stop += seconds
        }
        guard stop >= start.seconds else { throw ICalendarError(.endBeforeStart, line: line.number) }
        let days = max(1, (stop - start.day * 86_400 + 86_399) / 86_400)
        guard days <= ICalendarReader.longestEvent else {
            throw ICalendarError(.longerThan(days: ICalendarReader.longestEvent), line: line.number)
        }
        return days
    }

    /// All days that lines of this name list.
    private func dates(_ name: String) throws(ICalendarError) -> [Int] {
        var found: [Int] = []
        for line in lines where line.name == name {
            if line.parameters["VALUE"]?.uppercased() == "PERIOD" {
                throw ICalendarError(.unsupported("VALUE=PERIOD", of: name), line: line.number)
            }
            for text in line.value.split(separator: ",", omittingEmptySubsequences: false) {
                guard let date = ICalendarDate(text) else {
                    throw ICalendarError(.wrongValue(property: name, String(text)), line: line.number)
                }
                found.append(date.day)
            }
            guard found.count <= ICalendarReader.mostDates else {
                throw ICalendarError(.tooManyDates(ICalendarReader.mostDates), line: line.number)
            }
        }
        return found
    }
}
