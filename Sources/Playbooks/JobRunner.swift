import Foundation
import JobModel

/// Executes a claimed run: reads what earlier attempts recorded, runs the steps, and puts the outcome into words.
package struct JobRunner: RunExecutor {
    private let store: any JobStore
    private let executor: any ActionExecutor
    private let time: any TimeSource
    private let zone: @Sendable () -> String
    private let user: @Sendable () -> JSONValue
    private let progress: @Sendable (RunID, StepsDone) -> Void
    private let boundary: Boundary.Hook

    /// - Parameters:
    ///   - zone: the person's zone, asked anew for each run.
    ///   - user: `name`, `email` and `zone` of the person, asked anew for each run.
    ///   - progress: told whenever a step of a run begins or is over.
    package init(
        store: any JobStore, executor: any ActionExecutor, time: any TimeSource,
        zone: @escaping @Sendable () -> String,
        user: @escaping @Sendable () -> JSONValue = { .object([:]) },
        progress: @escaping @Sendable (RunID, StepsDone) -> Void = { _, _ in },
        boundary: @escaping Boundary.Hook = { _ in }
    ) {
        self.store = store
        self.executor = executor
        self.time = time
        self.zone = zone
        self.user = user
        self.progress = progress
        self.boundary = boundary
    }

    package func execute(_ run: Run, of job: Job) async -> RunOutcome {
        do {
            // A first attempt has nothing before it.
            let earlier = run.attempt > 1 ? try await store.stepRuns(of: run.id) : []
            let previous = try await previousResults(of: job, before: run)
            let runner = PlaybookRunner(
                executor: executor, time: time, zone: zone(), user: user(),
                record: { [store] in try await store.record($0) },
                progress: { [progress] in progress(run.id, $0) }, boundary: boundary)
            let result = await runner.run(run, of: job, earlier: earlier, previous: previous)
            let outcome = RunReport(job: job, run: run, result: result, now: time.now, zone: zone()).outcome
            return try await heard(outcome, result, of: job)
        } catch {
            let reason = "its records could not be read"
            return RunOutcome(
                state: .failed, reason: reason, message: "\(job.name) failed: \(reason)", isTransient: true)
        }
    }

    /// A heartbeat says something only where something changed.
    private func heard(_ outcome: RunOutcome, _ result: RunResult, of job: Job) async throws -> RunOutcome {
        guard job.playbook?.isHeartbeat == true else { return outcome }
        let last = try await store.runs(RunQuery(job: job.id, states: [.succeeded], limit: 1)).first
        return HeartbeatReport(job: job, result: result, previous: last, now: time.now, zone: zone()).told(outcome)
    }

    /// Runs that are looked through for a step that did not come to anything in the last one.
    private static let lookBack = 10

    /// Results of the last run that succeeded; only read where a step may ask for them. A step that was left out there,
    /// or failed and was proceeded from, has that of the last run in which it came to something: what it compares with
    /// is not forgotten over one bad answer. One that is left out while nothing changes goes by the last run alone.
    private func previousResults(of job: Job, before run: Run) async throws -> [String: StepResult] {
        guard job.steps.contains(where: \.mayReadPrevious) else { return [:] }
        let runs = try await store.runs(RunQuery(job: job.id, states: [.succeeded], limit: Self.lookBack + 1))
            .filter { $0.id != run.id }
        guard let last = runs.first else { return [:] }
        var results = try await usefulResults(of: last)
        var missing = Set(job.steps.filter { $0.unchanged == nil && $0.readsItsLast }.map(\.name))
        missing.subtract(results.filter { $0.value.succeeded }.keys)
        for earlier in runs.dropFirst() where !missing.isEmpty {
            for (name, result) in try await usefulResults(of: earlier) where result.succeeded && missing.contains(name)
            {
                results[name] = result
                missing.remove(name)
            }
        }
        return results
    }

    private func usefulResults(of run: Run) async throws -> [String: StepResult] {
        let steps = try await store.stepRuns(of: run.id)
        let results = steps.filter { $0.state != .skipped || $0.result?.inputHash != nil }
            .compactMap { step in step.result.map { (step.name, $0) } }
        return Dictionary(results, uniquingKeysWith: { $1 })
    }
}

extension Step {
    /// `compare`, `fetch`, `feed` and own actions say what is new since they last came to something.
    fileprivate var readsItsLast: Bool { if case .call = action { true } else { false } }

    /// Actions of the catalogue may compare with the last run.
    fileprivate var mayReadPrevious: Bool {
        if case .call = action { return true }
        return condition?.test == .changed || unchanged != nil || (when ?? "").contains("changed")
    }
}
