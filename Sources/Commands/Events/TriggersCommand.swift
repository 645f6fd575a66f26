import ArgumentParser
import Conversation
import Foundation
import JobModel

struct TriggersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triggers", abstract: "The events that jobs wait for.",
        subcommands: [TriggersList.self, TriggersTest.self, TriggersFilter.self], defaultSubcommand: TriggersList.self)
}

struct TriggersList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All event triggers, by job.")
    @OptionGroup var options: JSONOption

    func run() async throws {
        let workplace = try await Workplace.open()
        let output = workplace.program.output
        let jobs = try await workplace.store.jobs()
        let names = Dictionary(jobs.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        var count = 0
        for job in jobs {
            for trigger in job.triggers {
                guard case .event(var filter) = trigger.kind else { continue }
                count += 1
                // The job that it is about may have another name by now.
                let isGone = filter.jobID.map { names[$0] == nil } ?? false
                if let id = filter.jobID, let name = names[id] { filter.job = name }
                output.answer(
                    options.json
                        ? Rows.trigger(trigger, filter, of: job).compactText
                        : Self.line(filter, of: job, isGone: isGone))
            }
        }
        guard count == 0, !options.json else { return }
        output.answer(
            "No job waits for an event. Say for example \"when a github issue is created tell me\", or \"if the backup "
                + "fails tell me\"; \"rota emit NAME\" sends an event.")
    }

    private static func line(_ filter: EventFilter, of job: Job, isGone: Bool) -> String {
        let status =
            job.status == .active ? "" : " (\(job.status == .draft ? "waits for approval" : job.status.rawValue))"
        let gone = isGone ? " (that job is gone: this never happens)" : ""
        return "[\(job.id)] \(job.name)\(status): when \(filter.words)\(gone)"
    }
}

struct TriggersTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Which jobs an event would start, and why the others not; nothing is stored.")
    @OptionGroup var options: JSONOption
    @Argument(help: "The event's name: source.object.verb.") var name: String
    @Option(help: "The event's data, a JSON object; @FILE reads a file, - standard input.") var data = "{}"

    func run() async throws {
        let workplace = try await Workplace.open()
        let output = workplace.program.output
        let event = Event(name: name, at: workplace.program.now(), data: try await EventData.read(data))
        guard event.data.object != nil else { throw CommandFailure(ExternalEventError.notAnObject.message) }
        let jobs = try await workplace.store.jobs()
        let trials = jobs.compactMap { TriggerTrial(of: event, on: $0) }
        if options.json { return trials.forEach { output.answer(Rows.trial($0).compactText) } }
        for trial in trials { output.answer(Self.line(trial)) }
        if trials.allSatisfy({ $0.verdict == .waitsForOthers }) {
            output.answer(EmitReport(event: event, jobs: jobs, runs: 0).text)
        }
    }

    private static func line(_ trial: TriggerTrial) -> String {
        let job = "[\(trial.job.id)] \(trial.job.name)"
        switch trial.verdict {
        case .starts: return "\(job) would run."
        case .refuses(let reason): return "\(job) would not run: \(reason)."
        case .waitsForOthers: return "\(job) would not run: it waits for \(trial.job.awaitedEvents)."
        }
    }
}

struct TriggersFilter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Which of the events a job waits for start it: 'total > 500 and country != DE'.",
        discussion:
            "Also sku == \"A1\", status in [\"open\", \"new\"], title contains \"delayed\", exists(note), with and, "
            + "or, not and brackets. \"none\" takes every event again. \"rota undo\" takes the change back.")
    @Argument(help: "A job's number or name.") var job: String
    @Argument(help: "The filter, quoted, or none.") var filter: String

    func run() async throws {
        let data = filter == "none" ? nil : try Self.parse(filter)
        let workplace = try await Workplace.open()
        var job = try self.job(among: try await workplace.store.jobs())
        job.triggers = job.triggers.map { trigger in
            guard case .event(var filter) = trigger.kind else { return trigger }
            filter.data = data
            return Trigger(id: trigger.id, .event(filter))
        }
        let now = workplace.program.now()
        _ = try await workplace.store.apply([.update(job)], summary: "filter of \(job.name)", at: now)
        try await workplace.store.rememberUndone([])
        try await workplace.store.setFocus(job.id, at: now)
        workplace.ring()
        let when = job.eventFilters.map { "when \($0.words)" }.joined(separator: "; ")
        workplace.program.output.answer("\(job.name): \(when).")
    }

    static func parse(_ text: String) throws -> DataFilter {
        do throws(DataFilterError) { return try DataFilter(parsing: text) } catch {
            throw CommandFailure(Underline.message(error.message, in: text, error.range))
        }
    }

    private func job(among jobs: [Job]) throws -> Job {
        let found = jobs.first { "\($0.id)" == job || $0.name.caseInsensitiveCompare(job) == .orderedSame }
        guard let found else {
            throw CommandFailure("There is no job \"\(job)\"; rota triggers lists those that wait for events.")
        }
        guard !found.eventFilters.isEmpty else { throw CommandFailure("\"\(found.name)\" waits for no event.") }
        if found.status == .draft {
            throw CommandFailure("\"\(found.name)\" waits for your approval first: rota approvals shows what for.")
        }
        if let file = found.provenance.registry {
            throw CommandFailure("\"\(found.name)\" is declared in \(file); change its filter there.")
        }
        return found
    }
}
