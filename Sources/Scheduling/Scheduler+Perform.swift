import Foundation
import JobModel

/// Carrying out a claimed run, from its start to its stored outcome.
extension Scheduler {
    /// Begins, executes and finishes `run`. A claim that somebody else took over in the meantime is left alone.
    package func perform(_ run: Run) async {
        defer { release(run) }
        var life = RunLife(run, policies: underWay[run.id]?.policies ?? Policies())
        do {
            guard let job = try await store.job(run.jobID) else {
                _ = try await store.cancel(run: run.id, reason: "the job was deleted", at: time.now)
                return
            }
            guard try await store.begin(run: run.id, token: run.token, at: time.now) else { return }
            life.began()
            let outcome = await execute(run, of: job)
            await carryOut(action(after: outcome, of: &life), run: run, job: job)
        } catch {
            noteTrouble(error)
            logger.error("run not begun", metadata: ["run": "\(run.id)", "error": "\(error)"])
            await carryOut(life.stopped(), run: run, job: nil)
        }
    }

    /// A task of its own, so that one run can be ended alone: by a person, by a newer run, by another owner.
    private func execute(_ run: Run, of job: Job) async -> RunOutcome {
        let execution = Task(executorPreference: taskExecutor) { [executor] in await executor.execute(run, of: job) }
        underWay[run.id]?.execution = execution
        return await withTaskCancellationHandler {
            await execution.value
        } onCancel: {
            execution.cancel()
        }
    }

    private func action(after outcome: RunOutcome, of life: inout RunLife) -> RunLife.Action {
        if isStopping, Task.isCancelled, outcome.state != .succeeded { return life.stopped() }
        return life.ended(outcome, at: time.now, using: &jitter)
    }

    /// Goes on until the store has it: an outcome is not lost because a disk is full for a while.
    private func carryOut(_ action: RunLife.Action, run: Run, job: Job?) async {
        var trials = 0
        while ending == nil {
            do {
                try await store(action, run: run, job: job)
                return noteTrouble(nil)
            } catch {
                trials += 1
                noteTrouble(error)
                logger.error("run not recorded", metadata: ["run": "\(run.id)", "error": "\(error)"])
                // Stopping: the next owner finds it unfinished, which is true.
                if isStopping, trials >= 3 { return }
                await waitForStore(atMost: min(30, 1 << min(trials - 1, 5)))
            }
        }
    }

    /// Second by second: it may be another call that finds the store in order again.
    private func waitForStore(atMost seconds: Int) async {
        for _ in 0..<seconds where storeTrouble > 0 && !Task.isCancelled {
            try? await time.sleep(for: 1)
        }
        await Task.yield()
    }

    private func store(_ action: RunLife.Action, run: Run, job: Job?) async throws {
        switch action {
        case .requeue(let reason, let isDeath):
            _ = try await store.requeue(run: run.id, token: run.token, reason: reason, isDeath: isDeath)
        case .finish(let outcome):
            let now = time.now
            let streak = try await store.failures(of: run.jobID)
            let told = job.map { FailureReport(job: $0, streak: streak, now: now).told(worded(outcome, $0)) } ?? outcome
            hooks.boundary(.beforeFinish)
            guard try await store.finish(run: run.id, token: run.token, outcome: told, at: now) else { return }
            hooks.boundary(.afterFinish)
            await adapt(after: run, of: job, state: told.state, at: now)
            hooks.announce()
        }
    }

    /// A failure that no step reports has a line of its own.
    private func worded(_ outcome: RunOutcome, _ job: Job) -> RunOutcome {
        guard outcome.state == .failed, outcome.message == nil, let reason = outcome.reason else { return outcome }
        var worded = outcome
        worded.message = "\(job.name) failed: \(reason)"
        return worded
    }

    /// A later attempt of the same run may be under way already.
    private func release(_ run: Run) {
        if underWay[run.id]?.run.token == run.token { underWay[run.id] = nil }
        if underWay.isEmpty { hooks.live(false) }
        wake()
    }
}
