import Foundation
import JobModel
import Planning

/// What a yes does: the plan is carried out if the world is still as it was when the question was asked.
extension ConversationSession {
    func release(_ plan: Plan) async throws -> Reply {
        if let obstacle = try await obstacle(to: plan) {
            return Reply(
                lines: [obstacle], status: .needsAnswer, records: [Rows.error(code: "out_of_date", message: obstacle)])
        }
        try await store.agree(to: plan.risks.compactMap(\.approvalKey))
        return try await apply(plan.releasingDrafts, wasShown: true)
    }

    /// Why the plan cannot be carried out any more, as a sentence; nothing was changed then.
    private func obstacle(to plan: Plan) async throws -> String? {
        for item in plan.items {
            switch item.action {
            case .create(let job, runNow: false) where job.isOver(at: now):
                return "The moment of \"\(job.name)\" has passed meanwhile; say again when it should be."
            case .update(let before, _), .snooze(let before, _):
                guard try await store.job(before.id) == before else {
                    return "\"\(before.name)\" was changed elsewhere meanwhile; nothing was done. Say it again."
                }
            default: continue
            }
        }
        return nil
    }
}

extension Plan {
    /// A person who agrees to a changed draft has agreed to the draft: it waits no longer.
    fileprivate var releasingDrafts: Plan {
        Plan(
            items: items.map { item in
                guard case .update(let before, var after) = item.action, before.status == .draft else { return item }
                after.status = .active
                var released = item
                released.action = .update(before: before, after: after)
                return released
            })
    }
}

extension Job {
    /// Only the clock starts it, and the clock has nothing left for it.
    func isOver(at now: Date) -> Bool {
        let isTimed = triggers.allSatisfy { trigger in
            if case .schedule(let schedule) = trigger.kind { schedule.pattern != .startup } else { false }
        }
        return isTimed && !triggers.isEmpty && nextOccurrence(after: now) == nil
    }
}
