import CronExpressions
import Foundation
import JobModel
import Testing

@testable import Scheduling

/// The moments of a downtime, walked back from its end, against the same ones walked forward from its beginning.
struct MissedMomentsTests {
    private static let crons = [
        "0 9 * * *", "*/5 * * * *", "30 2 * * *", "0 9 * * MON-FRI", "15,45 */2 * * *", "0 0 29 2 *", "0 3 L * *",
        "30 1-3 * 3,10 SUN",
    ]
    private static let zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]

    @Test(arguments: 1...120 as ClosedRange<UInt64>)
    func equalsAWalkForward(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let schedule = try Self.schedule(&random)
        // Around the clock changes of spring and autumn as often as not.
        let base = [date("2026-03-28T12:00:00Z"), date("2026-10-24T12:00:00Z"), date("2026-06-01T00:00:00Z")]
        let begin = (base.randomElement(using: &random) ?? base[0]) + .random(in: -86_400...86_400, using: &random)
        guard let first = schedule.next(after: begin) else { return }
        let now = first + .random(in: 0...(4 * 86_400), using: &random).rounded()
        let limit = Int.random(in: 1...50, using: &random)
        let all = Self.walk(schedule, from: first, through: now)
        let found = MissedMoments(of: schedule, from: first, through: now, limit: limit)
        if all.count <= limit {
            #expect(found.latest == all && found.earlier == nil)
        } else {
            #expect(found.latest == Array(all.suffix(limit)))
            #expect(found.earlier == first...all[all.count - limit - 1])
        }
    }

    @Test func theArmedMomentCountsAlthoughTheScheduleDoesNotNameIt() throws {
        let schedule = Schedule(.cron([try CronExpression("0 9 * * *")]), zone: "UTC")
        let found = MissedMoments(
            of: schedule, from: date("2026-03-02T08:30:00Z"), through: date("2026-03-03T10:00:00Z"), limit: 10)
        #expect(
            found.latest == [
                date("2026-03-02T08:30:00Z"), date("2026-03-02T09:00:00Z"), date("2026-03-03T09:00:00Z"),
            ])
    }

    @Test func aYearOfSecondsIsListedAtOnce() {
        let first = date("2025-01-01T00:00:00Z")
        let schedule = Schedule(.interval(seconds: 1, anchor: first), zone: "UTC")
        let now = date("2026-01-01T00:00:00Z")
        let found = MissedMoments(of: schedule, from: first + 1, through: now, limit: 100)
        #expect(found.latest == (0..<100).map { now - Double(99 - $0) })
        #expect(found.earlier == (first + 1)...(now - 100))
    }

    private static func schedule(_ random: inout SeededGenerator) throws -> Schedule {
        let zone = zones.randomElement(using: &random) ?? "UTC"
        guard Bool.random(using: &random) || Bool.random(using: &random) else {
            let anchor = date("2026-01-01T00:00:00Z") + .random(in: 0...86_400, using: &random).rounded()
            return Schedule(.interval(seconds: .random(in: 61...20_000, using: &random), anchor: anchor), zone: zone)
        }
        let text = crons.randomElement(using: &random) ?? crons[0]
        return Schedule(.cron([try CronExpression(text)]), zone: zone)
    }

    private static func walk(_ schedule: Schedule, from first: Date, through now: Date) -> [Date] {
        var moments = [first]
        while let next = schedule.next(after: moments[moments.count - 1]), next <= now { moments.append(next) }
        return moments
    }
}
