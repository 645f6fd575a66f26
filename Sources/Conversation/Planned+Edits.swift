import Foundation
import JobModel
import Planning

/// What a planned action writes, and how the change is called.
extension Planned {
    var edits: [Edit] {
        switch self {
        case .create(let job, _): [.create(job)]
        case .update(_, let after), .snooze(_, let after): [.update(after)]
        case .pause(let jobs, let until):
            jobs.filter { [.active, .paused].contains($0.status) }.map { .update($0.paused(until: until)) }
        case .resume(let jobs): jobs.filter { $0.status == .paused }.map { .update($0.resumed) }
        case .delete(let jobs): jobs.map { .delete($0.id) }
        case .preference(let name, let value): [.set(name: "preference.\(name)", value: value)]
        default: []
        }
    }

    /// In the past, so that "Undone: …" reads well: "created \"Stand up\"".
    var summary: String? {
        switch self {
        case .create(let job, _): "created \"\(job.name)\""
        case .update(let before, _): "changed \"\(before.name)\""
        case .snooze(let before, _): "snoozed \"\(before.name)\""
        case .pause(let jobs, _): "paused \(Self.names(jobs))"
        case .resume(let jobs): "resumed \(Self.names(jobs))"
        case .delete(let jobs): "deleted \(Self.names(jobs))"
        case .preference(let name, let value): "set \(name) to \(value)"
        default: nil
        }
    }

    /// Whether somebody has to run something because of it.
    var makesWork: Bool {
        switch self {
        case .create, .run, .resume: true
        default: false
        }
    }

    private static func names(_ jobs: [Job]) -> String {
        jobs.map { "\"\($0.name)\"" }.joined(separator: ", ")
    }
}

extension Job {
    fileprivate func paused(until: Date?) -> Job {
        var job = self
        job.status = .paused
        job.pausedUntil = until
        return job
    }

    fileprivate var resumed: Job {
        var job = self
        job.status = .active
        job.pausedUntil = nil
        return job
    }
}
