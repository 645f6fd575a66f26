/// What is wrong with a calendar file, and on which line.
package struct ICalendarError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        /// The limit, in bytes.
        case tooLarge(Int)
        /// The limit.
        case tooManyEvents(Int)
        /// The limit for one event.
        case tooManyDates(Int)
        /// It does not begin with BEGIN:VCALENDAR.
        case noCalendar
        case noUTF8
        /// A line without `NAME:value`.
        case malformedLine
        /// END of something else than was begun last; `nil` where nothing was.
        case wrongEnd(String, expected: String?)
        /// BEGIN without END.
        case unclosed(String)
        /// A property that every event has.
        case missing(String)
        /// A property that an event has at most once.
        case twice(String)
        /// DTEND and DURATION in one event.
        case twoEnds
        case endBeforeStart
        case longerThan(days: Int)
        case wrongValue(property: String, String)
        /// Part of a property that this reader does not follow ("BYSETPOS" of "RRULE").
        case unsupported(String, of: String)
    }

    package let reason: Reason
    /// From 1, as an editor counts; of the first line where a long one is folded.
    package let line: Int

    package init(_ reason: Reason, line: Int) {
        self.reason = reason
        self.line = line
    }

    /// "line 7: RRULE has BYSETPOS, …".
    package var message: String { "line \(line): \(problem)" }

    private var problem: String {
        switch reason {
        case .tooLarge(let limit): "the file is larger than \(limit) bytes"
        case .tooManyEvents(let limit): "there are more than \(limit) events"
        case .tooManyDates(let limit): "this event has more than \(limit) dates"
        case .noCalendar: "this is no iCalendar file: it begins with BEGIN:VCALENDAR"
        case .noUTF8: "this is not UTF-8 text"
        case .malformedLine: "this is no line of the form NAME:value"
        case .wrongEnd(let found, let expected):
            "END:\(found)" + (expected.map { " where \($0) is to be ended" } ?? " ends nothing that was begun")
        case .unclosed(let name): "BEGIN:\(name) has no END"
        case .missing(let name): "the event that begins here has no \(name)"
        case .twice(let name): "the event has a second \(name)"
        case .twoEnds: "the event has both DTEND and DURATION"
        case .endBeforeStart: "the event ends before it begins"
        case .longerThan(let days): "the event lasts longer than \(days) days"
        case .wrongValue(let property, let value): "\"\(value.prefix(60))\" is no \(property)"
        case .unsupported(let part, let property):
            "\(property) has \(part), which is not understood here" + Self.hint(property)
        }
    }

    private static func hint(_ property: String) -> String {
        property == "RRULE"
            ? " (FREQ=YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY and BYDAY is)" : ""
    }
}
