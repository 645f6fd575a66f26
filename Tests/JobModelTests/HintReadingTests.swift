import Foundation
import JobModel
import Testing

private let now = Date(timeIntervalSince1970: 1_767_225_600)

private func read(_ text: String) -> HintReading? { HintReading(text, source: .step, at: now) }

private func hint(_ kind: TimingHint.Kind, _ reason: String = "no reason given", life: TimeInterval) -> HintReading {
    .hint(TimingHint(kind, reason: reason, source: .step, at: now, expires: now + life))
}

@Suite struct HintReadingTests {
    @Test(arguments: [
        (#"{"rota": {"next_in": "2h", "reason": "quiet"}}"#, hint(.next(now + 7200), "quiet", life: 7200)),
        ("12 files\n{\"rota\": {\"interval\": \"15m\"}}\n\n", hint(.interval(900), life: 86_400)),
        (#"{"rota": {"interval": "3d"}, "n": 1}"#, hint(.interval(259_200), life: 259_200)),
        (#"{"rota": {"pause_for": "1d", "expires_in": "6h"}}"#, hint(.pause(until: now + 86_400), life: 21_600)),
        (#"  {"rota": {"next_in": 90, "interval": null}}  "#, hint(.next(now + 90), life: 90)),
        (#"{"rota": {"interval": "15 minutes"}}"#, hint(.interval(900), life: 86_400)),
        (#"{"rota": {"interval": "1 Hour"}}"#, hint(.interval(3600), life: 86_400)),
        ("{\n  \"rota\": {\"interval\": \"90s\"}\n}\n", hint(.interval(90), life: 86_400)),
        (#"{"rota": {"interval": "90s", "reason": "a\u001b[31mb\nc"}}"#, hint(.interval(90), "ab c", life: 86_400)),
    ])
    func reads(_ text: String, _ reading: HintReading) { #expect(read(text) == reading) }

    @Test(arguments: [
        "", "12 files", "{}", #"{"rot": {"interval": "15m"}}"#, #"{"rota": {"interval": "15m"}"#,
        "{\"rota\": {\"interval\": \"15m\"}}\ndone", "[{\"rota\": {}}]", #"the rota: {"rota": {"interval": "15m"}}"#,
    ])
    func isNoHint(_ text: String) { #expect(read(text) == nil) }

    @Test(arguments: [
        (#"{"rota": "soon"}"#, "no object"), (#"{"rota": {}}"#, "names none"),
        (#"{"rota": {"reason": "x"}}"#, "names none"),
        (#"{"rota": {"interval": "1h", "next_in": "2h"}}"#, "more than one"),
        (#"{"rota": {"interval": "often"}}"#, "\"often\" is no length of time for interval"),
        (#"{"rota": {"interval": "-5m"}}"#, "no length of time"),
        (#"{"rota": {"next_in": "9999d"}}"#, "no length of time"),
        (#"{"rota": {"next_in": true}}"#, "true is no length of time for next_in"),
        (#"{"rota": {"next_in": "1h", "expires_in": "never"}}"#, "for expires_in"),
        (#"{"rota": {"next_in": ["1h"]}}"#, "no length of time"),
    ])
    func refuses(_ text: String, _ reason: String) {
        guard case .refused(let found)? = read(text) else {
            Issue.record("\(text) is not refused")
            return
        }
        #expect(found.contains(reason), "\(found)")
    }

    @Test func longReasonsAreCut() {
        let text = #"{"rota": {"interval": "1h", "reason": "\#(String(repeating: "x", count: 500))"}}"#
        guard case .hint(let hint)? = read(text) else {
            Issue.record("not read")
            return
        }
        #expect(hint.reason.count == 201)
    }

    @Test(arguments: [
        ("12 files\n{\"rota\": {\"interval\": \"15m\"}}\n", "12 files"), (#"{"rota": {}}"#, ""),
        ("12 files\n", "12 files\n"),
        ("{\"a\": 1}", "{\"a\": 1}"),
    ])
    func isLeftOutOfWhatIsTold(_ text: String, _ rest: String) { #expect(HintReading.withoutHint(text) == rest) }
}
