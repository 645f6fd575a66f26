import CronExpressions
import CronOracle
import Foundation
import Testing

/// Random expressions in UTC, held against a slow second implementation that asks every day of forty years.
struct SlowWalkTests {
    /// 2080 to 2120: the year 2100 has no leap day.
    private static let days = (40_177..<40_177 + 41 * 365).map(CalendarDay.init)

    @Test(arguments: [false, true])
    func agreesWithASlowWalk(seconds: Bool) throws {
        var generator = SeededGenerator(state: seconds ? 7 : 3)
        let limit = 120
        for _ in 0..<(seconds ? 8 : 120) {
            let plain = PlainCron.random(using: &generator, seconds: seconds)
            let expected = plain.occurrences(on: Self.days, limit: limit)
            guard let cron = try? CronExpression(plain.text, seconds: seconds) else {
                #expect(expected.isEmpty, "\(plain.text) was refused")
                continue
            }
            var found: [Int] = []
            var last = Date(timeIntervalSince1970: Double(Self.days[0].number * 86_400 - 1))
            while found.count < expected.count, let next = cron.nextOccurrence(after: last, in: .utc) {
                found.append(Int(next.timeIntervalSince1970))
                last = next
            }
            #expect(found == expected, "\(plain.text)")
            // One that is due on few days of a century may have none in these years.
            guard let end = expected.last else { continue }
            #expect(backward(cron, before: end + 1, count: expected.count) == expected, "\(plain.text), backward")
        }
    }

    private func backward(_ cron: CronExpression, before end: Int, count: Int) -> [Int] {
        var found: [Int] = []
        var last = Date(timeIntervalSince1970: Double(end))
        while found.count < count, let previous = cron.previousOccurrence(before: last, in: .utc) {
            found.append(Int(previous.timeIntervalSince1970))
            last = previous
        }
        return found.reversed()
    }
}
