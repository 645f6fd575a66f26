import Foundation
import JobModel
import Planning

/// What the steps of a run did, for `rota runs --steps`.
enum StepLines {
    /// "  2. agent: succeeded, said by a model", and under it what an agent did, a line for each thing.
    static func text(_ steps: [StepRun], zone: String, now: Date) -> [String] {
        latest(steps).flatMap { step in
            let words = step.result?.error ?? (step.state == .skipped ? skippedBecause(step.result) : nil)
            let reason = words.map { ", \($0)" } ?? ""
            let origin = step.result.flatMap { Self.origin($0, OccurrenceText(zone: zone), now: now) } ?? ""
            let did = (step.result?.trace ?? []).map { "     \($0)" }
            return (["  \(step.index + 1). \(step.name): \(step.state.rawValue)\(reason)\(origin)"] + did)
                .map { $0.withoutControlCharacters(keepingNewlines: false) }
        }
    }

    /// The last record of each step: earlier ones are of attempts that broke off, or of a wait.
    private static func latest(_ steps: [StepRun]) -> [StepRun] {
        let last = steps.reduce(into: [Int: StepRun]()) { last, step in
            if step.attempt >= last[step.index]?.attempt ?? 0 { last[step.index] = step }
        }
        return last.values.sorted { $0.index < $1.index }
    }

    /// A step that was left out with a result has that of the last run.
    private static func skippedBecause(_ result: StepResult?) -> String? {
        guard let result, result.note == nil, result.inputHash != nil else { return result?.note }
        return "nothing has changed since the last run"
    }

    /// Where words of a model came from, and that nobody was asked for them; `nil` for those of a program.
    private static func origin(_ result: StepResult, _ text: OccurrenceText, now: Date) -> String? {
        guard result.origin == .model, result.succeeded else { return nil }
        guard let moment = result.answeredAt else { return ", said by a model" }
        return ", the model's answer of \(text.short(moment, now: now)) used again, at no cost"
    }

    static func row(_ step: StepRun) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(step.name), "state": .string(step.state.rawValue), "attempt": .number(Double(step.attempt)),
        ]
        members["error"] = step.result?.error.map(JSONValue.string)
        members["status"] = step.result?.status.map { .number(Double($0)) }
        members["origin"] = step.result?.origin.map { .string($0.rawValue) }
        members["answered_at"] = step.result?.answeredAt.map { .string(RFC3339.text($0, fraction: .milliseconds)) }
        members["trace"] = step.result?.trace.map { .array($0.map(JSONValue.string)) }
        return .object(members)
    }
}
