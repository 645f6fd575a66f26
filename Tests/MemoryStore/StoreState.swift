import Foundation
import JobModel

/// What a store holds, as a value.
struct StoreState {
    struct StoredJob {
        var job: Job
        var isDeleted = false
    }

    struct StoredTrigger {
        let id: TriggerID
        let job: JobID
        var kind: Trigger.Kind
        var isRemoved: Bool
        var nextDue: Date? = nil
    }

    /// What follows from the jobs, until one of them changes.
    struct Derived {
        /// Active jobs with a trigger for an event of this name, by id.
        var listeners: [String: [JobID]] = [:]
        var nextResume: Date?
    }

    struct Occurrence: Hashable {
        let job: JobID
        let trigger: TriggerID
        let due: Date
    }

    struct Reaction: Hashable {
        let trigger: TriggerID
        let event: EventID
    }

    var jobs: [JobID: StoredJob] = [:] { didSet { derived = nil } }
    /// Moments are set through `setDue` alone, which keeps `armedOrder`.
    var triggers: [TriggerID: StoredTrigger] = [:]
    var triggersOfJob: [JobID: [TriggerID]] = [:]
    private(set) var armedOrder = MomentOrder()
    var derived: Derived?
    var changes: [Change] = []
    var settings: [String: String] = [:]
    var remembered: [String: String] = [:]
    var runs: [RunID: Run] = [:]
    var indexes = RunIndexes()
    var lastRun: RunID = 0
    var events: [Event] = []
    var lastEvent: EventID = 0
    var streaks: [JobID: FailureStreak] = [:]
    var owner: (epoch: Epoch, machine: String, clockSeen: Date)?
    var occurrences: Set<Occurrence> = []
    var reactions: Set<Reaction> = []
    var stepRuns: [RunID: [StepRun]] = [:]
    var messages: [Message] = []
    var deliveries: [Delivery] = []
    var approvals: [Approval] = []
    var retimings: [Retiming] = []
    var lastRetiming: Int64 = 0
    var spending: [ModelSpending] = []
    var lastSpending: Int64 = 0
    var answers: [String: KeptAnswer] = [:]
    /// What was written since somebody last asked; `nil` while nobody does.
    var watch: Watch?

    var existingJobs: [Job] {
        jobs.values.filter { !$0.isDeleted }.map(\.job).sorted { $0.id < $1.id }
    }

    func job(_ id: JobID) -> Job? {
        jobs[id].flatMap { $0.isDeleted ? nil : $0.job }
    }

    private mutating func derive() -> Derived {
        if let derived { return derived }
        var new = Derived()
        for job in existingJobs {
            let names = job.triggers.compactMap { if case .event(let filter) = $0.kind { filter.name } else { nil } }
            if job.status == .active { for name in Set(names) { new.listeners[name, default: []].append(job.id) } }
            if let until = job.pausedUntil { new.nextResume = min(until, new.nextResume ?? until) }
        }
        derived = new
        return new
    }

    mutating func listeners(to name: String) -> [Job] { (derive().listeners[name] ?? []).compactMap { job($0) } }

    mutating func nextResume() -> Date? { derive().nextResume }

    // MARK: Jobs and their triggers

    mutating func insert(_ job: Job, at: Date) throws(StoreError) -> Job {
        try requireFreeName(job.name, except: nil)
        var stored = job
        stored.id = Int64(jobs.count) + 1
        return place(stored, at: at)
    }

    mutating func put(_ job: Job, at: Date) throws(StoreError) -> Job {
        guard jobs[job.id] != nil else { throw .noSuchJob(job.id) }
        try requireFreeName(job.name, except: job.id)
        return place(job, at: at)
    }

    mutating func delete(_ id: JobID, at: Date) {
        expireApprovals(of: id, at: at)
        jobs[id]?.isDeleted = true
        disarm(id)
    }

    mutating func activate(_ id: JobID, after moment: Date) -> Job? {
        guard var job = job(id) else { return nil }
        job.status = .active
        return place(job, at: moment)
    }

