import CronExpressions
import Foundation
import JobModel
import ScheduleLanguage
import Testing

@Suite("What explanations say is read back as the same schedule") struct ExplanationRoundTripTests {
    /// Moments to look from, with the zone that they are looked at in.
    ///
    /// Each of Berlin's is just before a clock change: the hour from 02:00 is skipped in March and shown twice in October.
    private static let starts =
        [("UTC", "2026-03-02T10:00:00Z"), ("UTC", "2027-12-31T23:58:30Z")]
        + [
            "2024-03-30T23:10:00Z", "2025-03-29T22:59:30Z", "2026-03-28T23:10:00Z", "2027-03-27T23:40:00Z",
            "2028-03-25T23:10:00Z", "2024-10-26T22:30:00Z", "2025-10-25T22:10:00Z", "2026-10-24T22:45:00Z",
            "2027-10-30T22:10:30Z", "2028-10-28T21:59:00Z",
        ].map { ("Europe/Berlin", $0) }

    @Test(arguments: 0..<8)
    func ofOneExpression(_ seed: UInt64) throws {
        var expressions = RandomExpressions(seed: seed)
        for turn in 0..<400 {
            let expression = expressions.next()
            check([expression], expression.explanation, turn: turn)
        }
    }

    @Test(arguments: 100..<104)
    func ofSeveralExpressions(_ seed: UInt64) throws {
        var expressions = RandomExpressions(seed: seed)
        for turn in 0..<150 {
            let together = [expressions.next(), expressions.next()]
            check(together, CronExpression.explanation(of: together), turn: turn)
        }
    }

    /// - Parameter turn: chooses the four moments to look from.
    private func check(_ expressions: [CronExpression], _ sentence: String, turn: Int) {
        for (zone, start) in (0..<4).map({ Self.starts[(turn + $0 * 3) % Self.starts.count] }) {
            let now = Person.date(start)
            let reading = PhraseParser(context: PhraseContext(now: now, zone: zone)).parse(sentence)
            let expected = Schedule(.cron(expressions), zone: zone).occurrences(after: now, limit: 50)
            guard case .schedule(let schedule) = reading,
                schedule.occurrences(after: now, limit: 50) == expected
            else {
                let summary = ReadingSummary.text(reading, home: zone)
                Issue.record("\(expressions.map(\.text)): \"\(sentence)\" is \(summary), in \(zone) from \(start)")
                return
            }
        }
    }

    @Test(arguments: 200..<212)
    func ofSchedules(_ seed: UInt64) throws {
        let (zone, start) = Self.starts[Int(seed) % Self.starts.count]
        let now = Person.date(start)
        let parser = PhraseParser(context: PhraseContext(now: now, zone: zone))
        var schedules = try RandomSchedules(seed: seed, now: now, zone: zone)
        for _ in 0..<120 {
            let schedule = schedules.next()
            let reading = parser.parse(schedule.text)
            guard case .schedule(let found) = reading,
                found.occurrences(after: now, limit: 50) == schedule.occurrences(after: now, limit: 50)
            else {
                let summaries = [ReadingSummary.text(schedule, home: zone), ReadingSummary.text(reading, home: zone)]
                Issue.record("\(summaries[0]): \"\(schedule.text)\" is \(summaries[1]), in \(zone) at \(start)")
                continue
            }
        }
    }
}
