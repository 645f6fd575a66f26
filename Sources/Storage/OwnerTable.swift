import Foundation
import GRDB
import JobModel

/// Who owns the scheduler, within a transaction.
struct OwnerTable {
    let db: Database
    let path: String

    /// - Parameter file: the inode of the store's file.
    func take(_ owner: OwnerIdentity, file: Int64, adopting: Bool, at: Date) throws -> Ownership {
        let row = try db.row("SELECT epoch, machine, file, clock_seen FROM owner")
        if let row, !adopting {
            let machine: String = row["machine"]
            let isElsewhere = !machine.isEmpty && !owner.machine.isEmpty && machine != owner.machine
            guard row["file"] as Int64 == file, !isElsewhere else { throw StoreError.copied(path: path) }
        }
        let epoch: Epoch = (row?["epoch"] ?? 0) + 1
        try db.change(
            """
            INSERT OR REPLACE INTO owner (id, epoch, pid, process_start, machine, file, taken_at, clock_seen)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                epoch, owner.process.pid, Int64(clamping: owner.process.startTime), owner.machine, file,
                at.milliseconds, at.milliseconds,
            ])
        return Ownership(epoch: epoch, clockSeen: row?.optionalDate("clock_seen"))
    }

    /// Throws `StoreError.superseded` unless `epoch` is the latest; keeps how far the clock has gone.
    func require(_ epoch: Epoch, at: Date) throws {
        let changed = try db.change(
            "UPDATE owner SET clock_seen = ? WHERE epoch = ?", [at.milliseconds, epoch])
        guard changed == 1 else { throw StoreError.superseded }
    }
}
