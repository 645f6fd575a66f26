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

    func run() async throws {
        let limit = try duration.map(Self.seconds)
        let (workplace, doorbell) = try await Workplace.open().listening()
        defer { doorbell.close() }
        let lock = try await workplace.acquireScheduler()
        defer { lock.release() }
        let engine = try Engine(workplace, logger: .warnings)
        await engine.watch.journal.begin()
        let printer = OutcomePrinter(workplace: workplace, signal: engine.outcomes)
        await printer.begin()
        workplace.program.output.note(
            "The scheduler runs (process \(getpid()), store \(workplace.program.paths.store)). Ctrl-C stops it.")
        try await runServices(engine, printer: printer, doorbell: doorbell, limit: limit)
        // What the last runs queued leaves before the end, as far as it can.
        _ = await engine.outbox.drain(now: workplace.program.now())
        await printer.printNew()
        workplace.program.output.note("The scheduler has stopped.")
    }

    private func runServices(_ engine: Engine, printer: OutcomePrinter, doorbell: Doorbell, limit: TimeInterval?)
        async throws
    {
        var others: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: ClosureService { await printer.run() })
        ]
        others.append(.init(service: ClosureService { for await _ in doorbell.rings { engine.wake() } }))
        if let limit {
            let timer = ClosureService { try await Task.sleep(for: .seconds(limit)) }
            others.append(.init(service: timer, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: engine.services(with: others), gracefulShutdownSignals: [.sigterm, .sigint],
                logger: .warnings))
        try await group.run()
    }

    /// "4s", "90s", "10m", "2h", or bare seconds.
    static func seconds(_ text: String) throws -> TimeInterval {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let factor = text.last.flatMap { units[$0] }
        let digits = factor == nil ? text[...] : text.dropLast()
        guard let number = Double(digits), number > 0, number * (factor ?? 1) < 1e9 else {
            throw ValidationError("\"\(text)\" is no length of time; 90s, 10m and 2h are")
        }
        return number * (factor ?? 1)
    }
}

/// Prints outcomes as they come.
struct OutcomePrinter: Sendable {
    let workplace: Workplace
    let signal: WakeSignal
    private let feed: OutcomeFeed

    init(workplace: Workplace, signal: WakeSignal) {
        self.workplace = workplace
        self.signal = signal
        feed = OutcomeFeed(store: workplace.store)
    }

    func begin() async { _ = await feed.begin() }

    func run() async {
        while !Task.isCancelled {
            await signal.wait()
            await printNew()
        }
    }

    func printNew() async {
        let zone = await workplace.personZone()
        for message in await feed.next(at: workplace.program.now()) {
            workplace.program.output.answer(OutcomeLines.line(message, zone: zone))
        }
    }
}

extension Workplace {
    /// Takes the ownership of the store's scheduler, or says who has it.
    func acquireScheduler() async throws -> SchedulerLock {
        let lock = SchedulerLock(path: program.paths.ownerLock)
        guard try isAcquired(lock) else {
            let owner = lock.holder.map { "process \($0.pid)" } ?? "another process"
            throw CommandFailure("The scheduler of this store runs already, in \(owner).")
        }
        try await sqlite?.becomeOwner()
        return lock
    }

    private func isAcquired(_ lock: SchedulerLock) throws -> Bool {
        do throws(CoordinationError) { return try lock.tryAcquire() } catch { throw CommandFailure(error.message) }
    }
}
