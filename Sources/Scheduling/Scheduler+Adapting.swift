import Foundation
import JobModel

/// Jobs that re-time themselves: after a run has ended, what its results say about the next one.
extension Scheduler {
    /// Never fails the run that has ended: where the store cannot be used, the schedule goes on as it is.
    func adapt(after run: Run, of job: Job?, state: Run.State, at now: Date) async {
        guard let job, let bounds = job.policies.adaptive, state == .succeeded || state == .failed else { return }
        do {
            try await retime(job, within: bounds, after: run.id, at: now)
        } catch {
            logger.error("not re-timed", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
    }

    private func retime(_ job: Job, within bounds: AdaptiveBounds, after run: RunID, at now: Date) async throws {
        var hints = try await store.hints(of: job.id, at: now)
        switch Self.reading(of: try await store.stepRuns(of: run), job: job, at: now) {
        case .hint(let hint)?: hints.append(hint)
        case .refused(let reason)?:
            _ = try await store.retime(Retiming(jobID: job.id, runID: run, at: now, rule: .refused, reason: reason))
        case nil: break
        }
        let started = try await store.run(run)?.started ?? now
        let decision = AdaptiveDecision(bounds: bounds, lastRun: started) { job.nextOccurrence(after: $0) }
        guard let choice = decision.decide(hints, at: now) else { return }
        _ = try await store.retime(
            Retiming(
                jobID: job.id, runID: run, at: now, rule: choice.rule, hint: choice.hint, baseline: choice.baseline,
                chosen: choice.chosen, isClamped: choice.isClamped, reason: choice.reason))
    }

    /// That of the last step which said something; a model's words are told apart from a program's.
    static func reading(of steps: [StepRun], job: Job, at now: Date) -> HintReading? {
        for step in steps.sorted(by: { ($0.index, $0.attempt) > ($1.index, $1.attempt) }) {
            guard job.steps.indices.contains(step.index), let source = job.steps[step.index].action.hintSource,
                let text = step.result?.text, let reading = HintReading(text, source: source, at: now)
            else { continue }
            return reading
        }
        return nil
    }
}

extension Action {
    /// `nil` for what has no result of its own.
    fileprivate var hintSource: TimingHint.Source? {
        switch self {
        case .script, .http, .call: .step
        case .prompt, .agent: .model
        case .notify, .playbook, .system: nil
        }
    }
}
