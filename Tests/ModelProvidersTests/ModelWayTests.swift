import Foundation
import HTTPTransport
import JobModel
import TestSupport
import Testing

@testable import ModelProviders

/// The way to a model's server: through a proxy, and over one connection.
@Suite(.timeLimit(.minutes(1))) struct ModelWayTests {
    private static let key = "sk-canary-4711"
    private static let login = "me:pass-canary-0815"

    private func complete(_ url: String, through proxy: FakeProxy? = nil, times: Int = 1) async -> ModelError? {
        do throws(ModelError) {
            let address = try! ModelAddress("openai:M@\(url)/v1")
            let way = ModelWay(proxy: proxy.map { HTTPProxy($0.url, login: Self.login) })
            let model = ServedModel(
                address: address, key: { () async throws(ModelError) in Self.key }, way: way, time: JumpingClock(),
                client: HTTPClient(), jitter: { $0.upperBound })
            for _ in 0..<times { _ = try await model.complete(ModelRequest(instructions: "S", input: "U")) }
            return nil
        } catch {
            for secret in [Self.key, Self.login, "pass-canary-0815", Data(Self.login.utf8).base64EncodedString()] {
                #expect(!error.reason.contains(secret))
                #expect(!"\(error)".contains(secret))
            }
            return error
        }
    }

    private static let answer = FakeHTTPAction.text(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunk(Stream.whole) + "0\r\n\r\n")

    private static func chunk(_ text: String) -> String { String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n" }

    @Test func questionsInSequenceShareAConnection() async throws {
        let server = try FakeHTTPServer(replies: [[Self.answer]])
        #expect(await complete(server.url, times: 10) == nil)
        #expect(server.requests.count == 10)
        #expect(server.connectionCount == 1)
    }

    @Test func questionsGoThroughTheProxy() async throws {
        let proxy = try FakeProxy(FakeProxy.Configuration(login: Self.login)) { _ in [Self.answer] }
        #expect(await complete("http://model.example.test", through: proxy, times: 3) == nil)
        #expect(Set(proxy.requests.map(\.path)) == ["http://model.example.test/v1/chat/completions"])
        #expect(proxy.connectionCount == 1)
    }

    /// A proxy may quote what it was sent.
    @Test func whatAProxyQuotesIsCleaned() async throws {
        let proxy = try FakeProxy { request in
            let quoted = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "; ") + "; " + Self.login
            let body = JSONValue.object(["error": ["message": .string(quoted)]]).compactText
            return FakeHTTPAction.response(404, body: body)
        }
        let error = await complete("http://model.example.test", through: proxy)
        #expect(error?.reason.contains("…") == true)
    }

    @Test(arguments: [("http", 407, 1), ("https", 407, 1), ("https", 403, 1), ("https", 503, 3)])
    func whatTheProxyRefusesIsAskedAgainOnlyWhereThatMayHelp(
        _ scheme: String, _ status: Int, _ requests: Int
    ) async throws {
        let proxy = try FakeProxy { _ in FakeHTTPAction.response(status) }
        let error = try #require(await complete("\(scheme)://model.example.test", through: proxy))
        #expect(error.reason.contains("the proxy \(proxy.hostAndPort)"))
        #expect(proxy.requests.count == requests)
    }
}
