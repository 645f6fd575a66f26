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
    func remember(_ value: String?, as name: String) async throws
    func remembered(_ name: String) async throws -> String?

    // MARK: Scheduling

    /// Due moments of active jobs, earliest first; `limit` bounds the look-ahead.
    func armed(limit: Int) async throws -> [ArmedTrigger]

    /// Turns due moments into runs (or named skips) and arms each trigger for its next moment, all in one transaction.
    /// An occurrence that has a run already is left out of the answer: it can never run twice.
    func claim(_ claims: [OccurrenceClaim], at: Date) async throws -> [Run]

    /// Adds a run that no clock asked for.
    func enqueue(_ run: Run) async throws -> Run

    /// Runs that wait to be started: `due`, and `retrying` whose time has come or will come; earliest first.
    func queue() async throws -> [Run]

    /// Claims a waiting run. False when somebody else has it or it is gone.
    func claim(run id: RunID, token: String, at: Date) async throws -> Bool

    /// claimed → running, guarded by `token`. False when the claim no longer holds.
    func begin(run id: RunID, token: String, at: Date) async throws -> Bool

    /// running → the outcome's state, with its message and deliveries; guarded by `token`. False when the claim no
    /// longer holds; then nothing was written. A finished run never changes.
    func finish(run id: RunID, token: String, outcome: RunOutcome, at: Date) async throws -> Bool

    /// Records a step's start or end (same run, index and attempt replace each other).
    func record(_ step: StepRun) async throws
    func stepRuns(of run: RunID) async throws -> [StepRun]

    /// Runs that were claimed or running when their owner died. Called by the new owner only.
    func interruptedRuns() async throws -> [Run]
    /// Returns such a run to the queue. Guarded by the old token.
    func requeue(run id: RunID, token: String, reason: String) async throws -> Bool

    /// Waiting or running → cancelled.
    func cancel(run id: RunID, reason: String, at: Date) async throws -> Bool

    /// Latest first.
    func runs(_ query: RunQuery) async throws -> [Run]

    /// Jobs paused until a moment that has come become active and armed; returns them.
    func resumeDue(at: Date) async throws -> [Job]
    /// The earliest moment at which a paused job resumes by itself.
    func nextResume() async throws -> Date?
    /// Active jobs whose triggers are all spent and whose runs are all over become `finished`.
    func finishSpent() async throws

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

/// A trigger that is armed for a moment.
package struct ArmedTrigger: Hashable, Sendable {
    package var job: Job
    package var triggerID: TriggerID
    package var due: Date

    package init(job: Job, triggerID: TriggerID, due: Date) {
        self.job = job
        self.triggerID = triggerID
        self.due = due
    }
}

/// The decision about one due moment.
package struct OccurrenceClaim: Hashable, Sendable {
    package enum Disposition: Hashable, Sendable {
        case run(late: Bool, reason: String?, token: String)
        case skip(reason: String)
        /// Coalesced into another run: no row of its own (downtime), only the trigger moves on.
        case pass
    }

    package var jobID: JobID
    package var triggerID: TriggerID
    package var due: Date
    package var disposition: Disposition
    /// What the trigger is armed for afterwards; `nil` when it is spent.
    package var nextDue: Date?

    package init(jobID: JobID, triggerID: TriggerID, due: Date, disposition: Disposition, nextDue: Date?) {
        self.jobID = jobID
        self.triggerID = triggerID
        self.due = due
        self.disposition = disposition
        self.nextDue = nextDue
    }
}

package struct RunQuery: Hashable, Sendable {
    package var job: JobID?
    package var states: Set<Run.State>
    package var since: Date?
    package var limit: Int

    package init(job: JobID? = nil, states: Set<Run.State> = [], since: Date? = nil, limit: Int = 20) {
        self.job = job
        self.states = states
        self.since = since
        self.limit = limit
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
}
