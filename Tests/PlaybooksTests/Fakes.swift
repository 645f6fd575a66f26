import Foundation
import JobModel
import Synchronization

/// A clock that moves only where a test moves it.
final class ManualTime: TimeSource {
    private let moment: Mutex<Date>

    init(_ moment: Date = Date(timeIntervalSince1970: 1_774_598_400)) { self.moment = Mutex(moment) }

    var now: Date { moment.withLock(\.self) }
    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
    func sleep(until deadline: Date) async throws { moment.withLock { $0 = max($0, deadline) } }
}

/// Answers each action from a table by its words; an action that the table does not hold is a failure of the test.
final class TableExecutor: ActionExecutor {
    private let table: [String: StepResult]
    private let calls = Mutex<[String]>([])
    private let time: ManualTime
    private let took: TimeInterval

    init(_ table: [String: StepResult], time: ManualTime, took: TimeInterval = 0) {
        self.table = table
        self.time = time
        self.took = took
    }

    var executed: [String] { calls.withLock(\.self) }

    func execute(_ action: Action, in context: StepContext) async -> StepResult {
        let key = Self.key(action)
        calls.withLock { $0.append(key) }
        time.advance(took)
        if case .notify(let text, let to) = action {
            return StepResult(text: text, messages: [OutgoingMessage(recipients: to, text: text)])
        }
        if case .script = action { await context.processStarted(ProcessIdentity(pid: 42, startTime: 7)) }
        return table[key] ?? StepResult(error: "not in the table: \(key)")
    }

    private static func key(_ action: Action) -> String {
        switch action {
        case .notify(let text, _): text
        case .prompt(let text, _): text
        case .script(let path, _): path
        case .http(_, let url, _): url
        case .playbook(let name): name
        case .system(let measure, _): measure.rawValue
        case .agent(let order): order.goal
        case .call(let call): call.name
        }
    }
}

/// Keeps what was recorded, and refuses from some record on where asked to.
final class Ledger: Sendable {
    struct Full: Error {}

    private let steps = Mutex<[StepRun]>([])
    private let refusing: Bool

    init(refusing: Bool = false) { self.refusing = refusing }

    var records: [StepRun] { steps.withLock(\.self) }

    func record(_ steps: [StepRun]) throws {
        if refusing { throw Full() }
        self.steps.withLock { $0 += steps }
    }
}

func job(
    _ name: String = "Backup", steps: [Step], delivery: [Recipient] = [], retry: RetryPolicy = .none
) -> Job {
    var policies = Policies()
    policies.retry = retry
    return Job(
        id: 1, name: name, triggers: [Trigger(.manual)], steps: steps, delivery: delivery, policies: policies,
        provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: Date(timeIntervalSince1970: 0))
}

func run(attempt: Int = 1, late: Bool = false, event: JSONValue? = nil) -> Run {
    Run(
        id: 9, jobID: 1, cause: .schedule, due: Date(timeIntervalSince1970: 1_774_598_400), state: .running,
        late: late, attempt: attempt, token: "t", event: event)
}

func script(_ name: String, when: Condition? = nil, onError: OnError = .stop) -> Step {
    Step(name: name, action: .script(path: name, arguments: []), condition: when, onError: onError)
}

func tell(_ words: String, to: String = "", when: Condition? = nil) -> Step {
    let recipients = to.isEmpty ? [] : [Recipient(to)]
    return Step(name: "tell \(words)", action: .notify(text: words, to: recipients), condition: when)
}
