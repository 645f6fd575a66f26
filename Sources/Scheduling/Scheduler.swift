import Foundation
import JobModel
import Logging

/// Claims what is due, starts it, retries it, and catches up after downtime.
///
/// Decisions are values (`DueDecision`, `StartDecision`, `RunLife`); this actor reads what they need, carries out what
/// they say, and holds what is under way. Time enters as an argument or through the `TimeSource`, so that transcripts
/// and the simulation drive the same code in virtual time: `prepare` and `perform` are the two halves of a cycle,
/// `run()` (in `Scheduler+Service.swift`) the loop around them.
package actor Scheduler {
    let store: any JobStore
    let executor: any RunExecutor
    let time: any TimeSource
    let hooks: Hooks
    let logger: Logger
    let wakeSignal = WakeSignal()
    /// Signs of life of the loop, for a watchdog outside of this actor.
    package nonisolated let looks: LookRecord
    /// Where executions run; `nil` is anywhere. A simulation keeps everything on one thread.
    let taskExecutor: (any TaskExecutor)?

    var configuration: Configuration
    /// The owner's number: claims with an earlier one are refused. `nil` before `takeCharge`.
    var epoch: Epoch?
    var inChargeSince: Date
    var clockSeen: Date
    var underWay: [RunID: Active] = [:]
    var jitter: SeededGenerator
    var isStopping = false
    /// Why this scheduler ends without touching the store again: another process has become the owner, or the file is
    /// damaged.
    var ending: StoreError?
    /// Cycles in a row in which the store could not be used.
    var storeTrouble = 0

    /// A run that is claimed here.
    struct Active: Sendable {
        var run: Run
        var policies: Policies
        var place: StartDecision.Place
        /// Executes its steps; `nil` until they begin.
        var execution: Task<RunOutcome, Never>?
    }

    package init(
        store: any JobStore, executor: any RunExecutor, time: any TimeSource, configuration: Configuration = .init(),
        hooks: Hooks = .init(), logger: Logger = Logger(label: "rota.scheduler"), looks: LookRecord = LookRecord(),
        taskExecutor: (any TaskExecutor)? = nil
    ) {
        self.store = store
        self.executor = executor
        self.time = time
        self.configuration = configuration
        self.hooks = hooks
        self.logger = logger
        self.looks = looks
        self.taskExecutor = taskExecutor
        inChargeSince = time.now
        clockSeen = time.now
        jitter = SeededGenerator(seed: configuration.seed ?? UInt64.random(in: 0...UInt64.max))
    }

    /// Something changed in the store: looks at once instead of at the next due moment.
    package nonisolated func wake() { wakeSignal.ring() }

    /// Other limits from now on; what is under way goes on.
    package func configure(_ configuration: Configuration) {
        self.configuration = configuration
        wake()
    }

    /// The next moment at which there is something to do, or `nil` when only a wake can bring work.
    package func nextMoment() async throws -> Date? {
        if let pause = try await store.schedulerPause() { return pause == .distantFuture ? nil : pause }
        let armed = try await store.nextDue()
        // What is ready and waits for room is looked at when a run ends.
        let queued = try await store.nextReady(after: time.now)
        let resumed = try await store.nextResume()
        return [armed, queued, resumed].compactMap(\.self).min()
    }

    nonisolated func newToken() -> String { UUID().uuidString }
}

extension Scheduler {
    package struct Configuration: Sendable {
        package var limits: StartDecision.Limits
        /// Seconds that running jobs get after a stop was asked for.
        package var grace: TimeInterval
        /// Seconds after which the loop looks at the clock although nothing is due: it may have been set back.
        package var longestWait: TimeInterval?
        package var identity: OwnerIdentity
        /// Takes a copied store as its own.
        package var adopting: Bool
        /// Seed of the retry jitter; `nil` is random.
        package var seed: UInt64?

        package init(
            limits: StartDecision.Limits = .init(), grace: TimeInterval = 10, longestWait: TimeInterval? = nil,
            identity: OwnerIdentity = OwnerIdentity(process: ProcessIdentity(pid: 0, startTime: 0), machine: ""),
            adopting: Bool = false, seed: UInt64? = nil
        ) {
            self.limits = limits
            self.grace = grace
            self.longestWait = longestWait
            self.identity = identity
            self.adopting = adopting
            self.seed = seed
        }
    }

    /// What the scheduler tells the program around it.
    package struct Hooks: Sendable {
        /// After every outcome: chats and the outbox have something to show or send.
        package var announce: @Sendable () -> Void
        /// Ends a script that outlived its scheduler.
        package var fence: @Sendable (ProcessIdentity) -> Void
        /// Ends what is left of the runs of this store, whoever started them.
        package var fenceRuns: @Sendable () -> Void
        /// Runs are under way, or none is any more: leases are only needed meanwhile.
        package var live: @Sendable (Bool) -> Void
        /// The store cannot be used, and why; `nil` when it can again.
        package var trouble: @Sendable (StoreError?) -> Void
        package var boundary: Boundary.Hook

        package init(
            announce: @escaping @Sendable () -> Void = {},
            fence: @escaping @Sendable (ProcessIdentity) -> Void = { _ in },
            fenceRuns: @escaping @Sendable () -> Void = {},
            live: @escaping @Sendable (Bool) -> Void = { _ in },
            trouble: @escaping @Sendable (StoreError?) -> Void = { _ in },
            boundary: @escaping Boundary.Hook = { _ in }
        ) {
            self.announce = announce
            self.fence = fence
            self.fenceRuns = fenceRuns
            self.live = live
            self.trouble = trouble
            self.boundary = boundary
        }
    }
}
