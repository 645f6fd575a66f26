import Foundation
import JobModel

/// Carries out the steps of a job, each as soon as what it needs is settled; jobs of one step go the same way.
///
/// A step begins only after its start was recorded, and a step that was recorded as succeeded for this run is not
/// executed again, whatever died in between. `StepProgress` decides, `StepWork` carries out.
package struct PlaybookRunner: Sendable {
    /// Keeps a step's start or end; throws where it cannot be kept.
    package typealias Recorder = @Sendable (StepRun) async throws -> Void

    private let executor: any ActionExecutor
    private let time: any TimeSource
    private let zone: String
    private let user: JSONValue
    private let expressions: StepExpressions
    private let record: Recorder
    private let progress: @Sendable (StepsDone) -> Void
    private let boundary: Boundary.Hook

    /// - Parameters:
    ///   - zone: the person's, for conditions that name a time.
    ///   - user: `name`, `email` and `zone` of the person.
    ///   - progress: told whenever a step begins or is over.
    package init(
        executor: any ActionExecutor, time: any TimeSource, zone: String = "UTC",
        user: JSONValue = .object([:]), expressions: StepExpressions = .usual, record: @escaping Recorder = { _ in },
        progress: @escaping @Sendable (StepsDone) -> Void = { _ in }, boundary: @escaping Boundary.Hook = { _ in }
    ) {
        self.executor = executor
        self.time = time
        self.zone = zone
        self.user = user
        self.expressions = expressions
        self.boundary = boundary
        self.progress = progress
        self.record = record
    }

    /// - Parameters:
    ///   - earlier: step records of earlier attempts of this run.
    ///   - previous: results of the job's previous run by step name, for conditions that ask what changed.
    package func run(
        _ run: Run, of job: Job, earlier: [StepRun] = [], previous: [String: StepResult] = [:]
    ) async -> RunResult {
        let graph: StepGraph
        do throws(StepGraphError) { graph = try StepGraph(job.steps) } catch {
            return RunResult(succeeded: false, error: "its steps cannot be run: \(error.message)")
        }
        var progress = StepProgress(
            run: run, job: job, graph: graph, earlier: earlier, previous: previous, zone: zone,
            user: user, expressions: expressions)
        await withTaskGroup(of: StepWork.Ending.self) { group in
            while let ending = await next(&progress, in: &group) { settle(ending, of: job, &progress) }
        }
        return progress.result
    }

    /// Begins what can begin, and waits for the next step that ends; `nil` where none is under way any more.
    private func next(
        _ progress: inout StepProgress, in group: inout TaskGroup<StepWork.Ending>
    ) async -> StepWork.Ending? {
        let wasBusy = progress.isBusy
        var turns = progress.next(at: time.now)
        if Task.isCancelled, turns.contains(where: \.isExecution) {
            for turn in turns { progress.abandon(turn.index) }
            turns = []
            progress.stop("it was stopped", isTransient: false, wasCancelled: true)
        }
        let works = turns.map { work(of: $0, progress) }
        if !works.isEmpty { self.progress(progress.stepsDone) }
        // Most steps have nobody beside them: they need no task of their own.
        if works.count == 1, !wasBusy { return await works[0].carryOut() }
        for work in works { group.addTask { await work.carryOut() } }
        return await group.next()
    }

    private func work(of turn: StepProgress.Turn, _ progress: StepProgress) -> StepWork {
        let index = turn.index
        return StepWork(
            turn: turn, step: progress.job.steps[index], context: progress.context(of: index, at: time.now),
            unfinished: progress.earlier.unfinished(index),
            isAnswer: { [reads = progress.reads] in reads.isAnswer($0, of: index) },
            zone: zone, expressions: expressions, executor: executor, time: time, record: record, boundary: boundary)
    }

    private func settle(_ ending: StepWork.Ending, of job: Job, _ progress: inout StepProgress) {
        switch ending {
        case .notBegun(let index):
            progress.abandon(index)
            progress.stop("the start of \"\(job.steps[index].name)\" could not be recorded", isTransient: true)
        case .stopped(let index):
            progress.abandon(index)
            progress.stop("it was stopped", isTransient: false, wasCancelled: true)
        case .over(let record): progress.settle(record)
        }
        self.progress(progress.stepsDone)
    }
}
