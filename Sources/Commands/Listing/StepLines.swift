import Foundation
import JobModel

/// What the steps of a run did, for `rota runs --steps`.
enum StepLines {
    /// "  2. agent: succeeded", and under it what an agent did, a line for each thing.
    static func text(_ steps: [StepRun]) -> [String] {
        steps.flatMap { step in
            let reason =
                (step.result?.error ?? (step.state == .skipped ? step.result?.note : nil)).map { ", \($0)" } ?? ""
            let did = (step.result?.trace ?? []).map { "     \($0)" }
            return (["  \(step.index + 1). \(step.name): \(step.state.rawValue)\(reason)"] + did)
                .map { $0.withoutControlCharacters(keepingNewlines: false) }
        }
    }

    static func row(_ step: StepRun) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(step.name), "state": .string(step.state.rawValue), "attempt": .number(Double(step.attempt)),
        ]
        members["error"] = step.result?.error.map(JSONValue.string)
        members["status"] = step.result?.status.map { .number(Double($0)) }
        members["trace"] = step.result?.trace.map { .array($0.map(JSONValue.string)) }
        return .object(members)
    }
}
