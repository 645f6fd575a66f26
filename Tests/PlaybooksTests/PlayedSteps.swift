import Foundation
import JobModel
import Playbooks
import Synchronization
import Templates

/// Answers by the name of the step, from a closure; keeps what was begun and what was over, in order.
final class PlayedSteps: ActionExecutor {
    typealias Answer = @Sendable (_ step: String, _ context: StepContext, _ time: Int) async -> StepResult

    private let answer: Answer
    private let hash: @Sendable (String, StepContext) -> String?
    private let log = Mutex<[String]>([])
    private let counts = Mutex<[String: Int]>([:])

    init(hash: @escaping @Sendable (String, StepContext) -> String? = { _, _ in nil }, _ answer: @escaping Answer) {
        self.hash = hash
        self.answer = answer
    }

    /// From a table; what it does not hold succeeds with its name as text.
    convenience init(_ table: [String: StepResult] = [:]) {
        self.init { step, _, _ in table[step] ?? StepResult(text: step) }
    }

    /// "+a" where a began, "-a" where it was over.
    var events: [String] { log.withLock(\.self) }
    var executed: [String] { events.filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) } }

    func execute(_ action: Action, in context: StepContext) async -> StepResult {
        let name = context.step
        log.withLock { $0.append("+\(name)") }
        let time = counts.withLock { counts in
            counts[name, default: 0] += 1
            return counts[name] ?? 0
        }
        let result = await answer(name, context, time)
        log.withLock { $0.append("-\(name)") }
        return result
    }

    func inputHash(of action: Action, in context: StepContext) async -> String? { hash(context.step, context) }
}

/// `NAME` is the value of that name, `not NAME` and `NAME is null` test it, `broken` cannot be computed.
extension StepExpressions {
    static let played = StepExpressions(
        names: { text in text.split(separator: " ").map(String.init).filter { !["not", "is", "null"].contains($0) } },
        value: { (text, data) throws(ExpressionProblem) in
            if text == "broken" { throw ExpressionProblem("price is a text, not a number") }
            return data.value(named: text) ?? .null
        },
        holds: { (text, data) throws(ExpressionProblem) in
            if text == "broken" { throw ExpressionProblem("price is a text, not a number") }
            let words = text.split(separator: " ").map(String.init)
            if words.first == "not" { return data.value(named: words[1]) != .bool(true) }
            if words.last == "null" { return data.value(named: words[0]) == nil }
            return data.value(named: text) == .bool(true)
        })
}

func step(
    _ name: String, needs: [String]? = nil, when: String? = nil, forEach: String? = nil, onError: OnError = .stop,
    retry: RetryPolicy? = nil, timeout: TimeInterval? = nil, undoneBy: String? = nil, condition: Condition? = nil
) -> Step {
    Step(
        name: name, action: .script(path: name, arguments: []), condition: condition, when: when, needs: needs,
        forEach: forEach, onError: onError, retry: retry, timeout: timeout, undoneBy: undoneBy)
}

/// What a run came to, as a table shows it: "a b! c?" for succeeded, failed, skipped.
func summary(_ result: RunResult) -> String {
    result.steps.map { record in
        switch record.state {
        case .succeeded: record.name
        case .failed: record.name + "!"
        case .skipped: record.name + "?"
        case .running: record.name + "…"
        }
    }.joined(separator: " ")
}

let broken = StepResult(exitCode: 1, error: "exit 1")
let passing = StepResult(error: "no answer", isTransient: true)

/// Words in the order in which they were told.
final class Told: Sendable {
    private let all = Mutex<[String]>([])

    var words: [String] { all.withLock(\.self) }
    func add(_ words: String) { all.withLock { $0.append(words) } }
}
