import CronExpressions
import CronOracle
import Foundation
import Testing

/// Expressions around clock changes, held against a walk over every minute by Foundation's zones.
///
/// `Scripts/check-clock-changes` does the same for every zone and every change from 1990 to 2037.
struct ClockChangeOracleTests {
    struct Case: CustomTestStringConvertible {
        var zone: String
        var around: String
        var testDescription: String { "\(zone) around \(around)" }
    }

    @Test(arguments: [
        Case(zone: "Europe/Berlin", around: "2026-03-29T01:00:00Z"),
        Case(zone: "Europe/Berlin", around: "2026-10-25T01:00:00Z"),
        Case(zone: "Europe/Berlin", around: "2024-02-29T00:00:00Z"),
        Case(zone: "America/New_York", around: "2025-03-09T07:00:00Z"),
        Case(zone: "America/New_York", around: "2025-11-02T06:00:00Z"),
        Case(zone: "Australia/Lord_Howe", around: "2025-04-05T15:00:00Z"),
        Case(zone: "Australia/Lord_Howe", around: "2025-10-04T15:30:00Z"),
        Case(zone: "Pacific/Apia", around: "2011-12-30T10:00:00Z"),
    ])
    func agreesWithAWalk(_ example: Case) throws {
        let around = Int(instant(example.around).timeIntervalSince1970)
        var generator = SeededGenerator(state: UInt64(example.around.utf8.reduce(0) { $0 + Int($1) }))
        let walk = ClockWalk(try offsets(of: example.zone, around: around), around: around)
        for _ in 0..<40 {
            try compare(.random(using: &generator), over: walk, in: try .named(example.zone))
        }
    }

    @Test func agreesWithAWalkInASampleOfZonesAndChanges() throws {
        var generator = SeededGenerator(state: 2026)
        // Foundation takes some names without a region for abbreviations: WET is Lisbon's clock to it.
        let names = ZoneRules.allIdentifiers.filter { $0.contains("/") && !$0.hasPrefix("Etc/") }
        var changes = 0
        while changes < 25 {
            let name = names.randomElement(using: &generator)!
            let zone = try ZoneRules.named(name)
            let since = Date(timeIntervalSince1970: .random(in: 631_152_000..<2_114_380_800, using: &generator))
            guard let change = zone.nextTransition(after: since), change.at < since + 366 * 86_400 else { continue }
            changes += 1
            let around = Int(change.at.timeIntervalSince1970)
            let walk = ClockWalk(try offsets(of: name, around: around), around: around)
            for _ in 0..<8 {
                try compare(.random(using: &generator), over: walk, in: zone)
            }
        }
    }

    @Test(arguments: [
        Case(zone: "Europe/Berlin", around: "2026-03-29T01:00:00Z"),
        Case(zone: "Europe/Berlin", around: "2026-10-25T01:00:00Z"),
    ])
    func agreesWithAWalkOverSeconds(_ example: Case) throws {
        let around = Int(instant(example.around).timeIntervalSince1970)
        var generator = SeededGenerator(state: 6)
        let walk = ClockWalk(
            try offsets(of: example.zone, around: around), around: around, reach: 2 * 3_600, step: 1)
        for _ in 0..<6 {
            try compare(.random(using: &generator, seconds: true), over: walk, in: try .named(example.zone))
        }
    }

    private func compare(_ plain: PlainCron, over walk: ClockWalk, in zone: ZoneRules) throws {
        // 30 February and its like: refused, and due never.
        guard let cron = try? CronExpression(plain.text, seconds: plain.hasSeconds) else {
            #expect(walk.occurrences(of: plain).isEmpty, "\(plain.text) was refused")
            return
        }
        let comparison = EngineComparison(of: plain, over: walk) { instant in
            cron.nextOccurrence(after: Date(timeIntervalSince1970: Double(instant)), in: zone)
                .map { Int($0.timeIntervalSince1970) }
        } previous: { instant in
            cron.previousOccurrence(before: Date(timeIntervalSince1970: Double(instant)), in: zone)
                .map { Int($0.timeIntervalSince1970) }
        }
        #expect(comparison.differences.isEmpty, "\(zone.identifier): \(comparison.differences)")
    }

    private func offsets(of name: String, around: Int) throws -> ZoneOffsets {
        let zone = try #require(TimeZone(identifier: name))
        return ZoneOffsets(from: around - 3 * 86_400, through: around + 3 * 86_400) {
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0)))
        }
    }
}
