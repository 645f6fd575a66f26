import Foundation
import JobModel

/// The machine's clock.
package struct SystemTimeSource: TimeSource {
    /// Timers do not count while the machine is suspended and know nothing of a clock that is set: after so many
    /// seconds the wall clock is read again.
    static let longestSleep: TimeInterval = SystemClock.isMovable ? 0.1 : 60

    package init() {}

    package var now: Date { SystemClock.now }

    /// Never returns early, but for a clock that is set back meanwhile: whoever waits looks at it anew. A deadline that
    /// has passed returns at once. Throws `CancellationError`.
    package func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        var last = now
        while true {
            let moment = now
            guard deadline > moment, moment > last - 5 else { return }
            last = moment
            let remaining = deadline.timeIntervalSince(moment)
            try await Task.sleep(for: .seconds(min(remaining, Self.longestSleep)), tolerance: .zero)
        }
    }

    package func sleep(for seconds: TimeInterval) async throws {
        try await Task.sleep(for: .seconds(seconds), tolerance: .zero)
    }
}
