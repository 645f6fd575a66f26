import JobModel
import Testing

/// An event's lines inside of a calendar, as files have them.
private func calendar(_ events: String..., end: String = "\r\n") -> [UInt8] {
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//test//EN"]
    for event in events {
        lines.append("BEGIN:VEVENT")
        lines += event.split(separator: "\n").map(String.init)
        lines.append("END:VEVENT")
    }
    lines += ["END:VCALENDAR", ""]
    return Array(lines.joined(separator: end).utf8)
}

struct ICalendarReaderTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var event: String
        /// Year and what it leaves out, as month-day.
        var year: Int
        var days: [String]
        var testDescription: String { "\(event.replacing("\n", with: " | ")) in \(year)" }

        init(_ event: String, _ year: Int, _ days: String...) {
            (self.event, self.year, self.days) = (event, year, days)
        }
    }

    @Test(arguments: [
        Example("DTSTART;VALUE=DATE:20261225", 2026, "12-25"),
        Example("DTSTART:20261225", 2026, "12-25"),
        Example("DTSTART;VALUE=DATE:20261225", 2027),
        Example("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226", 2026, "12-25"),
        Example("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", 2026, "12-24", "12-25", "12-26"),
        Example("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224", 2026, "12-24"),
        Example("DTSTART;VALUE=DATE:20261224\nDURATION:P2D", 2026, "12-24", "12-25"),
        Example(
            "DTSTART;VALUE=DATE:20261201\nDURATION:P1W", 2026, "12-01", "12-02", "12-03", "12-04", "12-05", "12-06",
            "12-07"),
        Example("DTSTART:20261231T120000\nDURATION:P1DT13H", 2027, "01-01", "01-02"),
        Example("DTSTART:20261224T140000Z\nDTEND:20261224T230000Z", 2026, "12-24"),
        Example("DTSTART;TZID=Europe/Berlin:20261225T000000\nDTEND;TZID=Europe/Berlin:20261226T000000", 2026, "12-25"),
        Example("DTSTART;TZID=\"Odd; zone: name\":20261225T090000", 2026, "12-25"),
        Example("DTSTART;VALUE=DATE:20261225\nSTATUS:CANCELLED", 2026),
        Example(
            "DTSTART;VALUE=DATE:20261225\nTRANSP:TRANSPARENT\nBEGIN:VALARM\nTRIGGER:-PT1H\nDURATION:PT5M\nEND:VALARM",
            2026, "12-25"),
        // Every year.
        Example("DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY", 2031, "12-25"),
        Example("DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY", 1999),
        Example("DTSTART;VALUE=DATE:20001224\nDURATION:P3D\nRRULE:FREQ=YEARLY", 2031, "12-24", "12-25", "12-26"),
        Example("DTSTART;VALUE=DATE:20001231\nDURATION:P2D\nRRULE:FREQ=YEARLY", 2031, "01-01", "12-31"),
        Example("DTSTART;VALUE=DATE:20000229\nRRULE:FREQ=YEARLY", 2027),
        Example("DTSTART;VALUE=DATE:20000229\nRRULE:FREQ=YEARLY", 2028, "02-29"),
        Example("DTSTART;VALUE=DATE:20240704\nRRULE:FREQ=YEARLY;INTERVAL=4", 2028, "07-04"),
        Example("DTSTART;VALUE=DATE:20240704\nRRULE:FREQ=YEARLY;INTERVAL=4", 2027),
        Example("DTSTART;VALUE=DATE:20240704\nRRULE:FREQ=YEARLY;COUNT=3", 2026, "07-04"),
        Example("DTSTART;VALUE=DATE:20240704\nRRULE:FREQ=YEARLY;COUNT=3", 2027),
        Example("DTSTART;VALUE=DATE:20240704\nRRULE:FREQ=YEARLY;UNTIL=20260704", 2026, "07-04"),
        Example("DTSTART;VALUE=DATE:20240704\nRRULE:FREQ=YEARLY;UNTIL=20260703T235959Z", 2026),
        Example("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYMONTH=3,9", 2026, "03-01", "09-01"),
        Example("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", 2028, "02-29"),
        Example("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1,15", 2026, "06-01", "06-15"),
        Example("DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;WKST=SU", 2026, "05-25"),
        Example("DTSTART;VALUE=DATE:20201126\nRRULE:freq=yearly;bymonth=11;byday=4th", 2026, "11-26"),
        Example("DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=1MO,+2MO", 2026, "09-07", "09-14"),
        Example("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYDAY=1MO,-1SU", 2026, "01-05", "12-27"),
        Example(
            "DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYDAY=FR", 2026, "02-06", "02-13", "02-20",
            "02-27"),
        // The Tuesday after the first Monday of November.
        Example(
            "DTSTART;VALUE=DATE:20201103\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", 2026, "11-03"
        ),
        Example("DTSTART;VALUE=DATE:20201101\nRRULE:FREQ=YEARLY;BYMONTHDAY=31;BYDAY=SU", 2026, "05-31"),
        Example("DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20261225,20271225", 2026),
        Example("DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY\nEXDATE:20271225T000000Z", 2026, "12-25"),
        Example(
            "DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:20260403,20260406\nRDATE:20261225", 2026, "01-01", "04-03",
            "04-06", "12-25"),
    ])
    func readsTheDaysOfAnEvent(_ example: Example) throws {
        let calendar = try HolidayCalendar(name: "x", file: "x.ics", content: calendar(example.event))
        #expect(calendar.days(in: example.year).map(\.monthDay) == example.days)
    }

    @Test(arguments: ["\r\n", "\n"])
    func unfoldsLinesAndReadsNames(end: String) throws {
        let event = "DTSTART;VALUE=DA\n TE:20261\n\t225\nSUMMARY:Christmas\\, Día\n  de Navidad\\; \\\\o/\\nsecond"
        let calendar = try HolidayCalendar(name: "x", file: "x.ics", content: calendar(event, end: end))
        #expect(calendar.holidays.map(\.name) == ["Christmas, Día de Navidad; \\o/ second"])
        #expect(calendar.holiday(on: LocalDay(year: 2026, month: 12, day: 25))?.length == 1)
    }

    @Test func aFoldMayPartACharacter() throws {
        var file = calendar("DTSTART:20260101\nSUMMARY:Día")
        let place = try #require(file.firstIndex(of: 0xC3))
        file.insert(contentsOf: [0x0D, 0x0A, 0x20], at: place + 1)
        #expect(try ICalendarReader.holidays(in: file).map(\.name) == ["Día"])
    }

    @Test func aReplacementMovesOneTime() throws {
        let file = calendar(
            "UID:a\nDTSTART:20200501\nRRULE:FREQ=YEARLY", "UID:a\nRECURRENCE-ID:20260501\nDTSTART:20260504",
            "UID:a\nRECURRENCE-ID:20270501\nDTSTART:20270501\nSTATUS:CANCELLED", "UID:b\nDTSTART:20260501T090000Z")
        let days = HolidayCalendar(name: "x", file: "x.ics", holidays: try ICalendarReader.holidays(in: file))
        #expect(
            (2025...2028).flatMap { days.days(in: $0) }.map(\.text) == [
                "2025-05-01", "2026-05-01", "2026-05-04", "2028-05-01",
            ])
    }

    @Test func otherComponentsAndAByteOrderMarkDoNotMatter() throws {
        let text = """
            \u{FEFF}begin:vcalendar
            X-WR-CALNAME:Feiertage
            BEGIN:VTIMEZONE
            BEGIN:DAYLIGHT
            DTSTART:19700329T020000
            RRULE:FREQ=MONTHLY
            END:DAYLIGHT
            END:VTIMEZONE

            BEGIN:VTODO
            DTSTART:20260102
            END:VTODO
            BEGIN:VEVENT
            DTSTART:20260101
            END:VEVENT
            END:VCALENDAR
            """
        #expect(try ICalendarReader.holidays(in: Array(text.utf8)).count == 1)
        #expect(try ICalendarReader.holidays(in: Array("BEGIN:VCALENDAR\nEND:VCALENDAR".utf8)).isEmpty)
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        var event: String
        var reason: ICalendarError.Reason
        /// Within the event, from 1.
        var line: Int
        var testDescription: String { event.replacing("\n", with: " | ") }

        init(_ event: String, _ reason: ICalendarError.Reason, line: Int) {
            (self.event, self.reason, self.line) = (event, reason, line)
        }
    }

    @Test(arguments: [
        Refused("SUMMARY:No day", .missing("DTSTART"), line: 0),
        Refused("DTSTART:20261225\nDTSTART:20261226", .twice("DTSTART"), line: 2),
        Refused("DTSTART:20260230", .wrongValue(property: "DTSTART", "20260230"), line: 1),
        Refused("DTSTART:20261225T2500Z", .wrongValue(property: "DTSTART", "20261225T2500Z"), line: 1),
        Refused("DTSTART:00010101", .wrongValue(property: "DTSTART", "00010101"), line: 1),
        Refused("DTSTART:tomorrow", .wrongValue(property: "DTSTART", "tomorrow"), line: 1),
        Refused("DTSTART:20261225\nDTEND:20261224", .endBeforeStart, line: 2),
        Refused("DTSTART:20261225\nDTEND:20261226\nDURATION:P1D", .twoEnds, line: 3),
        Refused("DTSTART:20261225\nDURATION:1D", .wrongValue(property: "DURATION", "1D"), line: 2),
        Refused("DTSTART:20261225\nDURATION:P1H", .wrongValue(property: "DURATION", "P1H"), line: 2),
        Refused("DTSTART:20261225\nDURATION:-P1D", .wrongValue(property: "DURATION", "-P1D"), line: 2),
        Refused("DTSTART:20261225\nDTEND:20280101", .longerThan(days: 366), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=MONTHLY", .unsupported("FREQ=MONTHLY", of: "RRULE"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;BYSETPOS=1", .unsupported("BYSETPOS", of: "RRULE"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;BYEASTER=1", .unsupported("BYEASTER", of: "RRULE"), line: 2),
        Refused("DTSTART:20261225\nRRULE:BYMONTH=12", .wrongValue(property: "RRULE", "BYMONTH=12"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;BYMONTH=13", .wrongValue(property: "RRULE", "13"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;BYDAY=0MO", .wrongValue(property: "RRULE", "0MO"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;BYDAY=XX", .wrongValue(property: "RRULE", "XX"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;INTERVAL=0", .wrongValue(property: "RRULE", "0"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY;", .wrongValue(property: "RRULE", ""), line: 2),
        Refused(
            "DTSTART:20261225\nRRULE:FREQ=YEARLY;COUNT=1;UNTIL=20300101",
            .wrongValue(property: "RRULE", "FREQ=YEARLY;COUNT=1;UNTIL=20300101"), line: 2),
        Refused("DTSTART:20261225\nRRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY", .twice("RRULE"), line: 3),
        Refused("DTSTART:20261225\nEXRULE:FREQ=YEARLY", .unsupported("EXRULE", of: "VEVENT"), line: 2),
        Refused("DTSTART:20261225\nEXDATE:20261225,", .wrongValue(property: "EXDATE", ""), line: 2),
        Refused(
            "DTSTART:20261225\nRDATE;VALUE=PERIOD:20261225T000000Z/P1D", .unsupported("VALUE=PERIOD", of: "RDATE"),
            line: 2),
        Refused(
            "DTSTART:20261225\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261225", .unsupported("RANGE", of: "RECURRENCE-ID"),
            line: 2),
        Refused("DTSTART:20261225\nRDATE:" + repeated("20261225", 1_001), .tooManyDates(1_000), line: 2),
        Refused("DTSTART:20261225\nSUMMARY", .malformedLine, line: 2),
        Refused("DTSTART:20261225\nSUMMARY;LANGUAGE:x", .malformedLine, line: 2),
        Refused("DTSTART:20261225\nBEGIN:VEVENT", .unclosed("VEVENT"), line: 0),
        Refused("DTSTART:20261225\nEND:VTODO", .wrongEnd("VTODO", expected: "VEVENT"), line: 2),
    ])
    func refusesByLineAndName(_ example: Refused) {
        let error = #expect(throws: ICalendarError.self) { try ICalendarReader.holidays(in: calendar(example.event)) }
        #expect(error == ICalendarError(example.reason, line: 4 + example.line))
        #expect(error?.message.hasPrefix("line \(4 + example.line): ") == true)
    }

    @Test func refusesWhatIsNoCalendarOrTooMuch() {
        func reason(_ file: [UInt8]) -> ICalendarError.Reason? {
            do { _ = try ICalendarReader.holidays(in: file) } catch { return error.reason }
            return nil
        }
        #expect(reason(Array("DTSTART:20260101".utf8)) == .noCalendar)
        #expect(reason(Array("BEGIN:VEVENT".utf8)) == .noCalendar)
        #expect(reason(Array("BEGIN:VCALENDAR".utf8)) == .unclosed("VCALENDAR"))
        #expect(reason([]) == .noCalendar)
        #expect(reason(Array("\n<html>".utf8)) == .noCalendar)
        let twice = "BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR"
        #expect(reason(Array(twice.utf8)) == .wrongEnd("VCALENDAR", expected: nil))
        #expect(reason(Array("BEGIN:VCALENDAR\nSUMMARY:".utf8) + [0xFF]) == .noUTF8)
        #expect(reason(Array(repeating: 0x0A, count: ICalendarReader.largestFile + 1)) == .tooLarge(1_048_576))
        let event = "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n"
        let many = "BEGIN:VCALENDAR\n" + String(repeating: event, count: ICalendarReader.mostEvents + 1)
        #expect(reason(Array(many.utf8)) == .tooManyEvents(2_000))
    }

    @Test func saysWhatIsUnderstoodInstead() {
        let error = ICalendarError(.unsupported("BYSETPOS", of: "RRULE"), line: 7)
        #expect(
            error.message == "line 7: RRULE has BYSETPOS, which is not understood here "
                + "(FREQ=YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY and BYDAY is)")
    }
}

private func repeated(_ text: String, _ count: Int) -> String {
    Array(repeating: text, count: count).joined(separator: ",")
}

extension LocalDay {
    fileprivate var monthDay: String { String(text.dropFirst(5)) }
    fileprivate var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
}
