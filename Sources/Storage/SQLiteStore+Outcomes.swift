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

    func leave(_ outcome: RunOutcome, of id: RunID, at: Date) throws {
        guard let run = try RunTable(db: db).find(id),
            let job = try db.row("SELECT name FROM job WHERE id = ?", [run.jobID])
        else { return }
        if let text = outcome.message {
            _ = try MessageTable(db: db).insert(Message(jobID: run.jobID, runID: id, at: at, text: text))
        }
        try send(outcome.deliveries + outcome.notices, of: id, job: job["name"], at: at)
        try JobTable(db: db).count(outcome.state, of: run.jobID, at: at)
        try tell(outcome, of: run, job: job["name"], at: at)
        if outcome.state.isFinal { try RunTable(db: db).finishIfSpent(run.jobID, at: at) }
    }

    private func send(_ messages: [OutgoingMessage], of run: RunID, job: String, at: Date) throws {
        let deliveries = DeliveryTable(db: db)
        for message in messages {
            for recipient in message.recipients {
                try deliveries.insert(
                    Delivery(
                        runID: run, jobName: job, recipient: recipient, text: message.text, createdAt: at,
                        notBefore: at))
            }
        }
    }

    private func tell(_ outcome: RunOutcome, of run: Run, job: String, at: Date) throws {
        let events = EventTable(db: db)
        if let kind = LifecycleEvent(ending: outcome.state) {
            try events.emit(.about(run, of: job, kind, reason: outcome.reason, at: at))
        }
        guard outcome.pausesJob else { return }
        try JobTable(db: db).pause(run.jobID)
        try events.emit(.about(run, of: job, .jobPaused, reason: outcome.reason, at: at))
    }
}
