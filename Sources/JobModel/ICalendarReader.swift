/// Reads the holidays out of a calendar file in iCalendar form (RFC 5545).
///
/// Of each event its days count, its name, and how it comes round. Times of day, zones, alarms, and whether somebody is
/// busy do not matter to a holiday. What would change the days and is not understood is refused, never passed over.
package struct ICalendarReader {
    /// Bytes.
    package static let largestFile = 1 << 20
    package static let mostEvents = 2_000
    static let mostDates = 1_000
    static let longestEvent = 366

    private var open: [(name: String, line: Int)] = []
    private var event: ICalendarEvent?
    private var events: [ICalendarEvent] = []

    /// The holidays of a file, in its order.
    package static func holidays(in file: [UInt8]) throws(ICalendarError) -> [Holiday] {
        guard file.count <= largestFile else { throw ICalendarError(.tooLarge(largestFile), line: 1) }
        var reader = ICalendarReader()
        let lines = ICalendarLines(file)
        let first = lines.first { _ in true }
        guard let first, String(decoding: first.bytes, as: UTF8.self).uppercased() == "BEGIN:VCALENDAR" else {
            throw ICalendarError(.noCalendar, line: first?.number ?? 1)
        }
        for (number, bytes) in lines { try reader.read(try ICalendarLine(bytes, number: number)) }
        return try reader.finish()
    }

    private mutating func read(_ line: ICalendarLine) throws(ICalendarError) {
        switch line.name {
        case "BEGIN": try begin(line)
        case "END": try end(line)
        default:
            guard !open.isEmpty else { throw ICalendarError(.noCalendar, line: line.number) }
            // The lines of an alarm inside of an event are not the event's.
            if open.last?.name == "VEVENT" { event?.lines.append(line) }
        }
    }

    private mutating func begin(_ line: ICalendarLine) throws(ICalendarError) {
        let name = line.value.uppercased()
        guard !open.isEmpty || name == "VCALENDAR" else { throw ICalendarError(.noCalendar, line: line.number) }
        if name == "VEVENT" {
            guard event == nil else { throw ICalendarError(.unclosed("VEVENT"), line: event?.number ?? line.number) }
            guard events.count < Self.mostEvents else {
                throw ICalendarError(.tooManyEvents(Self.mostEvents), line: line.number)
            }
            event = ICalendarEvent(number: line.number)
        }
        open.append((name, line.number))
    }

    private mutating func end(_ line: ICalendarLine) throws(ICalendarError) {
        let name = line.value.uppercased()
        guard open.last?.name == name else {
            throw ICalendarError(.wrongEnd(name, expected: open.last?.name), line: line.number)
        }
        open.removeLast()
        guard name == "VEVENT", let event else { return }
        events.append(event)
        self.event = nil
    }

    private func finish() throws(ICalendarError) -> [Holiday] {
        if let (name, line) = open.last { throw ICalendarError(.unclosed(name), line: line) }
        var found: [(id: String?, holiday: Holiday)] = []
        for event in events where !event.isReplacement && !event.isCancelled {
            found.append((event.id, try event.holiday()))
        }
        for event in events where event.isReplacement {
            let replaced = try event.replacedDay()
            for index in found.indices where found[index].id == event.id && event.id != nil {
                found[index].holiday.removed.append(replaced)
            }
        }
        for event in events where event.isReplacement && !event.isCancelled { found.append((nil, try event.holiday())) }
        return found.map(\.holiday)
    }
}

extension HolidayCalendar {
    /// Reads the content of a calendar file.
    package init(name: String, file: String, content: [UInt8]) throws(ICalendarError) {
        self.init(name: name, file: file, holidays: try ICalendarReader.holidays(in: content))
    }
}
