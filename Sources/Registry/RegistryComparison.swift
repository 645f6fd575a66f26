import Foundation
import JobModel

/// What a registry's declared jobs mean for the jobs that are stored.
package struct RegistryComparison: Hashable, Sendable {
    package struct Changed: Hashable, Sendable {
        package var before: Job
        /// With the number, the history and the pause of `before`.
        package var after: Job
    }

    /// In the order of the file.
    package private(set) var added: [Job] = []
    package private(set) var changed: [Changed] = []
    package private(set) var unchanged: [Job] = []
    /// By number.
    package private(set) var removed: [Job] = []

    /// Jobs of another registry file count too: the folder has one, and it may have got another name.
    package init(declared: [Job], stored: [Job]) {
        var left = Dictionary(
            stored.filter { $0.provenance.registry != nil }.map { ($0.nameKey, $0) }, uniquingKeysWith: { $1 })
        for job in declared {
            guard let before = left.removeValue(forKey: job.nameKey) else {
                added.append(job)
                continue
            }
            if before.isSame(as: job) {
                unchanged.append(before)
            } else {
                changed.append(Changed(before: before, after: before.becoming(job)))
            }
        }
        removed = left.values.sorted { $0.id < $1.id }
    }

    package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
}

extension Job {
    /// Triggers follow from the declaration, and a person may have skipped a day of them; whether the job is paused is
    /// the person's word once the file has said its own.
    fileprivate func isSame(as declared: Job) -> Bool {
        name == declared.name && provenance == declared.provenance && steps == declared.steps
            && delivery == declared.delivery && capabilities == declared.capabilities && policies == declared.policies
    }

    /// `declared` in the place of this job.
    fileprivate func becoming(_ declared: Job) -> Job {
        var job = declared
        job.id = id
        job.createdAt = createdAt
        job.triggers = declared.triggers.map { trigger in
            Trigger(id: triggers.first { $0.kind == trigger.kind }?.id ?? 0, trigger.kind)
        }
        (job.status, job.pausedUntil) = (declared.status, nil)
        if isEnabledByFile == declared.isEnabledByFile, status == .paused {
            (job.status, job.pausedUntil) = (.paused, pausedUntil)
        } else if status == .finished, triggers == job.triggers {
            job.status = .finished
        } else if isEnabledByFile == declared.isEnabledByFile, status == .active {
            job.status = .active
        }
        return job
    }
}
