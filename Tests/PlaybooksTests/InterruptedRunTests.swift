import Foundation
import JobModel
import Playbooks
import Testing

/// Random playbooks, cut off after any record and taken up again.
@Suite("Runs that die in between")
struct InterruptedRunTests {
    @Test(arguments: 0..<60)
    func endAsIfNothingHadHappened(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let (job, table) = Self.playbook(using: &random)
        let time = ManualTime()
        let whole = Ledger()
        let executor = TableExecutor(table, time: time)
        let expected = await PlaybookRunner(executor: executor, time: time) { try whole.record($0) }.run(run(), of: job)
        for cut in 0...whole.records.count {
            let kept = Array(whole.records.prefix(cut))
            let second = TableExecutor(table, time: time)
            let result = await PlaybookRunner(executor: second, time: time).run(run(attempt: 2), of: job, earlier: kept)
            let done = Set(kept.filter { $0.state == .succeeded }.map(\.name))
            #expect(done.isDisjoint(with: second.executed), "seed \(seed), cut \(cut)")
            #expect(result.succeeded == expected.succeeded)
            #expect(result.messages == expected.messages)
            #expect(result.steps.map(\.state) == expected.steps.map(\.state))
        }
    }

    /// Steps that succeed, fail or may fail, with conditions on earlier steps.
    private static func playbook(using random: inout SeededGenerator) -> (Job, [String: StepResult]) {
        var steps: [Step] = []
        var table: [String: StepResult] = [:]
        for index in 0..<Int.random(in: 1...6, using: &random) {
            let name = "s\(index)"
            let fails = Int.random(in: 0..<4, using: &random) == 0
            table[name] = StepResult(
                text: "\(index)", exitCode: fails ? 1 : 0, error: fails ? "exit 1" : nil,
                messages: [OutgoingMessage(recipients: [], text: name)])
            var condition: Condition?
            if index > 0, Bool.random(using: &random) {
                let tests: [Condition.Test] = [
                    .failed, .succeeded, .number(.number, .less, 2), .number(.exitCode, .equal, 1),
                ]
                condition = Condition(
                    step: "s\(Int.random(in: 0..<index, using: &random))",
                    test: tests.randomElement(using: &random) ?? .failed, negated: Bool.random(using: &random),
                    words: "")
            }
            steps.append(script(name, when: condition, onError: Bool.random(using: &random) ? .proceed : .stop))
        }
        return (job(steps: steps), table)
    }
}

/// SplitMix64: the same seed draws the same numbers.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
