import Foundation
import JobModel

/// Becoming the owner: what a dead owner left behind is ended, returned to the queue, or given up.
extension Scheduler {
    /// Called once, after the lock on the store was won. Throws `StoreError.copied` for a store that is another's copy.
    package func takeCharge() async throws {
        inChargeSince = time.now
        let ownership = try await store.takeOwnership(
            configuration.identity, adopting: configuration.adopting, at: inChargeSince)
        epoch = ownership.epoch
        clockSeen = ownership.clockSeen ?? inChargeSince
        try await noticeClock(inChargeSince)
        let interrupted = try await store.interruptedRuns()
        try await fence(interrupted)
        for run in interrupted { try await recover(run) }
        guard !interrupted.isEmpty else { return }
        let data: JSONValue = ["runs": .array(interrupted.map { .number(Double($0.id)) })]
        _ = try await store.emit(Event(name: LifecycleEvent.schedulerTookOver.rawValue, at: time.now, data: data))
    }

    /// Jobs for the start of the scheduler (`@reboot`) run once now.
    package func startUp() async throws {
        let event = Event(name: LifecycleEvent.schedulerStarted.rawValue, at: time.now)
        let started = try await store.emit(event).event
        for job in try await store.jobs() where job.status == .active {
            guard let trigger = job.triggers.first(where: \.isForStartup) else { continue }
            _ = try await store.enqueue(
                Run(jobID: job.id, triggerID: trigger.id, cause: .event, due: time.now, eventID: started.id))
        }
    }

    /// A clock that was set back would leave triggers armed for moments that are far away again.
    func noticeClock(_ now: Date) async throws {
        defer { clockSeen = now }
        // What is due from here on is not missed, whatever the clock said when this scheduler took charge.
        inChargeSince = min(inChargeSince, now)
        guard now < clockSeen - Self.clockTolerance else { return }
        logger.warning("the clock was set back", metadata: ["from": "\(clockSeen)", "to": "\(now)"])
        // What comes again is not late for having been due before this scheduler began.
        inChargeSince = min(inChargeSince, now)
        try await store.rearm(after: now)
    }

    private static let clockTolerance: TimeInterval = 30

    /// Before anything is started again, what is left of the attempt before must be gone.
    private func fence(_ runs: [Run]) async throws {
        for run in runs {
            for step in try await store.stepRuns(of: run.id) where step.state == .running {
                if let process = step.process { hooks.fence(process) }
            }
        }
        hooks.fenceRuns()
    }

    private func recover(_ run: Run) async throws {
        let job = try await store.job(run.jobID)
        var life = RunLife(run, policies: job?.policies ?? Policies())
        switch life.ownerDied() {
        case .requeue(let reason, let isDeath):
            _ = try await store.requeue(run: run.id, token: run.token, reason: reason, isDeath: isDeath)
        case .finish(var outcome):
            outcome.message = "\(job?.name ?? "Job \(run.jobID)") failed: \(outcome.reason ?? "")"
            guard try await store.finish(run: run.id, token: run.token, outcome: outcome, at: time.now) else { return }
            hooks.announce()
        }
    }
}

extension Trigger {
    fileprivate var isForStartup: Bool {
        if case .schedule(let schedule) = kind { schedule.pattern == .startup } else { false }
    }
}
