import Foundation
import JobModel
import StepExecution

/// Calls of a `playbook` step that give inputs, or wait for the end.
extension NamedRuns {
    /// Seconds until the end of a run is looked for again: soon at first, then less often.
    private static let looks: ClosedRange<TimeInterval> = 2...60

    func call(_ call: PlaybookCall, wake: @Sendable () -> Void) async -> PlaybookCallState {
        let job: Job
        switch await find(call.name, isExact: true) {
        case .failure(let unknown): return .unknown(near: unknown.near)
        case .success(let found): job = found
        }
        if let problem = Self.problem(with: call.inputs, for: job) { return .refused(problem) }
        if call.waits, let run = await begun(call, of: job) { return state(of: run, call) }
        let wanted = Run(
            jobID: job.id, cause: .manual, due: call.waits ? call.began : call.now, depth: call.depth,
            inputs: Self.inputs(of: call))
        guard let run = try? await store.enqueue(wanted) else {
            return .refused("the run of \"\(job.name)\" could not be stored")
        }
        wake()
        return call.waits ? state(of: run, call) : .started(run.id)
    }

    /// The run that this step asked for before it gave its place up: its due moment is when the step began.
    private func begun(_ call: PlaybookCall, of job: Job) async -> Run? {
        let runs = try? await store.runs(RunQuery(job: job.id, since: call.began.addingTimeInterval(-1), limit: 200))
        // A store keeps milliseconds.
        return runs?.first {
            $0.cause == .manual && abs($0.due.timeIntervalSince(call.began)) < 0.002 && $0.depth == call.depth
                && $0.inputs == Self.inputs(of: call)
        }
    }

    private static func inputs(of call: PlaybookCall) -> JSONValue? {
        call.inputs.isEmpty ? nil : .object(call.inputs)
    }

    private func state(of run: Run, _ call: PlaybookCall) -> PlaybookCallState {
        guard !run.state.isFinal else { return .ended(run) }
        let waited = call.now.timeIntervalSince(call.began)
        let pause = min(max(waited / 10, Self.looks.lowerBound), Self.looks.upperBound)
        return .underWay(run.id, lookAgain: call.now.addingTimeInterval(pause))
    }

    private static func problem(with inputs: [String: JSONValue], for job: Job) -> String? {
        let known = job.playbook?.inputs ?? []
        for (name, value) in inputs.sorted(by: { $0.key < $1.key }) {
            guard let input = known.first(where: { $0.name == name }) else {
                let list = known.isEmpty ? "it takes none" : "it takes \(known.map(\.name).joined(separator: ", "))"
                return "\"\(job.name)\" has no input \"\(name)\"; \(list)"
            }
            guard input.accepts(value) else {
                return "the input \"\(name)\" of \"\(job.name)\" is a \(input.kind.rawValue)"
            }
        }
        let missing = known.first { $0.usual == nil && inputs[$0.name] == nil }
        return missing.map { "\"\(job.name)\" needs the input \"\($0.name)\"" }
    }
}
