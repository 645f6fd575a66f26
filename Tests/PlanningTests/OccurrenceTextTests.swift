import Foundation
import Testing

@testable import Planning

struct OccurrenceTextTests {
    static let now = Date(timeIntervalSince1970: 1_774_598_400)  // Fri 27 March 2026, 09:00 in Berlin

    @Test func showsTheChangeAtTheFirstOccurrenceBehindIt() {
        let days = [1.0, 3, 4].map { Self.now + $0 * 86_400 - ($0 > 1 ? 3600 : 0) }
        #expect(
            OccurrenceText(zone: "Europe/Berlin").list(days, now: Self.now)
                == "Sat 28 Mar 09:00 +01:00, Mon 30 Mar 09:00 +02:00 (clocks change on 29 Mar), Tue 31 Mar 09:00 +02:00"
        )
    }

    @Test(arguments: [
        ("UTC", "Fri 27 Mar 08:00 +00:00"), ("America/New_York", "Fri 27 Mar 04:00 -04:00"),
        ("Asia/Kolkata", "Fri 27 Mar 13:30 +05:30"),
    ])
    func showsTheOffset(zone: String, text: String) {
        #expect(OccurrenceText(zone: zone).moment(Self.now, now: Self.now) == text)
    }

    @Test func showsTheYearWhereItIsAnother() {
        #expect(OccurrenceText(zone: "UTC").day(Self.now + 366 * 86_400, now: Self.now) == "Sun 28 Mar 2027")
    }
}
