import JobModel
import Templates

/// What the conditions of a job's steps read of each other, beyond results: failures and HTTP statuses.
struct StepReads: Sendable {
    private let steps: [Step]
    /// Dotted names that each step's `when` looks up, without a leading `steps.`.
    private let names: [Set<String>]

    init(_ steps: [Step], expressions: StepExpressions) {
        self.steps = steps
        names = steps.map { step in
            Set((step.when.map(expressions.names) ?? []).map { $0.hasPrefix("steps.") ? String($0.dropFirst(6)) : $0 })
        }
    }

    /// The step at `index` asks whether, or why, the step of this name failed: it is worth asking after a failure.
    func readsFailure(_ index: Int, of name: String) -> Bool {
        steps[index].condition?.readsFailure(of: name) == true
            || ["error", "status", "exitCode", "exit_code"].contains { names[index].contains("\(name).\($0)") }
    }

    /// An HTTP status that another step's condition reads is an answer; where one asks for the failure, it stays one.
    func isAnswer(_ result: StepResult, of index: Int) -> Bool {
        guard result.status != nil, !result.succeeded else { return false }
        let name = steps[index].name
        let others = steps.indices.filter { $0 != index }
        return others.contains { readsStatus($0, of: name) } && !others.contains { asksForFailure($0, of: name) }
    }

    private func readsStatus(_ index: Int, of name: String) -> Bool {
        steps[index].condition?.readsStatus(of: name) == true || names[index].contains("\(name).status")
    }

    private func asksForFailure(_ index: Int, of name: String) -> Bool {
        if names[index].contains("\(name).error") { return true }
        guard let condition = steps[index].condition, condition.step == name else { return false }
        return condition.test == .failed || condition.test == .succeeded
    }
}
