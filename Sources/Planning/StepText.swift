import Foundation
import JobModel

/// What a job does, in words: "run backup.sh", or numbered steps with their conditions.
package enum StepText {
    package static func describe(_ steps: [Step]) -> String {
        guard steps.count > 1 else { return steps.first.map { sentence($0, numbered: false) } ?? "" }
        return steps.enumerated().map { "\($0.offset + 1). \(sentence($0.element, numbered: true))" }.joined(
            separator: "  ")
    }

    private static func sentence(_ step: Step, numbered: Bool) -> String {
        let action = describe(step.action, inPlaybook: numbered)
        let conditions = [step.condition.map(describe), step.when.map { "if \($0)" }].compactMap(\.self)
        return (conditions + [action]).joined(separator: ", ")
    }

    package static func describe(_ action: Action, inPlaybook: Bool = false) -> String {
        switch action {
        case .notify(let text, let to):
            let who = to.isEmpty ? "you" : to.map(\.description).joined(separator: ", ")
            return inPlaybook ? "tell \(who)" : "remind you: \(text)"
        case .prompt(let text, let gather):
            return ([text.split(whereSeparator: \.isNewline).joined(separator: " ")] + gather.map(describe)).joined(
                separator: "; ")
        case .script(let path, let arguments): return (["run", path] + arguments).joined(separator: " ")
        case .http(let method, let url, _): return "\(method) \(url)"
        case .playbook(let name): return "run \"\(name)\""
        case .system(let measure, let path): return "look at \(path ?? measure.words)"
        case .agent(let order): return describe(order)
        case .call(let call): return call.words
        }
    }

    /// "the agent researcher: check the logs; may read files below /home/ana/logs; in 6 rounds at most".
    private static func describe(_ order: AgentOrder) -> String {
        let who = order.persona.map { "the agent \($0)" } ?? "an agent"
        var parts = ["\(who): \(order.goal)"]
        let uses = order.tools.map(\.words) + order.endpoints.map { "call \($0)" }
        if !uses.isEmpty { parts.append("may \(uses.joined(separator: ", "))") }
        if let rounds = order.rounds { parts.append("in \(rounds) rounds at most") }
        return parts.joined(separator: "; ")
    }

    private static func describe(_ gathering: Gathering) -> String {
        switch gathering {
        case .gitCommits(let directory, let hours):
            "gathers the commits of the last \(hours) h in \(directory)"
        case .page(let url): "gathers \(url)"
        }
    }

    package static func describe(_ condition: Condition) -> String {
        if !condition.words.isEmpty, !condition.words.contains("{{"),
            condition.words.hasPrefix("if ") || condition.words.hasPrefix("unless ")
        {
            return condition.words
        }
        let word = condition.negated ? "unless" : "if"
        let subject = condition.step == "event" ? (condition.field ?? "the event") : condition.step
        switch condition.test {
        case .failed: return condition.negated ? "if it succeeds" : "if it fails"
        case .succeeded: return condition.negated ? "if it fails" : "if it succeeds"
        case .changed: return "\(word) \(subject) changed"
        case .empty: return "\(word) \(subject) is empty"
        case .contains(let text): return "\(word) \(subject) says \"\(text)\""
        case .number(let measure, let comparison, let value):
            let name =
                measure == .status
                ? "the status of \(subject)" : measure == .exitCode ? "the exit code of \(subject)" : subject
            return "\(word) \(name) is \(words(comparison)) \(number(value))"
        }
    }

    private static func words(_ comparison: Condition.Comparison) -> String {
        switch comparison {
        case .less: "below"
        case .lessOrEqual: "at most"
        case .equal: "exactly"
        case .notEqual: "not"
        case .greaterOrEqual: "at least"
        case .greater: "above"
        }
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? String(value)
    }
}
