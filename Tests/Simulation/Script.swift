import JobModel
import Scheduling

/// What one start of a run sets going: a script that ends by itself, or is ended, at a moment of the world's choice.
final class Script: @unchecked Sendable {
    let run: RunID
    let job: JobID
    let group: String?
    let attempt: Int
    let owner: Owner
    var ends: Double
    var outcome: RunOutcome
    /// The ledger's word: nothing of it is under way any more.
    var isOver = false
    var continuation: CheckedContinuation<RunOutcome, Never>?

    init(_ run: Run, owner: Owner, ends: Double, outcome: RunOutcome) {
        self.run = run.id
        job = run.jobID
        group = run.group
        attempt = run.attempt
        self.owner = owner
        self.ends = ends
        self.outcome = outcome
    }

    /// Tells its scheduler, once.
    func tell() {
        guard let waiting = continuation else { return }
        continuation = nil
        owner.untold[run] = nil
        waiting.resume(returning: outcome)
    }
}

/// Starts scripts of the world instead of processes.
struct ScriptExecutor: RunExecutor {
    let world: World
    let owner: Owner

    func execute(_ run: Run, of job: Job) async -> RunOutcome {
        guard !owner.isDead else { return RunOutcome(state: .cancelled) }
        let script = world.start(run, of: job, by: owner)
        guard !script.isOver else { return script.outcome }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                script.continuation = continuation
                owner.untold[run.id] = script
            }
        } onCancel: {
            world.cancel(script)
        }
    }
}
