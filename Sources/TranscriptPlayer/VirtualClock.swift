import Foundation
import JobModel
import Synchronization

/// Time that stands still until a transcript moves it.
///
/// A run that takes time spends it on a stretch of its own, so that it ends later without holding up the others.
package final class VirtualClock: TimeSource {
    /// Seconds that the current run has spent so far.
    private final class Stretch: Sendable {
        let spent = Mutex<TimeInterval>(0)
    }

    @TaskLocal private static var stretch: Stretch?

    private let base: Mutex<Date>

    package init(_ start: Date) { base = Mutex(start) }

    package var now: Date {
        base.withLock { $0 } + (Self.stretch?.spent.withLock { $0 } ?? 0)
    }

    package func move(to date: Date) { base.withLock { $0 = max($0, date) } }

    /// Within a run: the run goes on at `deadline` at once.
    package func sleep(until deadline: Date) async throws {
        spend(deadline.timeIntervalSince(now))
    }

    /// The current run takes this long.
    package func spend(_ seconds: TimeInterval) {
        guard seconds > 0, let stretch = Self.stretch else { return }
        stretch.spent.withLock { $0 += seconds }
    }

    /// Runs `body` on a stretch of time of its own.
    package static func withOwnStretch<Value>(_ body: () async -> Value) async -> Value {
        await $stretch.withValue(Stretch(), operation: body)
    }
}
