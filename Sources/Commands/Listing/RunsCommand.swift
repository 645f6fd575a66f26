import ArgumentParser
import Conversation
import Foundation
import JobModel

struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "runs", abstract: "The last runs, latest first.")
    @OptionGroup var options: JSONOption
    @Option(help: "How many.") var limit = 20
    @Flag(help: "Only runs that failed.") var failed = false
    @Flag(help: "With what each step came to, and what agents did.") var steps = false

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is between 1 and 10000") }
        let workplace = try await Workplace.open()
        let runs = try await workplace.store.runs(RunQuery(states: failed ? [.failed] : [], limit: limit))
        let jobs = try await workplace.jobsByID(runs.map(\.jobID))
        let output = workplace.program.output
        if options.json {
            for run in runs {
                var row = Rows.run(run, job: jobs[run.jobID]).object ?? [:]
                if steps { row["steps"] = .array(try await workplace.store.stepRuns(of: run.id).map(StepLines.row)) }
                output.answer(JSONValue.object(row).compactText)
            }
            return
        }
        guard !runs.isEmpty else {
            return output.answer(
                "No runs yet. They appear here once a job has been due while a scheduler runs (\"rota start\").")
        }
        for run in runs {
            let zone = jobs[run.jobID]?.schedules.first?.zone ?? workplace.zone
            let name = jobs[run.jobID]?.name ?? "Job \(run.jobID)"
            output.answer(
                "\(run.id)  [\(run.jobID)] \(name): \(RunLines.short(run, zone: zone, now: workplace.program.now()))")
            guard steps else { continue }
            let records = try await workplace.store.stepRuns(of: run.id)
            let lines = StepLines.text(records, zone: zone, now: workplace.program.now())
            for line in lines { output.answer(line) }
        }
    }
}

extension Workplace {
    func jobsByID(_ ids: [JobID]) async throws -> [JobID: Job] {
        var jobs: [JobID: Job] = [:]
        for id in Set(ids) { jobs[id] = try await store.job(id) }
        return jobs
    }
}

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "What came of jobs: the last outcomes, new ones marked with *.")
    @OptionGroup var options: JSONOption
    @Option(help: "How many.") var limit = 20
    @Flag(help: "Only outcomes not seen before.") var new = false

    func run() async throws {
        let workplace = try await Workplace.open()
        let messages = try await workplace.store.messages(unseenOnly: new, limit: limit)
        let output = workplace.program.output
        defer {
            if messages.isEmpty, !options.json {
                output.answer(new ? "Nothing new." : "No outcomes yet. They appear here once a job has run.")
            }
        }
        let zone = await workplace.personZone()
        for message in messages {
            if options.json {
                output.answer(Rows.message(message).compactText)
            } else {
                output.answer(
                    "\(message.seen ? " " : "*") \(InboxLine.text(message, zone: zone, now: workplace.program.now()))")
            }
        }
        try await workplace.store.markSeen(messages.filter { !$0.seen }.map(\.id))
    }
}

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "deliveries", abstract: "What was sent to gateways.")
    @OptionGroup var options: JSONOption

    func run() async throws { try await carryOut([.listDeliveries(.init())], isJSON: options.json) }
}
