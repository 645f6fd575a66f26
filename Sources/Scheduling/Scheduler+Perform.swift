import Foundation
import JobModel

/// Carrying out a claimed run, from its start to its stored outcome.
extension Scheduler {
    /// Begins, executes and finishes `run`. A claim that somebody else took over in the meantime is left alone.
    package func perform(_ run: Run) async {
        defer { underWay[run.id] = nil }
        do {
            guard let job = try await store.job(run.jobID) else {
                _ = try await store.cancel(run: run.id, reason: "the job was deleted", at: time.now)
                return
            }
            guard try await store.begin(run: run.id, token: run.token, at: time.now) else { return }
            let outcome = await executor.execute(run, of: job)
            if isStopping, Task.isCancelled, outcome.state != .succeeded {
                _ = try await store.requeue(run: run.id, token: run.token, reason: "the scheduler was stopped")
                return
            }
            try await finish(run, of: job, with: outcome)
        } catch {
            logger.error("run not recorded", metadata: ["run": "\(run.id)", "error": "\(error)"])
        }
    }

    private func finish(_ run: Run, of job: Job, with outcome: RunOutcome) async throws {
        let now = time.now
        let final = retried(outcome, of: run, job: job, at: now)
        guard try await store.finish(run: run.id, token: run.token, outcome: final, at: now) else { return }
        if final.state.isFinal {
            try await emitOutcome(of: run, job: job, outcome: final, at: now)
            try await store.finishSpent()
        }
        announce()
    }

    /// A failure that may pass becomes a retry while the job's policy has one left.
    private func retried(_ outcome: RunOutcome, of run: Run, job: Job, at now: Date) -> RunOutcome {
        guard outcome.state == .failed, outcome.isTransient,
            let delay = job.policies.retry.delay(afterAttempt: run.attempt, using: &jitter)
        else { return outcome }
        return RunOutcome(state: .retrying, retryAt: now + delay, reason: outcome.reason, output: outcome.output)
    }

    func emitOutcome(of run: Run, job: Job, outcome: RunOutcome, at now: Date) async throws {
        let data: JSONValue = [
            "job": .string(job.name), "job_id": .number(Double(job.id)), "run": .number(Double(run.id)),
            "reason": .string(outcome.reason ?? ""),
        ]
        let started = try await EventDispatcher(store: store)
            .dispatch("run.\(outcome.state.rawValue)", data: data, at: now, depth: run.depth)
        if !started.isEmpty { wake() }
    }
}
