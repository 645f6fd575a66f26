import JobModel
import Testing

/// Whatever a file holds, the reader answers with holidays or with the line that is wrong.
struct ICalendarDamageTests {
    private static let file = Array(
        """
        BEGIN:VCALENDAR\r
        BEGIN:VEVENT\r
        UID:a\r
        DTSTART;VALUE=DATE:20240524\r
        DTEND;VALUE=DATE:20240526\r
        RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=9;BYMONTH=5;BYDAY=-1MO,2FR;BYMONTHDAY=-7\r
        EXDATE:20260525,20280529T000000Z\r
        RDATE;VALUE=DATE:20260601\r
        SUMMARY;LANGUAGE="en":Spring\\, \r
         holiday\r
        END:VEVENT\r
        BEGIN:VEVENT\r
        UID:a\r
        RECURRENCE-ID:20280529\r
        DTSTART:20280530\r
        DURATION:P1DT2H\r
        END:VEVENT\r
        END:VCALENDAR\r

        """.utf8)

    @Test func damagedFilesAreReadOrRefused() {
        var random = Random(state: 2_026)
        var read = 0
        for _ in 0..<800 {
            var damaged = Self.file
            for _ in 0...random.below(3) { Self.damage(&damaged, &random) }
            do {
                let calendar = HolidayCalendar(
                    name: "x", file: "x.ics", holidays: try ICalendarReader.holidays(in: damaged))
                read += 1
                #expect(calendar.days(in: 2_026).count <= 365)
            } catch {
                #expect((1...30).contains(error.line), "\(error.message)")
            }
        }
        #expect((40...760).contains(read))
    }

    private static func damage(_ file: inout [UInt8], _ random: inout Random) {
        let place = random.below(file.count)
        switch random.below(4) {
        case 0: file[place] = UInt8(random.below(256))
        case 1: file.remove(at: place)
        case 2: file.insert(contentsOf: file[place..<min(place + random.below(40), file.count)], at: place)
        default: file[place] = Array("0123456789-;:,".utf8)[random.below(14)]
        }
    }
}

/// The same numbers in every run.
private struct Random {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(limit, 1)))
    }
}
