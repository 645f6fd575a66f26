import Foundation
import JobModel

/// The store without a disk, for tests: every promise of `JobStore` but durability.
package actor InMemoryStore: JobStore {
    var state = StoreState()

    package init() {}

    // MARK: Jobs and changes

    package func jobs() -> [Job] { state.existingJobs }
    package func job(_ id: JobID) -> Job? { state.job(id) }

    package func apply(_ edits: [Edit], summary: String, at: Date) throws -> Change {
        try atomically { state throws(StoreError) in try state.apply(edits, summary: summary, at: at) }
    }

    package func changes(limit: Int) -> [Change] { Array(state.changes.reversed().prefix(limit)) }

    package func revert(_ change: Change, forward: Bool, at: Date) throws {
        try atomically { state throws(StoreError) in try state.revert(change.id, forward: forward, at: at) }
    }

    package func amend(_ triggers: [Trigger], of job: JobID, at: Date) {
        for trigger in triggers { state.amend(trigger, of: job, at: at) }
    }

    package func settings() -> [String: String] { state.settings }
    package func remember(_ value: String?, as name: String, telling event: Event?) {
        state.remembered[name] = value
        if let event { state.emit(event) }
    }
    package func remembered(_ name: String) -> String? { state.remembered[name] }

    // MARK: Ownership and due moments

    package func takeOwnership(_ owner: OwnerIdentity, adopting: Bool, at: Date) throws -> Ownership {
        try state.takeOwnership(owner, adopting: adopting, at: at)
    }

    package func armed(dueBy moment: Date?, limit: Int) -> [ArmedTrigger] { state.armed(dueBy: moment, limit: limit) }
    package func nextDue() -> Date? { state.armedOrder.first?.moment }
    package func rearm(after moment: Date) { state.rearm(after: moment) }

    package func claim(_ request: ClaimRequest, at: Date) throws -> [Run] { try state.carryOut(request, at: at) }

    // MARK: The way of a run

    package func enqueue(_ run: Run) throws -> Run { try state.enqueue(run) }
    package func begin(run id: RunID, token: String, at: Date) -> Bool { state.begin(id, token: token, at: at) }

    package func finish(run id: RunID, token: String, outcome: RunOutcome, at: Date) -> Bool {
        state.finish(id, token: token, outcome: outcome, at: at)
    }

    package func record(_ steps: [StepRun]) throws { try state.record(steps) }
    package func stepRuns(of run: RunID) -> [StepRun] { state.stepRuns[run] ?? [] }
    package func interruptedRuns() -> [Run] { state.interrupted }

    package func requeue(run id: RunID, token: String, reason: String?, isDeath: Bool) -> Bool {
        state.requeue(id, token: token, reason: reason, isDeath: isDeath)
    }

    package func cancel(run id: RunID, reason: String, at: Date) -> Bool { state.cancel(id, reason: reason, at: at) }

    // MARK: Looking

    package func run(_ id: RunID) -> Run? { state.runs[id] }
    package func runs(_ query: RunQuery) -> [Run] { state.runs(query) }
    package func queue(_ query: QueueQuery) -> [Run] { state.queue(query) }
    package func backlog(at: Date) -> Backlog { state.backlog(at: at) }
    package func nextReady(after moment: Date) -> Date? { state.nextReady(after: moment) }
    package func unfinished(of jobs: [JobID]) -> [JobID: [Run]] { state.unfinished(of: jobs) }
    package func lost(_ claims: [RunClaim]) -> Set<RunID> { state.lost(claims) }
    package func failures(of job: JobID) -> FailureStreak { state.streaks[job] ?? FailureStreak() }

    package func resumeDue(at: Date) -> [Job] { state.resumeDue(at: at) }
    package func nextResume() -> Date? { state.nextResume() }
    package func prune(_ retention: Retention, at: Date) -> Int { state.prune(retention, at: at) }

    // MARK: Events

    package func emit(_ event: Event) -> EmittedEvent { state.emit(event) }
    package func lastEventID() -> EventID { state.lastEvent }

    package func events(after id: EventID, limit: Int) -> [Event] {
        Array(state.events.filter { $0.id > id }.prefix(limit))
    }

    // MARK: Jobs that re-time themselves

    package func retime(_ retiming: Retiming) -> Bool { state.retime(retiming) }
    package func hints(of job: JobID, at: Date) -> [TimingHint] { state.hints(of: job, at: at) }

    package func retimings(of job: JobID, limit: Int) -> [Retiming] {
        Array(state.retimings.reversed().filter { $0.jobID == job }.prefix(limit))
    }

    // MARK: Outcomes and approvals

    package func post(_ message: Message) -> Message { state.post(message) }

    package func messages(unseenOnly: Bool, limit: Int) -> [Message] {
        state.messages.filter { !unseenOnly || !$0.seen }.suffix(limit)
    }

    package func markSeen(_ ids: [Int64]) {
        let ids = Set(ids)
        for index in state.messages.indices where ids.contains(state.messages[index].id) {
            state.messages[index].seen = true
        }
    }

    package func deliveries(limit: Int) -> [Delivery] { Array(state.deliveries.reversed().prefix(limit)) }

    package func pendingDeliveries() -> [Delivery] {
        state.deliveries.filter { $0.state == .queued }.sorted { ($0.notBefore, $0.id) < ($1.notBefore, $1.id) }
    }

    package func update(_ delivery: Delivery) { state.update(delivery) }

    package func approvals(waitingOnly: Bool) -> [Approval] {
        state.approvals.filter { !waitingOnly || $0.state == .waiting }
    }

    package func decide(approval id: Int64, approved: Bool, at: Date) -> Bool {
        state.decide(id, approved: approved, at: at)
    }

    // MARK: Watching

    /// What was written since the last call; the first call begins to watch.
    package func takeChanges() -> StoreChanges { state.takeChanges() }

    /// All of `body` or, when it throws, nothing of it.
    private func atomically<T>(_ body: (inout StoreState) throws(StoreError) -> T) throws(StoreError) -> T {
        var copy = state
        let value = try body(&copy)
        state = copy
        return value
    }
}
