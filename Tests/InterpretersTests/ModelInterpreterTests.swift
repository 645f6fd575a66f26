import Foundation
import IntentContract
import JobModel
import Testing

@testable import Interpreters

@Suite("The model interpreter")
struct ModelInterpreterTests {
    private let context = InterpretationContext(now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin")

    private func interpreter(_ model: ScriptedModel) throws -> ModelInterpreter {
        ModelInterpreter(model: model, contract: try ContractLibrary.embedded(), readsAlways: true)
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

    @Test(arguments: [
        "```json\n\(pause)\n```", "Sure!\n```\n\(pause)\n```\nSay if {anything} is unclear.", "\(pause) {}",
    ])
    func takesAnAnswerInProse(_ answer: String) async throws {
        let model = ScriptedModel(.success(answer))
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

    /// A cap is no remark a second time; why the grammar read the sentence stays known.
    @Test func saysNothingOfACapThatWasTold() async throws {
        let model = ScriptedModel(.failure(.overBudget("the budget is used up", isTold: true)))
        let reading = try await interpreter(model).interpret("pause the report", in: context)
        #expect(reading.remark?.contains("openai:test") != true)
        #expect(reading.basis?.reason.contains("the budget is used up") == true)
    }

    @Test func asksNoMoreOftenThanASentenceMay() async throws {
        let model = ScriptedModel(.success("sure!"), .success(Self.pause))
        let reading = try await ModelInterpreter(
            model: model, contract: try ContractLibrary.embedded(), readsAlways: true, mostCalls: 1
        ).interpret("pause the report", in: context)
        #expect(model.requests.count == 1)
        #expect(reading.remark?.contains("budget.calls.request raises it") == true)
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
        let copied = #"{"intents":[{"intent":"forecast","span":"tomorrow"}],"times":null,"question":null}"#
        let model = ScriptedModel(.success(computed), .success(copied))
        let reading = try await interpreter(model).interpret("anything on my plate tomorrow, roughly?", in: context)
        #expect(reading.intents == [.forecast(Forecast(span: "tomorrow"))])
        #expect(model.requests[1].input.contains("2026-02-03"))
    }

    /// Other words for the same times are as good as the person's own; about other times the person is asked.
    @Test(arguments: [
        ("kindly see to it that daily at 16:00 the kettle goes on", "every day at 16:00", "kettle", true),
        ("kindly see to it that daily at 16:00 the kettle goes on", "every day at 17:00", "kettle", false),
        ("nudge, nine sharp, workdays only, about the standup", "every weekday at 9", "standup", true),
        ("nudge me about the standup when the sun is high", "every day at 12:30", "standup", false),
        ("every friday at 9 water the plants", "every friday at 8", "plants", false),
        // Alike for a while: until the weekend, the next clock change, December, an end.
        ("remind me every weekday at 16:00 to stretch", "every day at 16:00", "stretch", false),
        ("remind me every day at 16:00 to stretch", "every day at 15:00 UTC", "stretch", false),
        ("remind me every day at 16:00 to stretch", "every day at 16:00 except in December", "stretch", false),
        ("remind me every day at 16:00 to stretch", "every day at 16:00 until 1 January 2031", "stretch", false),
        ("remind me every day at 16:00 to stretch", "daily 16:00", "stretch", true),
    ])
    func comparesTimesByTheirMeaning(request: String, when: String, text: String, isBelieved: Bool) async throws {
        let answer = Self.reminder(text, when: when)
        let model = ScriptedModel(.success(answer), .success(answer))
        let reading = try await interpreter(model).interpret(request, in: context)
        #expect((reading.interpreter != "offline" && reading.question == nil) == isBelieved, "\(reading)")
        #expect((reading.disputed != nil) == !isBelieved, "\(reading)")
    }

    private static func reminder(_ text: String, when: String, deliver: [String] = [], times: String = "null") -> String
    {
        let recipients = deliver.map { "\"\($0)\"" }.joined(separator: ",")
        return #"""
            {"intents":[{"intent":"create_job","when":"\#(when)","action":{"type":"notify","text":"\#(text)"},
             "deliver":[\#(recipients)]}],"times":\#(times),"question":null}
            """#
    }

    /// Both readings are shown with what would come next, and the answer takes the place of the time words.
    @Test func asksWhichTimeIsMeant() async throws {
        let model = ScriptedModel(.success(Self.reminder("kettle", when: "every day at 17:00")))
        let reading = try await interpreter(model).interpret("daily at 16:00 put the kettle on, will you", in: context)
        let question = try #require(reading.question)
        #expect(question.text.contains("Mon 2 Feb 2026 16:00"), "\(question.text)")
        #expect(question.text.contains("Mon 2 Feb 2026 17:00"), "\(question.text)")
        #expect(question.options.last == "every day at 17:00")
        #expect(reading.disputed == 0)
    }

    /// Unusual words may be explained by the model; whether that is meant is the person's to say.
    @Test func asksWhetherUnusualWordsMeanThat() async throws {
        let times = #"[{"words":"at the crack of dawn on workdays","means":"every weekday at 06:00"}]"#
        let answer = Self.reminder("feed the hens", when: "at the crack of dawn on workdays", times: times)
        let reading = try await interpreter(ScriptedModel(.success(answer)))
            .interpret("the hens, feed them, at the crack of dawn on workdays", in: context)
        #expect(reading.question?.options.contains("every weekday at 06:00") == true)
        #expect(reading.disputed == 0)
    }

    // MARK: The order of reading

    @Test func asksNoModelWhereTheGrammarIsCertain() async throws {
        let model = ScriptedModel(.success(Self.pause))
        let reader = ModelInterpreter(model: model, contract: try ContractLibrary.embedded())
        let reading = await reader.interpret("every weekday at 9 remind me to stand up", in: context)
        #expect(reading.interpreter == "offline")
        #expect(reading.basis?.strategy == .grammar)
        #expect(model.requests.isEmpty)
    }

    @Test func aGuessWithoutTheModelNeedsAYes() async throws {
        let model = ScriptedModel(.failure(.unreachable("nobody listens")))
        let reading = try await interpreter(model).interpret("evry weekday at 9 remnd me to stand up", in: context)
        #expect(reading.certainty == .guess)
        #expect(reading.needsConfirmation)
        #expect(reading.basis?.strategy == .fallback)
        #expect(reading.remark?.contains("nobody listens") == true)
    }

    /// A goal without steps is planned by a second question, with instructions of its own.
    @Test func plansTheStepsOfAGoal() async throws {
        let goal = #"""
            {"intents":[{"intent":"create_playbook","when":"hourly","steps":[],"deliver":[]}],"question":null}
            """#
        let steps = #"""
            {"steps":[{"name":"fetch","action":{"type":"http","method":"GET","url":"https://shop.test/p"},"to":[]},
             {"name":"sum","action":{"type":"prompt","text":"Say what is new: {{fetch.text}}"},"to":[]}],"question":null}
            """#
        let model = ScriptedModel(.success(goal), .success(steps))
        let reading = try await interpreter(model).interpret(
            "hourly, somehow get a feel for what goes on at https://shop.test/p", in: context)
        guard case .createPlaybook(let playbook)? = reading.intents.first else {
            Issue.record("no playbook: \(reading)")
            return
        }
        #expect(playbook.steps.map(\.name) == ["fetch", "sum"])
        #expect(model.requests.map(\.schemaName) == ["intents", "steps"])
        #expect(model.requests[0].instructions != model.requests[1].instructions)
    }

    @Test func countsWhatItTook() async throws {
        let model = ScriptedModel(.success(Self.pause))
        let reading = try await interpreter(model).interpret("give that report thing a rest", in: context)
        #expect(reading.basis?.strategy == .model)
        #expect(reading.basis?.model == "openai:test")
        #expect(reading.basis?.inputTokens == nil)
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
