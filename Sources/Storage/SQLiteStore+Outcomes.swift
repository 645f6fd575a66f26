import Foundation
import GRDB
import JobModel

extension SQLiteStore {
    package func post(_ message: Message) async throws -> Message {
        try await write { try MessageTable(db: $0).insert(message) }
    }

    package func messages(unseenOnly: Bool, limit: Int) async throws -> [Message] {
        try await read { try MessageTable(db: $0).newest(limit, unseenOnly: unseenOnly) }
    }

    package func markSeen(_ ids: [Int64]) async throws {
        guard !ids.isEmpty else { return }
        try await write { try MessageTable(db: $0).markSeen(ids) }
    }

    package func deliveries(limit: Int) async throws -> [Delivery] {
        try await read { try DeliveryTable(db: $0).newest(limit) }
    }

    package func pendingDeliveries() async throws -> [Delivery] {
        try await read { try DeliveryTable(db: $0).queued() }
    }

    package func update(_ delivery: Delivery) async throws {
        try await write { try DeliveryTable(db: $0).update(delivery) }
    }
}

/// What a run leaves behind, in the transaction that ends it.
struct Outbox {
    let db: Database

    func leave(_ outcome: RunOutcome, of run: RunID, at: Date) throws {
        guard
            let row = try db.row(
                "SELECT job.id AS id, job.name AS name FROM run JOIN job ON job.id = run.job_id WHERE run.id = ?", [run]
            )
        else { return }
        if let text = outcome.message {
            _ = try MessageTable(db: db).insert(Message(jobID: row["id"], runID: run, at: at, text: text))
        }
        let deliveries = DeliveryTable(db: db)
        for message in outcome.deliveries {
            for recipient in message.recipients {
                try deliveries.insert(
                    Delivery(
                        runID: run, jobName: row["name"], recipient: recipient, text: message.text, createdAt: at,
                        notBefore: at))
            }
        }
    }
}
