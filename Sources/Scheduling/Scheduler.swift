import Foundation
import JobModel
import Logging

/// Claims what is due, starts it, retries it, and catches up after downtime.
///
/// Time enters as an argument or through the `TimeSource`, so that transcripts drive the same code in virtual time:
/// `prepare` and `perform` are the two halves of a cycle, `run()` (in `Scheduler+Service.swift`) the loop around them.
package actor Scheduler {
    package struct Configuration: Sendable {
        /// Runs at a time.
        package var concurrency: Int
        /// Seconds that running jobs get after a stop was asked for.
        package var grace: TimeInterval
        /// Seed of the retry jitter; `nil` is random.
        package var seed: UInt64?

        package init(concurrency: Int = 5, grace: TimeInterval = 10, seed: UInt64? = nil) {
            self.concurrency = concurrency
            self.grace = grace
            self.seed = seed
        }
    }

    /// A run that keeps killing its owner is given up after this many starts.
    static let startLimit = 3

    let store: any JobStore
    let executor: any RunExecutor
    let time: any TimeSource
    let configuration: Configuration
    let logger: Logger
    let wakeSignal = WakeSignal()
    /// Told after every outcome: chats and the outbox have something to show or send.
    let announce: @Sendable () -> Void
    /// Ends a script that outlived its scheduler.
    let fence: @Sendable (ProcessIdentity) -> Void

    var inChargeSince: Date
    var underWay: [RunID: Run] = [:]
    var jitter: SeededGenerator
    var isStopping = false
    /// Ends counted by the loop to know how many runs are active.
    var finishedRuns = 0
    /// Cycles in a row in which the store could not be used.
    var storeTrouble = 0

    package init(
        store: any JobStore, executor: any RunExecutor, time: any TimeSource, configuration: Configuration = .init(),
        logger: Logger = Logger(label: "rota.scheduler"), announce: @escaping @Sendable () -> Void = {},
        fence: @escaping @Sendable (ProcessIdentity) -> Void = { _ in }
    ) {
        self.store = store
        self.executor = executor
        self.time = time
        self.configuration = configuration
        self.logger = logger
        self.announce = announce
        self.fence = fence
        inChargeSince = time.now
        jitter = SeededGenerator(seed: configuration.seed ?? UInt64.random(in: 0...UInt64.max))
    }

    /// Something changed in the store: looks at once instead of at the next due moment.
    package nonisolated func wake() { wakeSignal.ring() }

    // MARK: Taking charge

    /// Returns the runs of a dead owner to the queue. Called once, after the ownership was won.
    package func takeCharge() async throws {
        inChargeSince = time.now
        for run in try await store.interruptedRuns() {
            for step in try await store.stepRuns(of: run.id) where step.state == .running {
                if let process = step.process { fence(process) }
            }
            try await recover(run)
        }
    }

    private func recover(_ run: Run) async throws {
        let job = try await store.job(run.jobID)
        let deaths = try await countDeath(of: run)
        if deaths >= Self.startLimit {
            try await fail(run, of: job, reason: "given up: the scheduler died \(deaths) times while it ran")
        } else if job?.policies.atMostOnce == true {
            try await fail(run, of: job, reason: "the scheduler died while it ran; at most once was asked for")
        } else {
            _ = try await store.requeue(
                run: run.id, token: run.token, reason: "started again: the scheduler died while it ran")
        }
    }

    /// Retries and graceful stops are no deaths: those are counted apart from attempts.
    private func countDeath(of run: Run) async throws -> Int {
        let name = "run.\(run.id).deaths"
        let deaths = (try await store.remembered(name).flatMap { Int($0) } ?? 0) + 1
        try await store.remember(deaths < Self.startLimit ? String(deaths) : nil, as: name)
        return deaths
    }

    private func fail(_ run: Run, of job: Job?, reason: String) async throws {
        let name = job?.name ?? "Job \(run.jobID)"
        let outcome = RunOutcome(state: .failed, reason: reason, message: "\(name) failed: \(reason)")
        guard try await store.finish(run: run.id, token: run.token, outcome: outcome, at: time.now) else { return }
        if let job { try await emitOutcome(of: run, job: job, outcome: outcome, at: time.now) }
        try await store.finishSpent()
        announce()
    }

    // MARK: One cycle

    /// Claims everything due by `now` and what waits in the queue; returns the runs to perform, most urgent first.
    ///
    /// - Parameter queueUntil: Takes from the queue what is due by then, although the clock is read as `now`.
    package func prepare(at now: Date, queueUntil: Date? = nil) async throws -> [Run] {
        if try await isPaused(at: now) { return [] }
        _ = try await store.resumeDue(at: now)
        // The queue first: what was interrupted or waits for its retry is the earlier run of its job.
        var claimed = try await claimQueue(at: queueUntil ?? now)
        let armed = try await store.armed(limit: 1000).filter { $0.due <= now }
        if !armed.isEmpty {
            let decision = DueDecision(inChargeSince: inChargeSince)
            let claims = decision.claims(for: armed, at: now, busy: try await busyJobs, token: Self.newToken)
            claimed += try await store.claim(claims, at: now)
            try await reportSkips(claims, armed: armed, at: now)
        }
        let priorities = Dictionary(armed.map { ($0.job.id, $0.job.policies.priority) }, uniquingKeysWith: { $1 })
        let ordered = claimed.sorted { left, right in
            let (a, b) = (priorities[left.jobID] ?? .normal, priorities[right.jobID] ?? .normal)
            return a == b ? (left.due, left.id) < (right.due, right.id) : a > b
        }
        for run in ordered { underWay[run.id] = run }
        return ordered
    }

    /// The next moment at which there is something to do, or `nil` when only a wake can bring work.
    package func nextMoment() async throws -> Date? {
        if let pause = try await store.schedulerPause() { return pause == .distantFuture ? nil : pause }
        let armed = try await store.armed(limit: 1).first?.due
        // What waits for an earlier run of its job is looked at when that run ends.
        let busy = Set(underWay.values.map(\.jobID))
        let queued = try await store.queue().filter { !busy.contains($0.jobID) }.map { $0.notBefore ?? $0.due }.min()
        let resumed = try await store.nextResume()
        return [armed, queued, resumed].compactMap(\.self).min()
    }

    /// Pausing everything is kept in the store, so that it holds over restarts and for every process.
    private func isPaused(at now: Date) async throws -> Bool {
        guard let until = try await store.schedulerPause() else { return false }
        guard until <= now else { return true }
        try await store.pauseScheduler(until: nil)
        return false
    }

    /// Jobs with a run under way or on its way, and the due moment of that run.
    private var busyJobs: [JobID: Date] {
        get async throws {
            let waiting = try await store.queue()
            return Dictionary((underWay.values + waiting).map { ($0.jobID, $0.due) }, uniquingKeysWith: max)
        }
    }

    private func claimQueue(at now: Date) async throws -> [Run] {
        var claimed: [Run] = []
        for var run in try await store.queue() where (run.notBefore ?? run.due) <= now {
            guard try await mayStart(run) else { continue }
            let token = Self.newToken()
            guard try await store.claim(run: run.id, token: token, at: now) else { continue }
            run.token = token
            run.attempt += 1
            run.state = .claimed
            underWay[run.id] = run
            claimed.append(run)
        }
        return claimed
    }

    /// A second run of a job waits in the queue until the first has ended, unless the job allows both.
    private func mayStart(_ run: Run) async throws -> Bool {
        guard underWay.values.contains(where: { $0.jobID == run.jobID }) else { return true }
        return try await store.job(run.jobID)?.policies.overlap == .allow
    }

    private func reportSkips(_ claims: [OccurrenceClaim], armed: [ArmedTrigger], at now: Date) async throws {
        let names = Dictionary(armed.map { ($0.job.id, $0.job.name) }, uniquingKeysWith: { $1 })
        for (job, skipped) in Dictionary(grouping: claims.filter(\.isSkip), by: \.jobID).sorted(by: { $0.key < $1.key })
        {
            guard case .skip(let reason)? = skipped.last?.disposition else { continue }
            let times = skipped.count == 1 ? "" : " \(skipped.count) times"
            let text = "\(names[job] ?? "Job \(job)") skipped\(times): \(reason)"
            _ = try await store.post(Message(jobID: job, runID: nil, at: now, text: text))
            announce()
        }
    }

    static func newToken() -> String { UUID().uuidString }
}

extension OccurrenceClaim {
    fileprivate var isSkip: Bool {
        if case .skip = disposition { true } else { false }
    }
}

/// SplitMix64: the same seed gives the same waits, so that a transcript replays exactly.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
