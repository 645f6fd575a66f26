import CronOracle
import Foundation
import JobModel
import Testing

@Suite("Instants as RFC 3339 writes them") struct RFC3339Tests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1), ("2026-03-02T08:00:00Z", 1_772_438_400),
        ("2026-03-02t08:00:00z", 1_772_438_400), ("2026-03-02 08:00:00Z", 1_772_438_400),
        ("2026-03-02T08:00:00+00:00", 1_772_438_400), ("2026-03-02T08:00:00-00:00", 1_772_438_400),
        ("2026-03-02T10:30:00+02:30", 1_772_438_400), ("2026-03-01T22:00:00-10:00", 1_772_438_400),
        ("2026-03-03T07:59:00+23:59", 1_772_438_400), ("2026-03-02T08:00:00.5Z", 1_772_438_400.5),
        ("2026-03-02T08:00:00.125+00:00", 1_772_438_400.125), ("2026-03-02T08:00:00.000000000000Z", 1_772_438_400),
        ("1969-12-31T23:59:59.75Z", -0.25), ("2016-12-31T23:59:60Z", 1_483_228_800),
        ("2024-02-29T00:00:00Z", 1_709_164_800),
        ("2000-02-29T12:00:00Z", 951_825_600), ("0001-01-01T00:00:00Z", -62_135_596_800),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ])
    func isRead(_ text: String, _ seconds: Double) {
        #expect(RFC3339.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "2026-03-02", "2026-03-02T08:00Z", "2026-03-02T08:00:00", "2026-03-02T08:00:00+01",
        "2026-03-02T08:00:00+0100",
        "2026-03-02T08:00:00+24:00", "2026-03-02T08:00:00+01:60", "2026-03-02T08:00:00 Z", " 2026-03-02T08:00:00Z",
        "2026-03-02T08:00:00Z ", "2026-03-02T08:00:00ZZ", "2026-03-02_08:00:00Z", "2026/03/02T08:00:00Z",
        "20260302T080000Z",
        "2026-3-2T08:00:00Z", "26-03-02T08:00:00Z", "+2026-03-02T08:00:00Z", "-026-03-02T08:00:00Z",
        "2026-00-02T08:00:00Z",
        "2026-13-02T08:00:00Z", "2026-03-00T08:00:00Z", "2026-03-32T08:00:00Z", "2026-04-31T08:00:00Z",
        "2026-02-29T08:00:00Z",
        "1900-02-29T08:00:00Z", "2026-03-02T24:00:00Z", "2026-03-02T08:60:00Z", "2026-03-02T08:00:61Z",
        "2026-03-02T08:00:00.Z",
        "2026-03-02T08:00:00,5Z", "2026-03-02T08:00:00.5", "2026-03-02T08:00:00.-5Z", "2026-03-02T0８:00:00Z", "now",
        "2026-03-02T08:00:00Europe/Berlin",
    ])
    func isRefused(_ text: String) {
        #expect(RFC3339.date(text) == nil)
    }

    @Test(arguments: [
        (1_772_438_400, "2026-03-02T08:00:00Z", "2026-03-02T08:00:00.000Z"),
        (1_772_438_400.25, "2026-03-02T08:00:00.250Z", "2026-03-02T08:00:00.250Z"),
        (1_772_438_400.0625, "2026-03-02T08:00:00.062Z", "2026-03-02T08:00:00.062Z"),
        (1_074_000_000.0625, "2004-01-13T13:20:00.062Z", "2004-01-13T13:20:00.062Z"),
        (1_772_438_399.99951171875, "2026-03-02T07:59:59.999Z", "2026-03-02T07:59:59.999Z"),
        (0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        (-0.25, "1969-12-31T23:59:59.750Z", "1969-12-31T23:59:59.750Z"),
        (-0.00048828125, "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        (-62_135_596_800, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"),
    ])
    func isWritten(_ seconds: Double, _ plain: String, _ long: String) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(RFC3339.text(date) == plain)
        #expect(RFC3339.text(date, fraction: .milliseconds) == long)
    }

    /// Seconds from the beginning of year 1 to the end of year 9999.
    private static let instants = -62_135_596_800...253_402_300_799

    /// Foundation reckons by the Julian calendar before 1582; the Gregorian one repeats every 400 years.
    private static func foundationText(_ date: Date) -> String {
        let cycle = 146_097.0 * 86_400
        let text = (date + 4 * cycle).formatted(.iso8601)
        let year = "\((Int(text.prefix(4)) ?? 0) - 1_600)"
        return date.timeIntervalSince1970 >= 0
            ? date.formatted(.iso8601) : String("0000\(year)".suffix(4)) + text.dropFirst(4)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func agreesWithFoundation(_ seed: UInt64) throws {
        var numbers = SeededGenerator(state: seed)
        for _ in 0..<100 {
            let date = Date(timeIntervalSince1970: Double(Int.random(in: Self.instants, using: &numbers)))
            let text = Self.foundationText(date)
            #expect(RFC3339.text(date) == text)
            #expect(RFC3339.date(text) == date)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func readsWhatItWrites(_ seed: UInt64) {
        var numbers = SeededGenerator(state: seed)
        for _ in 0..<200 {
            let second = Int.random(in: Self.instants, using: &numbers)
            let millisecond = Int.random(in: 0..<1_000, using: &numbers)
            let text = RFC3339.text(Date(timeIntervalSince1970: Double(second)), fraction: .milliseconds)
                .replacing(".000Z", with: ".\("\(1_000 + millisecond)".dropFirst())Z")
            let date = Date(timeIntervalSince1970: Double(second) + Double(millisecond) / 1_000)
            #expect(RFC3339.text(date, fraction: .milliseconds) == text)
            #expect(RFC3339.date(text).map { RFC3339.text($0, fraction: .milliseconds) } == text)
        }
    }

    /// Offsets and letters that are written otherwise mean the same instant.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func offsetsAreTakenOff(_ seed: UInt64) {
        var numbers = SeededGenerator(state: seed)
        for _ in 0..<100 {
            let date = Date(timeIntervalSince1970: Double(Int.random(in: 0...4_000_000_000, using: &numbers)))
            let minutes = Int.random(in: -1_439...1_439, using: &numbers)
            let (hour, minute) = (abs(minutes) / 60, abs(minutes) % 60)
            let offset = "\(minutes < 0 ? "-" : "+")\("\(100 + hour)".dropFirst()):\("\(100 + minute)".dropFirst())"
            let local = RFC3339.text(date + Double(minutes * 60)).dropLast()
            #expect(RFC3339.date(local + offset) == date)
        }
    }
}
