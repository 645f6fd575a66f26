import GRDB
import Synchronization

/// All writes of one process go through here: those that wait at the same time share one transaction, because the
/// number of syncs, not of statements, is what a disk limits.
///
/// Each write has a savepoint and a result of its own, so that a refused one leaves the others alone. A caller hears
/// of its result only after the transaction is on the disk.
final class GroupCommit: Sendable {
    private static let largestGroup = 1_000
    /// A commit that takes no longer is made where it was asked for: changing threads twice would take as long again.
    private static let short = Duration.milliseconds(1)

    private struct State {
        var waiting: [PendingWrite] = []
        /// A transaction is under way, or about to be.
        var isBusy = false
        var isShort = true
    }

    private let pool: DatabasePool
    private let syncs: SyncRecord
    private let state = Mutex(State())

    init(pool: DatabasePool, syncs: SyncRecord) {
        self.pool = pool
        self.syncs = syncs
    }

    /// Performs `body` within a transaction. It may run in a group, so it must not end the transaction itself.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        if beginsAlone() { return try commitAlone(body) }
        return try await withCheckedThrowingContinuation { continuation in
            let write = PendingWrite(body, continuation)
            let isFirst = state.withLock { state in
                state.waiting.append(write)
                defer { state.isBusy = true }
                return !state.isBusy
            }
            if isFirst { drain() }
        }
    }

    // MARK: One alone

    /// Nobody else writes, and the last commit was short. One that turns out to be long, because the disk or another
    /// process is slow, holds up its thread once: the next ones wait aside until commits are short again.
    private func beginsAlone() -> Bool {
        state.withLock { state in
            guard !state.isBusy, state.isShort else { return false }
            state.isBusy = true
            return true
        }
    }

    private func commitAlone<T>(_ body: (Database) throws -> T) throws -> T {
        defer { drain() }
        let start = ContinuousClock.now
        defer { setShort(since: start) }
        let value = try pool.write(body)
        syncs.note(start.duration(to: .now))
        return value
    }

    private func setShort(since start: ContinuousClock.Instant) {
        let isShort = start.duration(to: .now) <= Self.short
        state.withLock { $0.isShort = isShort }
    }

    // MARK: Groups

    /// Goes on with those who wait, whoever they are; called by whoever made it busy.
    private func drain() {
        let isOver = state.withLock { state in
            state.isBusy = !state.waiting.isEmpty
            return !state.isBusy
        }
        guard !isOver else { return }
        // Not a child of the caller: its cancellation must not take the others' writes with it.
        Task {
            while let group = take() {
                let start = ContinuousClock.now
                await commit(group)
                setShort(since: start)
            }
        }
    }

    private func take() -> [PendingWrite]? {
        state.withLock { state in
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            state.isBusy = !group.isEmpty
            return group.isEmpty ? nil : group
        }
    }

    private func commit(_ group: [PendingWrite]) async {
        do {
            let start = ContinuousClock.now
            let reports = try await pool.write { db in try group.map { try $0.attempt(db) } }
            syncs.note(start.duration(to: .now))
            for report in reports { report() }
        } catch is RolledBack where group.count > 1 {
            // One of them was too much for the disk. Nothing was written, so each is tried by itself.
            for write in group { await commit([write]) }
        } catch {
            let reason = (error as? RolledBack)?.reason ?? error
            for write in group { write.fail(reason) }
        }
    }
}

/// SQLite took the whole transaction back, not only the savepoint of the write that failed.
private struct RolledBack: Error {
    let reason: any Error
}

/// One write on its way, with its result type erased.
private struct PendingWrite: Sendable {
    typealias Report = @Sendable () -> Void

    /// Returns what tells the caller, to be called once the transaction is committed. Throws `RolledBack`.
    let attempt: @Sendable (Database) throws -> Report
    let fail: @Sendable (any Error) -> Void

    init<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T, _ continuation: CheckedContinuation<T, any Error>
    ) {
        attempt = { db in
            let result = Result { try db.inSavepoint(returning: body) }
            if case .failure(let error) = result, !db.isInsideTransaction { throw RolledBack(reason: error) }
            return { continuation.resume(with: result) }
        }
        fail = { continuation.resume(throwing: $0) }
    }
}

extension Database {
    fileprivate func inSavepoint<T>(returning body: (Database) throws -> T) throws -> T {
        var value: T?
        try inSavepoint {
            value = try body(self)
            return .commit
        }
        return value!  // set: `inSavepoint` throws whatever `body` threw
    }
}
