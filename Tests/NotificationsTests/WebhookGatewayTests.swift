import Foundation
import HTTPTransport
import JobModel
import Signing
import TestSupport
import Testing

@testable import Notifications

@Suite(.timeLimit(.minutes(1))) struct WebhookGatewayTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private let clock = ManualTimeSource(morning)

    private func gateway(_ url: String, secret: String? = nil, timeout: TimeInterval = 20) throws -> WebhookGateway {
        WebhookGateway(
            name: "hook", url: url, secret: try secret.map { try WebhookSecret($0) }, time: clock, client: HTTPClient(),
            timeout: timeout)
    }

    private func delivery(_ text: String = "done", id: Int64 = 7) -> Delivery {
        Delivery(
            id: id, runID: nil, jobName: "Backup", recipient: Recipient("hook"), text: text, createdAt: morning,
            notBefore: morning)
    }

    @Test func postsJSON() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(204)])
        #expect(try await gateway(server.url + "/in").deliver(delivery("line 1\nline\u{1B}[2J 2")) == .sent)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/in")
        #expect(request.header("content-type") == "application/json")
        #expect(request.header("webhook-signature") == nil)
        #expect(
            try JSONValue(parsing: request.text) == [
                "type": "delivery", "v": 1, "id": "7-1774598400000", "job": "Backup", "text": "line 1\nline 2",
                "at": "2026-03-27T08:00:00.000Z",
            ])
    }

    @Test func signsEachAttemptUnderTheSameID() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(500), FakeHTTPAction.response(200)])
        let gateway = try gateway(server.url, secret: Self.secret)
        _ = await gateway.deliver(delivery())
        clock.set(morning + 60)
        #expect(await gateway.deliver(delivery()) == .sent)
        #expect(server.requests.map { $0.header("webhook-id") } == ["7-1774598400000", "7-1774598400000"])
        #expect(server.requests.map { $0.header("webhook-timestamp") } == ["1774598400", "1774598460"])
        for request in server.requests {
            try WebhookSignature.verify(
                id: request.header("webhook-id") ?? "", timestamp: request.header("webhook-timestamp") ?? "",
                signature: request.header("webhook-signature") ?? "", body: request.body,
                secrets: [try WebhookSecret(Self.secret)], now: clock.now)
        }
    }

    @Test func cutsLongTexts() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        _ = try await gateway(server.url).deliver(delivery(String(repeating: "ü", count: 20_000)))
        let body = try #require(server.requests.first).body
        #expect(body.count < 20_000)
        #expect(try JSONValue(parsing: String(decoding: body, as: UTF8.self))["text"]?.string?.hasSuffix("ü…") == true)
    }

    @Test(arguments: [
        (301, DeliveryResult.refused(reason: "the webhook redirects (status 301), which is not followed")),
        (401, .refused(reason: "the webhook answered with status 401")),
        (404, .refused(reason: "the webhook answered with status 404")),
        (410, .refused(reason: "the webhook is gone (status 410)")),
        (408, .retry(reason: "the webhook answered with status 408", after: 9)),
        (425, .retry(reason: "the webhook answered with status 425", after: 9)),
        (429, .retry(reason: "the webhook takes no more for now (status 429)", after: 9)),
        (503, .retry(reason: "the webhook answered with status 503", after: 9)),
    ])
    func readsTheStatus(_ status: Int, _ result: DeliveryResult) async throws {
        let reply = FakeHTTPAction.response(status, headers: ["Retry-After": "9", "Location": "/x"])
        let server = try FakeHTTPServer(replies: [reply])
        #expect(try await gateway(server.url).deliver(delivery()) == result)
        #expect(server.requests.count == 1)
    }

    @Test func anAnswerWithoutEndIsStillASuccess() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"
        let server = try FakeHTTPServer(replies: [[.text(head), .waitForClientToLeave]])
        #expect(try await gateway(server.url).deliver(delivery()) == .sent)
    }

    @Test func theStrictPolicyHolds() async throws {
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200)])
        let gateway = WebhookGateway(name: "hook", url: server.url, secret: nil, time: clock, policy: .strict)
        guard case .refused = await gateway.deliver(delivery()) else {
            Issue.record("it was not refused")
            return
        }
        #expect(server.requests.isEmpty)
    }
}
