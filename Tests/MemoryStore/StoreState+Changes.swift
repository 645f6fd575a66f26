import Foundation
import JobModel

extension StoreState {
    // MARK: Applying

    mutating func apply(_ edits: [Edit], summary: String, at: Date) throws(StoreError) -> Change {
        var items: [Change.Item] = []
        for edit in edits {
            if let item = try item(of: edit, at: at) { items.append(item) }
        }
        let created = items.compactMap { $0.before == nil ? $0.after?.id : nil }
        for case .requireApproval(let number, let hash, let reasons) in edits {
            try requireApproval(number, created: created, hash: hash, reasons: reasons, at: at)
        }
        let change = Change(id: Int64(changes.count) + 1, at: at.rounded, summary: summary, items: items)
        changes.append(change)
        tell(items, at: at)
        return change
    }

    private mutating func item(of edit: Edit, at: Date) throws(StoreError) -> Change.Item? {
        switch edit {
        case .create(let job):
            return Change.Item(after: try insert(job, at: at))
        case .update(let job):
            let before = try existing(job.id)
            let after = try put(job, at: at)
            if !after.hasSamePlan(as: before) { expireApprovals(of: job.id, at: at) }
            return Change.Item(before: before, after: after)
        case .delete(let id):
            let before = try existing(id)
            delete(id, at: at)
            return Change.Item(before: before)
        case .set(let name, let value):
            defer { settings[name] = value }
            return Change.Item(setting: name, valueBefore: settings[name], valueAfter: value)
        case .requireApproval:
            return nil
        }
    }

    private func existing(_ id: JobID) throws(StoreError) -> Job {
        guard let job = job(id) else { throw .noSuchJob(id) }
        return job
    }

    // MARK: Taking back

    mutating func revert(_ id: Int64, forward: Bool, at: Date) throws(StoreError) {
        guard let index = changes.firstIndex(where: { $0.id == id }) else {
            throw .unavailable(path: "memory", detail: "it holds no change \(id)")
        }
        let change = changes[index]
        guard change.undone == forward else { return }
        for item in forward ? change.items : change.items.reversed() {
            try put(forward ? item.after : item.before, insteadOf: forward ? item.before : item.after, at: at)
            if let name = item.setting { settings[name] = forward ? item.valueAfter : item.valueBefore }
        }
        changes[index].undone = !forward
        tell(forward ? change.items : change.items.map(\.reversed), at: at)
    }

    private mutating func tell(_ items: [Change.Item], at: Date) {
        for item in items {
            guard let job = item.after ?? item.before, let kind = item.event else { continue }
            emit(.about(job, kind, at: at.rounded))
        }
    }

    private mutating func put(_ job: Job?, insteadOf other: Job?, at: Date) throws(StoreError) {
        guard let job else {
            if let other { delete(other.id, at: at) }
            return
        }
        if other != nil { _ = try existing(job.id) }
        expireApprovals(of: job.id, at: at)
        let restored = try put(job, at: at)
        guard restored.status == .draft, let last = approvals.last(where: { $0.jobID == job.id }) else { return }
        addApproval(Approval(jobID: job.id, planHash: last.planHash, reasons: last.reasons, createdAt: at.rounded))
    }

    // MARK: Approvals

    private mutating func requireApproval(
        _ number: JobID, created: [JobID], hash: String, reasons: [String], at: Date
    ) throws(StoreError) {
        guard number > 0 || created.indices.contains(Int(-number) - 1) else { throw .noSuchJob(number) }
        let id = number > 0 ? try existing(number).id : created[Int(-number) - 1]
        expireApprovals(of: id, at: at)
        addApproval(Approval(jobID: id, planHash: hash, reasons: reasons, createdAt: at.rounded))
    }

    private mutating func addApproval(_ approval: Approval) {
        var stored = approval
        stored.id = Int64(approvals.count) + 1
        approvals.append(stored)
    }

    mutating func expireApprovals(of job: JobID, at: Date) {
        for index in approvals.indices where approvals[index].jobID == job && approvals[index].state == .waiting {
            (approvals[index].state, approvals[index].decidedAt) = (.expired, at.rounded)
        }
    }

    mutating func decide(_ id: Int64, approved: Bool, at: Date) -> Bool {
        guard let index = approvals.firstIndex(where: { $0.id == id && $0.state == .waiting }) else { return false }
        (approvals[index].state, approvals[index].decidedAt) = (approved ? .approved : .rejected, at.rounded)
        if approved, let job = job(approvals[index].jobID), job.status == .draft,
            let active = activate(job.id, after: at)
        {
            emit(.about(active, .jobChanged, at: at.rounded))
        }
        return true
    }
}

extension Job {
    fileprivate func hasSamePlan(as other: Job) -> Bool {
        steps == other.steps && delivery == other.delivery && capabilities == other.capabilities
            && triggers.map(\.kind) == other.triggers.map(\.kind)
    }
}
