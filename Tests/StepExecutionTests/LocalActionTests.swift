import Foundation
import JobModel
import TestSupport
import Testing

@testable import StepExecution

/// One call through the executor, with a home folder of its own.
struct LocalCall {
    let workshop: Workshop
    var capabilities = Capabilities()
    var results: [String: StepResult] = [:]
    var event: JSONValue?
    var now = Date(timeIntervalSince1970: 1_774_598_400)
    var began: Date?
    var depth = 0
    var history: (any HistoryReader)?
    var playbooks: (@Sendable (PlaybookCall) async -> PlaybookCallState)?
    var own: OwnActions?

    init(_ workshop: Workshop) { self.workshop = workshop }

    func run(_ name: String, _ parameters: [String: JSONValue]) async -> StepResult {
        let action = Action.call(ActionCall(name, parameters))
        var context = context(job(action, capabilities: capabilities), event: event, depth: depth, now: now)
        context.results = results
        context.began = began ?? now
        var services = ActionServices(web: TableWeb(), zone: "Europe/Berlin")
        services.home = workshop.root
        services.history = history
        services.playbooks = playbooks
        services.ownActions = own
        let executor = StepExecutor(
            scripts: workshop.runner(), services: services, model: { nil }, runNamed: { _, _ in .unknown(near: []) })
        return await executor.execute(action, in: context)
    }
}

@Suite("extract") struct ExtractActionTests {
    private func extract(_ parameters: [String: JSONValue]) async throws -> StepResult {
        await LocalCall(try Workshop()).run("extract", parameters)
    }

    @Test(
        "reads money as shops write it",
        arguments: [
            ("24,90 €", 24.9, "EUR"), ("1.234,50 €", 1234.5, "EUR"), ("$1,234.50", 1234.5, "USD"),
            ("CHF 1'234.50", 1234.5, "CHF"), ("1 234,50 kr", 1234.5, nil), ("₹1,23,456.00", 123_456, "INR"),
            ("EUR24", 24, "EUR"), ("1.234 €", 1234, "EUR"), ("1,234 USD", 1234, "USD"),
            ("2 items: 24,90 €", 24.9, "EUR"),
            ("-5.00 £", -5, "GBP"), ("€ -5", -5, "EUR"), ("KWD 1.234", 1.234, "KWD"), ("0,5 €", 0.5, "EUR"),
            ("US$ 9.99", 9.99, "USD"), ("12 345 678,9 zł", 12_345_678.9, "PLN"), ("7", 7, nil), ("¥1200", 1200, "JPY"),
        ] as [(String, Double, String?)])
    func money(_ text: String, _ amount: Double, _ currency: String?) async throws {
        let result = try await extract(["from": .string(text), "as": "money"])
        #expect(result.value?["value"] == .number(amount), "\(result)")
        #expect(result.value?["currency"] == (currency.map(JSONValue.string) ?? .null))
    }

    @Test(
        "reads dates, and asks where two are possible",
        arguments: [
            ("shipped on 27 March 2026.", "2026-03-27", nil), ("March 27th, 2026", "2026-03-27", nil),
            ("27.03.2026", "2026-03-27", nil), ("2026-03-27", "2026-03-27", nil), ("03/27/2026", "2026-03-27", nil),
            ("at 2026-03-27T09:00:00+01:00 sharp", "2026-03-27T08:00:00Z", nil), ("03/04/2026", "2026-04-03", "day"),
            ("03/04/2026", "2026-03-04", "month"), ("03/04/2026", nil, nil), ("31.02.2026", nil, nil),
            ("soon", nil, nil),
        ] as [(String, String?, String?)])
    func dates(_ text: String, _ expected: String?, _ order: String?) async throws {
        let order = order.map(JSONValue.string) ?? .null
        let result = try await extract(["from": .string(text), "as": "date", "order": order])
        #expect(result.value?["value"] == expected.map(JSONValue.string), "\(result)")
        #expect((result.error == nil) == (expected != nil))
    }

