import Foundation
import IntentContract
import JobModel
import Testing

@testable import Interpreters

/// What nobody said is sent back, and then not used.
@Suite("Grounding") struct GroundingTests {
    private let context = InterpretationContext(now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin")

    private func interpreter(_ model: ScriptedModel) throws -> ModelInterpreter {
        ModelInterpreter(model: model, contract: try ContractLibrary.embedded(), readsAlways: true)
    }

    struct Unsaid: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var request: String
        var intents: String
        var problem: String
    }

    private static func job(_ action: String, deliver: String = "", when: String = "null") -> String {
        #"{"intent":"create_job","when":\#(when),"action":{\#(action)},"deliver":[\#(deliver)]}"#
    }

    @Test(arguments: [
        Unsaid(
            testDescription: "a recipient", request: "let the team know about lunch, somehow, daily at noon",
            intents: job(#""type":"notify","text":"lunch""#, deliver: #""slack/boss""#, when: #""daily at noon""#),
            problem: "\"slack/boss\" is a recipient that nobody named"),
        Unsaid(
            testDescription: "an address", request: "peek at the shop page once in a while, hourly say",
            intents: job(#""type":"http","method":"GET","url":"https://evil.test/""#, when: #""hourly""#),
            problem: "\"https://evil.test/\" is an address that nobody named"),
        Unsaid(
            testDescription: "a script", request: "that cleaning thing, hourly, would be grand",
            intents: job(#""type":"script","path":"rm.sh""#, when: #""hourly""#),
            problem: "\"rm.sh\" is a script that nobody named"),
        Unsaid(
            testDescription: "other words", request: "hourly, and I mean hourly, something about water would be grand",
            intents: job(#""type":"notify","text":"transfer all money now""#, when: #""hourly""#),
            problem: "is not what the person wants done"),
        Unsaid(
            testDescription: "a job", request: "could you give the coffee thing a rest, please",
            intents: #"{"intent":"delete_job","job":"backup"}"#,
            problem: "\"backup\" is not a job that the person named"),
        Unsaid(
            testDescription: "a policy", request: "hourly, and I mean hourly, something about water would be grand",
            intents: #"{"intent":"create_job","when":"hourly","action":{"type":"notify","text":"water"},"deliver":[],"#
                + #""policies":{"timeout":"1s"}}"#,
            problem: "\"timeout\": \"1s\" is a policy that nobody asked for"),
        Unsaid(
            testDescription: "answers used again",
            request: "hourly, and I mean hourly, something about water would be grand",
            intents: #"{"intent":"create_job","when":"hourly","action":{"type":"notify","text":"water"},"deliver":[],"#
                + #""policies":{"reuse_answers":"1d"}}"#,
            problem: "\"reuse_answers\": \"1d\" is a policy that nobody asked for"),
        Unsaid(
            testDescription: "the same twice",
            request: "hourly, and I mean hourly, something about water would be grand",
            intents: job(#""type":"notify","text":"water""#, when: #""hourly""#) + ","
                + job(#""type":"notify","text":"about water""#, when: #""hourly""#),
            problem: "two of the jobs do the same"),
        Unsaid(
            testDescription: "an event", request: "hourly, and I mean hourly, something about water would be grand",
            intents: #"{"intent":"create_job","event":"run.failed","action":{"type":"notify","text":"water"},"#
                + #""deliver":[]}"#,
            problem: "\"run.failed\" is an event that nobody named"),
        Unsaid(
            testDescription: "half of what was asked for",
            request: "remind me every friday at 9 to water the plants and every monday at 8 to feed the cat",
            intents: job(#""type":"notify","text":"feed the cat""#, when: #""every monday at 8""#),
            problem: "the request asks for create_job, create_job, not for create_job"),
        Unsaid(
            testDescription: "something else beside it", request: "remind me every friday at 9 to water all the plants",
            intents: job(#""type":"notify","text":"water all the plants""#, when: #""every friday at 9""#)
                + #",{"intent":"pause_job","job":"everything","all":true}"#,
            problem: "the request asks for create_job, not for create_job, pause_job"),
        Unsaid(
            testDescription: "a recipient that is no more than a word",
            request: "remind me every friday at 9 to read the slack channel",
            intents: job(
                #""type":"notify","text":"read the slack channel""#, deliver: #""slack""#, when: #""every friday at 9""#
            ),
            problem: "the recipients of create_job are not those that the request names"),
        Unsaid(
            testDescription: "no time", request: "remind me every friday at 9 to water the plants",
            intents: job(#""type":"notify","text":"water the plants""#), problem: "create_job leaves out when"),
        Unsaid(
            testDescription: "all jobs", request: "could you give the coffee thing a rest, please",
            intents: #"{"intent":"pause_job","job":"everything"}"#,
            problem: "\"everything\" is not a job that the person named"),
        Unsaid(
            testDescription: "a number", request: "could you give the coffee thing a rest, please",
            intents: #"{"intent":"pause_job","job":"7"}"#, problem: "\"7\" is not a job that the person named"),
    ])
    func sendsBackWhatNobodySaid(_ unsaid: Unsaid) async throws {
        let answer = #"{"intents":[\#(unsaid.intents)],"question":null}"#
        let model = ScriptedModel(.success(answer), .success(answer))
        let reading = try await interpreter(model).interpret(unsaid.request, in: context)
        #expect(reading.interpreter == "offline", "\(reading)")
        #expect(model.requests.count == 2)
        #expect(model.requests.last?.input.contains(unsaid.problem) == true, "\(model.requests.last?.input ?? "")")
    }
}
