import Foundation
import GRDB
import JobModel

extension SQLiteStore {
    package func emit(_ event: Event) async throws -> EmittedEvent {
        try await write { try EventTable(db: $0).emit(event) }
    }

    package func events(after id: EventID, limit: Int) async throws -> [Event] {
        try await read { try EventTable(db: $0).after(id, limit: limit) }
    }

    package func lastEventID() async throws -> EventID { try await read { try EventTable(db: $0).lastID() } }

    // MARK: Housekeeping

    package func takeOwnership(_ owner: OwnerIdentity, adopting: Bool, at: Date) async throws -> Ownership {
        let file = Int64(bitPattern: StoreFile(path: path).inode)
        return try await write { [path] db in
            try OwnerTable(db: db, path: path).take(owner, file: file, adopting: adopting, at: at)
        }
    }

    package func prune(_ retention: Retention, at: Date) async throws -> Int {
        try await write { try RetentionTable(db: $0).prune(retention, at: at) }
    }
}