    @Test(
        "goes by pointers and patterns",
        arguments: [
            (["from": #"{"a/b": [{"~": 3}]}"#, "pointer": "/a~1b/0/~0"], "3"),
            (["from": ["items": [1, 2]], "pointer": "/items/1", "as": "number"], 2),
            (["from": "Price: 24,90 € (incl.)", "pattern": #"Price: ([^(]+)"#, "as": "money"], 24.9),
            (["from": "v1.2.3 and v2.0", "pattern": #"v\d+(?:\.\d+)*"#], "v1.2.3"),
            (["from": "<b>x</b><b>y</b>", "pattern": "<b>([^<]*)</b>"], "x"),
            (["from": "ABC", "pattern": "(?i)a(b)c"], "B"), (["from": "aXbXc", "pattern": "a(.*)X"], "Xb"),
            (["from": #"{"a": [true]}"#, "as": "json"], ["a": [true]]),
        ] as [([String: JSONValue], JSONValue)])
    func parts(_ parameters: [String: JSONValue], _ expected: JSONValue) async throws {
        let result = try await extract(parameters)
        #expect(result.value?["value"] == expected, "\(result)")
    }

    @Test(
        "refuses with a reason",
        arguments: [
            (["from": .null], "\"from\" is empty"), (["from": "{}", "pointer": "/a"], "there is nothing at /a"),
            (["from": "{}", "pointer": "a"], "does not begin with /"), (["from": "x", "pointer": "/a"], "is no JSON"),
            (["from": [1], "pointer": "/01"], "nothing at /01"), (["from": "x", "as": "number"], "there is no number"),
            (["from": "x", "pattern": "(a)(b)"], "more than one group"),
            (["from": "x", "pattern": "a|(b)"], "beside a |"),
            (["from": "x", "pattern": "a*?"], "asks for the shortest"), (["from": "x", "pattern": "("], "not closed"),
            (["from": "x", "pattern": "(?:(a))"], "within another one"),
            (["from": "x", "pattern": "y"], "is not found"),
            (["from": .string(String(repeating: "x", count: 100_001))], "longer than 100 kB"),
        ] as [([String: JSONValue], String)])
    func refusals(_ parameters: [String: JSONValue], _ reason: String) async throws {
        let error = try #require(try await extract(parameters).error)
        #expect(error.contains(reason), "\(error)")
    }

    @Test("is bounded on a pattern that backtracking matchers never end on", .timeLimit(.minutes(1)))
    func bounded() async throws {
        let text = String(repeating: "a", count: 50_000)
        let result = try await extract(["from": .string(text), "pattern": "(?:a+)+(b)"])
        #expect(result.error != nil)
    }
}

@Suite("wait") struct WaitActionTests {
    private static let began = Date(timeIntervalSince1970: 1_774_598_400)  // 2026-03-27T08:00:00Z, 09:00 in Berlin

    @Test(
        "names the moment, counted from when it began",
        arguments: [
            (["for": "2h"], "2026-03-27T10:00:00Z"), (["for": "1h30m"], "2026-03-27T09:30:00Z"),
            (["until": "18:00"], "2026-03-27T17:00:00Z"), (["until": "08:30"], "2026-03-28T07:30:00Z"),
            (["until": "2026-03-29"], "2026-03-28T23:00:00Z"),
            (["until": "2026-03-27T12:00:00+02:00"], "2026-03-27T10:00:00Z"),
        ] as [([String: JSONValue], String)])
    func moments(_ parameters: [String: JSONValue], _ until: String) async throws {
        var call = LocalCall(try Workshop())
        call.began = Self.began
        let moment = try #require(RFC3339.date(until))
        #expect(await call.run("wait", parameters).waitsUntil == moment)
        call.now = moment
        let over = await call.run("wait", parameters)
        #expect(over.waitsUntil == nil && over.value?["until"] == .string(until), "\(over)")
    }

    @Test(
        "refuses what is no time",
        arguments: [
            ([:], "needs \"for\" or \"until\""), (["for": "2h", "until": "18:00"], "not both"),
            (["for": "soon"], "is no duration"), (["for": "2"], "is no duration"),
            (["until": "25:00"], "is no time of day"),
            (["for": "400d"], "more than a year"), (["until": "2026-02-30"], "is no time of day"),
        ] as [([String: JSONValue], String)])
    func refusals(_ parameters: [String: JSONValue], _ reason: String) async throws {
        let error = try #require(await LocalCall(try Workshop()).run("wait", parameters).error)
        #expect(error.contains(reason), "\(error)")
    }
}

@Suite("report and email") struct TellingActionTests {
    @Test("escapes what is foreign, for the format")
    func escapes() async throws {
        var call = LocalCall(try Workshop())
        call.event = ["title": "<b>*x*</b>"]
        let html = await call.run("report", ["html": "<p>{{event.title}}</p>"])
        #expect(html.text == "<p>&lt;b&gt;*x*&lt;/b&gt;</p>")
        let markdown = await call.run("report", ["title": "T", "markdown": "{{event.title}}"])
        #expect(markdown.text == #"# T"# + "\n\n" + #"\<b\>\*x\*\</b\>"#)
        #expect(await call.run("report", ["text": "{{event.title}}"]).text == "<b>*x*</b>")
    }

    @Test("draws numbers and rows")
    func drawing() async throws {
        let call = LocalCall(try Workshop())
        let line = await call.run("report", ["numbers": [1, 2, 3, 5, 8]])
        #expect(line.text == "▁▂▃▅█" && line.value?["sparkline"] == "▁▂▃▅█")
        #expect(await call.run("report", ["numbers": [4, 4]]).text == "▄▄")
        let rows: JSONValue = [["sku": "A|1", "stock": 3], ["sku": "B", "stock": 12]]
        #expect(await call.run("report", ["rows": rows]).text == "sku  stock\nA|1  3\nB    12")
        let markdown = await call.run("report", ["as": "markdown", "rows": rows, "columns": ["stock", "sku"]])
        #expect(markdown.text == "| stock | sku |\n| --- | --- |\n| 3 | A\\|1 |\n| 12 | B |")
        let html = await call.run("report", ["as": "html", "rows": [["a": "<"]]])
        #expect(html.text == "<table>\n<tr><th>a</th></tr>\n<tr><td>&lt;</td></tr>\n</table>")
    }

    @Test("refuses an empty report and two formats")
    func refusals() async throws {
        let call = LocalCall(try Workshop())
        #expect(await call.run("report", [:]).error == "the report came out empty")
        #expect(await call.run("report", ["text": "a", "html": "b"]).error == "its words are given as text and html")
    }

    @Test("sends an e-mail to the addresses of the plan and to no others")
    func email() async throws {
        var call = LocalCall(try Workshop())
        call.event = ["mail": "eve@example.test", "title": "Hi\r\nBcc: eve@example.test"]
        let sent = await call.run(
            "email", ["to": "ana@example.test", "subject": "About {{event.title}}", "text": "Look: {{event.title}}"])
        #expect(sent.messages.map(\.recipients) == [[Recipient("email/ana@example.test")]])
        #expect(sent.messages.first?.text.hasPrefix("About Hi\n\nLook: Hi\nBcc") == true, "\(sent)")
        let hole = await call.run("email", ["to": "{{event.mail}}", "subject": "x", "text": "y"])
        #expect(hole.error == "\"to\" has a hole: recipients are fixed by the plan")
        for address in ["ana", "a@b@c.test", "a@b.test,c@d.test", "a b@c.test", "a@b.test\nBcc: c@d.test"] {
            let refused = await call.run("email", ["to": .string(address), "subject": "x", "text": "y"])
            #expect(refused.error?.contains("is no e-mail address") == true, "\(refused)")
        }
        let empty = await call.run("email", ["to": "ana@example.test", "subject": " {{event.none}}", "text": "y"])
        #expect(empty.error == "its subject came out empty")
    }
}

@Suite("system and playbook") struct SystemAndPlaybookActionTests {
    @Test("tells a file's age and size")
    func file() async throws {
        let workshop = try Workshop()
        let path = try workshop.write("a.txt", "12345")
        let changed = Date(timeIntervalSince1970: 1_774_598_400 - 90)
        try FileManager.default.setAttributes([.modificationDate: changed], ofItemAtPath: path)
        let result = await LocalCall(workshop).run("system", ["measure": "file", "path": .string(path)])
        #expect(result.value?["age_seconds"] == 90 && result.value?["size"] == 5 && result.value?["exists"] == true)
        #expect(result.value?["changed"] == "2026-03-27T07:58:30Z")
        let gone = await LocalCall(workshop).run("system", ["measure": "file", "path": .string(path + ".no")])
        #expect(gone.value?["exists"] == false && gone.error == nil)
        let hole = await LocalCall(workshop).run("system", ["measure": "file", "path": "{{event.path}}"])
        #expect(hole.error?.contains("has a hole") == true)
        let memory = await LocalCall(workshop).run("system", ["measure": "memory_used_percent"])
        #expect(memory.value?["unit"] == "percent" && (memory.value?["value"]?.number ?? -1) > 0)
    }

    @Test("starts a playbook, waits for its end, and tells its failure")
    func playbook() async throws {
        var call = LocalCall(try Workshop())
        let seen = Date(timeIntervalSince1970: 1_774_598_410)
        call.playbooks = { wish in
            #expect(wish.inputs == ["limit": 3] && wish.depth == 1)
            return wish.waits ? .underWay(7, lookAgain: seen) : .started(7)
        }
        let given: [String: JSONValue] = ["name": "Price check", "inputs": ["limit": 3]]
        #expect(await call.run("playbook", given).value == ["run": 7, "state": "started", "output": nil])
        let waits = await call.run("playbook", given.merging(["wait": true]) { $1 })
        #expect(waits.waitsUntil == seen)
        let run = Run(id: 7, jobID: 1, cause: .manual, due: seen, state: .failed, reason: "exit 1")
        call.playbooks = { _ in .ended(run) }
        #expect(await call.run("playbook", given).error == "\"Price check\" was failed: exit 1")
        call.depth = 5
        #expect(await call.run("playbook", given).error?.contains("end after 5 runs") == true)
        call.event = ["x": "Price check"]
        #expect(await call.run("playbook", ["name": "{{event.x}}"]).error?.contains("has a hole") == true)
    }
}
