import Foundation
import JobModel
import Logging
import ServiceLifecycle

/// Sends queued deliveries and keeps trying until each is sent or given up.
///
/// Deliveries to one gateway go out one after the other, in order; at most four gateways are served at once. What waits
/// for its next try holds up nobody else. Only the process that owns the scheduler may run one.
package actor Outbox {
    private let store: any JobStore
    private let gateways: [String: any Gateway]
    private let time: any TimeSource
    private let policy: RetryPolicy
    private let logger: Logger
    /// Told when a notice was posted into the conversation.
    private let announce: @Sendable () -> Void
    /// Told of each delivery whose outcome was recorded.
    private let settled: @Sendable (Delivery) -> Void
    private var limit: MessageLimit
    private var generator: any RandomNumberGenerator & Sendable

    /// Gateways that are being served.
    private var busy: Set<String> = []
    /// Outcomes that the store would not take: recorded later, never sent again.
    private var unrecorded: [Int64: DeliveryDecision] = [:]
    /// The earliest moment that a sleeping task will wake the service at.
    private var alarm: Date?

    private nonisolated let wakes: AsyncStream<Void>
    private nonisolated let waker: AsyncStream<Void>.Continuation

    private static let lanes = 4
    /// Deliveries before this process that count against the limit of an hour, at most.
    private static let lookedBack = 5000
    private static let conversation: Set<String> = ["here", "conversation", "none"]
    /// Seconds until a store that failed is asked again.
    private static let storePause: TimeInterval = 5

    /// - Parameters:
    ///   - mostAnHour: messages that one recipient gets in an hour; `nil` is no limit.
    ///   - zone: the IANA name of the zone in which people are told moments.
    package init(
        store: any JobStore, gateways: [any Gateway], time: any TimeSource, policy: RetryPolicy = .network,
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        mostAnHour: Int? = nil, zone: String = "UTC", logger: Logger = Logger(label: "outbox"),
        announce: @escaping @Sendable () -> Void = {},
        settled: @escaping @Sendable (Delivery) -> Void = { _ in }
    ) {
        self.announce = announce
        self.settled = settled
        self.store = store
        self.gateways = Dictionary(gateways.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.time = time
        self.policy = policy
        self.generator = generator
        self.logger = logger
        limit = MessageLimit(mostAnHour, zone: zone)
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that there may be something to send.
    package nonisolated func wake() { waker.yield() }

    /// Sends everything that is due at `now` and returns when the next delivery is due, `nil` when none waits.
    package func drain(now: Date) async -> Date? {
        while true {
            let work = await nextWork(at: now)
            guard !work.lanes.isEmpty else { return work.nextDue }
            await withTaskGroup(of: Void.self) { group in
                for lane in work.lanes { group.addTask { await self.serve(lane, at: now) } }
            }
        }
    }

    // MARK: Work

    /// Deliveries to one gateway, in order.
    private struct Lane: Sendable {
        let gateway: String
        let deliveries: [Delivery]
    }

    /// What can be started, its gateways marked busy; and the earliest moment at which more is due.
    private func nextWork(at now: Date) async -> (lanes: [Lane], nextDue: Date?) {
        do {
            try await recordLeftovers(at: now)
            let pending = try await store.pendingDeliveries().filter { unrecorded[$0.id] == nil }
            if limit.most != nil, !limit.isSeeded { limit.seed(try await store.deliveries(limit: Self.lookedBack)) }
            let due = pending.filter { $0.notBefore <= now }
            return (takeLanes(from: due), pending.map(\.notBefore).filter { $0 > now }.min())
        } catch {
            logger.warning("The store cannot be used for deliveries", metadata: ["error": "\(error)"])
            return ([], now + Self.storePause)
        }
    }

    private func takeLanes(from due: [Delivery]) -> [Lane] {
        var lanes: [Lane] = []
        for gateway in due.map(\.recipient.gateway).uniqued() where !busy.contains(gateway) {
            guard busy.count < Self.lanes else { break }
            busy.insert(gateway)
            lanes.append(Lane(gateway: gateway, deliveries: due.filter { $0.recipient.gateway == gateway }))
        }
        return lanes
    }

    /// `now` is fixed under virtual time; `nil` reads the clock after each attempt.
    private func serve(_ lane: Lane, at now: Date?) async {
        var told: Set<Int64> = []
        for delivery in lane.deliveries where !told.contains(delivery.id) {
            guard !Task.isCancelled else { break }
            if let opening = opening(for: delivery, at: now ?? time.now) {
                await hold(delivery, until: opening)
                continue
            }
            let held = heldBack(with: delivery, in: lane)
            told.formUnion(held.map(\.id))
            let message = held.count > 1 ? limit.summary(of: held) : delivery
            let result = await attempt(message)
            // What a stopping service broke off did not fail: it stays queued as it was.
            if Task.isCancelled, result != .sent { break }
            let moment = now ?? time.now
            let decision = DeliveryDecision(result, for: message, at: moment, policy: policy, using: &generator)
            if result == .sent { limit.count(message.recipient, at: moment) }
            let decisions = held.count > 1 ? limit.outcomes(decision, of: held) : [decision]
            for one in decisions { await record(one, at: moment) }
        }
        busy.remove(lane.gateway)
    }

    private func attempt(_ delivery: Delivery) async -> DeliveryResult {
        // The outcome's line in the conversation is the delivery.
        if Self.conversation.contains(delivery.recipient.gateway) { return .sent }
        guard let gateway = gateways[delivery.recipient.gateway] else {
            return .refused(reason: "there is no gateway named \"\(delivery.recipient.gateway)\"")
        }
        return await gateway.deliver(delivery)
    }

    // MARK: The limit of an hour

    private func opening(for delivery: Delivery, at now: Date) -> Date? {
        // Lines of the conversation are no messages to anybody.
        guard !Self.conversation.contains(delivery.recipient.gateway) else { return nil }
        return limit.opening(for: delivery.recipient, at: now)
    }

    /// What the store does not take is recorded later, as outcomes are.
    private func hold(_ delivery: Delivery, until moment: Date) async {
        let held = limit.held(delivery, until: moment)
        do {
            try await store.update(held)
        } catch {
            unrecorded[held.id] = DeliveryDecision(held: held)
            logger.warning("A message could not be held back", metadata: ["error": "\(error)"])
        }
    }

    /// All that was held back for the same recipient and is due with `delivery`; none where that was not held back.
    private func heldBack(with delivery: Delivery, in lane: Lane) -> [Delivery] {
        guard MessageLimit.isHeld(delivery) else { return [] }
        return lane.deliveries.filter { $0.recipient == delivery.recipient && MessageLimit.isHeld($0) }
    }

    // MARK: Recording

    private func record(_ decision: DeliveryDecision, at now: Date) async {
        do {
            try await write(decision, at: now)
        } catch {
            unrecorded[decision.delivery.id] = decision
            logger.warning("The outcome of a delivery could not be stored", metadata: ["error": "\(error)"])
        }
    }

    /// The notice goes first: a crash between the two may tell twice, but never not at all.
    private func write(_ decision: DeliveryDecision, at now: Date) async throws {
        if let notice = decision.notice {
            let delivery = decision.delivery
            let job = try await store.jobs().first { $0.name == delivery.jobName }
            _ = try await store.post(Message(jobID: job?.id, runID: delivery.runID, at: now, text: notice))
            announce()
        }
        try await store.update(decision.delivery)
        settled(decision.delivery)
    }

    private func recordLeftovers(at now: Date) async throws {
        for (id, decision) in unrecorded {
            try await write(decision, at: now)
            unrecorded[id] = nil
        }
    }
}

// MARK: As a service

extension Outbox: Service {
    /// Runs until it is cancelled or shut down; may be called once. Idle, it waits for `wake()` and does not poll.
    package func run() async throws {
        wake()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for await _ in self.wakes { await self.startWork(in: &group) }
                group.cancelAll()
            }
        }
    }

    private func startWork(in group: inout DiscardingTaskGroup) async {
        let work = await nextWork(at: time.now)
        for lane in work.lanes {
            group.addTask {
                await self.serve(lane, at: nil)
                self.wake()
            }
        }
        guard let moment = work.nextDue, moment < alarm ?? .distantFuture else { return }
        alarm = moment
        group.addTask { await self.ring(at: moment) }
    }

    private func ring(at moment: Date) async {
        try? await time.sleep(until: moment)
        if alarm == moment { alarm = nil }
        wake()
    }
}
