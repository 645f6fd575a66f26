import Foundation
import JobModel
import Planning

/// Undo, redo, and releasing what waits for an approval.
extension ConversationSession {
    func undo() async throws -> Reply {
        guard let change = try await store.changes(limit: 50).first(where: { !$0.undone }) else {
            return said("There is nothing to undo.")
        }
        try await store.revert(change, forward: false, at: now)
        try await store.rememberUndone(try await store.undoneChanges() + [change.id])
        environment.wakeScheduler()
        return said("Undone: \(change.summary).")
    }

    /// Does the change again that was undone last.
    func redo() async throws -> Reply {
        let undone = try await store.undoneChanges()
        let changes = try await store.changes(limit: 200)
        guard let change = changes.first(where: { $0.id == undone.last && $0.undone }) else {
            return said("There is nothing to do again.")
        }
        try await store.revert(change, forward: true, at: now)
        try await store.rememberUndone(undone.dropLast())
        environment.wakeScheduler()
        return said("Done again: \(change.summary).")
    }

    package func decide(_ id: Int?, approved: Bool) async throws -> Reply {
        guard environment.isInteractive else {
            let line = "Approvals are given at a terminal only, not through a pipe."
            return Reply(
                lines: [line], status: .needsAnswer, records: [Rows.error(code: "needs_terminal", message: line)])
        }
        let waiting = try await store.approvals(waitingOnly: true)
        guard let approval = id.map({ id in waiting.first { $0.id == id } }) ?? (waiting.count == 1 ? waiting[0] : nil)
        else {
            return unknownApproval(id, waiting: waiting)
        }
        guard let job = try await store.job(approval.jobID) else { return .failure("That job is gone.") }
        if approved, environment.digest(job.planText) != approval.planHash {
            return .failure("\"\(job.name)\" has changed since it was planned; plan it again.")
        }
        if approved, job.isOver(at: now) {
            return .failure(
                "The moment of \"\(job.name)\" has passed meanwhile; say when instead (\"move \(job.name) to …\").")
        }
        guard try await store.decide(approval: approval.id, approved: approved, at: now) else {
            return said("That was decided already.")
        }
        guard approved else { return said("Rejected: \"\(job.name)\" will not run.") }
        try await store.agree(to: Risk.all(of: job).compactMap(\.approvalKey))
        try await store.setFocus(job.id, at: now)
        // What was said without a time was meant for now; a playbook's file waits for a person.
        var runs: [RunID] = []
        if job.playbook == nil, job.triggers.allSatisfy({ $0.kind == .manual }) {
            runs = [try await store.enqueue(Run(jobID: job.id, cause: .manual, due: now)).id]
        }
        environment.wakeScheduler()
        var reply = said("Approved: job \(job.id) \"\(job.name)\" is on.")
        reply.runs = runs
        return reply
    }

    private func unknownApproval(_ id: Int?, waiting: [Approval]) -> Reply {
        let list = waiting.map { "\($0.id) (\($0.reasons.joined(separator: ", ")))" }.joined(separator: "; ")
        let line: String
        if waiting.isEmpty {
            line = "Nothing waits for an approval."
        } else if let id {
            line = "There is no approval \(id); waiting: \(list)."
        } else {
            line = "Which one? Waiting: \(list)."
        }
        return Reply(lines: [line], status: .needsAnswer, records: [Rows.reply(line)])
    }
}
