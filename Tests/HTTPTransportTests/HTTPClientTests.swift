import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
    private let client = HTTPClient()

    private func code(of request: HTTPRequest) async -> HTTPError.Code? {
        do throws(HTTPError) {
            _ = try await client.send(request)
            return nil
        } catch {
            #expect(!error.message.contains("secret"))
            return error.code
        }
    }

    @Test func sendsMethodHeadersAndBody() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(201, headers: ["X-A": "b"], body: "ok")])
        let response = try await client.send(
            HTTPRequest(
                method: "POST", url: server.url + "/path?q=1", headers: [("X-One", "1"), ("X-Empty", "")],
                body: [0, 1, 2, 255], policy: .configuredHost))
        #expect(response.status == 201)
        #expect(response.text == "ok")
        #expect(response.head.header("x-a") == "b")
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/path?q=1")
        #expect(request.body == [0, 1, 2, 255])
        #expect(request.header("x-one") == "1")
        #expect(request.header("x-empty") == "")
        #expect(request.header("content-type") == nil)
        #expect(request.header("expect") == nil)
    }

    @Test(
        arguments: [("GET", nil), ("PUT", "x"), ("DELETE", nil), ("POST", nil), ("PATCH", "")] as [(String, String?)])
    func sendsEveryMethod(_ method: String, _ body: String?) async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200, body: "{}")])
        let request = HTTPRequest(
            method: method, url: server.url, body: body.map { Array($0.utf8) }, policy: .configuredHost)
        #expect(try await client.send(request).status == 200)
        #expect(server.requests.map(\.method) == [method])
        #expect(server.requests.map(\.text) == [body ?? ""])
    }

    @Test func headHasNoBody() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        let server = try FakeHTTPServer(replies: [[.text(head)]])
        let response = try await client.send(HTTPRequest(method: "HEAD", url: server.url, policy: .configuredHost))
        #expect(response.body.isEmpty)
    }

    @Test func doesNotFollowRedirects() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(302, headers: ["Location": "/other"])])
        #expect(try await client.send(HTTPRequest(url: server.url, policy: .configuredHost)).status == 302)
        #expect(server.requests.count == 1)
    }

    @Test func interimAnswersArePassedOver() async throws {
        let server = try FakeHTTPServer(replies: [
            [.text("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")] + FakeHTTPAction.response(200, body: "late")
        ])
        let response = try await client.send(HTTPRequest(url: server.url, policy: .configuredHost))
        #expect(response.status == 200)
        #expect(response.head.header("link") == nil)
        #expect(response.text == "late")
    }

    // MARK: Guards

    @Test(arguments: [
        "https://127.0.0.1", "https://localhost", "https://[::1]", "https://2130706433", "https://0.0.0.0",
    ])
    func strictReachesNoPrivateAddress(_ base: String) async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        #expect(await code(of: HTTPRequest(url: "\(base):\(server.port)/?key=secret")) == .refusedByPolicy)
        #expect(server.requests.isEmpty)
    }

    @Test func strictRefusesPlainHTTP() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        #expect(await code(of: HTTPRequest(url: server.url)) == .refusedByPolicy)
        #expect(server.requests.isEmpty)
    }

    @Test func aGrantOpensOneHostAndPortOnly() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        let other = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        let policy = NetworkPolicy.granted([server.hostAndPort])
        #expect(await code(of: HTTPRequest(url: server.url, policy: policy)) == nil)
        #expect(await code(of: HTTPRequest(url: other.url, policy: policy)) == .refusedByPolicy)
        // The pooled connection of the granted request must not serve one without the grant.
        #expect(await code(of: HTTPRequest(url: server.url)) == .refusedByPolicy)
        #expect(server.requests.count == 1)
        #expect(other.requests.isEmpty)
    }

    @Test(arguments: [
        HTTPRequest(method: "GE T", url: "http://127.0.0.1:1", policy: .configuredHost),
        HTTPRequest(url: "http://127.0.0.1:1", headers: [("X", "a\r\nY: b")], policy: .configuredHost),
        HTTPRequest(url: "http://127.0.0.1:1", headers: [("X: a\r\nY", "b")], policy: .configuredHost),
    ])
    func refusesInjection(_ request: HTTPRequest) async {
        #expect(await code(of: request) == .invalidRequest)
    }

    // MARK: Faults

    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: [FakeHTTPAction]
        var code: HTTPError.Code
        var isTransient = true
        var timeout = 20.0
    }

    @Test(arguments: [
        Fault(testDescription: "silence", script: [.waitForClientToLeave], code: .timedOut, timeout: 0.3),
        Fault(
            testDescription: "stalls in the body",
            script: [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .waitForClientToLeave], code: .timedOut,
            timeout: 0.3),
        Fault(testDescription: "reset", script: [.cut], code: .cut),
        Fault(testDescription: "closed without a word", script: [.close], code: .cut),
        Fault(
            testDescription: "closed in the body",
            script: [.text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .close], code: .cut),
        Fault(testDescription: "garbage", script: [.text("220 mail ready\r\n"), .close], code: .malformed),
        Fault(
            testDescription: "too long",
            script: FakeHTTPAction.response(200, body: String(repeating: "x", count: 2000)),
            code: .tooLarge, isTransient: false),
        Fault(
            testDescription: "endless header",
            script: [
                .text(
                    "HTTP/1.1 200 OK\r\n"
                        + String(repeating: "X: \(String(repeating: "y", count: 500))\r\n", count: 800))
            ],
            code: .tooLarge, isTransient: false),
    ])
    func namesTheFault(_ fault: Fault) async throws {
        let server = try FakeHTTPServer(replies: [fault.script])
        let request = HTTPRequest(
            url: server.url + "/?key=secret", timeout: fault.timeout, maximumBytes: 1000, policy: .configuredHost)
        do throws(HTTPError) {
            _ = try await client.send(request)
            Issue.record("an answer came")
        } catch {
            #expect(error.code == fault.code, "\(error.message)")
            #expect(error.isTransient == fault.isTransient)
            #expect(error.message.contains(server.hostAndPort))
            #expect(!error.message.contains("secret"))
        }
    }

    @Test func nobodyListening() async throws {
        let port = try DeafPort()
        let request = HTTPRequest(url: port.url, policy: .configuredHost)
        #expect(await code(of: request) == .cannotConnect)
        withExtendedLifetime(port) {}
    }

    @Test func anUnknownNameIsNotResolved() async {
        #expect(await code(of: HTTPRequest(url: "https://nowhere.invalid/")) == .cannotResolve)
    }

    /// 100 KB of zeros in 132 bytes.
    @Test func theLimitCountsDecompressedBytes() async throws {
        let packed = try #require(Data(base64Encoded: Self.gzippedZeros))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
        let server = try FakeHTTPServer(replies: [[.text(head), .send(Array(packed))]])
        func request(_ limit: Int) -> HTTPRequest {
            HTTPRequest(url: server.url, maximumBytes: limit, policy: .configuredHost)
        }
        #expect(try await client.send(request(100_000)).body.count == 100_000)
        #expect(await code(of: request(99_999)) == .tooLarge)
    }

    private static let gzippedZeros =
        "H4sIAAAAAAACA+3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA32VEdSghgEA"

    // MARK: Streams and cancelling

    @Test func theBodyArrivesBeforeItsEnd() async throws {
        let server = try FakeHTTPServer(replies: [[.eventStream("data: 1\n\n"), .waitForClientToLeave]])
        let reply = try await client.stream(HTTPRequest(url: server.url, policy: .configuredHost))
        #expect(reply.head.mediaType == "text/event-stream")
        var iterator = reply.body.makeAsyncIterator()
        #expect(try await iterator.next() == Array("data: 1\n\n".utf8))
    }

    @Test func droppingTheBodyClosesTheConnection() async throws {
        let server = try FakeHTTPServer(replies: [[.eventStream("data: 1\n\n"), .waitForClientToLeave]])
        _ = try await client.stream(HTTPRequest(url: server.url, policy: .configuredHost)).head
        #expect(await server.clientLeft())
    }

    @Test func cancellingTheTaskClosesTheConnection() async throws {
        let server = try FakeHTTPServer(replies: [[.waitForClientToLeave]])
        let url = server.url
        let task = Task { await code(of: HTTPRequest(url: url, policy: .configuredHost)) }
        for await case .request in server.events { break }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(await server.clientLeft())
    }

    @Test func manyAtOnce() async throws {
        let server = try FakeHTTPServer { FakeHTTPAction.response(200, body: $0.path) }
        let url = server.url
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<100 {
                group.addTask {
                    try await client.send(HTTPRequest(url: "\(url)/\(number)", policy: .configuredHost)).text
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<100).map { "/\($0)" }))
    }

    @Test func aReleasedClientStillServesItsReader() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200, body: "whole")])
        let body = try await HTTPClient().stream(HTTPRequest(url: server.url, policy: .configuredHost)).body
        var bytes: [UInt8] = []
        for try await piece in body { bytes += piece }
        #expect(bytes == Array("whole".utf8))
    }
}

extension FakeHTTPServer {
    /// Waits until a connection was closed by its client; false when the server stopped first.
    fileprivate func clientLeft() async -> Bool {
        for await case .clientLeft in events { return true }
        return false
    }
}
