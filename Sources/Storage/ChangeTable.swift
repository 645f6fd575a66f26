import Foundation
import GRDB
import JobModel

/// Changes of jobs and settings, with what is needed to take them back.
struct ChangeTable {
    let db: Database
    let path: String

    private var jobs: JobTable { JobTable(db: db) }
    private var approvals: ApprovalTable { ApprovalTable(db: db) }

    func latest(_ limit: Int) throws -> [Change] {
        try db.rows("SELECT id, at, summary, items, undone FROM change ORDER BY id DESC LIMIT ?", [limit]).map(change)
    }

    private func change(_ row: Row) throws -> Change {
        Change(
            id: row["id"], at: row.date("at"), summary: row["summary"], items: try row.json("items"),
            undone: row["undone"])
    }

    // MARK: Applying

    func apply(_ edits: [Edit], summary: String, at: Date) throws -> Change {
        var items: [Change.Item] = []
        for edit in edits { try items.append(contentsOf: self.items(of: edit, at: at)) }
        try requestApprovals(edits, created: items.compactMap { $0.before == nil ? $0.after?.id : nil }, at: at)
        try tell(items, at: at)
        let id = try db.insert(
            "INSERT INTO change (at, summary, items) VALUES (?, ?, ?)",
            [at.milliseconds, summary, try JSONColumn.text(items)])
        return Change(id: id, at: at.stored, summary: summary, items: items)
    }

    private func tell(_ items: [Change.Item], at: Date) throws {
        for item in items {
            guard let job = item.after ?? item.before, let kind = item.event else { continue }
            try EventTable(db: db).emit(.about(job, kind, at: at))
        }
    }

    /// No item for an approval: it is no state that undo could put back.
    private func items(of edit: Edit, at: Date) throws -> [Change.Item] {
        switch edit {
        case .create(let job):
            return [Change.Item(after: try jobs.insert(job, at: at))]
        case .update(let job):
            let before = try existing(job.id)
            let after = try jobs.put(job, at: at)
            if !after.hasSamePlan(as: before) { try approvals.expire(of: job.id, at: at) }
            return [Change.Item(before: before, after: after)]
        case .delete(let id):
            let before = try existing(id)
            try delete(id, at: at)
            return [Change.Item(before: before)]
        case .set(let name, let value):
            let before = try set(name, to: value)
            return [Change.Item(setting: name, valueBefore: before, valueAfter: value)]
        case .requireApproval:
            return []
        }
    }

    private func requestApprovals(_ edits: [Edit], created: [JobID], at: Date) throws {
        for case .requireApproval(let number, let hash, let reasons) in edits {
            guard number > 0 || created.indices.contains(Int(-number) - 1) else { throw StoreError.noSuchJob(number) }
            let id = number > 0 ? try existing(number).id : created[Int(-number) - 1]
            try approvals.expire(of: id, at: at)
            try approvals.insert(Approval(jobID: id, planHash: hash, reasons: reasons, createdAt: at))
        }
    }

    private func existing(_ id: JobID) throws -> Job {
        guard let job = try jobs.find(id) else { throw StoreError.noSuchJob(id) }
        return job
    }

    private func delete(_ id: JobID, at: Date) throws {
        try approvals.expire(of: id, at: at)
        try jobs.delete(id, at: at)
    }

    /// Returns the value that it had.
    private func set(_ name: String, to value: String?) throws -> String? {
        let before: String? = try db.row("SELECT value FROM setting WHERE name = ?", [name])?["value"]
        if let value {
            try db.change("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [name, value])
        } else {
            try db.change("DELETE FROM setting WHERE name = ?", [name])
        }
        return before
    }

    // MARK: Taking back

    /// Does nothing when the change already is as asked for: two people may undo at once.
    func revert(_ id: Int64, forward: Bool, at: Date) throws {
        guard let row = try db.row("SELECT id, at, summary, items, undone FROM change WHERE id = ?", [id]) else {
            throw StoreError.unavailable(path: path, detail: "it holds no change \(id)")
        }
        let change = try change(row)
        guard change.undone == forward else { return }
        for item in forward ? change.items : change.items.reversed() {
            try put(forward ? item.after : item.before, insteadOf: forward ? item.before : item.after, at: at)
            if let name = item.setting { _ = try set(name, to: forward ? item.valueAfter : item.valueBefore) }
        }
        try tell(forward ? change.items : change.items.map(\.reversed), at: at)
        try db.change("UPDATE change SET undone = ? WHERE id = ?", [!forward, id])
    }

    private func put(_ job: Job?, insteadOf other: Job?, at: Date) throws {
        guard let job else {
            if let other { try delete(other.id, at: at) }
            return
        }
        // A job that a later change deleted stays deleted; only the deletion itself is taken back.
        if other != nil { _ = try existing(job.id) }
        try approvals.expire(of: job.id, at: at)
        let restored = try jobs.put(job, at: at)
        // What waited for a person then waits again: taking back never approves.
        if restored.status == .draft { try approvals.askAgain(for: job.id, at: at) }
    }
}

extension Job {
    /// Nothing changed that a person approves; the name or a pause may have.
    fileprivate func hasSamePlan(as other: Job) -> Bool {
        steps == other.steps && delivery == other.delivery && capabilities == other.capabilities
            && triggers.map(\.kind) == other.triggers.map(\.kind)
    }
}
