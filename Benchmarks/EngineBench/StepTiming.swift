import Foundation
import JobModel
import Playbooks
import Storage

/// Times runs of a playbook whose steps do nothing: what is left is the engine, and its records on the disk.
///
/// Everything that the scheduler does for a run is done for each of them: it is claimed, begun and finished. The end of
/// every step is on the disk, with the start of the next, before that next one begins.
struct StepTiming {
    enum Problem: Error { case runNotClaimed, stepsMissing }

    let folder: String
    let runs: Int
    let steps: Int

    /// Seconds for all runs, which go on at the same time. One run goes before them and does not count: what a program
    /// does once is over then, as it is in an engine that has been asked before.
    func seconds() async throws -> Double {
        _ = try await StepTiming(folder: folder, runs: 1, steps: 20).secondsOnce()
        return try await secondsOnce()
    }

    private func secondsOnce() async throws -> Double {
        let store = try await SQLiteStore.open(at: folder + "/rota-\(UUID().uuidString).db")
        try await store.becomeOwner()
        let job = try await makeJob(in: store)
        var queued: [Run] = []
        for _ in 0..<runs {
            queued.append(try await store.enqueue(Run(jobID: job.id, cause: .manual, due: .now)))
        }
        let runner = JobRunner(store: store, executor: Nothing(), time: WallClock(), zone: { "UTC" })
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for run in queued { group.addTask { try await Self.carryOut(run, of: job, runner, store) } }
            try await group.waitForAll()
        }
        let spent = start.duration(to: .now)
        for run in queued where try await store.stepRuns(of: run.id).count(where: { $0.state == .succeeded }) != steps {
            throw Problem.stepsMissing
        }
        try store.close()
        return Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
    }

    private func makeJob(in store: SQLiteStore) async throws -> Job {
        let names = (0..<steps).map { "step \($0)" }
        let job = Job(
            id: 0, name: "Nothing", triggers: [Trigger(.manual)],
            steps: names.map { Step(name: $0, action: .script(path: "nothing", arguments: [])) }, delivery: [],
            policies: Policies(), provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: .now)
        _ = try await store.apply([.create(job)], summary: "Nothing", at: .now)
        guard let made = try await store.jobs().first else { throw Problem.runNotClaimed }
        return made
    }

    private static func carryOut(_ run: Run, of job: Job, _ runner: JobRunner, _ store: SQLiteStore) async throws {
        let token = UUID().uuidString
        let claimed = try await store.claim(ClaimRequest(queued: [RunClaim(id: run.id, token: token)]), at: .now).first
        guard let claimed, try await store.begin(run: run.id, token: token, at: .now) else {
            throw Problem.runNotClaimed
        }
        let outcome = await runner.execute(claimed, of: job)
        _ = try await store.finish(run: run.id, token: token, outcome: outcome, at: .now)
    }
}

private struct Nothing: ActionExecutor {
    func execute(_ action: Action, in context: StepContext) async -> StepResult { StepResult() }
}
