import Foundation
import JobModel
import Templates

/// Which steps come next and what their results mean for the run: every decision of a run, without its effects.
///
/// A step begins when all that it needs is settled. Behind a failure only those steps begin whose conditions ask about
/// it; what does not need the failed step goes on. What a step came to, and so which steps run, does not depend on how
/// long steps take or where the process died in between.
struct StepProgress {
    /// What is to be done with a step now.
    enum Turn: Hashable {
        case execute(Int)
        /// Its condition does not hold; the reason is told where the condition is an expression.
        case skip(Int, reason: String?)
        /// Its condition cannot be computed.
        case fail(Int, error: String)

        var index: Int {
            switch self {
            case .execute(let index), .skip(let index, _), .fail(let index, _): index
            }
        }

        var isExecution: Bool { if case .execute = self { true } else { false } }
    }

    enum Standing: Hashable {
        /// Has not begun, or not yet everything that it needs.
        case open
        case underWay
        /// Gave its place up until a moment.
        case parked(until: Date)
        /// It is over itself; what it asked for (a handler, an agent's endpoints) is not.
        case attended
        case succeeded, skipped, failed
        /// It failed and the run goes on all the same.
        case proceeded
        /// It failed and its handler ran instead.
        case replaced(by: Int)
        /// What it needs failed.
        case blocked
    }

    /// Why a step runs that does not run by itself.
    struct Demand: Hashable {
        enum Kind: Hashable { case endpoint, handler, undo }
        var kind: Kind
        /// The step that asked for it.
        var host: Int
        /// How many were asked for before it.
        var number: Int
    }

    /// Steps under way at a time.
    static let widest = 8

    let job: Job
    let run: Run
    let graph: StepGraph
    let reads: StepReads
    let expressions: StepExpressions
    let earlier: EarlierSteps
    let previous: [String: StepResult]
    let zone: String
    private let user: JSONValue
    /// Retries of the whole run that are left: then a failure that may pass is left to them.
    let willRetry: Bool

    var standings: [Standing]
    var underWay = 0
    /// Failed steps that each step is behind.
    var taints: [Set<Int>]
    /// Steps that were carried out, or decided about, in this attempt.
    var fresh: Set<Int> = []
    var results: [String: StepResult] = [:]
    var records: [Int: StepRun] = [:]
    private let ranks: [Int: Int]
    var demands: [Int: Demand] = [:]
    /// Demanded steps that have not begun.
    var demanded: [Int] = []
    /// What an agent asked for and what has not been demanded, by the agent's place.
    var waves: [Int: [[Int]]] = [:]
    /// Endpoints that failed, by the place of the agent that asked for them.
    var failedEndpoints: [Int: Set<Int>] = [:]
    var refusedPlans: [Int: String] = [:]
    /// No retry of the run will follow: who asks about a failure hears of it.
    var isFailureFinal = false
    var undoing: [Int]?
    var stopped: Stop?

    /// Why the run ends where it is.
    struct Stop: Hashable {
        var error: String
        var isTransient: Bool
        var wasCancelled: Bool
    }

    /// - Parameters:
    ///   - earlier: records of earlier attempts of the same run.
    ///   - previous: results of the previous run, by step name.
    init(
        run: Run, job: Job, graph: StepGraph, earlier: [StepRun], previous: [String: StepResult], zone: String = "UTC",
        user: JSONValue = .object([:]), expressions: StepExpressions = .usual
    ) {
        self.user = user
        self.run = run
        self.job = job
        self.graph = graph
        self.previous = previous
        self.zone = zone
        self.expressions = expressions
        self.earlier = EarlierSteps(earlier, of: run, job: job)
        reads = StepReads(job.steps, expressions: expressions)
        // Starts that a death, a stop or a wait of the run cost do not count against the retries.
        willRetry = max(1, run.attempt - run.deaths - run.stops) <= job.policies.retry.retries
        standings = Array(repeating: .open, count: job.steps.count)
        taints = Array(repeating: [], count: job.steps.count)
        ranks = Dictionary(uniqueKeysWithValues: graph.order.enumerated().map { ($1, $0) })
    }

    // MARK: What comes next

    /// Everything that can begin now; it counts as begun. Nothing where the run is over, or waits for what is under way.
    mutating func next(at now: Date) -> [Turn] {
        var turns: [Turn] = []
        while stopped == nil {
            let before = turns.count
            let isMoving = openDemanded(&turns, at: now) || openRegular(&turns, at: now)
            if isMoving || turns.count > before { continue }
            if !turns.isEmpty || isBusy || !goOn() { break }
        }
        return turns
    }

    var isBusy: Bool { underWay > 0 }

    private var hasRoom: Bool { underWay < Self.widest }

