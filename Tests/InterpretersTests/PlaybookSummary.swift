import IntentContract
import JobModel
import Testing

@testable import Interpreters

/// A sentence and the steps of the playbook that it makes.
struct PlaybookExample: Sendable, CustomTestStringConvertible {
    var text: String
    /// "system load", "scripts/a.sh", "GET https://…", "tell slack", each followed by " if …" where it has a condition.
    var steps: [String]

    init(_ text: String, _ steps: String...) {
        self.text = text
        self.steps = steps
    }

    var testDescription: String { text }
}

func expectPlaybook(_ example: PlaybookExample, sourceLocation: SourceLocation = #_sourceLocation) {
    let reading = OfflineInterpreter().read(example.text)
    guard case .createPlaybook(let body)? = reading.intents.first, reading.intents.count == 1 else {
        Issue.record("no playbook: \(reading)", sourceLocation: sourceLocation)
        return
    }
    #expect(body.steps.map(summary) == example.steps, sourceLocation: sourceLocation)
    #expect(body.when != nil || body.event != nil, sourceLocation: sourceLocation)
    #expect(reading.question == nil, sourceLocation: sourceLocation)
}

private func summary(of step: StepIntent) -> String {
    let action = step.action
    let what =
        switch action.type {
        case "notify": "tell " + (step.to.isEmpty ? "me" : step.to.joined(separator: ", "))
        case "http": "\(action.method ?? "") \(action.url ?? "")"
        case "script": action.path ?? ""
        case "system": "system \(action.name ?? "")" + (action.path.map { " \($0)" } ?? "")
        default: "\(action.type) \(action.text ?? action.name ?? "")"
        }
    return what + (step.when.map { " if \($0)" } ?? "")
}
