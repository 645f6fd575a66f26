import CronExpressions
import Foundation
import JobModel
import Planning

/// Checks entries of other systems and makes jobs of them.
struct Importer {
    let zone: String
    let now: Date
    let file: String
    let surroundings: Surroundings

    func job(_ entry: ImportEntry, takenNames: [String]) -> Result<Job, ImportProblem> {
        do {
            let schedule = try schedule(entry)
            let (action, capabilities) = try checked(entry)
            var job = Job(
                name: JobNaming.unique(
                    entry.name ?? JobNaming.name(for: [Step(name: action.kind, action: action)]), among: takenNames),
                triggers: [Trigger(.schedule(schedule))], steps: [Step(name: action.kind, action: action)],
                delivery: entry.deliver, provenance: Provenance(sentence: "", interpreter: "import \(file)"),
                createdAt: now)
            job.capabilities = capabilities
            job.policies.missedWindow = min(schedule.period ?? 86_400, 86_400)
            if case .prompt = action { job.policies.retry = .network }
            return .success(job)
        } catch {
            return .failure(error)
        }
    }

    private func schedule(_ entry: ImportEntry) throws(ImportProblem) -> Schedule {
        do {
            let rules = try ZoneRules.named(entry.zone ?? zone)
            let cron = try CronExpression(entry.cron)
            return Schedule(cron.isReboot ? .startup : .cron([cron]), zone: rules.identifier)
        } catch let error as CronSyntaxError {
            throw ImportProblem(line: entry.line, message: "\"\(entry.cron)\": \(error.message)")
        } catch let error as ZoneError {
            throw ImportProblem(line: entry.line, message: error.message)
        } catch {
            throw ImportProblem(line: entry.line, message: "\(error)")
        }
    }

    private func checked(_ entry: ImportEntry) throws(ImportProblem) -> (Action, Capabilities) {
        guard case .script(let path, let arguments) = entry.action else { return (entry.action, Capabilities()) }
        switch surroundings.inspectScript(path) {
        case .success(let script):
            return (
                .script(path: script.path, arguments: arguments), Capabilities(scripts: [script.path: script.sha256])
            )
        case .failure(let problem): throw ImportProblem(line: entry.line, message: problem.message)
        }
    }
}
