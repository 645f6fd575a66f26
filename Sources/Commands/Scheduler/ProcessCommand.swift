import ArgumentParser
import Conversation
import Foundation
import JobModel
import Scheduling

struct ProcessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process", abstract: "One cycle: runs what is due now, sends what is waiting, and exits.")

    func run() async throws {
        let workplace = try await Workplace.open()
        let lock = try await workplace.acquireScheduler()
        defer { lock.release() }
        let engine = try Engine(
            workplace, lock: lock, logger: .warnings, tellTrouble: workplace.program.output.note)
        await engine.watch.journal.begin()
        let printer = OutcomePrinter(workplace: workplace, signal: engine.outcomes)
        await printer.begin()
        await engine.registryKeeper(of: workplace).look()
        let runs = try await runDue(engine, workplace: workplace)
        await printer.printNew()
        await engine.watch.end()
        if runs.isEmpty { workplace.program.output.note("Nothing was due.") }
        let failed = try await workplace.store.runs(RunQuery(states: [.failed], limit: 1000))
        if failed.contains(where: { runs.contains($0.id) }) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// What was due at the start of the cycle, and the runs that those started in turn.
    private func runDue(_ engine: Engine, workplace: Workplace) async throws -> Set<RunID> {
        try await engine.scheduler.takeCharge()
        let start = workplace.program.now()
        var performed: Set<RunID> = []
        while true {
            let runs = try await engine.scheduler.prepare(at: start, queueUntil: workplace.program.now())
            guard !runs.isEmpty else { break }
            performed.formUnion(runs.map(\.id))
            await perform(runs, on: engine.scheduler, atMost: workplace.settings.schedulerConcurrency)
        }
        _ = await engine.outbox.drain(now: workplace.program.now())
        return performed
    }

    private func perform(_ runs: [Run], on scheduler: Scheduling.Scheduler, atMost limit: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, run) in runs.enumerated() {
                if index >= limit { await group.next() }
                group.addTask { await scheduler.perform(run) }
            }
        }
    }
}

struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Pauses everything (one job: rota jobs pause).")
    @OptionGroup var options: JSONOption
    @Option(help: "Until when, in words: \"Monday\", \"in 2 hours\".") var until: String?

    func run() async throws { try await carryOut([.pauseScheduler(.init(until: until))], isJSON: options.json) }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Lets everything go on.")
    @OptionGroup var options: JSONOption

    func run() async throws { try await carryOut([.resumeScheduler(.init())], isJSON: options.json) }
}
