import ArgumentParser
import Conversation
import CronExpressions
import Foundation
import JobModel
import Registry
import Settings
import Storage

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks the store, the settings, the zone data and the programs that jobs need.")

    @Flag(help: "Gives room that deleted rows left in the store back to the disk; only while no scheduler runs.")
    var compact = false

    func run() async throws {
        let program = Program.current
        if compact { return try await StoreCompaction(program: program).run() }
        var findings = [settings(program), zones(program)]
        findings += calendars(program)
        findings += await store(program)
        findings += await models(program)
        findings.append(scripts(program))
        findings += tools(program)
        for finding in findings { program.output.answer("\(finding.isFine ? "ok     " : "PROBLEM")  \(finding.text)") }
        if findings.contains(where: { !$0.isFine }) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private struct Finding {
        var isFine: Bool
        var text: String
    }

    private func settings(_ program: Program) -> Finding {
        do {
            let settings = try program.settings()
            let model = settings.models.main.map { "model \($0)" } ?? "no model: the offline interpreter reads requests"
            let gateways =
                settings.gateways.isEmpty
                ? "no gateways" : "gateways \(settings.gateways.map(\.name).joined(separator: ", "))"
            return Finding(isFine: true, text: "settings: \(model); \(gateways)")
        } catch {
            return Finding(isFine: false, text: "settings: \((error as? CommandFailure)?.message ?? "\(error)")")
        }
    }

    /// Each configured model is asked one small question.
    private func models(_ program: Program) async -> [Finding] {
        guard let workplace = try? await Workplace.open() else { return [] }
        var findings: [Finding] = []
        for address in workplace.settings.models.all {
            let check = await ModelCheck.run(address, workplace.models)
            findings.append(Finding(isFine: check.isFine, text: check.text))
        }
        return findings
    }

    private func calendars(_ program: Program) -> [Finding] {
        guard let settings = try? program.settings() else { return [] }
        let local = (try? ZoneRules.named(program.zone(settings)))?.localComponents(at: program.now())
        return settings.calendars.map { setting in
            switch setting.load() {
            case .success(let calendar):
                let summary = calendar.summary(of: local?.year ?? 1970)
                return Finding(isFine: true, text: "calendar \(setting.name): \(summary)")
            case .failure(let problem): return Finding(isFine: false, text: problem.message)
            }
        }
    }

    private func zones(_ program: Program) -> Finding {
        let name = (try? program.settings()).map(program.zone) ?? "UTC"
        let count = ZoneRules.allIdentifiers.count
        guard (try? ZoneRules.named(name)) != nil, count > 0 else {
            return Finding(isFine: false, text: "zones: \"\(name)\" cannot be read; install the package tzdata")
        }
        return Finding(isFine: true, text: "zones: yours is \(name); \(count) are known")
    }

    private func store(_ program: Program) async -> [Finding] {
        do {
            let workplace = try await Workplace.open()
            let jobs = try await workplace.store.jobs().filter { $0.status != .finished }
            var findings = [
                Finding(
                    isFine: true,
                    text: "store: \(program.paths.store), \(jobs.count) jobs, SQLite \(SQLiteStore.libraryVersion)")
            ]
            let status = await workplace.schedulerLine()
            findings.append(Finding(isFine: true, text: "scheduler: \(status)"))
            findings.append(contentsOf: try await registry(workplace))
            return findings
        } catch {
            return [Finding(isFine: false, text: "store: \((error as? StoreError)?.message ?? "\(error)")")]
        }
    }

    private func registry(_ workplace: Workplace) async throws -> [Finding] {
        switch try await workplace.registrySync.examine() {
        case .none: []
        case .gone(let jobs):
            [Finding(isFine: false, text: "registry: its file is gone; \(jobs.count) jobs of it are still there")]
        case .unusable(let message): [Finding(isFine: false, text: "registry: \(message)")]
        case .broken(let file, let problems, _):
            problems.map { Finding(isFine: false, text: "registry: \($0.text(in: file))") }
        case .read(let file, let reading, let comparison):
            [
                Finding(
                    isFine: true,
                    text:
                        "registry: \(file), \(reading.jobs.count) jobs\(comparison.isEmpty ? "" : ", not all applied yet")"
                )
            ]
        }
    }

    private func scripts(_ program: Program) -> Finding {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: program.paths.scriptsFolder)) ?? []
        return Finding(isFine: true, text: "scripts: \(files.count) in \(program.paths.scriptsFolder)")
    }

    private func tools(_ program: Program) -> [Finding] {
        let folders = (program.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return ["git", "python3", "sh"].map { tool in
            let found = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
            return Finding(
                isFine: found || tool != "sh",
                text: "\(tool): \(found ? "there" : "missing; jobs that need it will say so")")
        }
    }
}

extension Workplace {
    func schedulerLine() async -> String {
        switch await presence() {
        case .here: "in this process"
        case .elsewhere(let pid): "runs in process \(pid)"
        case .none: "not running; \"rota start\" or the chat runs it"
        }
    }
}
