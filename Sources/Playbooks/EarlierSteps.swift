import Foundation
import JobModel

/// What earlier attempts of a run recorded, and what of it still counts.
struct EarlierSteps: Sendable {
    /// Of each step the record that says most: that of its success, else its last.
    private let records: [Int: StepRun]
    private let policy: RetryPolicy
    /// Steps were being taken back when the last attempt ended: then every failure is final.
    private let hasUndone: Bool

    init(_ records: [StepRun], of run: Run, job: Job) {
        var best: [Int: StepRun] = [:]
        for record in records where record.runID == run.id && job.steps.indices.contains(record.index) {
            guard record.name == job.steps[record.index].name else { continue }
            guard let other = best[record.index] else {
                best[record.index] = record
                continue
            }
            if (Self.isDone(record) ? 1 : 0, record.attempt) >= (Self.isDone(other) ? 1 : 0, other.attempt) {
                best[record.index] = record
            }
        }
        self.records = best
        policy = job.policies.retry
        let undoing = Set(job.steps.compactMap(\.undoneBy))
        hasUndone = best.values.contains { undoing.contains($0.name) }
    }

    private static func isDone(_ record: StepRun) -> Bool { record.state == .succeeded && record.result != nil }

    /// The record of a step that succeeded: it is never carried out again.
    func done(_ index: Int) -> StepRun? { records[index].flatMap { Self.isDone($0) ? $0 : nil } }

    func skipped(_ index: Int) -> StepRun? { records[index].flatMap { $0.state == .skipped ? $0 : nil } }

    /// The record of a failure that no retry of the run is meant for, and that is therefore not tried again.
    func finalFailure(_ index: Int, of step: Step) -> StepRun? {
        guard let record = records[index], record.state == .failed, let result = record.result, !result.succeeded else {
            return nil
        }
        if hasUndone { return record }
        switch step.onError {
        case .proceed, .run: return record
        case .stop, .compensate: return result.isTransient || policy.errors == .any ? nil : record
        }
    }

    /// The record of a step that had begun and was not over, or failed and is tried again: a list goes on where it was,
    /// and what waits knows since when.
    func unfinished(_ index: Int) -> StepRun? {
        records[index].flatMap { $0.state == .running || $0.state == .failed ? $0 : nil }
    }
}
