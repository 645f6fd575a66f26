import ArgumentParser
import Conversation
import Documents
import Foundation
import JobModel

struct EmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emit", abstract: "Sends an event, such as github.issue.created, to the jobs that wait for it.")
    @OptionGroup var options: JSONOption
    @Argument(help: "The event's name: source.object.verb.") var name: String
    @Option(help: "The event's data, a JSON object; @FILE reads a file, - standard input.") var data = "{}"

    func run() async throws {
        let event = try await EventData.event(name, data: data)
        let workplace = try await Workplace.open()
        let jobs = try await workplace.store.jobs()
        let emitted = try await workplace.store.emit(event)
        workplace.ring()
        let output = workplace.program.output
        if options.json { return output.answer(Rows.event(emitted.event).compactText) }
        output.answer(EmitReport(event: event, jobs: jobs, runs: emitted.runs.count).text)
    }
}

/// What came of an event, in words.
struct EmitReport {
    let event: Event
    let jobs: [Job]
    let runs: Int

    var text: String {
        guard runs == 0 else { return "\(runs) \(runs == 1 ? "job was" : "jobs were") started by \(event.name)." }
        let refused = jobs.compactMap { TriggerTrial(of: event, on: $0) }.compactMap { trial -> String? in
            guard case .refuses(let reason) = trial.verdict else { return nil }
            return "[\(trial.job.id)] \(trial.job.name): \(reason)"
        }
        guard refused.isEmpty else { return "No job was started by \(event.name). \(refused.joined(separator: ". "))." }
        return "No job waits for \(event.name)\(others)"
    }

    private var others: String {
        let awaited = jobs.flatMap(\.eventFilters).map(\.name).uniqued().sorted()
        guard !awaited.isEmpty else {
            return ". None waits for any event yet: say for example \"when \(event.name) arrives tell me\"."
        }
        let shown = awaited.prefix(10).joined(separator: ", ") + (awaited.count > 10 ? ", …" : "")
        let nearest = NearestName.find(event.name, among: awaited).map { " Did you mean \($0)?" } ?? ""
        return "; jobs wait for \(shown).\(nearest)"
    }
}
