import ArgumentParser
import Conversation
import Foundation
import IntentContract
import JobModel

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Jobs without conversation.",
        subcommands: [
            JobsList.self, JobsShow.self, JobsAdd.self, JobsEdit.self, JobsPause.self, JobsResume.self, JobsRemove.self,
            JobsRun.self, JobsHistory.self,
        ], defaultSubcommand: JobsList.self)
}

/// A job by its number or by words of its name.
struct JobArgument: ParsableArguments {
    @Argument(help: "A job's number, or words of its name.")
    var job: [String]

    var reference: JobReference { JobReference(job.joined(separator: " ")) }
}

/// Carries out intents that a command stands for, and prints the reply.
func carryOut(_ intents: [Intent], isJSON: Bool, confirmed: Bool = false) async throws {
    let session = try await Workplace.open().session(isInteractive: false)
    let reply = await session.carryOut(
        intents, command: intents.map(\.name).joined(separator: ", "), confirmed: confirmed)
    let status = OneShot(isJSON: isJSON).print(reply)
    if status != .done { throw ExitCode(status.rawValue) }
}

struct JobsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "All jobs that are not finished.")
    @OptionGroup var options: JSONOption
    @Argument(help: "Narrows the list: paused, reminders, playbooks, a gateway, part of a name.")
    var filter: [String] = []

    func run() async throws {
        let words = filter.isEmpty ? nil : filter.joined(separator: " ")
        try await carryOut([.listJobs(ListJobs(filter: words))], isJSON: options.json)
    }
}

struct JobsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One job in full.")
    @OptionGroup var options: JSONOption
    @OptionGroup var argument: JobArgument

    func run() async throws { try await carryOut([.showJob(ShowJob(job: argument.reference))], isJSON: options.json) }
}

struct JobsAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "A job from a sentence.")
    @OptionGroup var options: JSONOption
    @OptionGroup(title: "Policies") var policies: PolicyFlags
    @Argument(help: "What should happen, and when.")
    var words: [String]

    func run() async throws {
        let oneShot = OneShot(isJSON: options.json, policies: policies.change)
        throw ExitCode(try await oneShot.answer(words.joined(separator: " ")))
    }
}

struct JobsEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Changes a job: its name, its time, where it goes, how it behaves.")
    @OptionGroup var options: JSONOption
    @Option(help: "A new name.") var name: String?
    @Option(help: "A new time, in words: \"every weekday at 9\".") var when: String?
    @Option(help: "Where it goes instead: telegram, telegram/ops; given again, to each of them.") var deliver:
        [String] = []
    @OptionGroup(title: "Policies") var policies: PolicyFlags
    @OptionGroup var argument: JobArgument

    func run() async throws {
        let change = UpdateJob(
            job: argument.reference, when: when, newName: name, deliver: deliver.isEmpty ? nil : deliver,
            policies: policies.change)
        try await carryOut([.updateJob(change)], isJSON: options.json)
    }
}

struct JobsPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pause", abstract: "Pauses a job.")
    @OptionGroup var options: JSONOption
    @Option(help: "Until when, in words: \"Monday\", \"1 June\".") var until: String?
    @OptionGroup var argument: JobArgument

    func run() async throws {
        try await carryOut([.pauseJob(PauseJob(job: argument.reference, until: until))], isJSON: options.json)
    }
}

struct JobsResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Lets a paused job go on.")
    @OptionGroup var options: JSONOption
    @OptionGroup var argument: JobArgument

    func run() async throws {
        try await carryOut([.resumeJob(ResumeJob(job: argument.reference))], isJSON: options.json)
    }
}

struct JobsRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Deletes a job, without asking; rota \"undo\" brings it back.")
    @OptionGroup var options: JSONOption
    @OptionGroup var argument: JobArgument

    func run() async throws {
        try await carryOut([.deleteJob(DeleteJob(job: argument.reference))], isJSON: options.json, confirmed: true)
    }
}

struct JobsRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Runs a job now.")
    @OptionGroup var options: JSONOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup var argument: JobArgument

    func run() async throws { try await start(argument, waiting, isJSON: options.json) }
}

/// Starts a run of a job, and waits for it where that was asked for.
private func start(_ argument: JobArgument, _ waiting: WaitOption, isJSON: Bool) async throws {
    let workplace = try await Workplace.open()
    try await waiting.check(workplace)
    let session = try await workplace.session(isInteractive: false)
    let reply = await session.carryOut(
        [.runJob(RunJob(job: argument.reference))], command: "run_job", confirmed: false)
    try await waiting.finish(reply, in: workplace, isJSON: isJSON)
}

struct JobsHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "The last runs of a job.")
    @OptionGroup var options: JSONOption
    @Option(help: "How many.") var limit = 10
    @OptionGroup var argument: JobArgument

    func run() async throws {
        try await carryOut([.jobHistory(JobHistory(job: argument.reference, limit: limit))], isJSON: options.json)
    }
}

/// `rota run JOB`, short for `rota jobs run JOB`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Runs a job now.")
    @OptionGroup var options: JSONOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup var argument: JobArgument

    func run() async throws { try await start(argument, waiting, isJSON: options.json) }
}
