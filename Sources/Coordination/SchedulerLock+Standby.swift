import Foundation
import JobModel

extension SchedulerLock {
    /// Waits as a standby until the lock is this value's: the kernel hands it over when the owner dies, and a lease that
    /// runs out while the owner is stopped ends its turn. A live run is never taken, however long it takes.
    ///
    /// - Parameter rings: waits for a sign that the owner may have begun something; then its board is looked at.
    package func acquire(watching rings: @escaping @Sendable () async -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.acquire() }
            group.addTask { try await self.watchLease(rings) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Looks at the board only while runs are live. Returns once the lock was taken over.
    private func watchLease(_ rings: @Sendable () async -> Void) async throws {
        while true {
            try Task.checkCancellation()
            guard let board, board.isLive else {
                await rings()
                continue
            }
            guard try await isLeaseOver(board) else { continue }
            if try takeOver(from: board) { return }
        }
    }

    /// The board stayed as it is for the whole span of a lease, on a clock that stands still while the machine sleeps,
    /// and its holder is stopped.
    private func isLeaseOver(_ board: OwnerBoard) async throws -> Bool {
        for _ in 0..<OwnerLease.span {
            try await Task.sleep(for: .seconds(1), clock: .suspending)
            guard self.board == board else { return false }
        }
        return ProcessInspection.isStopped(board.holder)
    }
}
