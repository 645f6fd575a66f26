import Foundation
import JobModel
import Logging
import Observation
import Planning
import Scheduling
import ServiceLifecycle
import Settings

/// All that watches one engine: its log, its metrics, what it deletes, and the dog.
///
/// Loggers and metrics are handed on from here; the global ones of their libraries stay as they are.
struct EngineWatch: Sendable {
    /// To `scheduler.log`, and to what the process shows.
    let logger: Logger
    let metrics: SchedulerMetrics
    let journal: SchedulerJournal
    let troubles: TroubleKeeper
    private let log: RotatingLogFile
    private let writer: MetricsWriter
    private let workplace: Workplace

    /// - Parameter console: where the process itself shows warnings.
    init(_ workplace: Workplace, console: Logger, time: any TimeSource) {
        let (paths, settings, registry) = (workplace.program.paths, workplace.settings, MetricsRegistry())
        let limits = RotatingLogFile.Limits(size: settings.logSize, files: settings.logFiles)
        let log = RotatingLogFile.ofJSON(at: paths.schedulerLog, limits: limits)
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        logger = Self.logger(to: log, level: level, console: console)
        metrics = SchedulerMetrics(factory: registry)
        let writer = MetricsWriter(
            store: workplace.store, metrics: metrics, file: MetricsFile(path: paths.metrics, registry: registry),
            time: time)
        journal = SchedulerJournal(
            store: workplace.store, logger: Self.logger(to: log, level: level, console: nil), metrics: metrics,
            noted: { writer.signal.ring() })
        troubles = TroubleKeeper(
            note: OwnerNote(path: paths.ownerNote), logger: logger, now: workplace.program.now)
        self.log = log
        self.writer = writer
        self.workplace = workplace
        let (metrics, journal) = (metrics, journal)
        // Whatever this process writes may be an event; what others write, they ring for.
        workplace.sqlite?.observeSyncs { seconds in
            metrics.synced(seconds: seconds)
            journal.wake()
        }
    }

    /// The console shows what the log does only from warnings on; a job's own failures, which the journal tells, are
    /// shown there as outcomes already.
    private static func logger(to log: RotatingLogFile, level: Logger.Level, console: Logger?) -> Logger {
        let file = JSONLogHandler(label: "rota.scheduler", file: log, level: level)
        // Each keeps its own level: setting the logger's would set both.
        let handlers: [any LogHandler] = [file] + (console.map { [$0.handler] } ?? [])
        return Logger(label: "rota.scheduler") { _ in MultiplexLogHandler(handlers) }
    }

    /// A delivery came to an end.
    func settled(_ delivery: Delivery) {
        guard delivery.state == .sent || delivery.state == .givenUp else { return }
        let state = delivery.state == .sent ? "sent" : "given_up"
        metrics.delivered(state)
        logger.log(
            level: delivery.state == .sent ? .info : .warning, "delivery \(state.replacing("_", with: " "))",
            metadata: [
                "job": .string(delivery.jobName), "to": .string(delivery.recipient.description),
                "attempt": .stringConvertible(delivery.attempt), "reason": .string(delivery.reason ?? ""),
            ])
    }

    /// What is left to tell, and nothing waits for the disk any more.
    func end() async {
        await journal.readOn()
        logger.notice("scheduler stopped")
        log.flush()
    }

    // MARK: Services

    /// Those that watch others stop after them: they stand before them in a group.
    var before: [ServiceGroupConfiguration.ServiceConfiguration] {
        [
            .init(service: ClosureService { await writer.run() }),
            .init(
                service: ClosureService {
                    await journal.run()
                    await end()
                }),
        ]
    }

    func after(_ scheduler: Scheduling.Scheduler, announce: @escaping @Sendable () -> Void)
        -> [ServiceGroupConfiguration.ServiceConfiguration]
    {
        let workplace = workplace
        let reporter = StallReporter(
            store: workplace.store, logger: logger, metrics: metrics, troubles: troubles,
            zone: { await workplace.personZone() }, now: workplace.program.now, announce: announce)
        let retention = Retention(
            age: TimeInterval(workplace.settings.retentionDays) * 86_400,
            runsPerJob: workplace.settings.retentionRuns, batch: 200)
        let pruning = RetentionService(store: workplace.store, retention: retention, logger: logger)
        return [
            .init(service: ClosureService { await reporter.run() }),
            .init(service: WatchdogService(looks: scheduler.looks) { reporter.tell($0) }),
            .init(service: ClosureService { try await pruning.run() }),
        ]
    }
}
