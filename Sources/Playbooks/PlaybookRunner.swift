import Foundation
import JobModel

/// Carries out the steps of a job in their order; jobs of one step go the same way.
///
/// A step begins only after its start was recorded, and a step that was recorded as succeeded for this run is not
/// executed again, whatever died in between. The first failure ends the run, except for later steps whose condition
/// asks about that failure and for steps with `onError == .proceed`.
package struct PlaybookRunner: Sendable {
    /// Keeps a step's start or end; throws where it cannot be kept.
    package typealias Recorder = @Sendable (StepRun) async throws -> Void

    private let executor: any ActionExecutor
    private let time: any TimeSource
    private let record: Recorder
    private let boundary: Boundary.Hook

    package init(
        executor: any ActionExecutor, time: any TimeSource, record: @escaping Recorder = { _ in },
        boundary: @escaping Boundary.Hook = { _ in }
    ) {
        self.executor = executor
        self.time = time
        self.boundary = boundary
        self.record = record
    }

    /// - Parameters:
    ///   - earlier: step records of earlier attempts of this run.
    ///   - previous: results of the job's previous run by step name, for conditions that ask what changed.
    package func run(
        _ run: Run, of job: Job, earlier: [StepRun] = [], previous: [String: StepResult] = [:]
    ) async -> RunResult {
        var progress = StepProgress(run: run, job: job, earlier: earlier, previous: previous)
        while true {
            switch progress.next() {
            case .done:
                return progress.result
            case .reuse(_, let record):
                progress.finished(record)
            case .skip(let index):
                await skip(index, of: job, run: run, progress: &progress)
            case .execute where Task.isCancelled:
                progress.stop("it was stopped", isTransient: false, wasCancelled: true)
            case .execute(let index):
                await execute(index, of: job, run: run, progress: &progress)
            }
        }
    }

    private func execute(_ index: Int, of job: Job, run: Run, progress: inout StepProgress) async {
        var step = StepRun(
            runID: run.id, index: index, name: job.steps[index].name, state: .running, attempt: run.attempt,
            started: time.now)
        do {
            try await record(step)
        } catch {
            progress.stop("the start of \"\(step.name)\" could not be recorded", isTransient: true)
            return
        }
        boundary(.beforeSpawn)
        let process = ProcessBox()
        let context = context(of: step, job: job, run: run, results: progress.results, process: process)
        let result = await executor.execute(job.steps[index].action, in: context)
        step.state = result.succeeded ? .succeeded : .failed
        step.finished = time.now
        step.result = result
        step.process = await process.identity
        boundary(.beforeExit)
        // The effect has happened: an end that cannot be recorded now is still part of the run's outcome.
        try? await record(step)
        boundary(.afterExit)
        progress.finished(step)
        if Task.isCancelled, !result.succeeded {
            progress.stop("it was stopped", isTransient: false, wasCancelled: true)
        }
    }

    private func context(
        of step: StepRun, job: Job, run: Run, results: [String: StepResult], process: ProcessBox
    ) -> StepContext {
        StepContext(job: job, run: run, results: results, timeout: job.policies.timeout, now: step.started) {
            [record, boundary] identity in
            boundary(.afterSpawn)
            await process.set(identity)
            var started = step
            started.process = identity
            try? await record(started)
        }
    }

    private func skip(_ index: Int, of job: Job, run: Run, progress: inout StepProgress) async {
        let now = time.now
        let step = StepRun(
            runID: run.id, index: index, name: job.steps[index].name, state: .skipped, attempt: run.attempt,
            started: now, finished: now)
        try? await record(step)
        progress.skipped(step)
    }
}

/// Carries a process's identity from the executor's callback to the step's last record.
private actor ProcessBox {
    private(set) var identity: ProcessIdentity?

    func set(_ identity: ProcessIdentity) { self.identity = identity }
}
