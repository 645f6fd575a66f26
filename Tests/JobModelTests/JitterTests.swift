import CronExpressions
import Foundation
import JobModel
import Testing

private func instant(_ text: String) -> Date { (try? Date(text, strategy: .iso8601)) ?? .distantPast }
private func cron(_ text: String) -> Schedule.Pattern { .cron([try! CronExpression(text)]) }

struct JitterTests {
    static let patterns: [Schedule] = [
        Schedule(cron("*/7 1-3 * * *"), zone: "Europe/Berlin"),
        Schedule(cron("* * * * *"), zone: "Europe/Berlin", exclusions: [.weekdays([6, 7])]),
        Schedule(cron("0 9 * * 1-5"), zone: "America/New_York", exclusions: [.date(month: 12, day: 25, year: nil)]),
        Schedule(.interval(seconds: 90, anchor: instant("2026-03-29T00:00:00Z") + 0.25), zone: "UTC"),
        Schedule(.interval(seconds: 1, anchor: instant("2026-03-29T00:00:00Z")), zone: "UTC"),
        Schedule(
            .calendar(
                CalendarStep(
                    every: 2, unit: .day, anchor: LocalDay(year: 2026, month: 1, day: 1),
                    times: [LocalTime(2, 30), LocalTime(2, 31), LocalTime(23)])), zone: "Europe/Berlin"),
        Schedule(.once((0..<40).map { instant("2026-03-29T00:00:00Z") + Double($0 * $0 * 60) }), zone: "UTC"),
        Schedule(
            cron("0 * * * *"), zone: "UTC", start: instant("2026-03-29T05:00:00Z"),
            until: instant("2026-04-02T00:00:00Z")),
    ]

    /// Every delay stays in its range, no two occurrences change places, and none is lost or made up.
    @Test(arguments: patterns, [2, 30, 300, 3_600, 86_400])
    func keepsOrderAndRange(_ plain: Schedule, seconds: Int) {
        let start = instant("2026-03-28T20:00:00Z")
        for seed: UInt32 in [0, 1, 77] {
            var schedule = plain
            schedule.jitter = Jitter(seconds: seconds, seed: seed)
            let nominal = plain.occurrences(after: start, limit: 200)
            let due = schedule.occurrences(after: nominal[0] - 1, limit: 200)
            let moments = plain.occurrences(after: nominal[0] - 1, limit: 200)
            // The last moment of the list before may still be on its way.
            let late = due.first.map { $0 < moments[0] } == true ? 1 : 0
            #expect(due.count >= moments.count - late && due.count > 10)
            for (moment, delayed) in zip(moments, due.dropFirst(late)) {
                let delay = delayed.timeIntervalSince(moment)
                #expect(delay >= 0 && delay < Double(seconds) && delay == delay.rounded())
            }
            #expect(zip(due, due.dropFirst()).allSatisfy { $0 < $1 })
            #expect(zip(moments.dropFirst(), due.dropFirst(late)).allSatisfy { $0 > $1 })
        }
    }

    @Test(arguments: patterns)
    func answersTheSameHoweverItIsAsked(_ plain: Schedule) {
        var schedule = plain
        schedule.jitter = Jitter(seconds: 600, seed: 5)
        let due = schedule.occurrences(after: instant("2026-03-28T20:00:00Z"), limit: 60)
        for (first, second) in zip(due, due.dropFirst()) {
            #expect(schedule.next(after: first) == second)
            #expect(schedule.next(after: second - 0.001) == second)
            #expect(schedule.previous(before: second) == first)
            #expect(schedule.previous(before: second + 0.001) == second)
        }
    }

    /// A job that is made between a moment and its delayed time is first due at the next moment.
    @Test(arguments: patterns)
    func leavesOutMomentsBeforeItWasMade(_ plain: Schedule) throws {
        let start = instant("2026-03-28T20:00:00Z")
        for moment in plain.occurrences(after: start, limit: 20) {
            for made in [moment, moment + 0.5] {
                var schedule = plain
                schedule.jitter = Jitter(seconds: 600, seed: 9, since: made)
                let first = try #require(schedule.next(after: made))
                #expect(first >= (try #require(plain.next(after: made))))
                #expect(schedule.previous(before: first) == nil)
                #expect(schedule.previous(before: first + 0.001) == first)
            }
        }
    }

    @Test func differsByMomentAndSeed() {
        let start = instant("2026-03-01T00:00:00Z")
        func delays(_ seed: UInt32) -> [TimeInterval] {
            let schedule = Schedule(cron("0 9 * * *"), zone: "UTC", jitter: Jitter(seconds: 3_600, seed: seed))
            return schedule.occurrences(after: start, limit: 200).map {
                $0.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) - 32_400
            }
        }
        #expect(Set(delays(1)).count > 150)
        #expect(zip(delays(1), delays(2)).filter(==).count < 10)
        let mean = delays(3).reduce(0, +) / 200
        #expect((1_500...2_100).contains(mean))
        #expect(Jitter(seconds: 60, seededBy: "a") == Jitter(seconds: 60, seededBy: "a"))
        #expect(Jitter(seconds: 60, seededBy: "a").seed != Jitter(seconds: 60, seededBy: "b").seed)
    }

    /// What the same seed gave yesterday it gives tomorrow: these moments are part of the promise.
    @Test func isTheSameInEveryVersion() {
        let schedule = Schedule(cron("0 9 * * *"), zone: "UTC", jitter: Jitter(seconds: 300, seed: 7))
        let found = schedule.occurrences(after: instant("2026-03-01T12:00:00Z"), limit: 3)
        #expect(found == ["2026-03-02T09:02:58Z", "2026-03-03T09:04:01Z", "2026-03-04T09:01:54Z"].map(instant))
    }

    @Test(arguments: [
        (1, "with a random delay of up to 1 second"), (60, "with a random delay of up to 1 minute"),
        (90, "with a random delay of up to 90 seconds"), (300, "with a random delay of up to 5 minutes"),
        (86_400, "with a random delay of up to 1 day"),
    ])
    func isToldInWords(seconds: Int, text: String) {
        let schedule = Schedule(
            cron("0 * * * *"), zone: "UTC", until: instant("2026-08-31T23:59:59Z"),
            jitter: Jitter(seconds: seconds, seed: 1))
        #expect(schedule.text == "Every hour, until 31 August 2026, \(text)")
        #expect(schedule.period == 3_600 && schedule.kind == .recurring)
    }

    @Test func isStoredWhole() throws {
        let schedule = Schedule(cron("0 9 * * *"), zone: "UTC", jitter: Jitter(seconds: 300, seed: .max))
        let data = try JSONEncoder().encode(schedule)
        #expect(try JSONDecoder().decode(Schedule.self, from: data) == schedule)
    }
}
