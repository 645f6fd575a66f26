import Foundation
import JobModel
import Synchronization

/// What is recorded of a run, as a store keeps it, until the process "dies": from then on nothing is.
final class GraphLedger: Sendable {
    struct Dead: Error {}

    private struct Key: Hashable {
        var attempt: Int
        var index: Int
    }

    private struct State {
        var rows: [Key: StepRun] = [:]
        var left: Int?
        var isDead = false
    }

    private let state = Mutex(State())

    var isDead: Bool { state.withLock(\.isDead) }
    var rows: [StepRun] { state.withLock { Array($0.rows.values) } }

    /// - Parameter records: requests that are kept before the process dies; `nil` for one that lives.
    func revive(records: Int?) {
        state.withLock {
            $0.left = records; $0.isDead = false
        }
    }

    /// All of them or none.
    func record(_ steps: [StepRun]) throws {
        try state.withLock { state in
            if let left = state.left {
                guard left > 0, !state.isDead else {
                    state.isDead = true
                    throw Dead()
                }
                state.left = left - 1
            }
            for step in steps { state.rows[Key(attempt: step.attempt, index: step.index)] = step }
        }
    }
}
