import ArgumentParser
import Conversation
import Foundation
import IntentContract
import JobModel
import Terminal

struct ApprovalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "approvals", abstract: "What waits for your yes.")
    @OptionGroup var options: JSONOption

    func run() async throws {
        let workplace = try await Workplace.open()
        let waiting = try await workplace.store.approvals(waitingOnly: true)
        let jobs = try await workplace.jobsByID(waiting.map(\.jobID))
        let output = workplace.program.output
        for approval in waiting {
            if options.json {
                output.answer(Rows.approval(approval).compactText)
            } else {
                let name = jobs[approval.jobID]?.name ?? "Job \(approval.jobID)"
                output.answer("\(approval.id)  \(name): \(approval.reasons.joined(separator: ", "))")
            }
        }
        if waiting.isEmpty, !options.json { output.answer("Nothing waits for an approval.") }
    }
}

struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Releases a plan that waits; at a terminal only.")
    @OptionGroup var options: JSONOption
    @Argument(help: "The approval's number; see rota approvals.") var approval: Int

    func run() async throws { try await decide(approval, approved: true, isJSON: options.json) }
}

struct RejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reject", abstract: "Refuses a plan that waits.")
    @OptionGroup var options: JSONOption
    @Argument(help: "The approval's number; see rota approvals.") var approval: Int

    func run() async throws { try await decide(approval, approved: false, isJSON: options.json) }
}

/// Only a person at a terminal can release a plan (neither a pipe nor a script can).
private func decide(_ id: Int, approved: Bool, isJSON: Bool) async throws {
    let isPerson = TerminalCapabilities.standardInputIsTerminal && TerminalCapabilities.standardOutputIsTerminal
    let session = try await Workplace.open().session(isInteractive: isPerson)
    let intent: Intent = approved ? .approve(Approve(approval: id)) : .reject(Reject(approval: id))
    let status = OneShot(isJSON: isJSON).print(
        await session.carryOut([intent], command: "rota approve", confirmed: false))
    if status != .done { throw ExitCode(status.rawValue) }
}
