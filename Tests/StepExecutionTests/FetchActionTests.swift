import Foundation
import JobModel
import StepExecution
import TestSupport
import Testing

@Suite("The action fetch")
struct FetchActionTests {
    private static let url = "https://shop.test/p"
    private static let page = """
        <html><body><h1>Lamp</h1><span class="price">24,90&nbsp;€</span><ul><li><a href="/1">one</a><li><a href="/2">two</a>
        </ul></body></html>
        """

    private static func run(
        _ parameters: [String: JSONValue], body: String = page, type: String = "text/html", previous: StepResult? = nil
    ) async throws -> StepResult {
        let web = TableWeb(["GET \(url)": .success(WebAnswer(status: 200, contentType: type, body: body))])
        return try await WebWorld(web)
            .run("fetch", parameters.merging(["url": .string(url)]) { $1 }, previous: previous)
    }

    @Test(
        "reads what is wanted of a page",
        arguments: [
            ([:], "Lamp\n24,90 €\none\ntwo"), (["select": ".price"], "24,90 €"), (["select": "li a"], "one"),
            (["select": "li a", "all": true], "one\ntwo"),
            (["select": "a", "attribute": "href", "all": true], "/1\n/2"),
            (["xpath": "//li[2]/a/@href"], "/2"), (["xpath": "count(//li)"], "2"),
            (["pattern": "([0-9]+,[0-9]{2})"], "24,90"), (["pattern": "href=\"([^\"]+)\"", "all": true], "/1\n/2"),
            (["select": ".none", "all": true], ""),
        ] as [([String: JSONValue], String)])
    func parts(_ parameters: [String: JSONValue], _ text: String) async throws {
        let result = try await Self.run(parameters)
        #expect(result.text == text && result.succeeded, "\(result.error ?? "")")
        #expect(
            result.value?["items"]?.array?.count
                == (text.isEmpty ? 0 : parameters.isEmpty ? 1 : text.split(separator: "\n").count))
    }

    @Test("tells the number, the price, and whether the text has changed")
    func figures() async throws {
        let first = try await Self.run(["select": ".price"])
        #expect(first.value?["number"] == 24.9 && first.value?["price"] == 24.9 && first.value?["changed"] == false)
        #expect(try await Self.run(["select": ".price"], previous: first).value?["changed"] == false)
        let cheaper = Self.page.replacing("24,90", with: "19,90")
        #expect(try await Self.run(["select": ".price"], body: cheaper, previous: first).value?["changed"] == true)
        #expect(try await Self.run(["select": "li a"]).value?["price"] == nil)
    }

    @Test("reads JSON where it is JSON")
    func documents() async throws {
        let result = try await Self.run([:], body: "{\"price\": 19.5}", type: "application/json")
        #expect(result.value?["json"] == ["price": 19.5] && result.value?["number"] == 19.5)
        #expect(try await Self.run(["as": "json"]).error == "the answer is no JSON (bad_content)")
    }

    @Test(
        "says what is wrong with what is wanted",
        arguments: [
            (["select": "a:hover"], "the selector \"a:hover\" cannot be read at \":hover\" (bad_content)"),
            (["select": "a", "xpath": "//a"], "select and xpath exclude each other (bad_content)"),
            (["xpath": "//a["], "\"//a[\" is no XPath (bad_content)"),
            (["select": ".none"], "nothing on the page is at .none (bad_content)"),
            (["pattern": "(a)(b)"], "the pattern has 2 groups; it takes one, and (?:…) (bad_content)"),
            (["pattern": "("], "the pattern \"(\" cannot be read (bad_content)"),
            (["pattern": "zzz"], "nothing on the page matches (bad_content)"),
            (["attribute": "href"], "\"attribute\" goes with select or xpath (bad_content)"),
            (["cache": "soon"], "\"cache\" takes a time such as 30d, 12h or none (refused)"),
        ] as [([String: JSONValue], String)])
    func refusals(_ parameters: [String: JSONValue], _ error: String) async throws {
        #expect(try await Self.run(parameters).error == error)
    }

    @Test("ends a pattern that would never end")
    func pattern() async throws {
        let result = try await Self.run(
            ["pattern": "(a+)+$"], body: String(repeating: "a", count: 60) + "!", type: "text/plain")
        #expect(result.error == "the pattern \"(a+)+$\" takes too long on this text (bad_content)")
    }

    @Test("asks the server about its copy, and reads it where nothing has changed")
    func conditional() async throws {
        let server = try FakeHTTPServer { request in
            request.header("if-none-match") == "\"1\""
                ? [.text("HTTP/1.1 304 Not Modified\r\n\r\n")]
                : FakeHTTPAction.response(200, headers: ["ETag": "\"1\""], body: "<p>old", type: "text/html")
        }
        let world = try WebWorld(CurlWebRequester(grants: [server.hostAndPort]), keepsPages: true)
        let call: [String: JSONValue] = ["url": .string("\(server.url)/p"), "select": "p"]
        #expect(await world.run("fetch", call).value?["cached"] == false)
        let second = await world.run("fetch", call, after: 60)
        #expect(second.value?["cached"] == true && second.text == "old" && second.status == 200)
        #expect(await world.run("fetch", call, after: 31 * 86_400).value?["cached"] == false)
        let none = call.merging(["cache": "none"]) { $1 }
        #expect(await world.run("fetch", none, after: 60).value?["cached"] == false)
        #expect(server.requests.map { $0.header("if-none-match") != nil } == [false, true, false, false])
    }

    @Test("follows a redirect within the origin and says where it ended")
    func redirect() async throws {
        let server = try FakeHTTPServer { request in
            request.path == "/new"
                ? FakeHTTPAction.response(200, body: "here", type: "text/plain")
                : FakeHTTPAction.response(301, headers: ["Location": "/new#part"])
        }
        let world = try WebWorld(CurlWebRequester(grants: [server.hostAndPort]))
        let result = await world.run("fetch", ["url": .string("\(server.url)/old")])
        #expect(result.text == "here" && result.value?["url"] == .string("\(server.url)/new"))
    }
}
