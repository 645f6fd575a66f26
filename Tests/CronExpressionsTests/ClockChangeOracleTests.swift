import CronExpressions
import Foundation
import Testing

/// Random expressions around clock changes, held against a walk over every minute by Foundation's zones.
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
        let zone = try ZoneRules.named(example.zone)
        let walk = MinuteWalk(zone: try #require(TimeZone(identifier: example.zone)), around: instant(example.around))
        var generator = SeededGenerator(state: UInt64(example.around.utf8.reduce(0) { $0 + Int($1) }))
        for _ in 0..<40 {
            let plain = PlainCron.random(using: &generator)
            let cron = try CronExpression(plain.text)
            let expected = walk.occurrences(of: plain)
            #expect(forward(cron, in: zone, over: walk) == expected, "\(plain.text)")
            #expect(backward(cron, in: zone, over: walk) == expected, "\(plain.text)")
        }
    }

    private func forward(_ cron: CronExpression, in zone: ZoneRules, over walk: MinuteWalk) -> [Date] {
        var found: [Date] = []
        while let next = cron.nextOccurrence(after: found.last ?? walk.start - 1, in: zone), next <= walk.end {
            found.append(next)
        }
        return found
    }

    private func backward(_ cron: CronExpression, in zone: ZoneRules, over walk: MinuteWalk) -> [Date] {
        var found: [Date] = []
        while let previous = cron.previousOccurrence(before: found.last ?? walk.end + 1, in: zone),
            previous >= walk.start
        {
            found.append(previous)
        }
        return found.reversed()
    }
}

/// Every minute of 30 hours on both sides of a moment, with what the wall clock shows.
private struct MinuteWalk {
    struct Minute {
        var instant: Date
        /// Minutes since 1970 on the wall clock.
        var wall: Int
    }

    let minutes: [Minute]
    /// The span that is compared; the walk itself begins a day earlier, so that every first showing is known.
    let start, end: Date

    init(zone: TimeZone, around: Date) {
        (start, end) = (around - 30 * 3_600, around + 30 * 3_600)
        let first = Int(start.timeIntervalSince1970) / 60 - 26 * 60
        minutes = (first...Int(end.timeIntervalSince1970) / 60).map { minute in
            let instant = Date(timeIntervalSince1970: Double(minute * 60))
            return Minute(instant: instant, wall: minute + zone.secondsFromGMT(for: instant) / 60)
        }
    }

    func occurrences(of cron: PlainCron) -> [Date] {
        let found = cron.followsClock ? minutes.filter { cron.matches($0.wall) }.map(\.instant) : fixed(cron)
        return Set(found).filter { $0 >= start && $0 <= end }.sorted()
    }

    /// Each wall-clock minute once: at its first showing, or at the first instant that shows a later one.
    private func fixed(_ cron: PlainCron) -> [Date] {
        var latest = minutes[0].wall - 1
        return minutes.flatMap { minute -> [Date] in
            guard minute.wall > latest else { return [] }
            defer { latest = minute.wall }
            return (latest + 1...minute.wall).contains(where: cron.matches) ? [minute.instant] : []
        }
    }
}

/// A second reading of the plain part of cron: lists of numbers, sets, nothing shared with the code under test.
private struct PlainCron {
    let fields: [String]
    private let allowed: [Set<Int>]

    private init(_ fields: [String]) {
        self.fields = fields
        allowed = zip(fields, [0...59, 0...23, 1...31, 1...12, 0...6]).map(Self.values)
    }

    var text: String { fields.joined(separator: " ") }
    var followsClock: Bool { fields[0].hasPrefix("*") || fields[1].hasPrefix("*") }

    static func random(using generator: inout SeededGenerator) -> PlainCron {
        let choices = [
            ["*", "*/7", "*/20", "0", "30", "0,30", "15-45/10", "59", "50-10/5"],
            ["*", "*/2", "*/3", "0", "1", "2", "3", "0,2,23", "1-3", "22-4/2", "9-17", "10/5"],
            ["*", "*", "*", "*/2", "1-7", "29,30,31", "5,25", "28-5/3"],
            ["*", "*", "*/2", "3,4,9-12", "10-4"],
            ["*", "*", "*/2", "0", "1-5", "6,7", "5-1/2"],
        ]
        return PlainCron(choices.map { $0.randomElement(using: &generator)! })
    }

    func matches(_ wall: Int) -> Bool {
        guard allowed[0].contains(wall % 60) else { return false }
        let parts = Self.calendar.dateComponents(
            [.hour, .day, .month, .weekday], from: Date(timeIntervalSince1970: Double(wall * 60)))
        guard let hour = parts.hour, let day = parts.day, let month = parts.month, let weekday = parts.weekday,
            allowed[1].contains(hour), allowed[3].contains(month)
        else { return false }
        let onDay = allowed[2].contains(day)
        let onWeekday = allowed[4].contains(weekday - 1) || weekday == 1 && allowed[4].contains(7)
        let both = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
        return both ? onDay && onWeekday : onDay || onWeekday
    }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    private static func values(_ field: String, _ allowed: ClosedRange<Int>) -> Set<Int> {
        Set(
            field.split(separator: ",").flatMap { item -> [Int] in
                let parts = item.split(separator: "/")
                let step = parts.count > 1 ? Int(parts[1])! : 1
                let ends =
                    parts[0] == "*"
                    ? [allowed.lowerBound, allowed.upperBound] : parts[0].split(separator: "-").map { Int($0)! }
                let open = ends.count == 1 && parts.count > 1
                let last = open ? allowed.upperBound : ends[ends.count - 1]
                let end = last < ends[0] ? last + allowed.count : last
                return stride(from: ends[0], through: end, by: step).map {
                    $0 > allowed.upperBound && $0 != 7 ? $0 - allowed.count : $0
                }
            })
    }
}
