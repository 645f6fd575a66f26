import JobModel
import Playbooks
import Synchronization
import Testing

@Suite("What is recorded together")
struct StepRecordsTests {
    private let time = ManualTime()

    /// "0" for the start of the first step, "0." for its end; requests that `refused` names by their number fail.
    private func requests(
        of steps: [Step], atMostOnce: Bool = true, refusing refused: Set<Int> = [], table: [String: StepResult] = [:]
    ) async -> (kept: [String], executed: [String], result: RunResult) {
        let kept = Mutex<(count: Int, texts: [String])>((0, []))
        let executor = PlayedSteps(table)
        let runner = PlaybookRunner(executor: executor, time: time, expressions: .played) { steps in
            try kept.withLock { kept in
                kept.count += 1
                if refused.contains(kept.count) { throw Ledger.Full() }
                kept.texts.append(steps.map { "\($0.index)\($0.state == .running ? "" : ".")" }.joined(separator: " "))
            }
        }
        var job = job(steps: steps)
        job.policies.atMostOnce = atMostOnce
        let result = await runner.run(run(), of: job)
        return (kept.withLock(\.texts), executor.executed, result)
    }

    @Test func anEndGoesWithTheStartsOfWhatItLetsBegin() async {
        let plain = await requests(of: [step("a"), step("b"), step("c")])
        #expect(plain.kept == ["0", "0. 1", "1. 2", "2."] && plain.result.succeeded)
        let wide = await requests(of: [step("a"), step("b", needs: ["a"]), step("c", needs: ["a"])])
        #expect(wide.kept.prefix(2) == ["0", "0. 1 2"])
        let skipping = await requests(of: [step("a"), step("b", when: "no"), step("c")])
        #expect(skipping.kept == ["0", "0. 1. 2", "2."] && skipping.executed == ["a", "c"])
    }

    /// Where a run may be repeated its first step does not wait, and yet nothing overtakes its start.
    @Test func aStartThatNobodyWaitsForComesBeforeItsEnd() async {
        let (kept, executed, result) = await requests(of: [step("a"), step("b")], atMostOnce: false)
        #expect(kept.joined(separator: " ") == "0 0. 1 1." && executed == ["a", "b"] && result.succeeded)
    }

    @Test func nothingBeginsBehindAnEndThatCouldNotBeKept() async {
        let (kept, executed, result) = await requests(of: [step("a"), step("b")], refusing: [2])
        #expect(kept == ["0"] && executed == ["a"])
        #expect(!result.succeeded && result.isTransient && summary(result) == "a")
    }

    /// "b" ends alone and its end is refused; it goes with what is recorded next, before "d" begins.
    @Test func anEndThatCouldNotBeKeptGoesWithTheNext() async {
        let gate = ManualGate()
        let executor = PlayedSteps { name, _, _ in
            if name == "a" { await gate.wait() }
            return StepResult(text: name)
        }
        let kept = Mutex<(hasRefused: Bool, records: [StepRun])>((false, []))
        let runner = PlaybookRunner(executor: executor, time: time) { steps in
            let isRefused = kept.withLock { kept in
                if !kept.hasRefused, steps.contains(where: { $0.name == "b" && $0.state == .succeeded }) {
                    kept.hasRefused = true
                    return true
                }
                kept.records += steps
                return false
            }
            guard isRefused else { return }
            gate.open()
            throw Ledger.Full()
        }
        let steps = [step("a", needs: []), step("b", needs: []), step("d", needs: ["a", "b"])]
        let result = await runner.run(run(), of: job(steps: steps))
        #expect(result.succeeded)
        let ends = kept.withLock(\.records).filter { $0.state == .succeeded }.map(\.name)
        #expect(ends.sorted() == ["a", "b", "d"] && ends.last == "d")
    }
}

/// Closed until it is opened, once.
private final class ManualGate: Sendable {
    private let (stream, source) = AsyncStream.makeStream(of: Void.self)

    func open() { source.finish() }
    func wait() async { for await _ in stream {} }
}
