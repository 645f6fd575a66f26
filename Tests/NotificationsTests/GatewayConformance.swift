import Foundation
import HTTPTransport
import JobModel
import TestSupport
import Testing

@testable import Notifications

/// What a receiver may do to a gateway over the network, and what must come of it: nothing is lost, nothing hangs,
/// attempts are bounded.
struct ReceiverFault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The last reply stands for all further ones.
    var replies: [[FakeHTTPAction]]
    var state: Delivery.State
    var attempts: Int
    /// Seconds from the first attempt to the end.
    var lasts: TimeInterval

    static let all = [
        ReceiverFault(
            testDescription: "takes it", replies: [FakeHTTPAction.response(200)], state: .sent, attempts: 1, lasts: 0),
        ReceiverFault(
            testDescription: "server error, then takes it",
            replies: [FakeHTTPAction.response(503), FakeHTTPAction.response(200)], state: .sent, attempts: 2, lasts: 1),
        ReceiverFault(
            testDescription: "server error for good", replies: [FakeHTTPAction.response(500)], state: .givenUp,
            attempts: 4,
            lasts: 7),
        ReceiverFault(
            testDescription: "asks for a delay",
            replies: [FakeHTTPAction.response(429, headers: ["Retry-After": "30"]), FakeHTTPAction.response(200)],
            state: .sent, attempts: 2, lasts: 30),
        ReceiverFault(
            testDescription: "no such address", replies: [FakeHTTPAction.response(404)], state: .failed, attempts: 1,
            lasts: 0),
        ReceiverFault(testDescription: "resets for good", replies: [[.cut]], state: .givenUp, attempts: 4, lasts: 7),
        ReceiverFault(
            testDescription: "closes, then takes it", replies: [[.close], FakeHTTPAction.response(200)], state: .sent,
            attempts: 2, lasts: 1),
        ReceiverFault(
            testDescription: "garbage, then takes it",
            replies: [[.text("\u{0}\u{1}garbage\r\n\r\n"), .close], FakeHTTPAction.response(200)], state: .sent,
            attempts: 2, lasts: 1),
        ReceiverFault(
            testDescription: "silence, then takes it",
            replies: [[.waitForClientToLeave], FakeHTTPAction.response(200)],
            state: .sent, attempts: 2, lasts: 1),
        ReceiverFault(
            testDescription: "half a head, then takes it",
            replies: [[.text("HTTP/1.1 200 OK\r\nConte"), .cut], FakeHTTPAction.response(200)], state: .sent,
            attempts: 2,
            lasts: 1),
    ]
}

/// Puts one delivery through an outbox and the gateway that `makeGateway` makes for the fake's address, under virtual
/// time, and holds the outcome to `fault`.
func checkGateway(
    _ fault: ReceiverFault, makeGateway: (_ url: String, _ time: any TimeSource) throws -> any Gateway
) async throws {
    let server = try FakeHTTPServer(replies: fault.replies)
    let store = InMemoryStore()
    let gateway = try makeGateway(server.url, ManualTimeSource(morning))
    try await store.leave([("x", to: gateway.name)])
    let outbox = Outbox(store: store, gateways: [gateway], time: ManualTimeSource(morning), generator: LongestWait())
    var now = morning
    while let next = await outbox.drain(now: now) {
        try #require(next > now)
        now = next
    }
    let delivery = try #require(await store.deliveries(limit: 1).first)
    #expect(delivery.state == fault.state, "\(delivery.reason ?? "")")
    #expect(delivery.attempt == fault.attempts)
    #expect(server.requests.count == fault.attempts)
    #expect(now.timeIntervalSince(morning).rounded() == fault.lasts)
    #expect(await store.pendingDeliveries().isEmpty)
    #expect(await store.messages(unseenOnly: true, limit: 9).count == (fault.state == .sent ? 0 : 1))
}

@Suite(.timeLimit(.minutes(1))) struct GatewayConformanceTests {
    @Test(arguments: ReceiverFault.all)
    func webhook(_ fault: ReceiverFault) async throws {
        try await checkGateway(fault) { url, time in
            WebhookGateway(name: "hook", url: url, secret: nil, time: time, client: HTTPClient(), timeout: 0.5)
        }
    }

    @Test func nobodyListening() async throws {
        let port = try DeafPort()
        let gateway = WebhookGateway(
            name: "hook", url: port.url, secret: nil, time: ManualTimeSource(morning), client: HTTPClient())
        let delivery = Delivery(
            runID: nil, jobName: "J", recipient: Recipient("hook"), text: "x", createdAt: morning, notBefore: morning)
        let result = await gateway.deliver(delivery)
        withExtendedLifetime(port) {}
        guard case .retry(let reason, nil) = result else {
            Issue.record("it does not try again")
            return
        }
        #expect(reason.hasPrefix("nobody listens at 127.0.0.1:"))
    }
}
