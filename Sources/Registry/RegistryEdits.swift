import Conversation
import JobModel
import Planning

/// A comparison as edits of the store. Jobs that touch something nobody has agreed to yet become drafts that wait.
struct RegistryEdits {
    private(set) var edits: [Edit]
    /// How many jobs wait for an approval because of these edits.
    private(set) var waiting = 0

    init(_ comparison: RegistryComparison, agreed: Set<String>, digest: (String) -> String) {
        edits = comparison.removed.map { .delete($0.id) }
        for changed in comparison.changed { update(changed.after, agreed: agreed, digest: digest) }
        for (index, job) in comparison.added.enumerated() {
            create(job, position: index + 1, agreed: agreed, digest: digest)
        }
    }

    /// What the file switches off is asked about when the file switches it on.
    private mutating func create(_ job: Job, position: Int, agreed: Set<String>, digest: (String) -> String) {
        if Risk.open(of: job, agreed: agreed).isEmpty {
            edits.append(.create(job))
        } else if job.isEnabledByFile {
            edits += Draft.edits(for: job, position: position, digest: digest)
            waiting += 1
        } else {
            edits.append(.create(job.asDraft))
        }
    }

    private mutating func update(_ job: Job, agreed: Set<String>, digest: (String) -> String) {
        let risks = Risk.open(of: job, agreed: agreed)
        guard !risks.isEmpty else { return edits.append(.update(job)) }
        edits.append(.update(job.asDraft))
        guard job.isEnabledByFile else { return }
        edits.append(.requireApproval(job: job.id, planHash: digest(job.planText), reasons: risks.map(\.text)))
        waiting += 1
    }
}

extension Job {
    fileprivate var asDraft: Job {
        var draft = self
        (draft.status, draft.pausedUntil) = (.draft, nil)
        return draft
    }
}

extension Risk {
    /// What the job touches that nobody has agreed to yet.
    package static func open(of job: Job, agreed: Set<String>) -> [Risk] {
        all(of: job).filter { risk in risk.approvalKey.map { !agreed.contains($0) } ?? true }
    }
}
