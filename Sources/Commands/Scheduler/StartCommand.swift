import ArgumentParser
import Conversation
import Coordination
import Foundation
import JobModel
import Logging
import Scheduling
import ServiceLifecycle

struct StartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "The scheduler in the foreground; SIGTERM or Ctrl-C stops it.")
    @Option(name: .customLong("for"), help: "Stop by itself after this long: 90s, 10m, 2h.") var duration: String?
    @Flag(help: "Wait while another process owns the scheduler, and take over when that ends.") var standby = false
    @Flag(help: "Make a copied store this one's own: only where the original is no longer used.") var adopt = false

    func run() async throws {
        let limit = try duration.map(Self.seconds)
        var (workplace, doorbell) = try await Workplace.open().listening()
        workplace.adopting = adopt
        defer { doorbell.close() }
        let rung = WakeSignal()
        let relay = WakeRelay()
        relay.connect { rung.ring() }
        let rings = doorbell.rings
        let listener = Task { for await _ in rings { relay.ring() } }  // ends with the doorbell
        defer { listener.cancel() }
        let lock = try await lock(of: workplace, rung: rung)
        defer { lock.release() }
        let note = workplace.program.output.note
        let engine = try Engine(workplace, lock: lock, logger: .warnings, tellTrouble: note)
        await engine.watch.journal.begin()
        let registry = engine.registryKeeper(of: workplace)
        relay.connect {
            engine.wake()
            registry.wake()
        }
        let printer = OutcomePrinter(workplace: workplace, signal: engine.outcomes)
        await printer.begin()
        try await engine.scheduler.takeCharge()
        await registry.look()
        note("The scheduler runs (process \(getpid()), store \(workplace.program.paths.store)). Ctrl-C stops it.")
        let others = [ClosureService { await printer.run() }, ClosureService { await registry.run() }]
        try await runServices(engine, with: others, lock: lock, workplace: workplace, limit: limit)
        // What the last runs queued leaves before the end, as far as it can.
        _ = await engine.outbox.drain(now: workplace.program.now())
        await printer.printNew()
        note("The scheduler has stopped.")
    }

    private func lock(of workplace: Workplace, rung: WakeSignal) async throws -> SchedulerLock {
        guard standby else { return try await workplace.acquireScheduler() }
        if let owner = SchedulerLock(path: workplace.program.paths.ownerLock).holder {
            workplace.program.output.note("Standing by: the scheduler runs in process \(owner.pid).")
        }
        let lock = SchedulerLock(path: workplace.program.paths.ownerLock)
        try await workplace.standBy(for: lock, rung: rung)
        return lock
    }

    private func runServices(
        _ engine: Engine, with others: [ClosureService], lock: SchedulerLock, workplace: Workplace, limit: TimeInterval?
    ) async throws {
        var others = others.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        if let limit {
            let timer = ClosureService { try await Task.sleep(for: .seconds(limit)) }
            others.append(.init(service: timer, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: engine.services(with: others), gracefulShutdownSignals: [.sigterm, .sigint],
                logger: .warnings))
        let scheduler = engine.scheduler
        let signals = Signals(lock: lock, store: workplace.program.paths.store) {
            Task { await Self.reload(scheduler, workplace) }  // a signal's handler is synchronous
        }
        defer { withExtendedLifetime(signals) {} }
        try await group.run()
    }

    /// Limits and grace hold from now on; a broken file changes nothing and is said.
    private static func reload(_ scheduler: Scheduling.Scheduler, _ workplace: Workplace) async {
        do {
            let fresh = try workplace.rereadingSettings()
            await scheduler.configure(fresh.schedulerConfiguration)
            workplace.program.output.note("The configuration was read again.")
        } catch {
            let message = (error as? CommandFailure)?.message ?? "\(error)"
            workplace.program.output.note("\(message) The configuration stays as it was.")
        }
    }

    /// "4s", "90s", "10m", "2h", or bare seconds.
    static func seconds(_ text: String) throws -> TimeInterval {
        guard let seconds = DurationWords.seconds(text), seconds > 0, seconds < 1e9 else {
            throw ValidationError("\"\(text)\" is no length of time; 90s, 10m and 2h are")
        }
        return seconds
    }
}
