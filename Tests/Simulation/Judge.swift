import Foundation
import JobModel
import MemoryStore

/// Holds what the store shows to the promises, by a model of its own that is told what people do, what scripts do, and
/// which rows and events were written. Each look costs as much as what changed.
final class Judge: @unchecked Sendable {
    struct Row {
        var run: Run
        /// Scripts that were started for it.
        var starts = 0
        var retries = 0
        /// Times it went back to the queue although nobody died.
        var stops = 0
        var ends = 0
        var begunToken: String?
        var claimedInStep = 0
        /// Runs that were claimed before it although they could start much later.
        var overtaken = 0
    }

    var rows: [RunID: Row] = [:]
    var lastRow: RunID = 0
    /// Rows that were taken back when the clock was set back.
    var goneAgain: Set<RunID> = []
    var rowsOfJob: [JobID: Int] = [:]
    var jobs: [JobID: Job] = [:]
    var moments: [TriggerID: Moments] = [:]
    var listeners: [String: [JobID]] = [:]
    var changedInStep: [JobID: Int] = [:]
    /// The most retries that any policy of the job has had.
    var mostRetries: [JobID: Int] = [:]
    var unfinished = SortedRuns()
    var waiting = SortedRuns()
    var active: Set<RunID> = []
    var unrecorded: [RunID: Double] = [:]
    /// When the world last hindered schedulers.
    var lastDisturbance = 0.0
    /// Nobody has seen all that is due since the last disturbance: what is found now may be late.
    var isDisturbed = true
    var restedAt: Date?
    var retention: (rule: Retention, at: Date)?
    var broken: Violation?
    var step = 0
    private var known: [Job]?

    /// Jobs that exist, by id.
    var existing: [Job] {
        if let known { return known }
        let sorted = jobs.values.sorted { $0.id < $1.id }
        known = sorted
        return sorted
    }

    func violation(_ text: String) -> Violation { broken ?? Violation(step: step, text: text) }

    /// For what is noticed where nothing can be thrown.
    func complain(_ text: String) { broken = violation(text) }

    func anyUnfinished(_ dice: inout Dice) -> RunID? {
        unfinished.isEmpty ? nil : unfinished[dice.int(0...unfinished.count - 1)].id
    }

    // MARK: What it is told

    func disturbed() { (isDisturbed, restedAt) = (true, nil) }

    func rested(at date: Date) { restedAt = date }

    func edited(_ change: Change, at date: Date) {
        for item in change.items {
            if let before = item.before { forget(before.id) }
            if let after = item.after { learn(after, at: date) } else { disarm(item.before?.id) }
        }
        restedAt = nil
    }

    private func forget(_ id: JobID) {
        for trigger in jobs[id]?.triggers ?? [] { moments[trigger.id]?.pending = jobs[id]?.status == .active }
        jobs[id] = nil
        jobsChanged()
    }

    private func disarm(_ job: JobID?) {
        for (id, known) in moments where known.job == job { moments[id]?.disarm() }
    }

    /// A trigger that stays keeps a moment that is overdue; all else is armed anew.
    private func learn(_ job: Job, at date: Date) {
        jobs[job.id] = job
        changedInStep[job.id] = step
        mostRetries[job.id] = max(mostRetries[job.id] ?? 0, job.policies.retry.retries)
        arm(job, after: date)
        jobsChanged()
    }

    func arm(_ job: Job, after date: Date) {
        let isActive = job.status == .active
        for trigger in job.triggers {
            guard case .schedule(let schedule) = trigger.kind else { continue }
            var known = moments[trigger.id] ?? Moments(schedule: schedule, job: job.id)
            let isOverdue = known.pending && known.expected.map { $0 <= date } ?? false
            if !isActive { known.disarm() } else if !isOverdue { known.arm(after: date) }
            known.pending = false
            moments[trigger.id] = known
        }
        let kept = Set(job.triggers.map(\.id))
        for (id, other) in moments where other.job == job.id && !kept.contains(id) { moments[id]?.disarm() }
    }

    func jobsChanged() {
        known = nil
        listeners = [:]
        for job in existing {
            for case .event(let filter) in job.triggers.map(\.kind)
            where listeners[filter.name]?.last != job.id { listeners[filter.name, default: []].append(job.id) }
        }
    }

    /// - Parameter armed: triggers that were armed then.
    func rearmed(after date: Date, armed: Set<TriggerID>) {
        takenBack(after: date, armed: armed)
        for id in armed {
            guard let cursor = moments[id]?.cursor else { continue }
            moments[id]?.arm(after: min(cursor, date))
        }
    }

    func willPrune(_ rule: Retention, at date: Date) { retention = (rule, date) }
}
