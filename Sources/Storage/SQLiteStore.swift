import Foundation
import GRDB
import JobModel

/// The store in one SQLite file (WAL). Several processes may have it open; several values of one process, too.
///
/// What a call wrote is synced when it returns. Errors are `StoreError`.
package final class SQLiteStore: JobStore {
    package enum Mode: Sendable {
        /// Creates what is missing, and brings an older file up to date.
        case readWrite
        /// Never creates or migrates; every write throws `StoreError.readOnly`.
        case readOnly
    }

    package let path: String
    let mode: Mode
    /// What was found damaged when it was opened, as a sentence; the work goes on without it.
    package let damage: String?
    private let pool: DatabasePool
    private let commits: GroupCommit
    private let syncs = SyncRecord()

    init(pool: DatabasePool, path: String, mode: Mode, damage: String? = nil) {
        self.pool = pool
        self.path = path
        self.mode = mode
        self.damage = damage
        commits = GroupCommit(pool: pool, syncs: syncs)
    }

    // MARK: Access

    /// One synced transaction, or a part of one that is shared with other callers' writes.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        guard mode == .readWrite else { throw .readOnly(path: path) }
        do { return try await commits.write(body) } catch { throw StoreError(error, path: path) }
    }

    /// A consistent view. Not cancelled with the task: a run that is being stopped still reads its job.
    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncRead { database in
                    continuation.resume(with: Result { try body(database.get()) })
                }
            }
        } catch { throw StoreError(error, path: path) }
    }

    // MARK: Watching

    /// When a write of this process last reached the disk; `nil` before the first.
    package var lastSync: Date? { syncs.last }

    /// Tells how many seconds each group of writes took to reach the disk. `observer` must return at once.
    package func observeSyncs(_ observer: @escaping @Sendable (TimeInterval) -> Void) { syncs.observe(observer) }

    // MARK: Housekeeping

    /// From now on this process moves the log into the main file by itself. Called by the owner of the scheduler only:
    /// SQLite before 3.51.3 can damage a file when two connections write and checkpoint at the same moment.
    package func becomeOwner() async throws(StoreError) {
        try await onWriter { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 1000") }
    }

    /// Moves the log into the main file and empties it. Called by whoever holds the scheduler's lock.
    package func checkpoint() async throws(StoreError) {
        try await onWriter { _ = try $0.checkpoint(.truncate) }
    }

    /// Rewrites the file without the room that deleted rows left, and returns how many bytes that freed. Blocks every
    /// other writer for as long as it takes, and needs as much free disk as the store holds. Called by whoever holds
    /// the scheduler's lock, never beside a running scheduler.
    package func compact() async throws(StoreError) -> Int {
        // The log is no waste: it is emptied first, and what counts is the file.
        try await checkpoint()
        let before = StoreSize(of: path).file
        try await onWriter { db in
            try db.execute(sql: "VACUUM")
            _ = try db.checkpoint(.truncate)
        }
        return max(0, before - StoreSize(of: path).file)
    }

    /// Reads the whole file; returns what is wrong with it, nothing when it is sound. Takes long on a large store.
    package func integrityProblems() async throws(StoreError) -> [String] {
        do throws(StoreError) {
            return try await read { db in
                try String.fetchAll(db, sql: "PRAGMA quick_check").filter { $0 != "ok" }
            }
        } catch .corrupt(_, let detail) { return [detail] }
    }

    /// Version of the SQLite library in use, for reports: `3.40.1`.
    package static var libraryVersion: String {
        (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "unknown"
    }

    /// Further calls fail. The last process to close also empties the log; it is alone then, so that is safe.
    package func close() throws(StoreError) {
        do { try pool.close() } catch { throw StoreError(error, path: path) }
    }

    private func onWriter(_ body: @escaping @Sendable (Database) throws -> Void) async throws(StoreError) {
        guard mode == .readWrite else { throw .readOnly(path: path) }
        do { try await pool.writeWithoutTransaction(body) } catch { throw StoreError(error, path: path) }
    }
}
