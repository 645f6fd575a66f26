import Foundation
import JobModel

/// Events: one for each end, and the runs that they cause.
extension Judge {
    func heard(_ event: Event, _ sight: inout Sight, in world: World) throws(Violation) {
        if let run = event.runID { try heardOfRun(run, event, &sight, in: world) }
        if let job = event.jobID { heardOfJob(job, event, in: world) }
        try checkCaused(by: event, &sight)
    }

    private func heardOfRun(_ id: RunID, _ event: Event, _ sight: inout Sight, in world: World) throws(Violation) {
        let state: Run.State
        switch LifecycleEvent(rawValue: event.name) {
        case .runSucceeded: state = .succeeded
        case .runFailed: state = .failed
        case .runCancelled: state = .cancelled
        case .runSkipped: state = .skipped
        case .runRetrying:
            rows[id]?.retries += 1
            unrecorded[id] = nil
            world.counts.retries += 1
            return try checkRetries(of: id)
        default: return
        }
        guard sight.endEvents.updateValue(state, forKey: id) == nil else {
            throw violation("two events of the end of run \(id)")
        }
    }

    private func checkRetries(of id: RunID) throws(Violation) {
        guard let row = rows[id], row.retries <= mostRetries[row.run.jobID] ?? 0 else {
            throw violation("run \(id) was tried again too often")
        }
    }

    private func heardOfJob(_ id: JobID, _ event: Event, in world: World) {
        guard var job = jobs[id] else { return }
        switch LifecycleEvent(rawValue: event.name) {
        case .jobPaused where event.runID != nil && job.status == .active:
            world.counts.autoPauses += 1
            job.status = .paused
        case .jobFinished: job.status = .finished
        default: return
        }
        jobs[id] = job
        arm(job, after: event.at)
        jobsChanged()
    }

    /// By itself; what a person resumed is known already.
    func resumed(_ event: Event) {
        guard let id = event.jobID, var job = jobs[id], job.status == .paused else { return }
        let until = job.pausedUntil ?? event.at
        (job.status, job.pausedUntil) = (.active, nil)
        jobs[id] = job
        arm(job, after: until - 0.001)
        jobsChanged()
    }

    /// Every active job with a trigger that matches has its run, and no other.
    private func checkCaused(by event: Event, _ sight: inout Sight) throws(Violation) {
        let caused = sight.byEvent.removeValue(forKey: event.id) ?? []
        if event.name == LifecycleEvent.schedulerStarted.rawValue { return }
        let expected = event.depth < 5 ? (listeners[event.name] ?? []).filter { hears($0, event) } : []
        guard caused.sorted() == expected else {
            throw violation("event \(event.id), \(event.name), caused runs of \(caused), expected were \(expected)")
        }
    }

    private func hears(_ id: JobID, _ event: Event) -> Bool {
        guard let job = jobs[id], job.status == .active else { return false }
        return job.triggers.contains { trigger in
            guard case .event(let filter) = trigger.kind, filter.name == event.name else { return false }
            if let number = filter.jobID { return event.data["job_id"]?.number == Double(number) }
            return filter.job == nil || filter.job == event.data["job"]?.string
        }
    }
}
