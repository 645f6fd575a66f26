import Foundation
import JobModel
import TestSupport
import Testing

@testable import Notifications

@Suite(.timeLimit(.minutes(1))) struct MessageLimitTests {
    private let store = InMemoryStore()
    private let gateway = ScriptedGateway("log", .sent)

    private func outbox() -> Outbox {
        Outbox(
            store: store, gateways: [gateway], time: ManualTimeSource(morning), generator: LongestWait(), mostAnHour: 2,
            zone: "Europe/Berlin")
    }

    private static let summary =
        "3 more messages were held back since 09:00, because there were more than 2 in an hour "
        + "(limits.messages raises it). \"rota deliveries\" shows them."

    @Test func tellsTheNumberOfThoseBeyondIt() async throws {
        try await store.leave((1...5).map { ("\($0)", to: "log/a") } + [("other", to: "log/b")])
        let outbox = outbox()
        #expect(await outbox.drain(now: morning) == morning + 3600)
        #expect(gateway.texts == ["1", "2", "other"])
        let held = await store.pendingDeliveries()
        #expect(held.map(\.text) == ["3", "4", "5"])
        #expect(held[0].reason == "held back: more than 2 messages in an hour (limits.messages raises it)")
        #expect(await outbox.drain(now: morning + 3600) == nil)
        #expect(gateway.texts == ["1", "2", "other", Self.summary])
        // Nothing is lost: each stands in the history with its own words.
        let kept = await store.deliveries(limit: 9).filter { $0.state == .givenUp }
        #expect(Set(kept.map(\.text)) == ["3", "4", "5"])
        #expect(kept.allSatisfy { $0.reason == "held back: told in one message with 2 others" })
        #expect(await store.messages(unseenOnly: false, limit: 9).isEmpty)
    }

    @Test func aSingleOneIsSentAsItIs() async throws {
        try await store.leave((1...3).map { ("\($0)", to: "log") })
        let outbox = outbox()
        _ = await outbox.drain(now: morning)
        _ = await outbox.drain(now: morning + 3600)
        #expect(gateway.texts == ["1", "2", "3"])
        #expect(await store.states["3"] == .sent)
    }

    /// Another process counts what this one sent.
    @Test func holdsOverRestarts() async throws {
        try await store.leave([("1", to: "log"), ("2", to: "log")])
        _ = await outbox().drain(now: morning)
        try await store.leave([("3", to: "log")], at: morning + 60)
        #expect(await outbox().drain(now: morning + 60) == morning + 3600)
        #expect(gateway.texts == ["1", "2"])
    }
}
