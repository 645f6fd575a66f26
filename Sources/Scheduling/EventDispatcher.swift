import Foundation
import JobModel

/// Turns an event into runs of the jobs that wait for it.
package struct EventDispatcher: Sendable {
    /// A chain of jobs that trigger each other ends here.
    package static let depthLimit = 5

    let store: any JobStore

    package init(store: any JobStore) { self.store = store }

    /// Enqueues a run of every active job with a matching event trigger; returns those runs.
    ///
    /// - Parameter depth: how many triggers led here; an event of a person or the world has 0.
    @discardableResult
    package func dispatch(_ name: String, data: JSONValue, at now: Date, depth: Int = 0) async throws -> [Run] {
        guard depth < Self.depthLimit else { return [] }
        var runs: [Run] = []
        for job in try await store.jobs() where job.status == .active {
            guard let trigger = job.triggers.first(where: { $0.matches(name, data: data) }) else { continue }
            let run = Run(
                jobID: job.id, triggerID: trigger.id, cause: .event, due: now, event: data, depth: depth + 1)
            runs.append(try await store.enqueue(run))
        }
        return runs
    }
}

extension Trigger {
    func matches(_ event: String, data: JSONValue) -> Bool {
        guard case .event(let filter) = kind, filter.name == event else { return false }
        if let id = filter.jobID { return data["job_id"]?.number == Double(id) }
        guard let job = filter.job else { return true }
        return data["job"]?.string?.caseInsensitiveCompare(job) == .orderedSame
    }
}
