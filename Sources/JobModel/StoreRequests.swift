import Foundation

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
        /// A run that starts now, claimed with `token`.
        case run(late: Bool, reason: String?, token: String)
        /// A run that waits in the queue.
        case wait(late: Bool, reason: String?)
        /// A row that names why nothing ran; with `through` it stands for all moments until then.
        case skip(reason: String, through: Date?)

        package static func skip(reason: String) -> Self { .skip(reason: reason, through: nil) }
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

/// A run and the token that claims it, or claimed it.
package struct RunClaim: Hashable, Sendable {
    package var id: RunID
    package var token: String

    package init(id: RunID, token: String) {
        self.id = id
        self.token = token
    }
}

/// Everything that one cycle of the scheduler writes.
package struct ClaimRequest: Sendable {
    /// The owner's; `nil` is not checked.
    package var epoch: Epoch?
    package var occurrences: [OccurrenceClaim]
    package var queued: [RunClaim]
    /// Runs that are ended for a newer one of their job; they stay where none of `occurrences` makes one.
    package var cancelled: [RunID]
    /// Lines about what was skipped.
    package var messages: [Message]

    package init(
        epoch: Epoch? = nil, occurrences: [OccurrenceClaim] = [], queued: [RunClaim] = [], cancelled: [RunID] = [],
        messages: [Message] = []
    ) {
        self.epoch = epoch
        self.occurrences = occurrences
        self.queued = queued
        self.cancelled = cancelled
        self.messages = messages
    }

    package var isEmpty: Bool { occurrences.isEmpty && queued.isEmpty && cancelled.isEmpty && messages.isEmpty }
}

/// Which waiting runs are candidates for a start.
package struct QueueQuery: Hashable, Sendable {
    package var readyBy: Date
    /// Of each priority.
    package var limit: Int
    /// Jobs and groups that are at their limits.
    package var excludedJobs: Set<JobID>
    package var excludedGroups: Set<String>

    package init(
        readyBy: Date = .distantFuture, limit: Int = 1000, excludedJobs: Set<JobID> = [],
        excludedGroups: Set<String> = []
    ) {
        self.readyBy = readyBy
        self.limit = limit
        self.excludedJobs = excludedJobs
        self.excludedGroups = excludedGroups
    }
}

package struct Backlog: Hashable, Sendable {
    /// Waiting runs, ready or not.
    package var waiting: Int
    /// Since when the first of those that are ready is.
    package var oldestReady: Date?

    package init(waiting: Int = 0, oldestReady: Date? = nil) {
        self.waiting = waiting
        self.oldestReady = oldestReady
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

/// Failed runs of a job, one after the other.
package struct FailureStreak: Hashable, Sendable {
    package var count: Int
    /// When the first and the last of them ended; `nil` with none.
    package var since: Date?
    package var latest: Date?
    /// Why the last of them failed.
    package var reason: String?

    package init(count: Int = 0, since: Date? = nil, latest: Date? = nil, reason: String? = nil) {
        self.count = count
        self.since = since
        self.latest = latest
        self.reason = reason
    }
}

/// What may be deleted: whatever is over and older than `age`, or beyond the newest `runsPerJob` of its job.
package struct Retention: Hashable, Sendable {
    /// Seconds.
    package var age: TimeInterval
    package var runsPerJob: Int
    /// Rows that one transaction deletes, so that no claim waits long.
    package var batch: Int

    package init(age: TimeInterval = 90 * 86_400, runsPerJob: Int = 1000, batch: Int = 500) {
        self.age = age
        self.runsPerJob = runsPerJob
        self.batch = batch
    }
}

extension JobStore {
    package func armed(limit: Int) async throws -> [ArmedTrigger] { try await armed(dueBy: nil, limit: limit) }

    package func claim(_ occurrences: [OccurrenceClaim], at date: Date) async throws -> [Run] {
        try await claim(ClaimRequest(occurrences: occurrences), at: date)
    }

    /// Claims one waiting run. False when somebody else has it or it is gone.
    package func claim(run id: RunID, token: String, at date: Date) async throws -> Bool {
        try await !claim(ClaimRequest(queued: [RunClaim(id: id, token: token)]), at: date).isEmpty
    }
}
