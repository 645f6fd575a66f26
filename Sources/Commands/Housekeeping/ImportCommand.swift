import ArgumentParser
import Foundation
import JobModel
import Planning

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Jobs from a crontab or a jobs.json; broken entries are named, the good ones kept.")
    @Flag(help: "Read and check only; store nothing.") var dryRun = false
    @Argument(help: "A crontab, or a jobs.json: [{\"name\",\"cron\",\"action\",\"payload\"}].") var file: String

    func run() async throws {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure("\"\(file)\" cannot be read as UTF-8 text.")
        }
        let workplace = try await Workplace.open()
        let zone = await workplace.personZone()
        let result = file.hasSuffix(".json") || text.drop(while: \.isWhitespace).hasPrefix("[")
            ? JobsFile.read(text) : Crontab.read(text)
        let importer = Importer(
            zone: zone, now: workplace.program.now(), file: file, surroundings: workplace.liveSurroundings(agreed: []))
        var problems = result.problems
        var jobs: [Job] = []
        var names = try await workplace.store.jobs().map(\.name)
        for entry in result.entries {
            switch importer.job(entry, takenNames: names) {
            case .success(let job):
                jobs.append(job)
                names.append(job.name)
            case .failure(let problem): problems.append(problem)
            }
        }
        try await store(jobs, in: workplace)
        try report(jobs, problems: problems.sorted { $0.line < $1.line }, output: workplace.program.output)
    }

    private func store(_ jobs: [Job], in workplace: Workplace) async throws {
        guard !dryRun, !jobs.isEmpty else { return }
        _ = try await workplace.store.apply(
            jobs.map(Edit.create), summary: "imported \(jobs.count) jobs from \(file)", at: workplace.program.now())
        workplace.ring()
    }

    private func report(_ jobs: [Job], problems: [ImportProblem], output: Output) throws {
        for job in jobs {
            output.answer("\(dryRun ? "would add" : "added") \"\(job.name)\": \(job.schedules.map(\.text).joined(separator: "; ")), \(StepText.describe(job.steps))")
        }
        for problem in problems { output.note("\(file):\(problem.line): \(problem.message)") }
        if jobs.isEmpty, problems.isEmpty { output.answer("\(file) holds no jobs.") }
        if !problems.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

/// A job of another system, before it is checked.
struct ImportEntry: Hashable {
    var line: Int
    var name: String?
    /// Empty for `@reboot` and the like: kept as written.
    var cron: String
    var action: Action
    var deliver: [Recipient] = []
    /// The zone named in the file (`CRON_TZ`).
    var zone: String?
}

struct ImportProblem: Error, Hashable {
    var line: Int
    var message: String
}
