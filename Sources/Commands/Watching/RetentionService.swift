import Foundation
import JobModel
import Logging
import ServiceLifecycle

/// Deletes what is over and old, a few rows at a time: a minute after the start and then once a day.
///
/// It goes only where nothing is due, and never makes the file smaller: that is `rota doctor --compact`.
struct RetentionService: Sendable {
    /// Seconds.
    static let delay: TimeInterval = 60
    static let interval: TimeInterval = 86_400
    /// Seconds between two looks whether the scheduler is busy, and how many of them it waits for one batch: a scheduler
    /// that is always busy must not keep everything for ever.
    static let pause: TimeInterval = 1
    static let patience = 30

    let store: any JobStore
    let retention: Retention
    let logger: Logger
    var now: @Sendable () -> Date = { Date() }
    /// Not the `TimeSource`, which reads the clock each minute: a day more or less exact will do.
    var sleep: @Sendable (TimeInterval) async throws -> Void = { seconds in
        try await Task.sleep(for: .seconds(seconds), tolerance: .seconds(seconds / 10))
    }

    func run() async throws {
        try await sleep(Self.delay)
        while true {
            await prune()
            try await sleep(Self.interval)
        }
    }

    /// Returns how many rows went.
    @discardableResult
    func prune() async -> Int {
        var deleted = 0
        do {
            while true {
                try await waitUntilQuiet()
                let count = try await store.prune(retention, at: now())
                guard count > 0 else { break }
                deleted += count
            }
        } catch is CancellationError {
            // What is left goes the next time.
        } catch {
            logger.warning("old rows could not be deleted", metadata: ["error": "\(error)"])
        }
        if deleted > 0 { logger.info("old rows deleted", metadata: ["count": .stringConvertible(deleted)]) }
        return deleted
    }

    private func waitUntilQuiet() async throws {
        try Task.checkCancellation()
        for _ in 0..<Self.patience where try await isBusy() { try await sleep(Self.pause) }
    }

    private func isBusy() async throws -> Bool {
        if let due = try await store.nextDue(), due <= now() { return true }
        return try await store.backlog(at: now()).oldestReady != nil
    }
}
