import Foundation
import JobModel

/// The machine's clock.
package struct SystemTimeSource: TimeSource {
    /// Timers do not count while the machine is suspended and know nothing of a clock that is set: after so many
    /// seconds the wall clock is read again.
    static let longestSleep: TimeInterval = 60

    package init() {}

    package var now: Date { Date() }

    /// Never returns early; a deadline that has passed returns at once. Throws `CancellationError`.
    package func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        while true {
            let remaining = deadline.timeIntervalSince(now)
            guard remaining > 0 else { return }
            try await Task.sleep(for: .seconds(min(remaining, Self.longestSleep)), tolerance: .zero)
        }
    }

    package func sleep(for seconds: TimeInterval) async throws {
        try await Task.sleep(for: .seconds(seconds), tolerance: .zero)
    }
}
