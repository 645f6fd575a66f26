import Foundation
import JobModel
import Synchronization
import TestSupport
import Testing

@testable import Coordination

@Suite struct SystemTimeSourceTests {
    @Test func neverWakesEarly() async throws {
        let time = SystemTimeSource()
        for milliseconds in [-1000.0, 0, 0.2, 1, 3, 20] {
            let deadline = time.now + milliseconds / 1000
            try await time.sleep(until: deadline)
            #expect(time.now >= deadline)
        }
    }

    @Test func aCancelledSleepThrows() async throws {
        let sleep = Task { try await SystemTimeSource().sleep(until: .distantFuture) }
        sleep.cancel()
        await #expect(throws: CancellationError.self) { try await sleep.value }
    }
}

@Suite struct ManualTimeSourceTests {
    @Test func sleepersWakeInOrderAtTheirOwnMoments() async throws {
        let time = ManualTimeSource()
        let start = time.now
        let woken = Log()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seconds in [30.0, 10, 20] {
                group.addTask {
                    try await time.sleep(until: start + seconds)
                    woken.add(time.now.timeIntervalSince(start))
                    if seconds == 10 {
                        try await time.sleep(until: start + 15)
                        woken.add(time.now.timeIntervalSince(start))
                    }
                }
            }
            await time.waitForSleepers(3)
            await time.advance(to: start + 25)
            #expect(woken.entries == [10, 15, 20])
            #expect(time.now == start + 25 && time.deadlines == [start + 30])
            time.set(start + 99)
            try await group.waitForAll()
            #expect(woken.entries == [10, 15, 20, 99])
        }
    }

    @Test func aCancelledSleepThrows() async throws {
        let time = ManualTimeSource()
        let sleep = Task { try await time.sleep(until: .distantFuture) }
        await time.waitForSleepers()
        sleep.cancel()
        await #expect(throws: CancellationError.self) { try await sleep.value }
        #expect(time.deadlines.isEmpty)
        try await time.sleep(until: time.now)
    }
}

private final class Log: Sendable {
    private let values = Mutex<[TimeInterval]>([])
    var entries: [TimeInterval] { values.withLock(\.self) }
    func add(_ value: TimeInterval) { values.withLock { $0.append(value) } }
}
