import ArgumentParser
import Conversation
import Coordination
import Foundation
import JobModel

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "The scheduler: its state and owner, what is next, running, waiting and overdue, and the store.")
    @OptionGroup var options: JSONOption

    func run() async throws {
        do {
            try await carryOut([.schedulerStatus(.init())], isJSON: options.json)
        } catch let error as StoreError {
            report(error)
            throw ExitCode(ExitStatus.failed.rawValue)
        }
    }

    /// A store that cannot even be opened still has an owner, a size and a reason.
    private func report(_ error: StoreError) {
        let program = Program.current
        var status = StatusReport(
            presence: SchedulerLock(path: program.paths.ownerLock).presence, sight: program.sight)
        status.problem = error.message
        guard !options.json else { return program.output.answer(status.row.compactText) }
        let zone = (try? program.settings()).map(program.zone) ?? "UTC"
        for line in status.lines(zone: zone, now: program.now()) { program.output.answer(line) }
    }
}
