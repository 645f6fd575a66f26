import Foundation
import JobModel
import Playbooks
import Templates

/// A playbook with steps of every kind, and what each step comes to: all from one seed, and nothing by chance.
struct RandomGraph: Sendable {
    /// What a step does whenever it is carried out.
    enum Manner: Sendable {
        case succeed
        case fail
        /// Fails so often in a row within one attempt, then succeeds.
        case failFirst(Int)
        /// Fails in a way that may pass, up to this attempt of the run.
        case failUntil(attempt: Int)
        /// Goes on so many seconds after it began.
        case wait(TimeInterval)
        /// Asks for both endpoints, one after the other.
        case ask(first: String, second: String)
    }

    private(set) var job: Job
    private(set) var manners: [String: Manner] = [:]
    /// Turns that others get before a step is over.
    private(set) var pauses: [String: Int] = [:]
    let previous: [String: StepResult]
    private var steps: [Step] = []
    private var handlers: [String] = []
    private var isShuffled: Bool

    static let unchangedHash = "same"

    init(size: Int, using random: inout SeededGenerator) {
        isShuffled = Int.random(in: 0..<4, using: &random) == 0
        previous = ["s0": StepResult(text: "before", inputHash: Self.unchangedHash)]
        job = PlaybooksTests.job(steps: [])
        for index in 0..<size { addStep(index, using: &random) }
        if isShuffled { steps.shuffle(using: &random) }
        let retries = Int.random(in: 0..<3, using: &random) == 0 ? 2 : 0
        job.policies.retry = RetryPolicy(retries: retries, base: 1, factor: 1, cap: 1, jitter: .none)
        job.steps = steps
    }

    private mutating func addStep(_ index: Int, using random: inout SeededGenerator) {
        let name = "s\(index)"
        var step = Step(name: name, action: .script(path: name, arguments: []))
        step.needs = needs(before: index, using: &random)
        let known = step.needs ?? (index > 0 ? ["s\(index - 1)"] : [])
        addConditions(to: &step, known: known, using: &random)
        addManner(of: &step, using: &random)
        addErrors(to: &step, using: &random)
        if index == 0, Bool.random(using: &random) { step.unchanged = .skip }
        steps.append(step)
    }

    private func needs(before index: Int, using random: inout SeededGenerator) -> [String]? {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3 where !isShuffled: return nil
        case 0..<5: return []
        default:
            guard index > 0 else { return [] }
            let near = max(0, index - 20)..<index
            return (0..<Int.random(in: 1...3, using: &random)).map { _ in "s\(Int.random(in: near, using: &random))" }
        }
    }

    private func addConditions(to step: inout Step, known: [String], using random: inout SeededGenerator) {
        guard let name = known.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: step.when = "\(name).ok"
        case 1: step.when = "not \(name).ok"
        case 2: step.when = "\(name).error is null"
        case 3: step.condition = Condition(step: name, test: .failed, words: "")
        case 4: step.condition = Condition(step: name, test: .succeeded, words: "")
        case 5: step.forEach = "\(name).list"
        default: break
        }
    }

    private mutating func addManner(of step: inout Step, using random: inout SeededGenerator) {
        pauses[step.name] = Int.random(in: 0..<12, using: &random)
        switch Int.random(in: 0..<20, using: &random) {
        case 0: manners[step.name] = .fail
        case 1: manners[step.name] = .failUntil(attempt: Int.random(in: 1...4, using: &random))
        case 2:
            manners[step.name] = .failFirst(Int.random(in: 1...2, using: &random))
            step.retry = RetryPolicy(retries: 2, base: 5, factor: 2, cap: 60)
        case 3: manners[step.name] = .wait(Double.random(in: 1...100, using: &random).rounded())
        case 4 where step.forEach == nil: addEndpoints(to: &step)
        default: manners[step.name] = .succeed
        }
    }

    private mutating func addEndpoints(to step: inout Step) {
        let names = ["\(step.name)x", "\(step.name)y"]
        step.action = .agent(AgentOrder(goal: step.name, endpoints: names))
        manners[step.name] = .ask(first: names[0], second: names[1])
        for name in names { add(name, fails: name.hashValueOfText % 9 == 0) }
    }

    private mutating func addErrors(to step: inout Step, using random: inout SeededGenerator) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: step.onError = .proceed
        case 2:
            step.onError = .run("\(step.name)h")
            add("\(step.name)h", fails: Int.random(in: 0..<4, using: &random) == 0)
            handlers.append("\(step.name)h")
        case 3:
            if let handler = handlers.randomElement(using: &random) { step.onError = .run(handler) }
        case 4: step.onError = .compensate
        default: break
        }
        guard Int.random(in: 0..<4, using: &random) == 0 else { return }
        step.undoneBy = "\(step.name)u"
        add("\(step.name)u", fails: Int.random(in: 0..<5, using: &random) == 0)
    }

    private mutating func add(_ name: String, fails: Bool) {
        steps.append(Step(name: name, action: .script(path: name, arguments: [])))
        manners[name] = fails ? .fail : .succeed
    }

    /// What the step comes to; `time` counts from 1 in each life of the process.
    func result(of name: String, in context: StepContext, time: Int) -> StepResult {
        let number = name.hashValueOfText
        let success = StepResult(
            text: name, messages: [OutgoingMessage(recipients: [], text: name)],
            value: ["ok": .bool(number % 2 == 0), "list": .array((0..<number % 5).map { .number(Double($0)) })])
        switch manners[name] ?? .succeed {
        case .succeed: return success
        case .fail: return StepResult(error: "\(name) broke")
        case .failFirst(let count): return time <= count ? passing : success
        case .failUntil(let attempt):
            let run = context.run
            return run.attempt - run.deaths - run.stops < attempt ? passing : success
        case .wait(let seconds):
            return context.now >= context.began + seconds ? success : StepResult(waitsUntil: context.began + seconds)
        case .ask(let first, let second):
            var answer = success
            answer.plan = ExecutionPlan([.init(first), .init(second, after: [first])])
            return answer
        }
    }
}

extension String {
    /// The same in every process, unlike `hashValue`.
    fileprivate var hashValueOfText: Int { utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF } }
}
