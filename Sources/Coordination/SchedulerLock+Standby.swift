import Foundation
import JobModel

extension SchedulerLock {
    /// Waits as a standby until the lock is this value's: the kernel hands it over when the owner dies, and an owner that
    /// is stopped loses it when its lease runs out, or when something is overdue. A live run is never taken, however
    /// long it takes.
    ///
    /// - Parameters:
    ///   - signs: waits for a sign that the owner may have begun something, or should have.
    ///   - isOverdue: something should have begun and did not.
    package func acquire(
        watching signs: @escaping @Sendable () async -> Void, isOverdue: @escaping @Sendable () async -> Bool
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.acquire() }
            group.addTask { try await self.watchLease(signs, isOverdue) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Looks at the board only where there is a reason to. Returns once the lock was taken over.
    private func watchLease(
        _ signs: @Sendable () async -> Void, _ isOverdue: @Sendable () async -> Bool
    ) async throws {
        while true {
            try Task.checkCancellation()
            var isWatched = board?.isLive ?? false
            if !isWatched { isWatched = await isOverdue() }
            guard isWatched, let board else {
                await signs()
                continue
            }
            guard try await isLeaseOver(board) else { continue }
            if try takeOver(from: board) { return }
        }
    }

    /// Seconds for which an owner must stand still that holds no lease, because it has nothing under way.
    private static let idleSpan = 3

    /// The board stayed as it is for the whole span of a lease, on a clock that stands still while the machine sleeps,
    /// and its holder is stopped.
    private func isLeaseOver(_ board: OwnerBoard) async throws -> Bool {
        for _ in 0..<(board.isLive ? OwnerLease.span : Self.idleSpan) {
            try await Task.sleep(for: .seconds(1), clock: .suspending)
            guard self.board == board else { return false }
        }
        return ProcessInspection.isStopped(board.holder)
    }
}
