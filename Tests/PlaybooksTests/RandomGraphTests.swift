import Foundation
import JobModel
import Playbooks
import Synchronization
import Templates
import Testing

/// Random graphs, cut off between any two records and taken up again. `ROTA_GRAPHS` sets how many.
/// One at a time: they compute all the while, and would keep the tests beside them from their turns.
@Suite("Random graphs that die in between", .serialized)
struct RandomGraphTests {
    static let count = ProcessInfo.processInfo.environment["ROTA_GRAPHS"].flatMap(UInt64.init) ?? 120

    /// Each hundred has two of the largest.
    private static func size(_ seed: UInt64, using random: inout SeededGenerator) -> Int {
        switch seed % 50 {
        case 0: 500
        case 1..<10: Int.random(in: 40...150, using: &random)
        default: Int.random(in: 1...25, using: &random)
        }
    }

    @Test(arguments: 0..<count)
    func endAsIfNothingHadHappened(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let graph = RandomGraph(size: Self.size(seed, using: &random), using: &random)
        _ = try StepGraph(graph.job.steps)
        let whole = GraphPlay(graph)
        let expected = await whole.play { nil }
        for _ in 0..<2 {
            let play = GraphPlay(graph)
            var deaths = Int.random(in: 1...6, using: &random)
            let most = graph.job.steps.count * 2 + 2
            let result = await play.play {
                deaths -= 1
                return deaths < 0 ? nil : Int.random(in: 0...max(1, most / 3), using: &random)
            }
            #expect(play.problems == [], "seed \(seed)")
            #expect(summary(result) == summary(expected), "seed \(seed)")
            #expect(result.error == expected.error && result.text == expected.text, "seed \(seed)")
            #expect(result.notes == expected.notes, "seed \(seed)")
            #expect(result.messages == expected.messages, "seed \(seed)")
            #expect(result.failureMessages == expected.failureMessages, "seed \(seed)")
        }
        #expect(whole.problems == [], "seed \(seed)")
    }
}

/// Plays a graph to its end, over deaths, waits and retries of the run, and watches each step as it begins.
final class GraphPlay: Sendable {
    /// Each start brings the run on, so that it needs far fewer.
    private static let mostAttempts = 2000

    private let graph: RandomGraph
    private let needs: [String: [String]]
    private let ledger = GraphLedger()
    private let time = ManualTime()
    private let found = Mutex<[String]>([])

    init(_ graph: RandomGraph) {
        self.graph = graph
        let steps = graph.job.steps
        let places = (try? StepGraph(steps))?.needs ?? []
        needs = Dictionary(
            uniqueKeysWithValues: zip(steps, places).map { ($0.name, $1.map { steps[$0].name }) })
    }

    var problems: [String] { found.withLock(\.self) }

    /// - Parameter life: how many records the process lives for, each time it starts.
    func play(_ life: () -> Int?) async -> RunResult {
        var run = run()
        while true {
            ledger.revive(records: life())
            let counts = Mutex<[String: Int]>([:])
            let executor = PlayedSteps(hash: { _, _ in RandomGraph.unchangedHash }) { [self] name, context, _ in
                check(name, context)
                for _ in 0..<(graph.pauses[name] ?? 0) { await Task.yield() }
                let time = counts.withLock { counts in
                    let key = name + (context.item?.compactText ?? "")
                    counts[key, default: 0] += 1
                    return counts[key] ?? 0
                }
                return graph.result(of: name, in: context, time: time)
            }
            let runner = PlaybookRunner(executor: executor, time: time, expressions: .played) { [ledger] in
                try ledger.record($0)
            }
            let result = await runner.run(run, of: graph.job, earlier: ledger.rows, previous: graph.previous)
            if ledger.isDead {
                run.deaths += 1
            } else if let moment = result.waitsUntil {
                run.stops += 1
                time.advance(max(0, moment.timeIntervalSince(time.now)))
            } else if !willRetry(run, result) {
                return result
            }
            run.attempt += 1
            guard run.attempt < Self.mostAttempts else {
                note("it never ends")
                return result
            }
        }
    }

    private func willRetry(_ run: Run, _ result: RunResult) -> Bool {
        !result.succeeded && result.isTransient
            && run.attempt - run.deaths - run.stops <= graph.job.policies.retry.retries
    }

    // MARK: Watching

    private func check(_ name: String, _ context: StepContext) {
        let rows = Dictionary(grouping: ledger.rows, by: \.name)
        guard let step = graph.job.steps.first(where: { $0.name == name }) else { return }
        if rows[name]?.contains(where: { $0.state == .succeeded }) == true { note("\(name) ran after its success") }
        if let number = context.item?.number, step.forEach != nil {
            let done = rows[name]?.compactMap { $0.result?.value?.array?.count }.max() ?? 0
            if Int(number) < done { note("\(name) repeated element \(number)") }
        }
        for need in needs[name] ?? [] where !isOver(need, rows) && !isBehindFailure(step) {
            note("\(name) ran before \(need)")
        }
        let hosts = graph.job.steps.filter { $0.onError == .run(name) || $0.undoneBy == name }
        if !hosts.isEmpty, !hosts.contains(where: { isOver($0.name, rows) }) { note("\(name) ran for nothing") }
    }

    private func isOver(_ name: String, _ rows: [String: [StepRun]]) -> Bool {
        rows[name]?.contains { $0.state != .running } == true
    }

    /// Whoever asks about a failure may come behind steps that never began.
    private func isBehindFailure(_ step: Step) -> Bool {
        step.condition?.test == .failed || step.condition?.test == .succeeded || step.when?.contains(".error") == true
    }

    private func note(_ problem: String) { found.withLock { $0.append(problem) } }
}
