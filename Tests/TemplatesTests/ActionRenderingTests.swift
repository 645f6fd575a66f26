import Foundation
import JobModel
import Templates
import Testing

@Suite("Filling actions with data")
struct ActionRenderingTests {
    private func context(event: JSONValue) -> StepContext {
        let now = Date(timeIntervalSince1970: 0)
        let job = Job(
            name: "Triage", triggers: [], steps: [Step(name: "one", action: .playbook(name: "x"))],
            provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: now)
        return StepContext(
            job: job, run: Run(jobID: 1, cause: .event, due: now, event: event), timeout: 1, now: now)
    }

    @Test(arguments: [
        ("https://x.test/q?t={{event.v}}", "a b&c=d#e", "https://x.test/q?t=a%20b%26c%3Dd%23e"),
        ("https://x.test/{{event.v}}/end", "../../etc", "https://x.test/..%2F..%2Fetc/end"),
        ("https://x.test/{{event.v}}", "..", "https://x.test/%2E%2E"),
        ("https://x.test/{{event.v}}", "é", "https://x.test/%C3%A9"),
        ("https://x.test/?{{{event.v}}}", "&x=1", "https://x.test/?%26x%3D1"),
        ("https://x.test/plain%20{literal}", "unused", "https://x.test/plain%20{literal}"),
    ])
    func keepsDataInItsSlotOfAnAddress(_ url: String, _ value: String, _ expected: String) throws {
        let action = Action.http(method: "GET", url: url, body: nil)
        let rendered = try action.rendered(in: context(event: ["v": .string(value)]), zone: "UTC")
        #expect(rendered == .http(method: "GET", url: expected, body: nil))
    }

    @Test func encodesNamesOfMembersToo() throws {
        let action = Action.http(method: "GET", url: "https://x.test/?q={{event.v}}", body: nil)
        let rendered = try action.rendered(in: context(event: ["v": ["&evil=": "1"]]), zone: "UTC")
        #expect(rendered == .http(method: "GET", url: "https://x.test/?q=%7B%22%26evil%3D%22%3A%221%22%7D", body: nil))
    }

    @Test(arguments: [
        "https://{{event.v}}/", "{{event.v}}", "https://a.{{event.v}}.test/x", "https://x.test:{{event.v}}/",
    ])
    func refusesHolesInAHost(_ url: String) {
        let action = Action.http(method: "GET", url: url, body: nil)
        #expect(throws: RenderingProblem.self) {
            try action.rendered(in: context(event: ["v": "evil.test"]), zone: "UTC")
        }
    }

    @Test func refusesDataThatBecomesAnOption() throws {
        let event: JSONValue = ["v": "--delete"]
        let script = { (argument: String) in Action.script(path: "x.sh", arguments: [argument]) }
        #expect(throws: RenderingProblem.self) {
            try script("{{event.v}}").rendered(in: context(event: event), zone: "UTC")
        }
        #expect(
            try script("--mode={{event.v}}").rendered(in: context(event: event), zone: "UTC")
                == script("--mode=--delete"))
        #expect(try script("-v").rendered(in: context(event: event), zone: "UTC") == script("-v"))
    }

    @Test func leavesRecipientsPathsAndNamesAlone() throws {
        let event: JSONValue = ["v": "x"]
        let notify = Action.notify(text: "{{event.v}}!", to: [Recipient("telegram/{{event.v}}")])
        let filled = Action.notify(text: "x!", to: [Recipient("telegram/{{event.v}}")])
        #expect(try notify.rendered(in: context(event: event), zone: "UTC") == filled)
        let script = Action.script(path: "{{event.v}}.sh", arguments: [])
        #expect(try script.rendered(in: context(event: event), zone: "UTC") == script)
    }

    @Test func saysHowItWentWhereNoWordsAreGiven() throws {
        var context = context(event: nil)
        context.results["one"] = StepResult(error: "HTTP 503")
        context.results["one"]?.status = 503
        let rendered = try Action.notify(text: "", to: []).rendered(in: context, zone: "UTC")
        #expect(rendered == .notify(text: "Triage failed (HTTP 503)", to: []))
    }
}
