import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning
import Signing

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Jobs from a crontab or a jobs.json; broken entries are named, the good ones kept.")
    @Flag(help: "Read and check only; store nothing.") var dryRun = false
    @Argument(help: "A crontab, or a jobs.json: [{\"name\",\"cron\",\"action\",\"payload\"}].") var file: String

    func run() async throws {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw CommandFailure("\"\(file)\" cannot be read as UTF-8 text.")
        }
        let workplace = try await Workplace.open()
        let zone = await workplace.personZone()
        let result =
            file.hasSuffix(".json") || text.drop(while: \.isWhitespace).hasPrefix("[")
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
        let waiting = try await store(jobs, in: workplace)
        try report(
            jobs, waiting: waiting, problems: problems.sorted { $0.line < $1.line }, output: workplace.program.output)
    }

    /// Jobs that touch something nobody has agreed to yet are stored as drafts.
    private func store(_ jobs: [Job], in workplace: Workplace) async throws -> Int {
        guard !dryRun, !jobs.isEmpty else { return 0 }
        let agreed = try await workplace.store.agreed()
        var waiting = 0
        let edits = jobs.enumerated().flatMap { index, job -> [Edit] in
            let open = Risk.all(of: job).filter { $0.approvalKey.map { !agreed.contains($0) } ?? true }
            guard !open.isEmpty else { return [.create(job)] }
            waiting += 1
            return Draft.edits(for: job, position: index + 1, digest: { SHA256Digest.hex(of: $0) })
        }
        _ = try await workplace.store.apply(
            edits, summary: "imported \(jobs.count) jobs from \(file)", at: workplace.program.now())
        workplace.ring()
        return waiting
    }

    private func report(_ jobs: [Job], waiting: Int, problems: [ImportProblem], output: Output) throws {
        for job in jobs {
            output.answer(
                "\(dryRun ? "would add" : "added") \"\(job.name)\": \(job.schedules.map(\.text).joined(separator: "; ")), \(StepText.describe(job.steps))"
            )
        }
        if waiting > 0 {
            output.answer(
                "\(waiting) of them \(waiting == 1 ? "waits" : "wait") for your approval; \"rota approvals\" shows what for."
            )
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
