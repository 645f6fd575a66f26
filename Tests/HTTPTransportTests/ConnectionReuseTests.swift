import TestSupport
import Testing

@testable import HTTPTransport

/// Over HTTP/1.1, counted at the server.
@Suite(.timeLimit(.minutes(1))) struct ConnectionReuseTests {
    private let client = HTTPClient()

    private func ask(_ server: FakeHTTPServer, times: Int, method: String = "POST") async throws {
        for number in 0..<times {
            let request = HTTPRequest(
                method: method, url: "\(server.url)/\(number)", body: method == "POST" ? [1] : nil,
                policy: .configuredHost)
            _ = try await client.send(request)
        }
        #expect(server.requests.map(\.path) == (0..<times).map { "/\($0)" })
    }

    private static let chunked = FakeHTTPAction.text(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "9\r\ndata: 1\n\n\r\n0\r\n\r\n")

    @Test(arguments: [
        ("with a length", FakeHTTPAction.response(200, body: "x")),
        ("an error", FakeHTTPAction.response(503, body: "x")),
        ("without a body", FakeHTTPAction.response(204)), ("in chunks", [chunked]),
    ])
    func requestsInSequenceShareAConnection(_ name: String, _ reply: [FakeHTTPAction]) async throws {
        let server = try FakeHTTPServer(replies: [reply])
        try await ask(server, times: 20)
        #expect(server.connectionCount == 1, "answers \(name)")
    }

    @Test func aServerThatClosesIsConnectedToAnew() async throws {
        let server = try FakeHTTPServer(replies: [
            FakeHTTPAction.response(200, headers: ["Connection": "close"], body: "x") + [.close]
        ])
        try await ask(server, times: 5)
        #expect(server.connectionCount == 5)
    }

    /// The server closes a connection that the pool holds for good: the next request must not fail because of it.
    @Test func aConnectionThatWasClosedMeanwhileIsNotUsed() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200, body: "x") + [.close]])
        try await ask(server, times: 5)
        #expect(server.connectionCount == 5)
    }

    @Test func whatIsGuardedHasConnectionsOfItsOwn() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        try await ask(server, times: 2)
        await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
        }
        #expect(server.connectionCount == 1)
    }
}