    /// True where a step was settled without a turn, so that others may follow.
    private mutating func openDemanded(_ turns: inout [Turn], at now: Date) -> Bool {
        var settledAny = false
        while hasRoom, !demanded.isEmpty {
            let index = demanded.removeFirst()
            settledAny = open(index, &turns, at: now) || settledAny
        }
        return settledAny
    }

    private mutating func openRegular(_ turns: inout [Turn], at now: Date) -> Bool {
        var settledAny = false
        for index in graph.order where standings[index] == .open && hasRoom {
            guard graph.needs[index].allSatisfy({ isSettled($0) }) else { continue }
            let taint = taint(before: index)
            taints[index] = taint
            let asked = taint.filter { reads.readsFailure(index, of: job.steps[$0].name) }
            if !taint.isEmpty, asked.isEmpty {
                standings[index] = .blocked
            } else if !taint.isEmpty, !asked.contains(where: { !isLeftToRetry($0) }), !isFailureFinal {
                continue
            } else {
                settledAny = open(index, &turns, at: now) || settledAny
            }
        }
        return settledAny
    }

    /// True where it was settled at once, by what an earlier attempt recorded.
    private mutating func open(_ index: Int, _ turns: inout [Turn], at now: Date) -> Bool {
        let needs = demands[index].map { [$0.host] } ?? graph.needs[index]
        let isFresh = needs.contains(where: fresh.contains)
        if !isFresh, let record = kept(index) ?? earlier.skipped(index) {
            settle(record)
            return true
        }
        fresh.insert(index)
        let turn = turn(of: index, at: now)
        if case .execute = turn, let record = kept(index) {
            settle(record)
            return true
        }
        standings[index] = .underWay
        underWay += 1
        turns.append(turn)
        return false
    }

    private func kept(_ index: Int) -> StepRun? {
        earlier.done(index) ?? earlier.finalFailure(index, of: job.steps[index])
    }

    /// Both conditions must hold.
    private func turn(of index: Int, at now: Date) -> Turn {
        let step = job.steps[index]
        guard step.condition?.holds(results: results, event: run.event, previous: previous) ?? true else {
            return .skip(index, reason: nil)
        }
        guard let when = step.when else { return .execute(index) }
        do throws(ExpressionProblem) {
            let holds = try expressions.holds(when, TemplateData(context(of: index, at: now), zone: zone))
            return holds ? .execute(index) : .skip(index, reason: when)
        } catch {
            return .fail(index, error: "its condition cannot be computed: \(error.message)")
        }
    }

    /// What the action at `index` may know at this moment.
    func context(of index: Int, at now: Date) -> StepContext {
        let step = job.steps[index]
        return StepContext(
            job: job, run: run, results: results, previous: previous, step: step.name, user: user,
            timeout: step.timeout ?? job.policies.timeout, now: now)
    }

    // MARK: Failures

    func isSettled(_ index: Int) -> Bool {
        switch standings[index] {
        case .open, .underWay, .parked, .attended: false
        case .succeeded, .skipped, .failed, .proceeded, .replaced, .blocked: true
        }
    }

    private func taint(before index: Int) -> Set<Int> {
        graph.needs[index].reduce(into: []) { taint, need in
            taint.formUnion(taints[need])
            taint.formUnion(failedEndpoints[need] ?? [])
            if standings[need] == .failed, taints[need].isEmpty { taint.insert(need) }
        }
    }

    /// The failures that make the run fail, in the order of its steps.
    var failures: [Int] {
        records.keys.filter { standings[$0] == .failed && taints[$0].isEmpty && isCause($0) }.sorted(by: comesBefore)
    }

    /// A handler's failure is told as that of the step it stood in for; that of an undo step changes nothing.
    private func isCause(_ index: Int) -> Bool { demands[index].map { $0.kind == .endpoint } ?? true }

    /// By the step that runs by itself, then by what that asked for.
    func comesBefore(_ left: Int, _ right: Int) -> Bool {
        order(of: left).lexicographicallyPrecedes(order(of: right))
    }

    private func order(of index: Int) -> [Int] {
        if let rank = ranks[index] { return [rank] }
        guard let demand = demands[index] else { return [.max] }
        return (demand.kind == .undo ? [.max] : order(of: demand.host)) + [demand.number]
    }

    func isLeftToRetry(_ index: Int) -> Bool {
        guard willRetry else { return false }
        return job.policies.retry.errors == .any || records[index]?.result?.isTransient == true
    }

    /// Nothing is under way and nothing can begin as things are: what follows then. False where that is the end.
    private mutating func goOn() -> Bool {
        guard !standings.contains(where: \.isParked), !failures.isEmpty else { return false }
        guard failures.contains(where: { !isLeftToRetry($0) }) else { return false }
        if !isFailureFinal {
            isFailureFinal = true
            return true
        }
        return undoNext()
    }
}

extension StepProgress.Standing {
    var isParked: Bool { if case .parked = self { true } else { false } }
}
