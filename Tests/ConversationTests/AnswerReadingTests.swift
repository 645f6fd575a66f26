import Foundation
import IntentContract
import JobModel
import Planning
import TestSupport
import Testing

@testable import Conversation

/// What a person says to an open question, where a model reads requests.
struct AnswerReadingTests {
    private static let job = Intent.createJob(CreateJob(when: "every day at 9", action: .notify("water")))
    private static let other = Intent.createJob(CreateJob(when: "every day at 10", action: .notify("water")))

    /// A model is never certain; the grammar reads "what is on" as a request of its own.
    private struct Reader: Interpreter {
        let name = "model"
        var first: Interpretation
        var grammar: any Interpreter { Grammar() }

        func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
            if text == "first" { return first }
            let intent = text == "what is on" ? Intent.listJobs(ListJobs()) : AnswerReadingTests.job
            return Interpretation(interpreter: name, certainty: .guess, intents: [intent])
        }
    }

    private struct Grammar: Interpreter {
        let name = "offline"
        func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
            text == "what is on"
                ? Interpretation(interpreter: name, certainty: .exact, intents: [.listJobs(ListJobs())])
                : Interpretation(interpreter: name, certainty: .none)
        }
    }

    private func session(_ store: InMemoryStore, _ first: Interpretation) -> ConversationSession {
        ConversationSession(
            .init(
                store: store, interpreter: Reader(first: first), now: { Date(timeIntervalSince1970: 1_772_438_400) },
                systemZone: "UTC", lookAround: { _ in .permissive }, presence: { .here }, wakeScheduler: {},
                digest: { "digest of \($0)" }, isInteractive: true))
    }

    @Test func aRequestOfItsOwnIsNoAnswer() async {
        let store = InMemoryStore()
        let question = Question(about: .other, text: "Which page?")
        let session = session(store, Interpretation(interpreter: "model", certainty: .guess, question: question))
        #expect(await session.say("first").question != nil)
        #expect(await session.say("what is on").status != .needsAnswer)
        #expect(await store.jobs().isEmpty)
    }

    /// Each option of a question about two readings stands for its own intents.
    @Test(arguments: [("1", ["09:00"]), ("every day at 10", ["10:00"]), ("no", []), ("perhaps", [])])
    func anOptionPicksItsReading(answer: String, times: [String]) async {
        let store = InMemoryStore()
        let question = Question(about: .other, text: "Which?", options: ["every day at 9", "every day at 10"])
        var first = Interpretation(interpreter: "model", certainty: .guess, intents: [Self.other], question: question)
        first.readings = [[Self.job], [Self.other]]
        let session = session(store, first)
        #expect(await session.say("first").question?.options == question.options)
        let reply = await session.say(answer)
        let texts = await store.jobs().flatMap(\.schedules).map(\.text)
        #expect(texts.count == times.count)
        for (text, time) in zip(texts, times) { #expect(text.contains(time), "\(text)") }
        #expect((reply.question != nil) == (answer == "perhaps"))
    }
}
