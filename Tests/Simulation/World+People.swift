import Foundation
import JobModel

/// What people, and the world outside, do to the store.
extension World {
    static let usualJobs = 40

    func actAsPerson() {
        counts.edits += 1
        switch dice.int(0...99) {
        case 0...24: createJob()
        case 25...39: changeJob()
        case 40...47: deleteJob()
        case 48...59: pauseJob()
        case 60...74: resumeJob()
        case 75...84: runJob()
        case 85...92: cancelRun()
        default: tellEvent()
        }
    }

    func createJob() {
        guard judge.jobs.count < Self.usualJobs else { return }
        let others = judge.existing
        let (job, temper) = randomJobs.job(at: clock.now, others: others, dice: &dice)
        if let created = apply(.create(job)) { tempers[created.id] = temper }
    }

    private func changeJob() {
        guard var job = anyJob(), current?.isLooking != true else { return }
        if dice.chance(0.5) {
            job.triggers = randomJobs.triggers(at: clock.now, others: judge.existing, dice: &dice)
        } else {
            job.policies = randomJobs.policies(dice: &dice)
        }
        if job.status == .finished { job.status = .active }
        _ = apply(.update(job))
    }

    private func deleteJob() {
        guard let job = anyJob() else { return }
        _ = apply(.delete(job.id))
    }

    private func pauseJob() {
        guard var job = anyJob(), job.status == .active else { return }
        job.status = .paused
        if dice.chance(0.6) { job.pausedUntil = clock.now + dice.spread(1, 86_400) }
        _ = apply(.update(job))
    }

    private func resumeJob() {
        guard var job = judge.existing.first(where: { $0.status == .paused }) else { return }
        (job.status, job.pausedUntil) = (.active, nil)
        _ = apply(.update(job))
    }

    private func runJob() {
        guard let job = anyJob() else { return }
        counts.manualRuns += 1
        let (store, run) = (store, Run(jobID: job.id, cause: .manual, due: clock.now))
        _ = try? thread.value { try await store.enqueue(run) }
    }

    private func cancelRun() {
        guard let id = judge.anyUnfinished(&dice) else { return }
        counts.cancels += 1
        let (store, now) = (store, clock.now)
        _ = try? thread.value { await store.cancel(run: id, reason: "cancelled by a person", at: now) }
    }

    private func tellEvent() {
        let (store, event) = (store, Event(name: "outside.thing.happened", at: clock.now))
        _ = try? thread.value { await store.emit(event) }
    }

    private func anyJob() -> Job? {
        let jobs = judge.existing
        return jobs.isEmpty ? nil : dice.pick(jobs)
    }

    /// Returns the job that came of it, `nil` for a deletion.
    private func apply(_ edit: Edit) -> Job? {
        let (store, now) = (store, clock.now)
        guard let change = try? thread.value({ try await store.apply([edit], summary: "simulated", at: now) }) else {
            return nil
        }
        judge.edited(change, at: now)
        steps.add(change.items.map(Self.words).joined())
        return change.items.first?.after
    }

    private static func words(_ item: Change.Item) -> String {
        guard let job = item.after else { return "job \(item.before?.id ?? 0) is deleted" }
        return "job \(job.id) is \(job.status) with \(job.triggers.map(\.kind)) \(job.policies)"
    }

    // MARK: Keeping the store small

    func prune() {
        let retention = Retention(
            age: dice.spread(3600, 90 * 86_400), runsPerJob: dice.int(5...60), batch: dice.int(500...5000))
        let (store, now) = (store, clock.now)
        judge.willPrune(retention, at: now)
        var deleted = 1
        while deleted > 0 {
            deleted =
                (try? thread.value {
                    let unseen = await store.messages(unseenOnly: true, limit: .max)
                    await store.markSeen(unseen.map(\.id))
                    return await store.prune(retention, at: now)
                }) ?? 0
            counts.pruned += deleted
        }
    }

    /// The end of a simulation: no job starts by itself any more, and nothing goes wrong.
    func drain() throws(Violation) {
        isDraining = true
        let (store, now) = (store, clock.now)
        try? thread.value { try await store.pauseScheduler(until: nil, at: now) }
        pausedUntil = nil
        for owner in owners { (owner.callsUntilFault, owner.troubleUntil) = (.max, 0) }
        for var job in judge.existing {
            (job.triggers, job.status) = ([Trigger(.manual)], .active)
            _ = apply(.update(job))
            try observe()
        }
        current?.isWoken = true
    }

    /// A clock that was set back may have left runs that are not ready for a year.
    func skipEmptyTime() {
        guard scripts.isEmpty, judge.active.isEmpty, !judge.waiting.isEmpty else { return }
        clock.jump(max(0, judge.waiting[0].moment - clock.now.timeIntervalSince1970))
    }
}
