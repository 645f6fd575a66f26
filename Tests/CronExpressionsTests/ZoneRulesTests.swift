import CronExpressions
import CronOracle
import Foundation
import Testing

struct ZoneRulesTests {
    @Test(arguments: [
        ("europe/berlin", "Europe/Berlin"), ("US/Pacific", "US/Pacific"), ("utc", "UTC"), ("Etc/GMT+2", "Etc/GMT+2"),
        ("GMT+0", "GMT+0"),
        ("UTC+05:30", "UTC+05:30"), ("GMT+2", "UTC+02:00"), ("utc-0930", "UTC-09:30"), ("UTC+0", "UTC"),
        ("america/new york", "America/New_York"),
    ])
    func knowsNames(_ given: String, _ identifier: String) throws {
        #expect(try ZoneRules.named(given).identifier == identifier)
    }

    @Test(arguments: [
        ("Europe/Berln", "Europe/Berlin"), ("Berlin", "Europe/Berlin"), ("Asia/Tokio", "Asia/Tokyo"),
    ])
    func suggestsTheNearest(_ given: String, _ nearest: String) {
        let error = #expect(throws: ZoneError.self) { try ZoneRules.named(given) }
        #expect(error?.suggestions.first == nearest)
        #expect(error?.message.contains("did you mean \(nearest)") == true)
    }

    @Test(arguments: [
        "", " ", "Mars/Phobos", "../../etc/passwd", "/etc/localtime", "posix/Europe/Berlin", "right/UTC", "tzdata.zi",
        "Europe", "UTC+19", "UTC+05:60", "UTC+٣", "Europe/Berlin\u{0}", "leapseconds",
    ])
    func refusesWhatIsNoZone(_ given: String) {
        let error = #expect(throws: ZoneError.self) { try ZoneRules.named(given) }
        #expect(error?.identifier == given)
    }

    @Test func listsNames() throws {
        let names = ZoneRules.allIdentifiers
        #expect(names.count > 400 && names == names.sorted())
        #expect(names.contains("Europe/Berlin") && names.contains("UTC") && !names.contains { $0.hasPrefix("right/") })
        for index in stride(from: 0, to: names.count, by: 40) {
            #expect(try ZoneRules.named(names[index]).identifier == names[index])
        }
    }

    /// Foundation reads its zones by other means; zones and years whose data do not differ between releases.
    @Test(arguments: [
        "UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
        "Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham", "America/Sao_Paulo",
    ])
    func agreesWithFoundation(_ name: String) throws {
        let zone = try ZoneRules.named(name)
        let oracle = try #require(TimeZone(identifier: name))
        var generator = SeededGenerator(state: 11)
        for _ in 0..<2_000 {
            let date = Date(timeIntervalSince1970: Double(Int.random(in: 0..<4_000_000_000, using: &generator)))
            #expect(zone.offset(at: date) == oracle.secondsFromGMT(for: date), "\(date)")
        }
    }

    @Test func followsTheRuleThroughAllYears() throws {
        let zone = try ZoneRules.named("Europe/Berlin")
        for year in [2038, 2100, 2399, 2400, 2440, 2839, 5_000] {
            let change = try #require(zone.nextTransition(after: instant("\(year)-02-01T00:00:00Z")))
            let lastDay = LocalDateTime(year: year, month: 3, day: 31)
            let sunday = 31 - lastDay.weekday % 7
            #expect(change == ZoneTransition.berlin(instant("\(year)-03-\(sunday)T01:00:00Z")))
        }
    }

    @Test func mapsWallClockTimes() throws {
        let zone = try ZoneRules.named("Europe/Berlin")
        let skipped = LocalDateTime(year: 2026, month: 3, day: 29, hour: 2, minute: 30)
        let doubled = LocalDateTime(year: 2026, month: 10, day: 25, hour: 2, minute: 30)
        #expect(zone.instant(of: skipped) == instant("2026-03-29T01:00:00Z"))
        #expect(zone.instant(of: doubled) == instant("2026-10-25T00:30:00Z"))
        #expect(zone.localComponents(at: instant("2026-10-25T01:30:00Z")) == doubled)
        #expect(doubled.weekday == 7)
        #expect(zone.abbreviation(at: instant("2026-07-01T00:00:00Z")) == "CEST")
        #expect(ZoneRules.utc.nextTransition(after: .distantPast) == nil)
    }

    @Test func readsDatesBeforeTheEpoch() throws {
        let zone = try ZoneRules.named("Europe/Berlin")
        #expect(zone.offset(at: instant("1800-01-01T00:00:00Z")) == 3_208)
        let local = ZoneRules.utc.localComponents(at: instant("1969-12-31T23:59:59Z"))
        #expect(local == LocalDateTime(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59))
    }
}

extension ZoneTransition {
    /// To summer time in Berlin.
    fileprivate static func berlin(_ date: Date) -> ZoneTransition {
        ZoneTransition(at: date, before: 3_600, after: 7_200)
    }
}
