import Foundation
import Testing

@testable import Scheduling

/// What the watchdog says at a moment, with the wall clock and the time awake going apart.
struct WatchdogTests {
    private static let start = Date(timeIntervalSince1970: 1_772_442_000)

    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Seconds after the look at which something is due; `nil` is nothing.
        var due: TimeInterval? = 30
        var isLooking = false
        /// Seconds after the look.
        var wall: TimeInterval
        var awake: TimeInterval
        var isStalled = false
        /// Until the next check.
        var again: TimeInterval?
    }

    static let examples = [
        Example(testDescription: "not yet", wall: 10, awake: 10, again: 30),
        Example(testDescription: "a little late", wall: 35, awake: 35, again: 5),
        Example(testDescription: "should have fired", wall: 40, awake: 40, isStalled: true),
        Example(testDescription: "suspended for a day", wall: 86_400, awake: 5, again: 35),
        Example(testDescription: "suspended, and then it had its time", wall: 86_400, awake: 41, isStalled: true),
        Example(testDescription: "clock set forward by an hour", wall: 3_610, awake: 10, again: 30),
        Example(testDescription: "clock set back by an hour", wall: -3_500, awake: 100, again: 3_540),
        Example(testDescription: "due in a month", due: 2_592_000, wall: 3_600, awake: 3_600, again: 2_588_410),
        Example(
            testDescription: "due in a month, suspended until then", due: 2_592_000, wall: 2_592_020, awake: 20,
            again: 50),
        Example(
            testDescription: "due in a month, awake long enough", due: 2_592_000, wall: 2_592_020, awake: 71,
            isStalled: true),
        Example(testDescription: "nothing is armed", due: nil, wall: 1_000_000, awake: 1_000_000),
        Example(testDescription: "in a long cycle", isLooking: true, wall: 29, awake: 29, again: 1),
        Example(testDescription: "in an endless cycle", isLooking: true, wall: 30, awake: 30, isStalled: true),
        Example(testDescription: "in a cycle, suspended", isLooking: true, wall: 9_000, awake: 3, again: 27),
    ]

    @Test(arguments: examples)
    func says(_ example: Example) {
        var watchdog = Watchdog()
        let phase: Watchdog.Look.Phase =
            example.isLooking
            ? .looking : example.due.map { .waiting(due: Self.start + $0, look: Self.start + $0) } ?? .idle
        let look = Watchdog.Look(number: 1, phase: phase, wall: Self.start, awake: 500)
        let check = watchdog.check(look, at: Self.start + example.wall, awake: 500 + example.awake)
        #expect((check.report != nil) == example.isStalled)
        #expect(check.again == example.again)
    }

    @Test func tellsOnceAndOnceMoreWhenItLooksAgain() {
        var watchdog = Watchdog()
        let due = Self.start + 30
        let look = Watchdog.Look(number: 7, phase: .waiting(due: due, look: due), wall: Self.start, awake: 0)
        #expect(watchdog.check(look, at: Self.start + 41, awake: 41).report == .stalled(due: due))
        #expect(watchdog.check(look, at: Self.start + 99, awake: 99) == Watchdog.Check())
        let next = Watchdog.Look(number: 8, phase: .idle, wall: Self.start + 120, awake: 120)
        #expect(watchdog.check(next, at: Self.start + 120, awake: 120).report == .looksAgain(after: 90))
        #expect(watchdog.check(next, at: Self.start + 200, awake: 200) == Watchdog.Check())
    }

    @Test func aSchedulerThatEndsIsNotStalled() {
        var watchdog = Watchdog()
        #expect(watchdog.check(nil, at: Self.start, awake: 0) == Watchdog.Check())
    }

    @Test func theRecordTellsOfEveryLook() {
        let record = LookRecord(awake: { 12 })
        #expect(record.last == nil)
        record.began(at: Self.start)
        #expect(record.last == .init(number: 1, phase: .looking, wall: Self.start, awake: 12))
        record.waits(for: Self.start + 5, look: Self.start + 6, at: Self.start + 1)
        #expect(record.last?.phase == .waiting(due: Self.start + 5, look: Self.start + 6))
        #expect(record.last?.number == 1)
        record.waits(for: nil, look: Self.start, at: Self.start)
        #expect(record.last?.phase == .idle)
        record.ended()
        #expect(record.last == nil)
    }
}
