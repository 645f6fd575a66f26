import Foundation
import GRDB
import JobModel

extension SQLiteStore {
    /// Opens the store at `path`, creating it (and its folder) where `mode` allows.
    ///
    /// A file of a newer version, of another program, or one that is damaged is refused before anything is written.
    package static func open(at path: String, mode: Mode = .readWrite) async throws(StoreError) -> SQLiteStore {
        let file = StoreFile(path: path)
        var triesLeft = 200
        while true {
            do {
                return try mode == .readWrite ? openForWriting(file) : openForReading(file)
            } catch {
                // Switching a new file to WAL does not wait for other openers as every later statement does.
                guard (error as? DatabaseError)?.resultCode == .SQLITE_BUSY, triesLeft > 0 else {
                    throw StoreError(error, path: file.path)
                }
                triesLeft -= 1
                try? await Task.sleep(for: .milliseconds(25))
            }
        }
    }

    private static func openForWriting(_ file: StoreFile) throws -> SQLiteStore {
        try file.createIfMissing { path in
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction(StoreSchema.migrate)
            try queue.close()
        }
        try file.requireWritable()
        let damage = try setAsideDamagedLog(of: file)
        _ = try inspect(file)
        let pool = try DatabasePool(path: file.path, configuration: configuration(readOnly: false))
        try pool.writeWithoutTransaction { db in
            // Opening in WAL set NORMAL. Only the scheduler's owner checkpoints while others write: `becomeOwner`.
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
            try StoreSchema.migrate(db)
        }
        return SQLiteStore(pool: pool, path: file.path, mode: .readWrite, damage: damage)
    }

    private static func openForReading(_ file: StoreFile) throws -> SQLiteStore {
        try file.requireExisting()
        let version = try inspect(file)
        guard version == StoreSchema.migrations.count else {
            throw StoreError.unavailable(
                path: file.path, detail: "it is of an older version and must be opened for writing once")
        }
        let pool = try DatabasePool(path: file.path, configuration: configuration(readOnly: true))
        return SQLiteStore(pool: pool, path: file.path, mode: .readOnly)
    }

    /// A sentence about the damage and the copy; `nil` where the log is sound.
    private static func setAsideDamagedLog(of file: StoreFile) throws -> String? {
        guard let damage = file.log.damage else { return nil }
        let copy = try file.log.setAside()
        return "The store was damaged (\(damage)): what was done last may be missing, or be done again. "
            + "The damaged log is kept as \(copy)."
    }

    /// Reads header and schema through a connection that cannot write; returns the version of the schema.
    ///
    /// The file is never opened past SQLite: closing such a descriptor would drop the locks of this process's other
    /// connections to it.
    private static func inspect(_ file: StoreFile) throws -> Int {
        guard !file.isEmpty else { throw StoreError.corrupt(path: file.path, detail: "it is empty") }
        let queue = try DatabaseQueue(path: file.path, configuration: configuration(readOnly: true))
        defer { try? queue.close() }
        return try queue.read { db in
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let version = try StoreSchema.version(of: db)
            guard application == StoreSchema.applicationID || (application == 0 && tables == 0) else {
                throw StoreError.unavailable(path: file.path, detail: "it is a database of another program")
            }
            guard version <= StoreSchema.migrations.count else {
                let found = "format \(version); this version reads up to \(StoreSchema.migrations.count)"
                throw StoreError.newerVersion(path: file.path, found: found)
            }
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            guard !file.isShorter(than: pages * pageSize) else {
                throw StoreError.corrupt(path: file.path, detail: "it was cut short")
            }
            return version
        }
    }

    private static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.label = "store"
        return configuration
    }
}
