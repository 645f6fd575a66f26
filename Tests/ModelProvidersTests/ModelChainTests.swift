import Foundation
import JobModel
import ModelProviders
import Synchronization
import Testing

/// Which models are asked, in which order, and whose error is told.
struct ModelChainTests {
    /// Answers with its name, or fails; notes that it was asked.
    private struct Member: LanguageModel {
        let name: String
        let error: ModelError?
        let log: Log

        func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
            log.names.withLock { $0.append(name) }
            if let error { throw error }
            return ModelAnswer(text: name)
        }
    }

    private final class Log: Sendable {
        let names = Mutex<[String]>([])
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// How each model fails; `nil` answers.
        var smart: [ModelError?]
        var fast: [ModelError?] = []
        var tier = ModelTier.smart
        var asked: [String]
        var result: Result<String, ModelError>
    }

    @Test(arguments: [
        Row(testDescription: "the first answers", smart: [nil, nil], asked: ["s0"], result: .success("s0")),
        Row(
            testDescription: "the next is asked where one fails", smart: [.timedOut(30), nil], asked: ["s0", "s1"],
            result: .success("s1")),
        Row(
            testDescription: "in order to the last", smart: [.refused("a"), .resting(3), .malformed("c"), nil],
            asked: ["s0", "s1", "s2", "s3"], result: .success("s3")),
        Row(
            testDescription: "the first error counts", smart: [.unauthorized("a"), .timedOut(30)],
            asked: ["s0", "s1"], result: .failure(.unauthorized("a"))),
        Row(
            testDescription: "stopped is stopped", smart: [.cancelled, nil], asked: ["s0"], result: .failure(.cancelled)
        ),
        Row(
            testDescription: "also at the second", smart: [.timedOut(30), .cancelled, nil], asked: ["s0", "s1"],
            result: .failure(.cancelled)),
        Row(
            testDescription: "without money nobody else is asked", smart: [.overBudget("a"), nil], asked: ["s0"],
            result: .failure(.overBudget("a"))),
        Row(
            testDescription: "what is too dear may not be for the next one",
            smart: [.timedOut(30), .overBudget("b"), nil], asked: ["s0", "s1", "s2"], result: .success("s2")),
        Row(
            testDescription: "routine work goes to the fast ones", smart: [nil], fast: [nil], tier: .fast,
            asked: ["f0"],
            result: .success("f0")),
        Row(
            testDescription: "and stays there", smart: [nil], fast: [.timedOut(30)], tier: .fast, asked: ["f0"],
            result: .failure(.timedOut(30))),
        Row(
            testDescription: "without fast ones the smart ones do it", smart: [.timedOut(30), nil], tier: .fast,
            asked: ["s0", "s1"], result: .success("s1")),
        Row(
            testDescription: "the smart ones know nothing of the fast", smart: [nil], fast: [nil], asked: ["s0"],
            result: .success("s0")),
    ])
    func asks(_ row: Row) async {
        let log = Log()
        let members = { (letter: String, errors: [ModelError?]) in
            errors.enumerated().map { Member(name: "\(letter)\($0)", error: $1, log: log) }
        }
        let chain = ModelChain(smart: members("s", row.smart), fast: members("f", row.fast))
        let request = ModelRequest(instructions: "S", input: "U", tier: row.tier)
        let result: Result<String, ModelError>
        do throws(ModelError) { result = .success(try await chain.complete(request).text) } catch {
            result = .failure(error)
        }
        #expect(result == row.result)
        #expect(log.names.withLock(\.self) == row.asked)
        #expect(chain.name == "s0")
    }

    /// Behind a breaker a model that is out costs no more than the first three questions; then its second takes over at
    /// once.
    @Test func aModelThatIsOutIsLeftAlone() async throws {
        let (log, clock) = (Log(), JumpingClock())
        let out = GuardedModel(Member(name: "out", error: .timedOut(30), log: log), time: clock)
        let chain = ModelChain(smart: [out, Member(name: "second", error: nil, log: log)])
        let request = ModelRequest(instructions: "S", input: "U")
        for _ in 0..<5 { #expect(try await chain.complete(request).text == "second") }
        #expect(log.names.withLock { $0.count { $0 == "out" } } == 3)
        try await clock.sleep(until: clock.now + 30)
        _ = try await chain.complete(request)
        #expect(log.names.withLock { $0.count { $0 == "out" } } == 4)
        await #expect(throws: ModelError.resting(60)) { try await out.complete(request) }
    }
}
