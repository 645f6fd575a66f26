import GRDB

/// All writes of one process go through here: those that wait at the same time share one transaction, because the
/// number of syncs, not of statements, is what a disk limits.
///
/// Each write has a savepoint and a result of its own, so that a refused one leaves the others alone. A caller hears
/// of its result only after the transaction is on the disk.
actor GroupCommit {
    private static let largestGroup = 1_000

    private let pool: DatabasePool
    private let syncs: SyncRecord
    private var waiting: [PendingWrite] = []
    private var isDraining = false

    init(pool: DatabasePool, syncs: SyncRecord) {
        self.pool = pool
        self.syncs = syncs
    }

    /// Performs `body` within a transaction. It may run in a group, so it must not end the transaction itself.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            waiting.append(PendingWrite(body, continuation))
            guard !isDraining else { return }
            isDraining = true
            // Not a child of the caller: its cancellation must not take the others' writes with it.
            Task { await drain() }
        }
    }

    private func drain() async {
        while !waiting.isEmpty {
            let group = Array(waiting.prefix(Self.largestGroup))
            waiting.removeFirst(group.count)
            await commit(group)
        }
        isDraining = false
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
