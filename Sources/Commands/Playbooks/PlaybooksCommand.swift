import ArgumentParser
import Conversation
import Foundation
import IntentContract
import JobModel
import Planning
import PlaybookDocuments

struct PlaybooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playbooks", abstract: "Playbooks: jobs of several steps, also as files.",
        subcommands: [
            PlaybooksList.self, PlaybooksShow.self, PlaybooksAdd.self, PlaybooksEdit.self, PlaybooksCheck.self,
            PlaybooksRun.self, PlaybooksHistory.self, PlaybooksExport.self,
        ], defaultSubcommand: PlaybooksList.self)
}

struct PlaybooksList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All playbooks.")
    @OptionGroup var options: JSONOption
    @Option(help: "Only those of this category.") var category: String?

    func run() async throws {
        let workplace = try await Workplace.open()
        let jobs = try await workplace.store.jobs().filter { job in
            job.isPlaybook && (category == nil || job.playbook?.category == category)
        }
        let output = workplace.program.output
        let now = workplace.program.now()
        for job in jobs {
            output.answer(options.json ? PlaybookRows.row(job, now: now).compactText : PlaybookRows.line(job, now: now))
        }
        guard jobs.isEmpty, !options.json else { return }
        output.answer(
            category.map { "No playbook has the category \"\($0)\"; \"rota playbooks\" lists all." }
                ?? "No playbooks yet. \"rota playbooks add FILE\" makes one of a file (Playbooks.md shows how), "
                + "and so do words: rota \"run backup.sh every weekday at 9 and tell ops on telegram if it fails\".")
    }
}

struct PlaybooksShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One playbook: what it does, when, with what, and what it may touch.")
    @OptionGroup var options: JSONOption
    @OptionGroup var argument: JobArgument

    func run() async throws {
        let workplace = try await Workplace.open()
        let job = try await workplace.playbook(argument)
        let output = workplace.program.output
        let now = workplace.program.now()
        if options.json { return output.answer(PlaybookRows.row(job, now: now).compactText) }
        let session = try await workplace.session(isInteractive: false)
        let card = Card(situation: try await session.readingSituation(), zoneOfPerson: workplace.zone)
        for line in PlaybookRows.lines(job, when: card.whenLines(job), now: now) { output.answer(line) }
    }
}

struct PlaybooksRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Runs a playbook now.")
    @OptionGroup var options: JSONOption
    @Option(help: "A value for the run: limit=5; given again, another one.") var input: [String] = []
    @OptionGroup var waiting: WaitOption
    @OptionGroup var argument: JobArgument

    func run() async throws {
        let workplace = try await Workplace.open()
        let job = try await workplace.playbook(argument)
        let inputs = try InputWords.values(input, of: job)
        try await waiting.check(workplace)
        let session = try await workplace.session(isInteractive: false)
        try await waiting.finish(
            await session.run(job, inputs: inputs), in: workplace, isJSON: options.json)
    }
}

struct PlaybooksHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "The last runs of a playbook, with what each step came to.")
    @OptionGroup var options: JSONOption
    @Option(help: "How many.") var limit = 10
    @OptionGroup var argument: JobArgument

    func run() async throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is between 1 and 10000") }
        let workplace = try await Workplace.open()
        let job = try await workplace.playbook(argument)
        let runs = try await workplace.store.runs(RunQuery(job: job.id, limit: limit))
        let output = workplace.program.output
        if runs.isEmpty, !options.json {
            output.answer("\"\(job.name)\" has not run yet. \"rota playbooks run \(job.id)\" runs it now.")
        }
        for run in runs {
            let steps = try await workplace.store.stepRuns(of: run.id)
            if options.json {
                var row = Rows.run(run, job: job).object ?? [:]
                row["steps"] = .array(steps.map(StepLines.row))
                row["inputs"] = run.inputs
                output.answer(JSONValue.object(row).compactText)
            } else {
                let zone = job.schedules.first?.zone ?? workplace.zone
                output.answer("\(run.id)  \(RunLines.short(run, zone: zone, now: workplace.program.now()))")
                for line in StepLines.text(steps, zone: zone, now: workplace.program.now()) { output.answer(line) }
            }
        }
    }
}

struct PlaybooksExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "A playbook (or any job) as a playbook file, on standard output.")
    @Flag(help: "As JSON instead of YAML.") var json = false
    @OptionGroup var argument: JobArgument

    func run() async throws {
        let workplace = try await Workplace.open()
        let job = try await workplace.playbook(argument)
        let text = PlaybookWriter(job).text(json ? .json : .yaml)
        workplace.program.output.answer(String(text.dropLast()))
    }
}

extension Workplace {
    /// The job that is meant; ends the command with the question where it may be several, or none.
    func playbook(_ argument: JobArgument) async throws -> Job {
        let session = try await session(isInteractive: false)
        let situation = try await session.readingSituation()
        switch JobChoice(situation: situation).job(argument.reference) {
        case .success(let job): return job
        case .failure(let failure):
            throw CommandFailure(failure.message, exit: .needsAnswer)
        }
    }
}
