import JobModel
import Testing

@testable import Scheduling

struct RetryTests {
    @Test func waitsStayWithinTheGrowingCeiling() {
        var generator = SeededGenerator(seed: 42)
        let policy = RetryPolicy(retries: 12, base: 1, factor: 2, cap: 300)
        for attempt in 1...12 {
            let ceiling = min(300, 1 * Double(1 << (attempt - 1)))
            let delay = policy.delay(afterAttempt: attempt, using: &generator)
            #expect(
                delay.map { (0...ceiling).contains($0) } == true, "attempt \(attempt): \(String(describing: delay))")
        }
        #expect(policy.delay(afterAttempt: 13, using: &generator) == nil)
    }

    @Test func theSameSeedGivesTheSameWaits() {
        var first = SeededGenerator(seed: 7)
        var second = SeededGenerator(seed: 7)
        #expect((0..<100).map { _ in first.next() } == (0..<100).map { _ in second.next() })
    }
}
