import Foundation
import IntentContract
import JobModel
import Testing

@testable import Interpreters

/// Signs, limits, ends and numbers of steps that a model changes: asked about, sent back, or shown for a yes.
@Suite("Held words") struct HeldWordsTests {
    enum Fate: String, Sendable { case believed, asked, refused, shown }

    struct Told: Sendable, CustomTestStringConvertible {
        var request: String
        var intent: String
        var fate: Fate
        var testDescription: String { "\(request): \(intent.prefix(90)) \(fate)" }

        init(_ request: String, _ intent: String, _ fate: Fate) {
            (self.request, self.intent, self.fate) = (request, intent, fate)
        }
    }

    private static func watch(_ condition: String, when: String, to recipient: String) -> String {
        #"""
        {"intent":"create_playbook","when":"\#(when)","deliver":[],"steps":[
         {"name":"page","action":{"type":"http","method":"GET","url":"https://a.test/p"},"to":[]},
         {"name":"say","action":{"type":"notify","text":"{{page.number}}"},"when":"\#(condition)","to":[\#(recipient)]}]}
        """#
    }

    private static func exact(_ condition: String, _ fate: Fate) -> Told {
        Told(
            "watch https://a.test/p every morning and email me if it drops below 20",
            watch(condition, when: "every morning", to: "\"email\""), fate)
    }

    private static func guessed(_ condition: String, _ fate: Fate) -> Told {
        Told(
            "keep an eye on https://a.test/p hourly and holler when it goes below 20 please",
            watch(condition, when: "hourly", to: ""), fate)
    }

    private static func remove(_ step: String, _ request: String, _ fate: Fate) -> Told {
        Told(request, #"{"intent":"edit_playbook","job":"report","change":"remove","step":\#(step)}"#, fate)
    }

    private static func pause(_ until: String, _ request: String, _ fate: Fate) -> Told {
        Told(request, #"{"intent":"pause_job","job":"report","until":\#(until)}"#, fate)
    }

    private static let odd = "the report, let it be till monday would you"

    @Test(arguments: [
        exact("page.number < 20", .believed), exact("not page.number >= 20", .believed),
        exact("page.number > 20", .asked), exact("page.number <= 20", .asked),
        exact("not page.number < 20", .asked), exact("page.number < 21", .refused),
        exact("page failed", .refused),
        guessed("page.number < 20", .believed), guessed("page.number > 20", .asked),
        guessed("unless page.number < 20", .asked), guessed("page.number < 25", .refused),
        guessed("page changed", .shown),
        remove("3", "remove step 3 of the report", .believed), remove("2", "remove step 3 of the report", .refused),
        remove("null", "remove step 3 of the report", .refused),
        remove("2", "step two of the report, be so kind, out with it", .shown),
        remove("1", "step two of the report, be so kind, out with it", .refused),
        remove("1", "out with a step of the report, be so kind", .shown),
        pause(#""monday""#, "pause the report until monday", .believed),
        pause(#""tuesday""#, "pause the report until monday", .asked),
        pause(#""for 3 hours""#, "pause the report for 2 hours", .asked),
        pause("null", "pause the report until monday", .refused),
        pause(#""monday""#, "pause the report", .refused),
        pause(#""monday""#, odd, .believed), pause(#""tuesday""#, odd, .asked), pause("null", odd, .shown),
    ])
    func holdsSignsEndsAndSteps(_ told: Told) async throws {
        let context = InterpretationContext(
            now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin",
            jobs: [.init(name: "report", schedule: "Every day at 09:00")])
        let answer = #"{"intents":[\#(told.intent)],"times":null,"question":null}"#
        let model = ScriptedModel(.success(answer), .success(answer))
        let reader = ModelInterpreter(model: model, contract: try ContractLibrary.embedded(), readsAlways: true)
        let reading = await reader.interpret(told.request, in: context)
        #expect(Self.fate(of: reading) == told.fate, "\(reading)")
        #expect(reading.readings.count == (told.fate == .asked ? 2 : 0))
    }

    private static func fate(of reading: Interpretation) -> Fate {
        if reading.basis?.strategy == .fallback { return .refused }
        if reading.question != nil { return .asked }
        return reading.needsConfirmation ? .shown : .believed
    }

    /// Figures and "not" turn a text whose other words were all said.
    @Test(arguments: [
        ("remind me tomorrow at 9 to pay 250 euros", "pay 260 euros", false),
        ("remind me tomorrow at 9 to pay 250 euros", "pay 250 euros", true),
        ("remind me tomorrow at 9 to feed the dog", "do not feed the dog", false),
        ("remind me tomorrow at 9 to not feed the dog", "feed the dog", false),
    ])
    func holdsFiguresAndDenials(request: String, text: String, isBelieved: Bool) async throws {
        let answer = #"""
            {"intents":[{"intent":"create_job","when":"tomorrow at 9","action":{"type":"notify","text":"\#(text)"},
             "deliver":[]}],"times":null,"question":null}
            """#
        let model = ScriptedModel(.success(answer), .success(answer))
        let reader = ModelInterpreter(model: model, contract: try ContractLibrary.embedded(), readsAlways: true)
        let context = InterpretationContext(now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin")
        let reading = await reader.interpret(request, in: context)
        #expect((reading.basis?.strategy != .fallback) == isBelieved, "\(reading)")
    }

    /// "except on holidays" is read with the person's own calendar, and moments tell it from every day.
    @Test func readsHolidaysOfThePerson() async throws {
        let answer = #"""
            {"intents":[{"intent":"create_job","when":"every day at 9","action":{"type":"notify","text":"water"},
             "deliver":[]}],"times":null,"question":null}
            """#
        var context = InterpretationContext(now: Date(timeIntervalSince1970: 1_770_000_000), zone: "Europe/Berlin")
        let carnival = Holiday(name: "Carnival", first: 20_500, length: 1)
        context.calendars = [HolidayCalendar(name: "holidays", file: "de.ics", holidays: [carnival])]
        let reader = ModelInterpreter(
            model: ScriptedModel(.success(answer), .success(answer)), contract: try ContractLibrary.embedded(),
            readsAlways: true)
        let reading = await reader.interpret("remind me every day at 9 except on holidays to water", in: context)
        #expect(reading.disputed == 0, "\(reading)")
        #expect(reading.question?.text.contains("holidays") == true)
    }
}
