import Foundation
import JobModel

extension StepProgress {
    /// What the run came to so far; once nothing comes next, what it came to.
    var result: RunResult {
        let order = records.keys.sorted(by: comesBefore)
        var result = RunResult(steps: order.compactMap { records[$0] })
        result.text = order.last { speaks($0) }.flatMap { records[$0]?.result?.text } ?? ""
        result.notes = order.flatMap { notes(of: $0) }
        addMessages(of: order, to: &result)
        addFailure(to: &result)
        result.waitsUntil = waitsUntil
        return result
    }

    /// The earliest moment at which a step goes on; `nil` where none waits, or the run is over all the same.
    private var waitsUntil: Date? {
        guard stopped == nil else { return nil }
        return standings.compactMap { if case .parked(let moment) = $0 { moment } else { nil } }.min()
    }

    /// What an agent asked for is its means, and taking back is no result.
    private func speaks(_ index: Int) -> Bool {
        guard records[index]?.state != .skipped, records[index]?.result != nil else { return false }
        return demands[index].map { $0.kind == .handler } ?? true
    }

    private func addMessages(of order: [Int], to result: inout RunResult) {
        for index in order {
            guard let outcome = records[index]?.result, records[index]?.state != .skipped else { continue }
            if taints[index].isEmpty, demands[index]?.kind != .undo {
                result.messages += outcome.messages
            } else {
                result.failureMessages += outcome.messages
                result.informed.formUnion(
                    outcome.messages.flatMap { $0.recipients.isEmpty ? job.delivery : $0.recipients })
            }
        }
    }

    private func addFailure(to result: inout RunResult) {
        if let first = failures.first {
            result.succeeded = false
            result.failedStep = first
            result.error = records[first]?.result?.error
            result.isTransient = failures.allSatisfy { records[$0]?.result?.isTransient == true }
        }
        guard let stopped else { return }
        result.succeeded = false
        if result.failedStep == nil { result.error = stopped.error }
        result.isTransient = stopped.isTransient
        result.wasCancelled = stopped.wasCancelled
    }

    /// How far it is, for whoever watches.
    var stepsDone: StepsDone {
        let current = standings.indices.filter { standings[$0] == .underWay }.map { job.steps[$0].name }
        return StepsDone(
            done: graph.order.count { isSettled($0) && standings[$0] != .blocked }, total: graph.order.count,
            current: current)
    }

    // MARK: Notes

    /// What the person should know of the step beyond its result.
    private func notes(of index: Int) -> [String] {
        guard let record = records[index], record.state != .skipped else { return [] }
        let own = [record.result?.note, refusedPlans[index]].compactMap(\.self)
        guard let error = record.result?.error else { return own }
        switch standings[index] {
        case .proceeded: return own + ["\(place(index)) failed: \(error)"]
        case .replaced(let handler): return own + ["\(place(index)) failed: \(error); \(place(handler)) ran instead"]
        case .failed where demands[index]?.kind == .undo:
            return own + ["\(undone(by: index)) was not taken back: \(error)"]
        case .failed where failures.first != index:
            return own + ["\(place(index)) failed: \(error)"]
        default: return own
        }
    }

    /// "step 1"; in a graph, where counting does not lead to it, "step 3 (fetch)".
    private func place(_ index: Int) -> String {
        "step \(index + 1)" + (graph.isPlain ? "" : " (\(job.steps[index].name))")
    }

    private func undone(by index: Int) -> String {
        let names = job.steps.indices.filter {
            job.steps[$0].undoneBy == job.steps[index].name && standings[$0] == .succeeded
        }
        return names.map(place).joined(separator: " and ")
    }
}
