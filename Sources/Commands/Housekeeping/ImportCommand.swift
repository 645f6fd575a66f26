import ArgumentParser
import Conversation
import Foundation
import JobModel
import Planning
import Registry
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
        let builder = JobBuilder(
            zone: await workplace.personZone(), now: workplace.program.now(),
            surroundings: workplace.liveSurroundings(agreed: []))
        let result = read(text)
        var problems = result.problems
        var jobs: [Job] = []
        var names = try await workplace.store.jobs().map(\.name)
        for entry in result.entries {
            switch builder.job(entry, name: name(of: entry, among: names), provenance: provenance) {
            case .success(var job):
                if !entry.isEnabled { job.status = .paused }
                jobs.append(job)
                names.append(job.name)
            case .failure(let failure): problems += failure.all
            }
        }
        let waiting = try await store(jobs, in: workplace)
        for stray in result.strays { workplace.program.output.note("\(stray.text(in: file)) (read over)") }
        try report(
            jobs, waiting: waiting, problems: problems.sorted { $0.place < $1.place }, output: workplace.program.output)
    }

    private var provenance: Provenance { Provenance(sentence: "", interpreter: "import \(file)") }

    private func read(_ text: String) -> (entries: [JobEntry], problems: [EntryProblem], strays: [EntryProblem]) {
        let syntax = JobsDocument.Syntax(fileName: file)
        if syntax == .yaml || file.hasSuffix(".json") || text.drop(while: \.isWhitespace).hasPrefix("[") {
            let document = JobsDocument(text, syntax: syntax)
            return (document.entries, document.problems, document.strays)
        }
        let crontab = Crontab.read(text)
        return (crontab.entries, crontab.problems, [])
    }

    /// Its own, or one made from what it does; with a number behind it where that is taken.
    private func name(of entry: JobEntry, among names: [String]) -> String {
        let action = entry.action.value
        let made = JobNaming.name(for: [
            Step(name: action.type, action: .script(path: action.path ?? "", arguments: []))
        ])
        return JobNaming.unique(entry.name?.value ?? made, among: names)
    }

    /// Jobs that touch something nobody has agreed to yet are stored as drafts.
    private func store(_ jobs: [Job], in workplace: Workplace) async throws -> Int {
        guard !dryRun, !jobs.isEmpty else { return 0 }
        let agreed = try await workplace.store.agreed()
        var waiting = 0
        let edits = jobs.enumerated().flatMap { index, job -> [Edit] in
            guard !Risk.open(of: job, agreed: agreed).isEmpty else { return [.create(job)] }
            waiting += 1
            return Draft.edits(for: job, position: index + 1, digest: { SHA256Digest.hex(of: $0) })
        }
        _ = try await workplace.store.apply(
            edits, summary: "imported \(jobs.count) jobs from \(file)", at: workplace.program.now())
        workplace.ring()
        return waiting
    }

    private func report(_ jobs: [Job], waiting: Int, problems: [EntryProblem], output: Output) throws {
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
        for problem in problems { output.note("\(file):\(problem.place.line): \(problem.message)") }
        if jobs.isEmpty, problems.isEmpty { output.answer("\(file) holds no jobs.") }
        if !problems.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
