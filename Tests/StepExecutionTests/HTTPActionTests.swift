import Foundation
import JobModel
import StepExecution
import Testing

@Suite("Requests")
struct HTTPActionTests {
    private let url = "https://x.test/price"

    private func execute(
        _ answer: Result<WebAnswer, WebFailure>, approved: [String]? = nil, body: String? = nil
    ) async throws -> (StepResult, [WebRequest]) {
        let web = TableWeb(["GET \(url)": answer, "POST \(url)": answer])
        let method = body == nil ? "GET" : "POST"
        let action = Action.http(method: method, url: url, body: body)
        let capabilities = Capabilities(requests: approved ?? ["\(method) \(url)"])
        let result = await executor(try Workshop(), web: web).execute(
            action, in: context(job(action, capabilities: capabilities)))
        return (result, web.sent)
    }

    @Test(arguments: [
        (WebAnswer(status: 200, body: "{\"price\": 19.5}"), StepResult(text: "{\"price\": 19.5}", status: 200)),
        (WebAnswer(status: 204), StepResult(status: 204)),
        (WebAnswer(status: 301, body: "moved"), StepResult(text: "moved", status: 301, error: "HTTP 301")),
        (WebAnswer(status: 404), StepResult(status: 404, error: "HTTP 404")),
        (
            WebAnswer(status: 503, body: "later"),
            StepResult(text: "later", status: 503, error: "HTTP 503", isTransient: true)
        ),
        (WebAnswer(status: 429), StepResult(status: 429, error: "HTTP 429", isTransient: true)),
        (
            WebAnswer(
                status: 200, contentType: "text/html; charset=utf-8",
                body:
                    "<html><head><title>8</title><style>p{}</style></head><body><!-- 9 --><p>Price:\n <b>24,90&nbsp;&euro;</b></p><script>var x=1</script><p>a &lt; b &#38; c</p></body></html>"
            ),
            StepResult(text: "Price:\n24,90 €\na < b & c", status: 200)
        ),
        (WebAnswer(status: 200, body: "\u{1B}[2Jx", isCut: true), StepResult(text: "x\n[cut at 64 KiB]", status: 200)),
    ])
    func readsTheAnswer(_ answer: WebAnswer, _ expected: StepResult) async throws {
        #expect(try await execute(.success(answer)).0 == expected)
    }

    @Test(arguments: [true, false])
    func passesOnWhyThereWasNone(_ isTransient: Bool) async throws {
        let (result, _) = try await execute(.failure(WebFailure("no answer", isTransient: isTransient)))
        #expect(result == StepResult(error: "no answer", isTransient: isTransient))
    }

    @Test(arguments: [[], ["POST https://x.test/price"], ["GET https://x.test/prices"], ["GET https://x.test"]])
    func sendsNothingThatIsNotApproved(_ approved: [String]) async throws {
        let (result, sent) = try await execute(.success(WebAnswer(status: 200)), approved: approved)
        #expect(result.error == "GET https://x.test/price is not approved for this job")
        #expect(sent.isEmpty)
    }

    @Test(arguments: [("{\"a\":1}", "application/json"), ("words", "text/plain; charset=utf-8")])
    func namesTheKindOfItsBody(_ body: String, _ expected: String) async throws {
        let (_, sent) = try await execute(.success(WebAnswer(status: 200)), body: body)
        #expect(sent.first?.headers["Content-Type"] == expected && sent.first?.body == body)
    }

    @Test func cutsALongAnswer() async throws {
        let (result, _) = try await execute(
            .success(WebAnswer(status: 200, body: String(repeating: "é", count: 70_000))))
        #expect(result.text.hasSuffix("é\n[cut at 64 KiB]") && result.text.utf8.count <= 65_536 + 20)
    }

    @Test func approvesTheAddressWithItsHoles() async throws {
        let template = "https://x.test/search?q={{event.q}}"
        let web = TableWeb(["GET https://x.test/search?q=a%26b": .success(WebAnswer(status: 200, body: "found"))])
        let action = Action.http(method: "GET", url: template, body: nil)
        let job = job(action, capabilities: Capabilities(requests: ["GET \(template)"]))
        let result = await executor(try Workshop(), web: web).execute(action, in: context(job, event: ["q": "a&b"]))
        #expect(result.text == "found")
    }
}

@Suite("Running stored playbooks")
struct PlaybookActionTests {
    private let action = Action.playbook(name: "Report")

    @Test func passesOnWhatItCameTo() async throws {
        let executor = executor(try Workshop()) { name, depth in .finished(StepResult(text: "\(name) \(depth)")) }
        #expect(await executor.execute(action, in: context(job(action), depth: 2)).text == "Report 3")
    }

    @Test func namesAnUnknownOne() async throws {
        let none = executor(try Workshop())
        #expect(
            await none.execute(action, in: context(job(action))).error
                == "there is no playbook or job called \"Report\"")
        let near = executor(try Workshop()) { _, _ in .unknown(near: ["Reports"]) }
        let error = await near.execute(action, in: context(job(action))).error
        #expect(error == "there is no playbook or job called \"Report\"; did you mean \"Reports\"?")
    }

    @Test func endsAChainAtTheLimit() async throws {
        let executor = executor(try Workshop()) { _, _ in .started }
        #expect(await executor.execute(action, in: context(job(action), depth: 4)).succeeded)
        #expect(await !executor.execute(action, in: context(job(action), depth: 5)).succeeded)
    }

    @Test func sendsNoEmptyWords() async throws {
        let action = Action.notify(text: " {{event.title}}", to: [])
        let result = await executor(try Workshop()).execute(action, in: context(job(action)))
        #expect(
            result.error == "its words came out empty: nothing stands for  {{event.title}}" && result.messages.isEmpty)
    }

    @Test func rendersANotification() async throws {
        let action = Action.notify(text: "{{event.title}}!", to: [Recipient("log")])
        let result = await executor(try Workshop()).execute(action, in: context(job(action), event: ["title": "Hi"]))
        #expect(
            result == StepResult(text: "Hi!", messages: [OutgoingMessage(recipients: [Recipient("log")], text: "Hi!")]))
    }
}

@Suite("Requests over the network")
struct CurlWebRequesterTests {
    private func failure(_ url: String, grants: [String] = []) async -> WebFailure? {
        do {
            _ = try await CurlWebRequester(grants: grants).send(
                WebRequest(method: "GET", url: url, timeout: 5, limit: 100))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://[::1]:9/", "https://169.254.169.254/latest",
    ])
    func refusesWhatIsNotPublic(_ url: String) async {
        #expect(await failure(url)?.isTransient == false)
    }

    @Test func reachesForWhatWasGranted() async {
        let refused = await failure("http://127.0.0.1:9/", grants: ["127.0.0.1:8"])
        let tried = await failure("http://127.0.0.1:9/", grants: ["127.0.0.1:9"])
        #expect(refused?.isTransient == false && tried?.isTransient == true)
    }
}
