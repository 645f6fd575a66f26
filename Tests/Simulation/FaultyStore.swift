import Foundation
import JobModel
import MemoryStore

/// The store as one scheduler sees it: before and after the effect of each call the world may end that scheduler, stop
/// it for a while, or tell it that the disk is full.
struct FaultyStore: JobStore {
    let inner: InMemoryStore
    let owner: Owner
    let world: World

    private func read<T: Sendable>(_ body: (InMemoryStore) async throws -> T) async throws -> T {
        try await call(isWrite: false, body)
    }

    private func write<T: Sendable>(_ body: (InMemoryStore) async throws -> T) async throws -> T {
        try await call(isWrite: true, body)
    }

    private func call<T: Sendable>(
        isWrite: Bool, _ body: (InMemoryStore) async throws -> T
    ) async throws -> T {
        try await world.beforeCall(of: owner, isWrite: isWrite)
        let value = try await body(inner)
        try await world.afterCall(of: owner)
        return value
    }

    // MARK: Jobs and changes

    func jobs() async throws -> [Job] { try await read { await $0.jobs() } }
    func job(_ id: JobID) async throws -> Job? { try await read { await $0.job(id) } }

    func apply(_ edits: [Edit], summary: String, at: Date) async throws -> Change {
        try await write { try await $0.apply(edits, summary: summary, at: at) }
    }

    func changes(limit: Int) async throws -> [Change] { try await read { await $0.changes(limit: limit) } }

    func revert(_ change: Change, forward: Bool, at: Date) async throws {
        try await write { try await $0.revert(change, forward: forward, at: at) }
    }

    func amend(_ triggers: [Trigger], of job: JobID, at: Date) async throws {
        try await write { await $0.amend(triggers, of: job, at: at) }
    }

    func settings() async throws -> [String: String] { try await read { await $0.settings() } }
    func remember(_ value: String?, as name: String, telling event: Event?) async throws {
        try await write { await $0.remember(value, as: name, telling: event) }
    }
    func remembered(_ name: String) async throws -> String? { try await read { await $0.remembered(name) } }

    // MARK: Ownership and due moments

    func takeOwnership(_ identity: OwnerIdentity, adopting: Bool, at: Date) async throws -> Ownership {
        try await write { try await $0.takeOwnership(identity, adopting: adopting, at: at) }
    }

    func armed(dueBy moment: Date?, limit: Int) async throws -> [ArmedTrigger] {
        try await read { await $0.armed(dueBy: moment, limit: limit) }
    }

    func nextDue() async throws -> Date? { try await read { await $0.nextDue() } }

    func rearm(after moment: Date) async throws {
        try await write {
            let armed = Set(try await $0.armed(limit: .max).map(\.triggerID))
            await $0.rearm(after: moment)
            world.judge.rearmed(after: moment, armed: armed)
        }
    }

    func claim(_ request: ClaimRequest, at: Date) async throws -> [Run] {
        try await write { try await $0.claim(request, at: at) }
    }

    // MARK: The way of a run

    func enqueue(_ run: Run) async throws -> Run { try await write { try await $0.enqueue(run) } }

    func begin(run id: RunID, token: String, at: Date) async throws -> Bool {
        try await write {
            let holds = await $0.begin(run: id, token: token, at: at)
            if holds { world.judge.begun(id, token: token, by: owner) }
            return holds
        }
    }

    func finish(run id: RunID, token: String, outcome: RunOutcome, at: Date) async throws -> Bool {
        try await write {
            let holds = await $0.finish(run: id, token: token, outcome: outcome, at: at)
            world.judge.finished(id, token: token, by: owner, world: world, holds: holds)
            return holds
        }
    }

    func record(_ steps: [StepRun]) async throws { try await write { try await $0.record(steps) } }
    func stepRuns(of run: RunID) async throws -> [StepRun] { try await read { await $0.stepRuns(of: run) } }
    func interruptedRuns() async throws -> [Run] { try await read { await $0.interruptedRuns() } }

    func requeue(run id: RunID, token: String, reason: String?, isDeath: Bool) async throws -> Bool {
        try await write { await $0.requeue(run: id, token: token, reason: reason, isDeath: isDeath) }
    }

    func cancel(run id: RunID, reason: String, at: Date) async throws -> Bool {
        try await write { await $0.cancel(run: id, reason: reason, at: at) }
    }

    // MARK: Looking

    func queue(_ query: QueueQuery) async throws -> [Run] { try await read { await $0.queue(query) } }
    func backlog(at: Date) async throws -> Backlog { try await read { await $0.backlog(at: at) } }
    func nextReady(after moment: Date) async throws -> Date? { try await read { await $0.nextReady(after: moment) } }

    func unfinished(of jobs: [JobID]) async throws -> [JobID: [Run]] {
        try await read { await $0.unfinished(of: jobs) }
    }

    func lost(_ claims: [RunClaim]) async throws -> Set<RunID> { try await read { await $0.lost(claims) } }
    func runs(_ query: RunQuery) async throws -> [Run] { try await read { await $0.runs(query) } }
    func run(_ id: RunID) async throws -> Run? { try await read { await $0.run(id) } }
    func failures(of job: JobID) async throws -> FailureStreak { try await read { await $0.failures(of: job) } }

    func resumeDue(at: Date) async throws -> [Job] { try await write { await $0.resumeDue(at: at) } }
    func nextResume() async throws -> Date? { try await read { await $0.nextResume() } }

    func prune(_ retention: Retention, at: Date) async throws -> Int {
        try await write { await $0.prune(retention, at: at) }
    }

    // MARK: Events, outcomes, approvals

    func emit(_ event: Event) async throws -> EmittedEvent { try await write { await $0.emit(event) } }

    func events(after id: EventID, limit: Int) async throws -> [Event] {
        try await read { await $0.events(after: id, limit: limit) }
    }

    func lastEventID() async throws -> EventID { try await read { await $0.lastEventID() } }

    func retime(_ retiming: Retiming) async throws -> Bool { try await write { await $0.retime(retiming) } }

    func retimings(of job: JobID, limit: Int) async throws -> [Retiming] {
        try await read { await $0.retimings(of: job, limit: limit) }
    }

    func hints(of job: JobID, at: Date) async throws -> [TimingHint] {
        try await read { await $0.hints(of: job, at: at) }
    }
    func post(_ message: Message) async throws -> Message { try await write { await $0.post(message) } }

    func messages(unseenOnly: Bool, limit: Int) async throws -> [Message] {
        try await read { await $0.messages(unseenOnly: unseenOnly, limit: limit) }
    }

    func markSeen(_ ids: [Int64]) async throws { try await write { await $0.markSeen(ids) } }
    func deliveries(limit: Int) async throws -> [Delivery] { try await read { await $0.deliveries(limit: limit) } }
    func pendingDeliveries() async throws -> [Delivery] { try await read { await $0.pendingDeliveries() } }
    func update(_ delivery: Delivery) async throws { try await write { await $0.update(delivery) } }

    func approvals(waitingOnly: Bool) async throws -> [Approval] {
        try await read { await $0.approvals(waitingOnly: waitingOnly) }
    }

    func decide(approval id: Int64, approved: Bool, at: Date) async throws -> Bool {
        try await write { await $0.decide(approval: id, approved: approved, at: at) }
    }
}
