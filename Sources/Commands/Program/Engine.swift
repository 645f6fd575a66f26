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

    /// - Parameter logger: where this process shows warnings; `scheduler.log` gets everything besides.
    init(_ workplace: Workplace, logger: Logger) throws {
        let time = SystemTimeSource()
        let outcomes = WakeSignal()
        let watch = EngineWatch(workplace, console: logger, time: time)
        let logger = watch.logger
        let zone = workplace.zone
        let ring = workplace.ring
        let tell: @Sendable () -> Void = {
            outcomes.ring()
            ring()
        }
        let outbox = Outbox(
            store: workplace.store, gateways: try workplace.gateways(), time: time, logger: logger, announce: tell,
            settled: { watch.settled($0) })
        let wake = WakeRelay()
        let executor = try workplace.stepExecutor(store: workplace.store, wake: { wake.ring() })
        let runner = JobRunner(store: workplace.store, executor: executor, time: time, zone: { zone })
        scheduler = Scheduler(
            store: workplace.store, executor: runner,
            time: time,
            configuration: workplace.schedulerConfiguration,
            hooks: .init(
                announce: {
                    outbox.wake()
                    tell()
                },
                fence: { _ = ProcessInspection.killGroup($0) },
                trouble: { watch.troubles.storeTrouble($0) }),
            logger: logger)
        self.outbox = outbox
        self.outcomes = outcomes
        self.watch = watch
        self.tell = tell
        let scheduler = scheduler
        wake.connect { scheduler.wake() }
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

/// A ring that reaches the scheduler once there is one: steps and conversations exist before it.
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
