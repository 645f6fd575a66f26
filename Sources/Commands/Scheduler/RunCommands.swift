import ArgumentParser
import Foundation
import JobModel
import Scheduling

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ends a run that waits or is under way (rota runs shows their numbers).")
    @Argument(help: "A run's number.") var run: Int64

    func run() async throws {
        let workplace = try await Workplace.open()
        guard let found = try await workplace.store.run(run) else {
            throw CommandFailure("There is no run \(run); \"rota runs\" lists them.")
        }
        let name = try await workplace.store.job(found.jobID)?.name ?? "job \(found.jobID)"
        let isCancelled = try await workplace.store.cancel(
            run: run, reason: "cancelled by a person", at: workplace.program.now())
        guard isCancelled else {
            throw CommandFailure("Run \(run) of \"\(name)\" is over already (\(found.state.rawValue)).")
        }
        workplace.ring()
        workplace.program.output.answer("Run \(run) of \"\(name)\" is cancelled.")
    }
}

struct UnlockJobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock-jobs", abstract: "Returns runs that a dead scheduler left behind to the queue.")

    func run() async throws {
        let workplace = try await Workplace.open()
        let lock = try await workplace.acquireScheduler()
        defer { lock.release() }
        let left = try await workplace.store.interruptedRuns()
        let engine = try Engine(workplace, lock: lock, logger: .warnings)
        try await engine.scheduler.takeCharge()
        workplace.ring()
        let output = workplace.program.output
        guard !left.isEmpty else { return output.answer("No run is locked.") }
        for run in left {
            let name = try await workplace.store.job(run.jobID)?.name ?? "job \(run.jobID)"
            let now = try await workplace.store.run(run.id)
            let what =
                now?.state == .due ? "waits again" : now.map { "\($0.state.rawValue): \($0.reason ?? "")" } ?? "gone"
            output.answer("Run \(run.id) of \"\(name)\": \(what).")
        }
    }
}
