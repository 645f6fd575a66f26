import Foundation
import GRDB
import JobModel

/// Lines of the conversation, within a transaction.
struct MessageTable {
    let db: Database

    func insert(_ message: Message) throws -> Message {
        var stored = message
        stored.at = message.at.stored
        stored.id = try db.insert(
            "INSERT INTO message (job_id, run_id, at, text, seen) VALUES (?, ?, ?, ?, ?)",
            [message.jobID, message.runID, message.at.milliseconds, message.text, message.seen])
        return stored
    }

    func newest(_ limit: Int, unseenOnly: Bool) throws -> [Message] {
        let condition = unseenOnly ? "WHERE seen = 0" : ""
        return try db.rows("SELECT * FROM message \(condition) ORDER BY id DESC LIMIT ?", [limit]).reversed().map {
            row in
            Message(
                id: row["id"], jobID: row["job_id"], runID: row["run_id"], at: row.date("at"), text: row["text"],
                seen: row["seen"])
        }
    }

    func markSeen(_ ids: [Int64]) throws {
        for id in ids { try db.change("UPDATE message SET seen = 1 WHERE id = ?", [id]) }
    }
}

/// The outbox, within a transaction.
struct DeliveryTable {
    let db: Database

    func insert(_ delivery: Delivery) throws {
        try db.change(
            """
            INSERT INTO delivery (run_id, job_name, gateway, recipient, text, state, attempt, created_at, not_before)
            VALUES (?, ?, ?, ?, ?, 'queued', 0, ?, ?)
            """,
            [
                delivery.runID, delivery.jobName, delivery.recipient.gateway, delivery.recipient.name, delivery.text,
                delivery.createdAt.milliseconds, delivery.notBefore.milliseconds,
            ])
    }

    /// Latest first.
    func newest(_ limit: Int) throws -> [Delivery] {
        try db.rows("SELECT * FROM delivery ORDER BY id DESC LIMIT ?", [limit]).map(delivery)
    }

    func queued() throws -> [Delivery] {
        try db.rows("SELECT * FROM delivery WHERE state = 'queued' ORDER BY not_before, id").map(delivery)
    }

    func update(_ delivery: Delivery) throws {
        try db.change(
            "UPDATE delivery SET state = ?, attempt = ?, not_before = ?, finished = ?, reason = ? WHERE id = ?",
            [
                delivery.state.rawValue, delivery.attempt, delivery.notBefore.milliseconds,
                delivery.finished?.milliseconds, delivery.reason, delivery.id,
            ])
    }

    private func delivery(_ row: Row) throws -> Delivery {
        Delivery(
            id: row["id"], runID: row["run_id"], jobName: row["job_name"],
            recipient: Recipient(gateway: row["gateway"], name: row["recipient"]), text: row["text"],
            state: try row.state("state"), attempt: row["attempt"], createdAt: row.date("created_at"),
            notBefore: row.date("not_before"), finished: row.optionalDate("finished"), reason: row["reason"])
    }
}
