import Foundation
import GRDB
import JobModel

extension SQLiteStore {
    package func jobs() async throws -> [Job] {
        try await read { try JobTable(db: $0).all() }
    }

    package func job(_ id: JobID) async throws -> Job? {
        try await read { try JobTable(db: $0).find(id) }
    }

    package func apply(_ edits: [Edit], summary: String, at: Date) async throws -> Change {
        try await write { [path] in try ChangeTable(db: $0, path: path).apply(edits, summary: summary, at: at) }
    }

    package func changes(limit: Int) async throws -> [Change] {
        try await read { [path] in try ChangeTable(db: $0, path: path).latest(limit) }
    }

    package func revert(_ change: Change, forward: Bool, at: Date) async throws {
        try await write { [path] in try ChangeTable(db: $0, path: path).revert(change.id, forward: forward, at: at) }
    }

    package func amend(_ triggers: [Trigger], of job: JobID, at: Date) async throws {
        try await write { db in
            for trigger in triggers { try TriggerTable(db: db).amend(trigger, of: job, at: at) }
        }
    }

    package func settings() async throws -> [String: String] {
        try await read { db in
            let pairs = try db.rows("SELECT name, value FROM setting").map {
                ($0["name"] as String, $0["value"] as String)
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        }
    }

    package func remember(_ value: String?, as name: String, telling event: Event?) async throws {
        try await write { db in
            try db.change("DELETE FROM remembered WHERE name = ?", [name])
            if let value { try db.change("INSERT INTO remembered (name, value) VALUES (?, ?)", [name, value]) }
            if let event { try EventTable(db: db).emit(event) }
        }
    }

    package func remembered(_ name: String) async throws -> String? {
        try await read { try $0.row("SELECT value FROM remembered WHERE name = ?", [name])?["value"] }
    }

    package func approvals(waitingOnly: Bool) async throws -> [Approval] {
        try await read { try ApprovalTable(db: $0).all(waitingOnly: waitingOnly) }
    }

    package func decide(approval id: Int64, approved: Bool, at: Date) async throws -> Bool {
        try await write { try ApprovalTable(db: $0).decide(id, approved: approved, at: at) }
    }
}
