import ArgumentParser
import Conversation
import Coordination
import Foundation
import JobModel
import Terminal

/// `--wait`: the command ends with the run, and its exit code is the run's.
struct WaitOption: ParsableArguments {
    @Flag(
        help: "Wait for the end of the run: its outcome is the answer, and the exit code is 1 where it did not succeed."
    )
    var wait = false

    /// Prints the reply; with `--wait` also waits for the runs that it tells of.
    func finish(_ reply: Reply, in workplace: Workplace, isJSON: Bool) async throws {
        guard wait, reply.status == .done else {
            let status = OneShot(isJSON: isJSON).print(reply)
            if status != .done { throw ExitCode(status.rawValue) }
            return
        }
        for line in reply.lines { workplace.program.output.note(line) }
        let waiting = RunWaiting(workplace: workplace, isJSON: isJSON)
        var succeeded = true
        for run in reply.runs where try await !waiting.end(of: run) { succeeded = false }
        if !succeeded { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Waiting for what nobody runs would have no end.
    func check(_ workplace: Workplace) async throws {
        guard wait else { return }
        guard workplace.program.stage == nil else {
            throw CommandFailure("A transcript's clock stands still while a command runs: --wait has no place in it.")
        }
        if await workplace.presence() == .none {
            throw CommandFailure("No scheduler is running, so the run would not end. Start one with \"rota start\".")
        }
    }
}

/// Waits for a run's end and says on standard error, where that is a terminal, how far it is.
private struct RunWaiting {
    let workplace: Workplace
    let isJSON: Bool

    /// Whether it succeeded; prints what it came to.
    func end(of id: RunID) async throws -> Bool {
        let (store, output) = (workplace.store, workplace.program.output)
        var progress = RunProgress(store: store)
        let time = SystemTimeSource()
        var looks = 0
        while let run = try await store.run(id) {
            if run.state.isFinal {
                try await tell(run)
                return run.state == .succeeded
            }
            // Short runs end soon; whoever reads hears of another step once a second at most.
            if looks % 5 == 0, TerminalCapabilities.standardErrorIsTerminal {
                progress.follow([id])
                if let line = await progress.look(at: time.now) { output.note(line) }
            }
            looks += 1
            try await time.sleep(for: 0.2)
        }
        throw CommandFailure("Run \(id) is gone: its job was deleted.")
    }

    private func tell(_ run: Run) async throws {
        let (store, output) = (workplace.store, workplace.program.output)
        let job = try await store.job(run.jobID)
        if isJSON { return output.answer(Rows.run(run, job: job).compactText) }
        let messages = try await store.messages(unseenOnly: false, limit: 200).filter { $0.runID == run.id }
        for message in messages { output.answer(message.text) }
        guard messages.isEmpty else { return }
        let zone = job?.schedules.first?.zone ?? workplace.zone
        output.answer("\(job?.name ?? ""): \(RunLines.short(run, zone: zone, now: workplace.program.now()))")
    }
}
