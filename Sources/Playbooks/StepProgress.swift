import JobModel
import Templates

/// Which step comes next and what a result means for the run: every decision of a run, without its effects.
struct StepProgress {
    enum Next: Hashable {
        case execute(index: Int)
        /// Recorded as done by an earlier attempt of this run: not executed again.
        case reuse(index: Int, StepRun)
        case skip(index: Int)
        /// Steps that an agent asked for and that do not wait for each other: none of `together` and `done`.
        indirect case together([Next])
        case done
    }

    let job: Job
    let event: JSONValue?
    /// Retries of the whole run that are left: then a failure that may pass ends the attempt at once.
    let willRetry: Bool
    private let earlier: [Int: StepRun]
    private let previous: [String: StepResult]
    private(set) var results: [String: StepResult] = [:]
    private(set) var result = RunResult()
    private var index = 0
    private var isOver = false
    /// Names of steps that run only where an agent asks for them.
    private let requested: Set<String>
    /// What an agent asked for and what has not begun.
    private var waves: [[String]] = []

    /// - Parameters:
    ///   - earlier: records of earlier attempts of the same run.
    ///   - previous: results of the previous run, by step name.
    init(run: Run, job: Job, earlier: [StepRun], previous: [String: StepResult]) {
        self.job = job
        self.previous = previous
        requested = job.requestedSteps
        event = run.event
        willRetry = run.attempt <= job.policies.retry.retries
        let done = earlier.filter { $0.state == .succeeded && $0.runID == run.id && $0.result != nil }
        self.earlier = Dictionary(done.map { ($0.index, $0) }, uniquingKeysWith: { $0.attempt > $1.attempt ? $0 : $1 })
    }

    /// What to do with the next step; moves on by itself only over steps that a failure leaves out.
    mutating func next() -> Next {
        if !isOver, result.failedStep == nil, !waves.isEmpty {
            let names = waves.removeFirst()
            let indices = names.compactMap { name in job.steps.firstIndex { $0.name == name } }
            return .together(indices.map(turn(of:)))
        }
        while !isOver, index < job.steps.count {
            let current = index
            index += 1
            let step = job.steps[current]
            if requested.contains(step.name) { continue }
            if result.failedStep != nil, !handlesFailure(step) { continue }
            return turn(of: current)
        }
        return .done
    }

    private func turn(of index: Int) -> Next {
        let step = job.steps[index]
        guard step.condition?.holds(results: results, event: event, previous: previous) ?? true else {
            return .skip(index: index)
        }
        if let record = earlier[index], record.name == step.name { return .reuse(index: index, record) }
        return .execute(index: index)
    }

    /// After a failure only steps that ask about it are of use.
    private func handlesFailure(_ step: Step) -> Bool {
        guard let failed = result.failedStep, let condition = step.condition else { return false }
        return condition.readsFailure(of: job.steps[failed].name)
    }

    /// Takes in what a step came to.
    mutating func finished(_ record: StepRun) {
        result.steps.append(record)
        guard var outcome = record.result else { return }
        let step = job.steps[record.index]
        if !outcome.succeeded, isAnswer(outcome, of: step, at: record.index) { outcome.error = nil }
        results[step.name] = outcome
        if !requested.contains(step.name) { result.text = outcome.text }
        if result.failedStep == nil {
            result.messages += outcome.messages
        } else {
            result.failureMessages += outcome.messages
            result.informed.formUnion(recipients(of: outcome))
        }
        if let note = outcome.note { result.notes.append(note) }
        if let error = outcome.error { failed(step, at: record.index, outcome: outcome, error: error) }
        if outcome.succeeded, let plan = outcome.plan { take(plan, of: step) }
    }

    /// The steps that an agent asked for come next, each once a run. A plan is checked here again, whoever wrote it.
    private mutating func take(_ plan: ExecutionPlan, of step: Step) {
        guard case .agent(let order) = step.action else { return }
        do throws(ExecutionPlan.Refusal) {
            let called = Set(results.keys)
            waves += try plan.waves(within: order.endpoints).map { $0.filter { !called.contains($0) } }
                .filter { !$0.isEmpty }
        } catch {
            result.notes.append("the plan of \(step.name) was not carried out: \(error.message)")
        }
    }

    mutating func skipped(_ record: StepRun) { result.steps.append(record) }

    /// Ends the run where it is: its records cannot be kept, or somebody stopped it.
    mutating func stop(_ error: String, isTransient: Bool, wasCancelled: Bool = false) {
        isOver = true
        if result.failedStep == nil { result.error = error }
        result.succeeded = false
        result.isTransient = isTransient
        result.wasCancelled = wasCancelled
    }

    private mutating func failed(_ step: Step, at index: Int, outcome: StepResult, error: String) {
        guard result.failedStep == nil, step.onError == .stop else {
            result.notes.append("step \(index + 1) failed: \(error)")
            return
        }
        result.succeeded = false
        result.failedStep = index
        result.error = error
        result.isTransient = outcome.isTransient
        isOver = outcome.isTransient && willRetry
    }

    /// An HTTP status that a later condition reads is an answer; where one asks for the failure, it stays a failure.
    private func isAnswer(_ outcome: StepResult, of step: Step, at index: Int) -> Bool {
        let later = job.steps[(index + 1)...].compactMap(\.condition).filter { $0.step == step.name }
        return outcome.status != nil && later.contains { $0.readsStatus(of: step.name) }
            && !later.contains { $0.test == .failed || $0.test == .succeeded }
    }

    private func recipients(of outcome: StepResult) -> [Recipient] {
        outcome.messages.flatMap { $0.recipients.isEmpty ? job.delivery : $0.recipients }
    }
}
