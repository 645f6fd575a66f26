import Foundation
import JobModel

/// Carries out the steps of a job, each as soon as what it needs is settled; jobs of one step go the same way.
///
/// A step begins only after the ends of what it needs were recorded, and a step that was recorded as succeeded for this
/// run is not executed again, whatever died in between. `StepProgress` decides, `StepWork` carries out, `StepRecords`
/// takes what is to be kept to the store.
package struct PlaybookRunner: Sendable {
    /// Keeps starts and ends of steps, all or none; throws where they cannot be kept.
    package typealias Recorder = @Sendable ([StepRun]) async throws -> Void

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
        let records = StepRecords(record, boundary: boundary)
        await withTaskGroup(of: StepWork.Ending.self) { group in
            var ended: [StepRun] = []
            while let ending = await next(&progress, &ended, records, in: &group) {
                settle(ending, of: job, &progress, &ended)
            }
        }
        await records.finish()
        return progress.result
    }

    /// Begins what can begin, and waits for the next step that ends; `nil` where none is under way any more.
    ///
    /// - Parameter ended: what was not handed over yet. It goes to the disk with the starts of what it lets begin. The
    ///   effects have happened: an end that cannot be recorded now is still part of the run's outcome.
    private func next(
        _ progress: inout StepProgress, _ ended: inout [StepRun], _ records: StepRecords,
        in group: inout TaskGroup<StepWork.Ending>
    ) async -> StepWork.Ending? {
        let (isFirst, wasBusy) = (records.isUnused, progress.isBusy)
        let works = open(&progress, &ended, records)
        // A run that may be repeated need not wait for the starts of its first steps: dying in one of them is as if it had
        // not begun. Later starts go to the disk with the ends of what they need, and those are waited for.
        let isRepeatable = isFirst && ended.isEmpty && !progress.job.policies.atMostOnce
        let request = records.add(ended + works.compactMap(\.start))
        ended = []
        if isRepeatable || (works.isEmpty && progress.isBusy) { records.keepAside(request) }
        if !works.isEmpty { self.progress(progress.stepsDone) }
        // Most steps have nobody beside them: they need no task of their own.
        if works.count == 1, !wasBusy { return await works[0].carryOut(after: request, isRepeatable: isRepeatable) }
        for work in works { group.addTask { await work.carryOut(after: request, isRepeatable: isRepeatable) } }
        return await group.next()
    }

    /// What begins now. What is over at once is settled, and may let others begin.
    private func open(
        _ progress: inout StepProgress, _ ended: inout [StepRun], _ records: StepRecords
    ) -> [StepWork] {
        var works: [StepWork] = []
        while true {
            let turns = progress.next(at: time.now)
            if Task.isCancelled, !works.isEmpty || turns.contains(where: \.isExecution) {
                for index in works.map(\.turn.index) + turns.map(\.index) { progress.abandon(index) }
                progress.stop("it was stopped", isTransient: false, wasCancelled: true)
                return []
            }
            let before = works.count
            for var work in turns.map({ work(of: $0, progress, records) }) {
                if let step = work.open() {
                    ended.append(step)
                    progress.settle(step)
                } else {
                    works.append(work)
                }
            }
            if works.count - before == turns.count { return works }
        }
    }

    private func work(of turn: StepProgress.Turn, _ progress: StepProgress, _ records: StepRecords) -> StepWork {
        let index = turn.index
        return StepWork(
            turn: turn, step: progress.job.steps[index], context: progress.context(of: index, at: time.now),
            unfinished: progress.earlier.unfinished(index),
            isAnswer: { [reads = progress.reads] in reads.isAnswer($0, of: index) },
            zone: zone, expressions: expressions, executor: executor, time: time, records: records, boundary: boundary)
    }

    private func settle(
        _ ending: StepWork.Ending, of job: Job, _ progress: inout StepProgress, _ ended: inout [StepRun]
    ) {
        switch ending {
        case .notBegun(let index):
            progress.abandon(index)
            progress.stop("the start of \"\(job.steps[index].name)\" could not be recorded", isTransient: true)
        case .stopped(let index):
            progress.abandon(index)
            progress.stop("it was stopped", isTransient: false, wasCancelled: true)
        case .over(let step):
            ended.append(step)
            progress.settle(step)
        }
        self.progress(progress.stepsDone)
    }
}
