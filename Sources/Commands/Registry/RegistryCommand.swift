import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning
import Registry

struct RegistryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "Jobs declared in jobs.json, jobs.yaml or jobs.yml of the config folder.",
        subcommands: [RegistryStatus.self, RegistryCheck.self, RegistrySyncCommand.self],
        defaultSubcommand: RegistryStatus.self)
}

struct RegistryStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "The registry's file, its jobs, and whether they are stored as it says.")
    @OptionGroup var options: JSONOption

    func run() async throws {
        let workplace = try await Workplace.open()
        let output = workplace.program.output
        let folder = workplace.program.paths.configFolder
        switch try await workplace.registrySync.examine() {
        case .none: say(RegistryLines.beginning(in: folder), output)
        case .gone(let jobs):
            let file = jobs[0].provenance.registry ?? ""
            say("\(folder)/\(file) is gone; these jobs of it stay as they are:", output)
            try await list(in: workplace)
        case .unusable(let message): throw CommandFailure(message)
        case .broken(let file, let problems, _):
            say(
                "\(folder)/\(file) has \(RegistryLines.count(problems.count, "problem")); what it said before goes on.",
                output)
            for problem in problems { output.note(problem.text(in: "\(folder)/\(file)")) }
            try await list(in: workplace)
            throw ExitCode(ExitStatus.failed.rawValue)
        case .read(let file, _, let comparison):
            say("\(folder)/\(file):", output)
            try await list(in: workplace)
            guard !comparison.isEmpty else { return }
            say(
                "Not applied yet: \(RegistryReport(comparison).text). "
                    + "\"rota registry sync\" applies it, and so does the scheduler when it runs.", output)
        }
    }

    /// With `--json` only rows are answers.
    private func say(_ text: String, _ output: Output) { options.json ? output.note(text) : output.answer(text) }

    /// The stored jobs of the registry.
    private func list(in workplace: Workplace) async throws {
        let jobs = try await workplace.store.jobs().filter { $0.provenance.registry != nil }
        let output = workplace.program.output
        for job in jobs {
            if options.json {
                output.answer(Rows.job(job, now: workplace.program.now()).compactText)
            } else {
                output.answer("  \(RegistryLines.line(job))")
            }
        }
        if jobs.isEmpty, !options.json { output.answer("  no jobs yet") }
    }
}

struct RegistryCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads a registry and names every problem with its line; changes nothing.")
    @Argument(help: "Another file than the one in the config folder.") var file: String?

    func run() async throws {
        let workplace = try await Workplace.open()
        let folder = workplace.program.paths.configFolder
        switch try await examine(in: workplace) {
        case .none, .gone: workplace.program.output.answer(RegistryLines.beginning(in: folder))
        case .unusable(let message): throw CommandFailure(message)
        case .broken(let name, let problems, _):
            for problem in problems { workplace.program.output.answer(problem.text(in: file ?? "\(folder)/\(name)")) }
            throw ExitCode(ExitStatus.failed.rawValue)
        case .read(let name, let reading, _):
            for warning in reading.warnings {
                workplace.program.output.note(warning.text(in: file ?? "\(folder)/\(name)"))
            }
            workplace.program.output.answer("\(RegistryLines.count(reading.jobs.count, "job")), all right.")
        }
    }

    private func examine(in workplace: Workplace) async throws -> RegistryExamination {
        guard let file else { return try await workplace.registrySync.examine() }
        let registry = RegistryFile(path: file)
        do {
            return try await workplace.registrySync.examine(try registry.text(), named: registry.name)
        } catch let unusable as RegistryFile.Unusable {
            return .unusable(unusable.message)
        }
    }
}

struct RegistrySyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Applies the registry now, as the scheduler does when the file changes.")

    func run() async throws {
        let workplace = try await Workplace.open()
        let output = workplace.program.output
        switch try await workplace.registrySync.sync() {
        case .none: output.answer(RegistryLines.beginning(in: workplace.program.paths.configFolder))
        case .unchanged(let file, let jobs):
            output.answer("\(file): \(RegistryLines.count(jobs, "job")), nothing has changed.")
        case .applied(let text):
            workplace.ring()
            output.answer(text)
        case .refused(let text): throw CommandFailure(text)
        }
    }
}
