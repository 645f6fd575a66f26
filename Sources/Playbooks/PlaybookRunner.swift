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
            let next = progress.next()
            switch next {
            case .done: return progress.result
            case .together(let turns): await take(turns, of: job, run: run, progress: &progress)
            case .reuse, .skip, .execute: await take([next], of: job, run: run, progress: &progress)
            }
        }
    }

    // MARK: Turns

    /// Steps that do not wait for each other, at the same time; what they came to counts in their order.
    private func take(
        _ turns: [StepProgress.Next], of job: Job, run: Run, progress: inout StepProgress
    ) async {
        guard !Task.isCancelled || !turns.contains(where: \.isExecution) else {
            progress.stop("it was stopped", isTransient: false, wasCancelled: true)
            return
        }
        let indices = turns.compactMap { turn in if case .execute(let index) = turn { index } else { nil } }
        let records = await execute(indices, of: job, run: run, results: progress.results)
        for turn in turns {
            switch turn {
            case .reuse(_, let record): progress.finished(record)
            case .skip(let index): await skip(index, of: job, run: run, progress: &progress)
            case .execute(let index): settle(records[index], of: job.steps[index], progress: &progress)
            case .together, .done: break
            }
        }
    }

    private func execute(
        _ indices: [Int], of job: Job, run: Run, results: [String: StepResult]
    ) async -> [Int: StepRun] {
        if indices.count == 1 {
            return [indices[0]: await execute(indices[0], of: job, run: run, results: results)].compactMapValues(\.self)
        }
        return await withTaskGroup(of: StepRun?.self) { group in
            for index in indices { group.addTask { await execute(index, of: job, run: run, results: results) } }
            return await group.reduce(into: [:]) { records, record in
                if let record { records[record.index] = record }
            }
        }
    }

    private func settle(_ record: StepRun?, of step: Step, progress: inout StepProgress) {
        guard let record else {
            progress.stop("the start of \"\(step.name)\" could not be recorded", isTransient: true)
            return
        }
        progress.finished(record)
        if Task.isCancelled, record.result?.succeeded == false {
            progress.stop("it was stopped", isTransient: false, wasCancelled: true)
        }
    }

    /// The record of its end; `nil` where its start could not be recorded, and so nothing was done.
    private func execute(_ index: Int, of job: Job, run: Run, results: [String: StepResult]) async -> StepRun? {
        var step = StepRun(
            runID: run.id, index: index, name: job.steps[index].name, state: .running, attempt: run.attempt,
            started: time.now)
        do {
            try await record(step)
        } catch {
            return nil
        }
        boundary(.beforeSpawn)
        let process = ProcessBox()
        let context = context(of: step, job: job, run: run, results: results, process: process)
        let result = await executor.execute(job.steps[index].action, in: context)
        step.state = result.succeeded ? .succeeded : .failed
        step.finished = time.now
        step.result = result
        step.process = await process.identity
        boundary(.beforeExit)
        // The effect has happened: an end that cannot be recorded now is still part of the run's outcome.
        try? await record(step)
        boundary(.afterExit)
        return step
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

extension StepProgress.Next {
    fileprivate var isExecution: Bool { if case .execute = self { true } else { false } }
}

/// Carries a process's identity from the executor's callback to the step's last record.
private actor ProcessBox {
    private(set) var identity: ProcessIdentity?

    func set(_ identity: ProcessIdentity) { self.identity = identity }
}
