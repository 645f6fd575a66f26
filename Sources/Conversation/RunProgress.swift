import Foundation
import JobModel

/// Where the runs are that somebody waits for, in one line: "Competitor prices: 3 of 7 (fetch theirs)…".
///
/// Only runs of several steps that take a while are told of. A run that waits for a moment of its own is let go: its
/// outcome is told like any other.
package struct RunProgress: Sendable {
    /// Steps that a job has at least, and seconds that its run has taken, before it is told of.
    private static let fewestSteps = 3
    private static let patience: TimeInterval = 2

    private let store: any JobStore
    private var followed: [RunID] = []
    private var told = ""

    package init(store: any JobStore) { self.store = store }

    package var isIdle: Bool { followed.isEmpty }

    package var runs: [RunID] { followed }

    package mutating func follow(_ runs: [RunID]) {
        followed += runs.uniqued().filter { !followed.contains($0) }
    }

    /// The line, where it is another than before. A store that cannot be read tells nothing.
    package mutating func look(at now: Date) async -> String? {
        var parts: [String] = []
        for id in followed {
            guard let run = try? await store.run(id), [.due, .claimed, .running].contains(run.state) else {
                followed.removeAll { $0 == id }
                continue
            }
            if let part = await part(of: run, now) { parts.append(part) }
        }
        let line = parts.joined(separator: " ")
        defer { if !line.isEmpty || isIdle { told = line } }
        return line.isEmpty || line == told ? nil : line
    }

    private func part(of run: Run, _ now: Date) async -> String? {
        guard run.state == .running, let started = run.started, now.timeIntervalSince(started) >= Self.patience,
            let job = try? await store.job(run.jobID), job.steps.count >= Self.fewestSteps,
            let records = try? await store.stepRuns(of: run.id)
        else { return nil }
        let steps = StepsDone(of: run, job: job, records: records)
        guard steps.total >= Self.fewestSteps, !steps.current.isEmpty else { return nil }
        return "\(job.name): \(min(steps.done + 1, steps.total)) of \(steps.total) "
            + "(\(steps.current.joined(separator: ", ")))…"
    }
}
