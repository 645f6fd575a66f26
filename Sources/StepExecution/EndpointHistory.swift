import Foundation
import JobModel
import Templates

/// What the endpoints that an agent may ask for came to in the last runs of its job.
struct EndpointHistory: Sendable {
    /// Runs that are looked at, answers of an endpoint that are told, and bytes of an answer.
    static let runs = 10
    static let answers = 5
    static let answerLimit = 400

    let store: any JobStore
    let zone: String

    /// A line for each call, latest first, by the name of the step.
    func lines(of names: [String], in context: StepContext) async -> [String: [String]] {
        guard !names.isEmpty else { return [:] }
        let query = RunQuery(
            job: context.job.id, states: [.succeeded, .failed, .cancelled], limit: Self.runs)
        let runs = (try? await store.runs(query)) ?? []
        let clock = LocalTimeText(zone: context.job.schedules.first?.zone ?? zone)
        var lines: [String: [String]] = [:]
        for run in runs where run.id != context.run.id {
            let steps = (try? await store.stepRuns(of: run.id)) ?? []
            for step in steps.reversed()
            where names.contains(step.name) && lines[step.name, default: []].count < Self.answers {
                guard let line = Self.line(step, clock: clock) else { continue }
                lines[step.name, default: []].append(line)
            }
        }
        return lines
    }

    /// "2026-03-27 09:00: HTTP 200 after 0.8 s: {"open": 3}".
    private static func line(_ step: StepRun, clock: LocalTimeText) -> String? {
        guard let result = step.result else { return nil }
        let code = result.status.map { "HTTP \($0)" } ?? result.error ?? "done"
        let seconds = step.finished.map { (max(0, $0.timeIntervalSince(step.started)) * 10).rounded() / 10 }
        let span = seconds.map { " after \(ResultText.seconds($0))" } ?? ""
        let text = ResultText.prefix(CleanText.trimmed(result.text), bytes: answerLimit)
        return "\(clock.moment(step.started)): \(code)\(span)\(text.isEmpty ? "" : ": \(text)")"
    }
}
