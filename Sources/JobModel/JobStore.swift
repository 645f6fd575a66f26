import Foundation

/// Everything the core needs from storage. One conformance suite (`StoreConformance` in TestSupport) holds every
/// implementation to it; nothing above this protocol knows SQL.
///
/// Every call is one transaction; when it returns, what it wrote survives power loss.
package protocol JobStore: Sendable {
    // MARK: Jobs and changes

    /// The jobs that exist (deleted ones do not), by id.
    func jobs() async throws -> [Job]
    func job(_ id: JobID) async throws -> Job?

    /// Applies `edits` together and records them as one change. Returns that change with the ids that were given out.
    ///
    /// A created or updated job's schedule triggers are armed for their first moment strictly after `at`
    /// (drafts and paused jobs are stored unarmed). Throws `StoreError.nameTaken` where a name exists already,
    /// `StoreError.noSuchJob` where an edited job is gone; then nothing was written.
    func apply(_ edits: [Edit], summary: String, at: Date) async throws -> Change

    /// Latest first.
    func changes(limit: Int) async throws -> [Change]

    /// Puts back what the change replaced (`forward` false: undo) or applies it again (`forward` true: redo), and
    /// marks it so. Occurrences that passed meanwhile are not armed again.
    func revert(_ change: Change, forward: Bool, at: Date) async throws

    /// Gives triggers of a job, found by their ids, another schedule in their place: no change that could be undone.
    ///
    /// A trigger that is armed for a moment after `at` is armed anew after `at`; an overdue moment stays, and a trigger
    /// that is not armed stays so. Triggers that are gone are passed over.
    func amend(_ triggers: [Trigger], of job: JobID, at: Date) async throws

    func settings() async throws -> [String: String]
    /// Keeps a small fact that is no change of a plan (what "it" means, whether the scheduler is paused): not undoable,
    /// not in `changes`, and apart from `settings`. `nil` forgets it.
    ///
    /// - Parameter event: stored with it, with the runs that it causes.
    func remember(_ value: String?, as name: String, telling event: Event?) async throws
    func remembered(_ name: String) async throws -> String?

    // MARK: Ownership

    /// Makes `owner` the one whose claims count: claims with an earlier epoch are refused from now on. Returns that
    /// epoch, and how far the owner before had seen the clock go.
    ///
    /// Throws `StoreError.copied` where the file is not the one that the last owner had, unless `adopting`.
    func takeOwnership(_ owner: OwnerIdentity, adopting: Bool, at: Date) async throws -> Ownership

    // MARK: Scheduling

    /// Due moments of active jobs, earliest first: those until `moment` (`nil`: all), at most `limit`.
    func armed(dueBy moment: Date?, limit: Int) async throws -> [ArmedTrigger]
    /// The earliest moment that any trigger is armed for.
    func nextDue() async throws -> Date?
    /// The clock was set back to `moment`: triggers that are armed for a later moment than the first one after it that
    /// their schedules name are armed for that one, and skips of moments that are still to come are taken back. An
    /// occurrence that has run cannot run again.
    func rearm(after moment: Date) async throws

    /// Turns due moments into runs (or named skips), arms each trigger for its next moment, and claims runs that waited,
    /// all in one transaction. Returns the runs that were claimed.
    ///
    /// An occurrence that has a row already, and a run that somebody else has, are left out. Throws
    /// `StoreError.superseded` where the epoch is not the owner's any more; then nothing was written.
    func claim(_ request: ClaimRequest, at: Date) async throws -> [Run]

    /// Adds a run that no clock asked for.
    func enqueue(_ run: Run) async throws -> Run

    /// Runs that wait to be started and are ready by the query's moment: of each priority the earliest.
    func queue(_ query: QueueQuery) async throws -> [Run]
    /// How many runs wait, and since when the one that waits longest could have started.
    func backlog(at: Date) async throws -> Backlog
    /// The earliest moment after `moment` at which a run that waits becomes ready (a retry, a later start).
    func nextReady(after moment: Date) async throws -> Date?
    /// Runs of these jobs that are not over, by job.
    func unfinished(of jobs: [JobID]) async throws -> [JobID: [Run]]
    /// Of these runs, those that are over or whose claim is another's by now.
    func lost(_ claims: [RunClaim]) async throws -> Set<RunID>

    /// claimed → running, guarded by `token`. False when the claim no longer holds.
    func begin(run id: RunID, token: String, at: Date) async throws -> Bool

    /// An active job whose triggers are all spent becomes `finished` with the end of its last run or skip.
    ///
    /// claimed or running → the outcome's state, with its message, deliveries and event; guarded by `token`. False when
    /// the claim no longer holds; then nothing was written. A finished run never changes.
    func finish(run id: RunID, token: String, outcome: RunOutcome, at: Date) async throws -> Bool

    /// Records starts and ends of steps together, in this order (same run, index and attempt replace each other). Throws
    /// `StoreError.superseded` where one of these attempts of a run is over; then nothing was written.
    func record(_ steps: [StepRun]) async throws
    func stepRuns(of run: RunID) async throws -> [StepRun]

    /// Runs that were claimed or running when their owner died. Called by the new owner only.
    func interruptedRuns() async throws -> [Run]
    /// Returns such a run to the queue, counting a death of its owner or a graceful stop. Guarded by the old token.
    func requeue(run id: RunID, token: String, reason: String?, isDeath: Bool) async throws -> Bool

    /// Waiting or running → cancelled.
    func cancel(run id: RunID, reason: String, at: Date) async throws -> Bool

    /// Latest first.
    func runs(_ query: RunQuery) async throws -> [Run]
    func run(_ id: RunID) async throws -> Run?
    /// Failed runs of a job since the last one that succeeded.
    func failures(of job: JobID) async throws -> FailureStreak

    /// Jobs paused until a moment that has come become active and armed; returns them.
    func resumeDue(at: Date) async throws -> [Job]
    /// The earliest moment at which a paused job resumes by itself.
    func nextResume() async throws -> Date?
    /// Deletes what the rule lets go, in one short transaction; returns how many rows that were. Called until it is 0.
    func prune(_ retention: Retention, at: Date) async throws -> Int

    // MARK: Events

    /// Stores an event and the runs that it causes: one for each active job with a trigger that it matches, unless the
    /// chain of triggers that led here is too deep.
    func emit(_ event: Event) async throws -> EmittedEvent
    /// Those after `id`, earliest first. Lifecycle events are stored with what they tell of.
    func events(after id: EventID, limit: Int) async throws -> [Event]
    /// The number of the last event; 0 before the first.
    func lastEventID() async throws -> EventID

    // MARK: Jobs that re-time themselves

    /// Keeps the decision; where it is applied, arms the job for the chosen moment: the trigger that is armed for the
    /// earliest moment takes it, the job's others come after it, and what they leave out is neither due nor missed.
    /// Afterwards the schedule goes on. False where nothing of the job is armed for a moment after the decision.
    func retime(_ retiming: Retiming) async throws -> Bool
    /// Decisions about a job, latest first.
    func retimings(of job: JobID, limit: Int) async throws -> [Retiming]
    /// The hints for a job that have not expired, each once, by the moment at which they were given.
    func hints(of job: JobID, at: Date) async throws -> [TimingHint]

    // MARK: Outcomes

    /// Adds a line that belongs to no run.
    func post(_ message: Message) async throws -> Message
    /// Earliest first; the newest `limit`.
    func messages(unseenOnly: Bool, limit: Int) async throws -> [Message]
    func markSeen(_ ids: [Int64]) async throws

    func deliveries(limit: Int) async throws -> [Delivery]
    /// Queued deliveries, earliest first.
    func pendingDeliveries() async throws -> [Delivery]
    func update(_ delivery: Delivery) async throws

    // MARK: Approvals

    func approvals(waitingOnly: Bool) async throws -> [Approval]
    /// Decides a waiting approval; an approved draft becomes active and armed. False when it was not waiting.
    func decide(approval id: Int64, approved: Bool, at: Date) async throws -> Bool
}

