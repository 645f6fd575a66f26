import Foundation
import IntentContract
import JobModel
import Synchronization
import Testing

@testable import Interpreters

/// Gives the recorded answers in turn and keeps what it was asked; more questions than answers fail.
private final class ScriptedModel: LanguageModel {
    let name = "openai:test"
    private let state: Mutex<(answers: [Result<String, ModelError>], requests: [ModelRequest])>

    init(_ answers: Result<String, ModelError>...) { state = Mutex((answers, [])) }

    var requests: [ModelRequest] { state.withLock { $0.requests } }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let answer = state.withLock { state -> Result<String, ModelError> in
            state.requests.append(request)
            return state.answers.isEmpty ? .failure(.malformed("asked too often")) : state.answers.removeFirst()
        }
        return ModelAnswer(text: try answer.get())
    }
}

@Suite("The model interpreter")
struct ModelInterpreterTests {
    private let context = InterpretationContext(now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin")

    private func interpreter(_ model: ScriptedModel) throws -> ModelInterpreter {
        ModelInterpreter(model: model, contract: try ContractLibrary.embedded())
    }

    private static let pause =
        #"{"intents":[{"intent":"pause_job","job":"report","all":null,"until":null}],"question":null}"#

    @Test func takesAValidAnswer() async throws {
        let model = ScriptedModel(.success(Self.pause))
        let reading = try await interpreter(model).interpret("give that report thing a rest, would you", in: context)
        #expect(reading.interpreter == "openai:test")
        #expect(reading.intents == [.pauseJob(PauseJob(job: JobReference("report")))])
        #expect(model.requests.count == 1)
        #expect(model.requests[0].schema != nil)
    }

    @Test func takesAnAnswerInAFence() async throws {
        let model = ScriptedModel(.success("```json\n\(Self.pause)\n```"))
        let reading = try await interpreter(model).interpret("give that report thing a rest", in: context)
        #expect(reading.intents.count == 1)
    }

    @Test func quotesTheProblemOnce() async throws {
        let model = ScriptedModel(.success(#"{"intents":[{"intent":"sing"}],"question":null}"#), .success(Self.pause))
        let reading = try await interpreter(model).interpret("give that report thing a rest", in: context)
        #expect(reading.intents.count == 1)
        #expect(model.requests.count == 2)
        #expect(model.requests[1].input.contains(#""sing" is no intent"#))
        #expect(model.requests[0].instructions == model.requests[1].instructions)
    }

    @Test func fallsBackAfterASecondBadAnswer() async throws {
        let model = ScriptedModel(.success("sure!"), .success("done"))
        let reading = try await interpreter(model).interpret("pause the report", in: context)
        #expect(reading.interpreter == "offline")
        #expect(reading.intents == [.pauseJob(PauseJob(job: JobReference("report")))])
        #expect(reading.remark?.contains("not one JSON document") == true)
        #expect(model.requests.count == 2)
    }

    @Test(arguments: [
        ModelError.unreachable("refused"), .unauthorized("no"), .timedOut(30), .incomplete("cut"),
        .rateLimited(retryAfter: nil),
        .rejected(status: 500, message: "x"), .refused("x"), .malformed("x"), .cancelled,
        .overBudget("the budget is used up"),
    ])
    func fallsBackOnEveryError(_ error: ModelError) async throws {
        let model = ScriptedModel(.failure(error))
        let reading = try await interpreter(model).interpret("pause the report", in: context)
        #expect(reading.interpreter == "offline")
        #expect(reading.intents.count == 1)
        #expect(reading.remark?.contains("openai:test") == true)
        #expect(model.requests.count == 1)
    }

    /// Approvals, undo and bare answers are the grammar's alone.
    @Test(arguments: ["approve 3", "reject 2", "no, drop it", "undo that", "yes", "no", "2"])
    func neverAsksAModelAboutReleases(_ text: String) async throws {
        let model = ScriptedModel(.success(Self.pause))
        let reading = try await interpreter(model).interpret(text, in: context)
        #expect(reading.interpreter == "offline")
        #expect(model.requests.isEmpty)
    }

    @Test func refusesAnApprovalFromAModel() async throws {
        let approval = #"{"intents":[{"intent":"approve","approval":3}],"question":null}"#
        let model = ScriptedModel(.success(approval), .success(approval))
        let reading = try await interpreter(model).interpret("let the third thing through somehow", in: context)
        #expect(reading.interpreter == "offline")
        #expect(!reading.intents.contains { $0.name == "approve" })
    }

    /// A model that computes a time instead of copying the words is not believed.
    @Test func refusesTimesThatNobodySaid() async throws {
        let computed = #"{"intents":[{"intent":"forecast","span":"2026-02-03"}],"question":null}"#
        let copied = #"{"intents":[{"intent":"forecast","span":"tomorrow"}],"question":null}"#
        let model = ScriptedModel(.success(computed), .success(copied))
        let reading = try await interpreter(model).interpret("anything on my plate tomorrow, roughly?", in: context)
        #expect(reading.intents == [.forecast(Forecast(span: "tomorrow"))])
        #expect(model.requests[1].input.contains("2026-02-03"))
    }

    /// Other words for the same times are as good as the person's own; other times are not.
    @Test(arguments: [
        ("kindly see to it that daily at 16:00 the kettle goes on", "every day at 16:00", true),
        ("kindly see to it that daily at 16:00 the kettle goes on", "every day at 17:00", false),
        ("nudge, nine sharp, workdays only, about the standup", "every weekday at 9", true),
        ("nudge me about the standup when the sun is high", "every day at 12:30", false),
    ])
    func comparesTimesByTheirMeaning(request: String, when: String, isBelieved: Bool) async throws {
        let answer = """
            {"intents":[{"intent":"create_job","when":"\(when)","action":{"type":"notify","text":"now"},"deliver":[]}],"question":null}
            """
        let model = ScriptedModel(.success(answer), .success(answer))
        let reading = try await interpreter(model).interpret(request, in: context)
        #expect((reading.interpreter != "offline") == isBelieved, "\(reading)")
    }

    @Test func asksWhatTheModelAsks() async throws {
        let model = ScriptedModel(.success(#"{"intents":[],"question":"Which page?"}"#))
        let reading = try await interpreter(model).interpret("have a look at the shop now and then", in: context)
        #expect(reading.question == Question(about: .other, text: "Which page?"))
        #expect(reading.intents.isEmpty)
    }

    @Test func keepsTheClockOutOfTheInstructions() async throws {
        let model = ScriptedModel(.success(Self.pause))
        _ = try await interpreter(model).interpret("rest, report", in: context)
        #expect(!model.requests[0].instructions.contains("2026"))
        #expect(model.requests[0].input.contains("Europe/Berlin"))
    }
}

@Suite("The recorded interpreter")
struct RecordedInterpreterTests {
    @Test func answersFromItsTable() async {
        let interpreter = RecordedInterpreter(["go": [.undo(Undo())]])
        let context = InterpretationContext(now: .distantPast, zone: "UTC")
        #expect(await interpreter.interpret("go", in: context).intents == [.undo(Undo())])
        #expect(await interpreter.interpret("stay", in: context).certainty == .none)
    }
}
