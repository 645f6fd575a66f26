import Foundation
import IntentContract
import JobModel
import Planning

/// Words that end the run of what was last spoken of, while it is under way. At any other time they mean what they
/// always do: "stop it" pauses a job, "cancel it" deletes one. Read by this table alone and never by a model.
enum RunWords {
    static func meanCurrentRun(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter }.filter { !["please", "now", "pls"].contains($0) }
        guard let verb = words.first, ["stop", "cancel", "abort", "kill", "halt", "end"].contains(verb) else {
            return false
        }
        return words.count == 1 || (words.count == 2 && ["it", "that", "this"].contains(words[1]))
    }
}

/// Ending runs that are under way or wait.
extension ConversationSession {
    /// States of a run that has begun, or is about to.
    private static let underWay: Set<Run.State> = [.due, .claimed, .running, .waiting]

    /// Of these jobs, those with such a run.
    func underWay(of jobs: [JobID]) async throws -> Set<JobID> {
        let runs = try await store.unfinished(of: jobs)
        return Set(runs.filter { $1.contains { Self.underWay.contains($0.state) } }.keys)
    }

    /// Ends the run of the job last spoken of; `nil` where none is under way, so that the words mean something else.
    func endCurrentRun(_ words: String) async throws -> Reply? {
        guard let focus = try await store.focus(at: now), try await !underWay(of: [focus]).isEmpty else { return nil }
        let provenance = Provenance(sentence: words, interpreter: "offline", directory: environment.directory)
        return try await plan(
            PlanningRequest(intents: [.cancelRun(CancelRun(job: JobReference("it")))], provenance: provenance))
    }

    /// What `rota cancel` does, for all runs of these jobs that are not over.
    func cancelRuns(of jobs: [Job]) async throws -> Reply {
        var lines: [String] = []
        var records: [JSONValue] = []
        for job in jobs {
            let ended = try await cancelRuns(of: job)
            try await store.setFocus(job.id, at: now)
            // Of many jobs only those are told whose runs were ended.
            if ended.isEmpty, jobs.count > 1 { continue }
            lines.append(line(about: job, ended: ended))
            for run in ended { records += try await store.run(run.run.id).map { [Rows.run($0, job: job)] } ?? [] }
        }
        environment.wakeScheduler()
        if lines.isEmpty { lines = ["None of these \(jobs.count) jobs has a run under way."] }
        return Reply(lines: lines, records: records.isEmpty ? lines.map(Rows.reply) : records)
    }

    private struct EndedRun {
        var run: Run
        var steps: StepsDone
    }

    /// Runs that ended by themselves meanwhile are left out.
    private func cancelRuns(of job: Job) async throws -> [EndedRun] {
        var ended: [EndedRun] = []
        for run in try await store.unfinished(of: [job.id])[job.id] ?? [] {
            let steps = StepsDone(of: run, job: job, records: try await store.stepRuns(of: run.id))
            if try await store.cancel(run: run.id, reason: "cancelled by a person", at: now) {
                ended.append(EndedRun(run: run, steps: steps))
            }
        }
        return ended
    }

    private func line(about job: Job, ended: [EndedRun]) -> String {
        let next = job.status == .active ? job.nextOccurrence(after: now) : nil
        let moment = next.map { momentText($0, zone: job.schedules.first?.zone) }
        guard let only = ended.first else {
            return "No run of \"\(job.name)\" is under way." + (moment.map { " It runs next \($0)." } ?? "")
        }
        let told =
            ended.count == 1 ? "\"\(job.name)\"\(Self.place(of: only))" : "\(ended.count) runs of \"\(job.name)\""
        return "Stopped \(told)." + (moment.map { " Next: \($0)." } ?? "")
    }

    /// " at step 3 of 7 (fetch theirs)".
    private static func place(of ended: EndedRun) -> String {
        switch ended.run.state {
        case .due, .claimed: ended.run.attempt > 1 ? "" : " before it began"
        case .retrying: " before it was tried again"
        default: ended.steps.words.map { " at \($0)" } ?? ""
        }
    }
}