    private mutating func place(_ job: Job, at: Date) -> Job {
        var stored = job
        stored.createdAt = job.createdAt.rounded
        stored.pausedUntil = job.status == .paused ? job.pausedUntil?.rounded : nil
        stored.triggers = set(job.triggers, of: job.id, armedAfter: job.status == .active ? at : nil)
        jobs[job.id] = StoredJob(job: stored)
        return stored
    }

    /// A trigger whose kind is unchanged keeps its id, and a moment that is overdue.
    private mutating func set(_ new: [Trigger], of job: JobID, armedAfter moment: Date?) -> [Trigger] {
        var known = (triggersOfJob[job] ?? []).compactMap { triggers[$0] }
        for trigger in known {
            triggers[trigger.id]?.isRemoved = true
            setDue(trigger.id, nil)
        }
        return new.map { trigger in
            let index =
                known.firstIndex { $0.id == trigger.id && $0.kind == trigger.kind }
                ?? known.firstIndex { !$0.isRemoved && $0.kind == trigger.kind }
            let match = index.map { known.remove(at: $0) }
            let id = match?.id ?? Int64(triggers.count) + 1
            let due = moment.flatMap { Self.due(trigger.kind, overdue: match?.nextDue, after: $0) }
            if match == nil { triggersOfJob[job, default: []].append(id) }
            triggers[id] = StoredTrigger(id: id, job: job, kind: trigger.kind, isRemoved: false)
            setDue(id, due)
            return Trigger(id: id, trigger.kind)
        }
    }

    mutating func amend(_ trigger: Trigger, of job: JobID, at moment: Date) {
        guard let known = triggers[trigger.id], known.job == job, !known.isRemoved else { return }
        triggers[trigger.id]?.kind = trigger.kind
        setDue(trigger.id, known.nextDue.flatMap { Self.due(trigger.kind, overdue: $0, after: moment) })
        if let place = jobs[job]?.job.triggers.firstIndex(where: { $0.id == trigger.id }) {
            jobs[job]?.job.triggers[place] = trigger
        }
    }

    /// Arms a trigger, or (`nil`) disarms it.
    mutating func setDue(_ id: TriggerID, _ due: Date?) {
        guard let known = triggers[id] else { return }
        if let before = known.nextDue { armedOrder.remove(id, at: before) }
        if let due { armedOrder.insert(id, at: due) }
        triggers[id]?.nextDue = due
    }

    mutating func disarm(_ job: JobID) {
        for id in triggersOfJob[job] ?? [] { setDue(id, nil) }
    }

    private static func due(_ kind: Trigger.Kind, overdue: Date?, after moment: Date) -> Date? {
        guard case .schedule(let schedule) = kind else { return nil }
        if let overdue, overdue <= moment { return overdue }
        return schedule.next(after: moment)?.rounded
    }

    private func requireFreeName(_ name: String, except id: JobID?) throws(StoreError) {
        let isTaken = existingJobs.contains { $0.id != id && $0.name.lowercased() == name.lowercased() }
        if isTaken { throw .nameTaken(name) }
    }

    // MARK: Pauses and ends

    mutating func resumeDue(at: Date) -> [Job] {
        guard let first = nextResume(), first <= at else { return [] }
        return existingJobs.compactMap { job in
            guard let until = job.pausedUntil, until <= at else { return nil }
            let resumed = activate(job.id, after: until - 0.001)
            if let resumed { emit(.about(resumed, .jobResumed, at: at.rounded)) }
            return resumed
        }
    }

    mutating func finishIfSpent(_ id: JobID, at: Date) {
        guard let job = job(id), job.status == .active, isSpent(job), indexes.byJob[id] == nil else { return }
        jobs[id]?.job.status = .finished
        emit(.about(job, .jobFinished, at: at.rounded))
    }

    private func isSpent(_ job: Job) -> Bool {
        !job.triggers.isEmpty
            && job.triggers.allSatisfy { trigger in
                guard case .schedule(let schedule) = trigger.kind, schedule.pattern != .startup else { return false }
                return triggers[trigger.id]?.nextDue == nil
            }
    }
}

extension Date {
    /// To the millisecond, as every store keeps it.
    var rounded: Date { Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded() / 1000) }
}
