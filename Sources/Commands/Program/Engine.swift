import Coordination
import Foundation
import HTTPTransport
import JobModel
import Logging
import Notifications
import Playbooks
import Scheduling
import ServiceLifecycle
import Settings
import StepExecution

/// What runs jobs: the scheduler, the step runner and the outbox, over one store that this process owns.
struct Engine: Sendable {
    let scheduler: Scheduler
    let outbox: Outbox
    /// Rung after every outcome.
    let outcomes: WakeSignal
    let watch: EngineWatch
    private let tell: @Sendable () -> Void

    /// - Parameters:
    ///   - lock: held by this process.
    ///   - logger: where this process shows warnings; `scheduler.log` gets everything besides.
    ///   - tellTrouble: told once when the store cannot be used, and once when it can again.
    init(
        _ workplace: Workplace, lock: SchedulerLock, logger: Logger,
        tellTrouble: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        let time = SystemTimeSource()
        let outcomes = WakeSignal()
        let watch = EngineWatch(workplace, console: logger, time: time)
        let logger = watch.logger
        let ring = workplace.ring
        let tell: @Sendable () -> Void = {
            outcomes.ring()
            ring()
        }
        let outbox = Outbox(
            store: workplace.store, gateways: try workplace.gateways(), time: time,
            mostAnHour: workplace.settings.limits.messages, zone: workplace.zone, logger: logger, announce: tell,
            settled: { watch.settled($0) })
        let relay = SchedulerRelay()
        let lease = OwnerLease(lock) { relay.stepDown() }
        let boundary = CrashPoint.hook(workplace.program.environment)
        let executor = try workplace.stepExecutor(store: workplace.store, wake: { relay.wake() })
        let zone = workplace.zone
        let user = workplace.user
        let runner = JobRunner(
            store: workplace.store, executor: executor, time: time, zone: { zone }, user: { user }, boundary: boundary)
        let store = workplace.program.paths.store
        scheduler = Scheduler(
            store: workplace.store, executor: runner, time: time, configuration: workplace.schedulerConfiguration,
            hooks: .init(
                announce: {
                    outbox.wake()
                    tell()
                },
                fence: { _ = ProcessInspection.killGroup($0) },
                fenceRuns: { RunProcesses.kill(store: store) },
                live: { isLive in
                    lease.setLive(isLive)
                    if isLive { ring() }
                },
                trouble: { error in
                    watch.troubles.storeTrouble(error)
                    tellTrouble(error?.message ?? "The store can be used again; the work goes on.")
                },
                boundary: boundary),
            logger: logger)
        self.outbox = outbox
        self.outcomes = outcomes
        self.watch = watch
        self.tell = tell
        relay.connect(scheduler)
    }

    /// What keeps to the registry: the scheduler looks at what it changed, and everybody is told.
    func registryKeeper(of workplace: Workplace, note: (@Sendable (String) -> Void)? = nil) -> RegistryKeeper {
        let (scheduler, outcomes, ring) = (scheduler, outcomes, workplace.ring)
        return RegistryKeeper(workplace, note: note ?? workplace.program.output.note) {
            scheduler.wake()
            outcomes.ring()
            ring()
        }
    }

    /// Another process rang: something changed in the store.
    func wake() {
        scheduler.wake()
        watch.journal.wake()
    }

    /// The services in the order in which they start; they stop the other way round, so that what the last runs
    /// queued still leaves.
    func services(with others: [ServiceGroupConfiguration.ServiceConfiguration] = []) -> [ServiceGroupConfiguration
        .ServiceConfiguration]
    {
        watch.before + [.init(service: outbox), .init(service: scheduler)]
            + watch.after(scheduler, announce: tell) + others
    }
}

extension Logger {
    /// Warnings and worse, to standard error.
    static var warnings: Logger {
        var logger = Logger(label: "rota", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .warning
        return logger
    }
}

/// Reaches the scheduler once there is one: steps, leases and conversations exist before it.
final class SchedulerRelay: Sendable {
    private let target = LockedBox<Scheduler?>(nil)

    func connect(_ scheduler: Scheduler) { target.set(scheduler) }
    func wake() { target.value?.wake() }

    func stepDown() {
        guard let scheduler = target.value else { return }
        Task { await scheduler.stepDown() }  // called from a timer's queue; stepping down is one message to the actor
    }
}

/// A ring that reaches whoever is connected later.
final class WakeRelay: Sendable {
    private let target = LockedBox<(@Sendable () -> Void)?>(nil)

    func connect(_ action: @escaping @Sendable () -> Void) { target.set(action) }
    func ring() { target.value?() }
}

/// A service out of a closure that runs until it is cancelled or the group shuts down.
struct ClosureService: Service {
    let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) { self.body = body }

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await body() }
        } catch is CancellationError {
            // Being told to stop is how it ends.
        }
    }
}
