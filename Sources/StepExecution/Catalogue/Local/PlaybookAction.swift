import Foundation
import JobModel

/// A wish to run a stored playbook or job by its name.
package struct PlaybookCall: Hashable, Sendable {
    package var name: String
    package var inputs: [String: JSONValue]
    /// How deep the run is among those that start each other.
    package var depth: Int
    /// Its end is waited for: asked again with the same moment, it is the same run and not a second one.
    package var waits: Bool
    /// When the step began that calls.
    package var began: Date
    package var now: Date

    package init(
        name: String, inputs: [String: JSONValue] = [:], depth: Int, waits: Bool = false, began: Date, now: Date
    ) {
        self.name = name
        self.inputs = inputs
        self.depth = depth
        self.waits = waits
        self.began = began
        self.now = now
    }
}

/// How far a called run is.
package enum PlaybookCallState: Hashable, Sendable {
    case started(RunID)
    /// Not over; worth another look at this moment.
    case underWay(RunID, lookAgain: Date)
    case ended(Run)
    case unknown(near: [String])
    /// One clause: an input that it does not have, a job that may not run.
    case refused(String)
}

/// `playbook`: runs another playbook or job, with inputs, and may wait for its end.
struct PlaybookAction: CatalogueAction {
    let run: (@Sendable (PlaybookCall) async -> PlaybookCallState)?

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let name = call.approvedText("name") ?? ""
        guard !name.contains("{{") else { return StepResult(error: "\"name\" has a hole: it is fixed by the plan") }
        guard let run else { return StepResult(error: "playbooks cannot be called here") }
        let depth = context.run.depth + 1
        guard depth <= StepExecutor.depthLimit else {
            return StepResult(
                error: "\"\(name)\" was not run: jobs that start each other end after \(StepExecutor.depthLimit) runs")
        }
        let state = await run(
            PlaybookCall(
                name: name, inputs: call["inputs"]?.object ?? [:], depth: depth, waits: call.truth("wait") ?? false,
                began: context.began, now: context.now))
        return Self.result(state, name)
    }

    private static func result(_ state: PlaybookCallState, _ name: String) -> StepResult {
        switch state {
        case .started(let id):
            return StepResult(
                text: "started \"\(name)\"", value: ["run": .number(Double(id)), "state": "started", "output": .null])
        case .underWay(_, let moment):
            return StepResult(text: "waits for \"\(name)\"", waitsUntil: moment)
        case .ended(let run): return ended(run, name)
        case .refused(let reason): return StepResult(error: reason)
        case .unknown(let near):
            let advice = near.isEmpty ? "" : "; did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?"
            return StepResult(error: "there is no playbook or job called \"\(name)\"\(advice)")
        }
    }

    private static func ended(_ run: Run, _ name: String) -> StepResult {
        let output = ResultText.clean(run.output ?? "")
        guard run.state == .succeeded else {
            let reason = run.reason.map { ": \(ResultText.firstLine($0))" } ?? ""
            return StepResult(text: output, error: "\"\(name)\" was \(run.state.rawValue)\(reason)")
        }
        return StepResult(
            text: output,
            value: ["run": .number(Double(run.id)), "state": .string(run.state.rawValue), "output": .string(output)])
    }
}
