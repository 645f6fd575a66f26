import FakeProviders
import Foundation
import IntentContract
import Interpreters
import JobModel
import ModelProviders
import Testing

/// The fallback model is asked wherever the first is of no use, over the wire.
@Suite("The fallback model", .timeLimit(.minutes(1)))
struct FallbackModelTests {
    private static let sentence = "give that report thing a rest, would you"
    private static let pause = #"{"intents":[{"intent":"pause_job","job":"report"}],"times":null,"question":null}"#

    private struct Pair {
        let first: FakeProviderServer
        let second: FakeProviderServer

        func reading(_ sentence: String = FallbackModelTests.sentence) async throws -> Interpretation {
            let models = try [("openai", first), ("anthropic", second)].map { provider, server in
                ServedModel(
                    address: try Reading.address(provider, model: "m", at: server),
                    key: { () async throws(ModelError) in nil }, time: ImpatientTime())
            }
            let interpreter = ModelInterpreter(
                model: ModelChain(smart: models), contract: try ContractLibrary.embedded(), readsAlways: true)
            return await interpreter.interpret(
                sentence, in: InterpretationContext(now: Date(timeIntervalSince1970: 1_774_598_100), zone: "UTC"))
        }
    }

    /// How often the first is asked, and what `/why` says of it.
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var answer: ProviderAnswer
        var asked: Int
        var why: String
    }

    @Test(arguments: [
        Row(
            testDescription: "another shape", answer: ProviderAnswer("{}", fault: .wrongSchema), asked: 2,
            why: "openai:m gave no usable answer (/: the member \"intents\" is missing"),
        Row(
            testDescription: "no JSON", answer: ProviderAnswer("Certainly! I did it."), asked: 2,
            why: "openai:m gave no usable answer (the answer is not one JSON document)"),
        Row(
            testDescription: "a refusal", answer: ProviderAnswer(pause, fault: .refusal), asked: 1,
            why: "openai:m declined to answer"),
        Row(
            testDescription: "no key", answer: ProviderAnswer(pause, fault: .problem(.unauthorized(key: nil))),
            asked: 1, why: "openai:m has no usable key"),
        Row(
            testDescription: "a lie, twice",
            answer: ProviderAnswer(#"{"intents":[{"intent":"approve","approval":3}],"times":null,"question":null}"#),
            asked: 2, why: "openai:m gave no usable answer (the intent approve is not for you to give)"),
    ])
    func readsWhereTheFirstIsOfNoUse(_ row: Row) async throws {
        let pair = Pair(
            first: try FakeProviderServer(answers: [row.answer]), second: try FakeProviderServer(text: Self.pause))
        let reading = try await pair.reading()
        #expect(reading.intents == [.pauseJob(PauseJob(job: JobReference("report")))])
        #expect(reading.interpreter == "anthropic:m")
        #expect(pair.first.requests.count == row.asked)
        #expect(pair.second.requests.count == 1)
        let why = reading.basis?.sentence ?? ""
        #expect(why.hasPrefix("anthropic:m read that in "))
        #expect(why.contains("because it reads everything, and \(row.why)"), "\(why)")
    }

    @Test func isRepairedToo() async throws {
        let pair = Pair(
            first: try FakeProviderServer(text: "no"),
            second: try FakeProviderServer(answers: [ProviderAnswer("no"), ProviderAnswer(Self.pause)]))
        let reading = try await pair.reading()
        #expect(reading.basis?.strategy == .repaired)
        #expect(pair.first.requests.count == 2 && pair.second.requests.count == 2)
        // What the first said wrongly is not told to the second.
        #expect(pair.second.requests[0].input == pair.first.requests[0].input)
    }

    @Test func leavesItToTheGrammarAtTheEnd() async throws {
        let pair = Pair(
            first: try FakeProviderServer(text: "no"), second: try FakeProviderServer(text: "no", faults: [.refusal]))
        let reading = try await pair.reading("pause the report")
        #expect(reading.interpreter == "offline")
        #expect(reading.intents.count == 1)
        #expect(
            reading.remark == "openai:m gave no usable answer (the answer is not one JSON document), "
                + "so this was read offline.")
        #expect(reading.basis?.sentence.contains(", and anthropic:m declined to answer") == true)
    }

    /// The model that read the goal plans it too; the first is not tried again in between.
    @Test func plansWhatItRead() async throws {
        let goal =
            #"{"intents":[{"intent":"create_playbook","when":"hourly","steps":[],"deliver":[]}],"question":null}"#
        let steps = #"{"steps":[{"name":"sum","action":{"type":"prompt","text":"a feel for the news"},"to":[]}]}"#
        let pair = Pair(
            first: try FakeProviderServer(text: "no"),
            second: try FakeProviderServer(answers: [ProviderAnswer(goal), ProviderAnswer(steps)]))
        let reading = try await pair.reading("hourly, somehow get a feel for the news")
        #expect(reading.interpreter == "anthropic:m", "\(reading)")
        #expect(pair.first.requests.count == 2 && pair.second.requests.count == 2)
    }
}
