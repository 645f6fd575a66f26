import Foundation
import JobModel
import Synchronization
import TestSupport
import Testing

@testable import Notifications

@Suite(.timeLimit(.minutes(1))) struct OutboxTests {
    private let store = InMemoryStore()
    private let clock = ManualTimeSource(morning)

    private func outbox(_ gateways: any Gateway...) -> Outbox {
        Outbox(store: store, gateways: gateways, time: clock, generator: LongestWait())
    }

    @Test func sendsWhatIsDueInOrder() async throws {
        let log = ScriptedGateway("log", .sent)
        let ops = ScriptedGateway("ops", .sent)
        try await store.leave([("1", to: "log"), ("2", to: "ops/a"), ("3", to: "log/x"), ("4", to: "log")])
        #expect(await outbox(log, ops).drain(now: morning) == nil)
        #expect(log.texts == ["1", "3", "4"])
        #expect(ops.texts == ["2"])
        #expect(await store.pendingDeliveries().isEmpty)
        #expect(await store.deliveries(limit: 9).allSatisfy { $0.attempt == 1 && $0.finished == morning })
        #expect(await store.messages(unseenOnly: false, limit: 9).isEmpty)
    }

    @Test func backsOffAndGivesUp() async throws {
        let gateway = ScriptedGateway("log", .retry(reason: "it is down", after: nil))
        let run = try await store.leave([("x", to: "log/ops")])
        let outbox = outbox(gateway)
        var moments: [TimeInterval] = []
        var now = morning
        while let next = await outbox.drain(now: now) {
            moments.append(next.timeIntervalSince(now).rounded())
            now = next
        }
        #expect(moments == [1, 2, 4])
        #expect(gateway.texts.count == 4)
        let delivery = try #require(await store.deliveries(limit: 1).first)
        #expect(delivery.state == .givenUp)
        #expect(delivery.attempt == 4)
        #expect(delivery.finished == now)
        let message = try #require(await store.messages(unseenOnly: true, limit: 9).first)
        #expect(
            message.text
                == "Could not deliver the message of \"Backup 0\" to log/ops, tried 4 times: it is down.")
        #expect(message.runID == run)
        #expect(message.jobID != nil)
    }

    @Test func honoursTheReceiversDelay() async throws {
        let gateway = ScriptedGateway("log", .retry(reason: "busy", after: 90), .sent)
        try await store.leave([("x", to: "log")])
        let outbox = outbox(gateway)
        #expect(await outbox.drain(now: morning) == morning + 90)
        #expect(await outbox.drain(now: morning + 89) == morning + 90)
        #expect(gateway.texts.count == 1)
        #expect(await outbox.drain(now: morning + 90) == nil)
        #expect(await store.states == ["x": .sent])
    }

    @Test func aDelayWithoutEndIsCut() async throws {
        try await store.leave([("x", to: "log")])
        let next = await outbox(ScriptedGateway("log", .retry(reason: "busy", after: 1e12))).drain(now: morning)
        #expect(next == morning + 3600)
    }

    @Test func refusedIsSaidOnceAndNotTriedAgain() async throws {
        let gateway = ScriptedGateway("log", .refused(reason: "it is gone"))
        try await store.leave([("x", to: "log")])
        let outbox = outbox(gateway)
        #expect(await outbox.drain(now: morning) == nil)
        #expect(await outbox.drain(now: morning + 1000) == nil)
        #expect(gateway.texts.count == 1)
        #expect(await store.states == ["x": .failed])
        let messages = await store.messages(unseenOnly: false, limit: 9)
        #expect(messages.map(\.text) == ["Could not deliver the message of \"Backup 0\" to log: it is gone."])
    }

    @Test func anUnknownGatewayIsSaid() async throws {
        try await store.leave([("x", to: "slack"), ("y", to: "conversation")])
        #expect(await outbox().drain(now: morning) == nil)
        #expect(await store.states == ["x": .failed, "y": .sent])
        let messages = await store.messages(unseenOnly: false, limit: 9)
        #expect(
            messages.map(\.text) == [
                "Could not deliver the message of \"Backup 0\" to slack: there is no gateway named \"slack\"."
            ])
    }

    @Test func oneThatFailsHoldsUpNobody() async throws {
        let gateway = ScriptedGateway("log", .retry(reason: "busy", after: 50), .sent)
        try await store.leave([("1", to: "log"), ("2", to: "log")])
        #expect(await outbox(gateway).drain(now: morning) == morning + 50)
        #expect(await store.states == ["1": .queued, "2": .sent])
    }

    @Test func neverServesMoreThanFourGatewaysAtOnce() async throws {
        let meter = Meter()
        let gateways = (0..<10).map { MeteredGateway(name: "g\($0)", meter: meter) }
        for gateway in gateways { try await store.leave([("to \(gateway.name)", to: gateway.name)]) }
        let outbox = Outbox(store: store, gateways: gateways, time: clock)
        #expect(await outbox.drain(now: morning) == nil)
        #expect(await store.states.values.allSatisfy { $0 == .sent })
        #expect(meter.most <= 4)
    }

    // MARK: As a service

    @Test func runsWhenWokenAndRetriesByTheClock() async throws {
        let gateway = ScriptedGateway("log", .retry(reason: "busy", after: nil), .sent)
        let outbox = outbox(gateway)
        let service = Task { try await outbox.run() }
        try await store.leave([("x", to: "log")])
        outbox.wake()
        await clock.waitForSleepers()
        #expect(clock.deadlines.map { $0.timeIntervalSince(morning).rounded() } == [1])
        #expect(await store.states == ["x": .queued])
        await clock.advance(by: 2)
        while await store.states != ["x": .sent] { await Task.yield() }
        #expect(clock.deadlines.isEmpty)
        service.cancel()
        try await service.value
        #expect(gateway.texts.count == 2)
    }

    @Test func stoppingLeavesWhatWasUnderWayQueued() async throws {
        let gateway = EndlessGateway()
        let outbox = outbox(gateway)
        try await store.leave([("x", to: "endless")])
        let service = Task { try await outbox.run() }
        await gateway.hasStarted()
        service.cancel()
        try await service.value
        let delivery = try #require(await store.pendingDeliveries().first)
        #expect(delivery.attempt == 0)
        #expect(await store.messages(unseenOnly: false, limit: 9).isEmpty)
    }
}

/// Counts how many are inside at once.
private final class Meter: Sendable {
    private let state = Mutex((now: 0, most: 0))
    var most: Int { state.withLock { $0.most } }

    func enter() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }
    func leave() { state.withLock { $0.now -= 1 } }
}

private struct MeteredGateway: Gateway {
    let name: String
    let meter: Meter

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        meter.enter()
        for _ in 0..<20 { await Task.yield() }
        meter.leave()
        return .sent
    }
}

/// Delivers nothing until it is cancelled.
private final class EndlessGateway: Gateway {
    let name = "endless"
    private let started = AsyncStream<Void>.makeStream()

    func hasStarted() async {
        for await _ in started.stream { break }
    }

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        started.continuation.yield()
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        continuation.finish()
        return .retry(reason: "cancelled", after: nil)
    }
}