extension JobStore {
    package func record(_ step: StepRun) async throws { try await record([step]) }
}

/// One part of a change.
package enum Edit: Codable, Hashable, Sendable {
    case create(Job)
    /// Whole new value of the job with this id.
    case update(Job)
    case delete(JobID)
    case set(name: String, value: String?)
    /// A waiting approval for a job that this change creates (by position among its creates) or updates.
    case requireApproval(job: JobID, planHash: String, reasons: [String])
}

/// Before and after of one applied plan.
package struct Change: Codable, Hashable, Sendable, Identifiable {
    package struct Item: Codable, Hashable, Sendable {
        package var before: Job?
        package var after: Job?
        package var setting: String?
        package var valueBefore: String?
        package var valueAfter: String?

        package init(
            before: Job? = nil, after: Job? = nil, setting: String? = nil, valueBefore: String? = nil,
            valueAfter: String? = nil
        ) {
            self.before = before
            self.after = after
            self.setting = setting
            self.valueBefore = valueBefore
            self.valueAfter = valueAfter
        }
    }

    package var id: Int64
    package var at: Date
    package var summary: String
    package var items: [Item]
    package var undone: Bool

    package init(id: Int64, at: Date, summary: String, items: [Item], undone: Bool = false) {
        self.id = id
        self.at = at
        self.summary = summary
        self.items = items
        self.undone = undone
    }
}

/// Why a store cannot do what was asked. Messages are whole sentences for a person.
package enum StoreError: Error, Hashable, Sendable {
    case nameTaken(String)
    case noSuchJob(JobID)
    /// Written by a newer version of the program.
    case newerVersion(path: String, found: String)
    case corrupt(path: String, detail: String)
    case readOnly(path: String)
    case full(path: String)
    case unavailable(path: String, detail: String)
    /// Another process has become the owner of the scheduler.
    case superseded
    /// The file is a copy of a store that another file, or another machine, holds.
    case copied(path: String)
}
