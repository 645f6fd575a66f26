import Conversation
import Coordination
import Foundation
import JobModel
import Logging
import Scheduling
import ServiceLifecycle
import Terminal

/// The program behind the chat: a conversation, and the scheduler in its background unless another process has it.
actor ChatService: ChatBackend {
    private let workplace: Workplace
    private let doorbell: Doorbell
    private let session: ConversationSession
    private let feed: OutcomeFeed
    private let lock: SchedulerLock
    private let changed: WakeRelay
    /// The doorbell, for whoever stands by.
    private let rung = WakeSignal()
    private let announcer: AsyncStream<String>.Continuation
    nonisolated let announcements: AsyncStream<String>
    nonisolated let progress: AsyncStream<String>
    private let follower: RunFollower
    private let teller: AsyncStream<String>.Continuation
    private var engineTask: Task<Void, Never>?
    private var group: ServiceGroup?
    private var tasks: [Task<Void, Never>] = []

    static func open() async throws -> ChatService {
        let (workplace, doorbell) = try await Workplace.open().listening()
        let changed = WakeRelay()
        let session = try await workplace.session(isInteractive: true, wake: { changed.ring() })
        return ChatService(workplace: workplace, doorbell: doorbell, session: session, changed: changed)
    }

    private init(workplace: Workplace, doorbell: Doorbell, session: ConversationSession, changed: WakeRelay) {
        self.workplace = workplace
        self.doorbell = doorbell
        self.session = session
        self.changed = changed
        feed = OutcomeFeed(store: workplace.store)
        lock = SchedulerLock(path: workplace.program.paths.ownerLock)
        (announcements, announcer) = AsyncStream.makeStream(of: String.self)
        let (progress, teller) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1))
        (self.progress, self.teller) = (progress, teller)
        follower = RunFollower(store: workplace.store, time: SystemTimeSource(), tell: { teller.yield($0) })
    }

    // MARK: Turns

    nonisolated func say(_ text: String) async -> Reply {
        if text == "/inbox" { return await inbox() }
        let reply = await session.say(text)
        await follower.follow(reply.runs)
        return reply
    }

    private func inbox() async -> Reply {
        let messages = (try? await workplace.store.messages(unseenOnly: false, limit: 20)) ?? []
        guard !messages.isEmpty else { return Reply(lines: ["No outcomes yet. They appear here once a job has run."]) }
        let zone = await workplace.personZone()
        return Reply(lines: messages.map { InboxLine.text($0, zone: zone, now: workplace.program.now()) })
    }

    func greeting() async -> [String] {
        var lines = ["rota: say what should happen and when, or \"help\". Ctrl-D leaves."]
        if case .elsewhere(let pid) = lock.presence {
            lines.append("The scheduler of this store runs in process \(pid); this chat works beside it.")
            lines += await overdueLines()
        }
        let unseen = await feed.begin()
        let zone = await workplace.personZone()
        if !unseen.isEmpty {
            lines.append("While you were away:")
            lines += unseen.map { InboxLine.text($0, zone: zone, now: workplace.program.now()) }
            try? await workplace.store.markSeen(unseen.map(\.id))
        }
        return lines
    }

    /// What an owner elsewhere should have fired; a scheduler of this chat's own catches up by itself.
    private func overdueLines() async -> [String] {
        let status = await StatusReport.gather(
            from: workplace.store, presence: lock.presence, sight: workplace.sight, now: workplace.program.now())
        return status.overdueLines(zone: await workplace.personZone(), now: workplace.program.now())
    }

    func completions(for prefix: String) async -> [String] {
        ((try? await workplace.store.jobs()) ?? []).filter { $0.status != .finished }.map(\.name)
    }

    func farewell() async -> String? {
        guard lock.presence == .here else { return nil }
        let armed = (try? await workplace.store.armed(limit: 1000)) ?? []
        guard !armed.isEmpty else { return nil }
        let count = Set(armed.map(\.job.id)).count
        return
            "Nothing runs while this is closed (\(count) \(count == 1 ? "job is" : "jobs are") waiting; \"rota start\" keeps them running)."
    }

    // MARK: Background

    /// Runs the scheduler here, or stands by until its owner is gone.
    func start() async {
        if (try? lock.tryAcquire()) == true {
            await startEngine()
        } else {
            let (lock, rung, workplace) = (lock, rung, workplace)
            tasks.append(
                Task {
                    do { try await workplace.standBy(for: lock, rung: rung) } catch { return }
                    await self.startEngine()
                })
        }
        let rings = doorbell.rings
        tasks.append(
            Task {
                for await _ in rings {
                    self.rung.ring()
                    self.changed.ring()
                    await self.announce()
                }
            })
    }

    private func startEngine() async {
        try? await workplace.sqlite?.becomeOwner()
        let announcer = announcer
        let engine: Engine
        do {
            engine = try Engine(
                workplace, lock: lock, logger: Logger(label: "rota", factory: { _ in SwiftLogNoOpLogHandler() }),
                tellTrouble: { announcer.yield($0) })
        } catch {
            announcer.yield("Nothing runs here: \((error as? CommandFailure)?.message ?? "\(error)")")
            return
        }
        let registry = engine.registryKeeper(of: workplace, note: { announcer.yield($0) })
        await engine.watch.journal.begin()
        await registry.look()
        changed.connect {
            engine.wake()
            registry.wake()
        }
        let keeping = ClosureService { await registry.run() }
        let outcomes = ClosureService {
            while !Task.isCancelled {
                await engine.outcomes.wait()
                await self.announce()
            }
        }
        let logger = Logger(label: "rota", factory: { _ in SwiftLogNoOpLogHandler() })
        let group = ServiceGroup(
            configuration: .init(
                services: engine.services(with: [.init(service: outcomes), .init(service: keeping)]), logger: logger))
        self.group = group
        // Lives as long as the chat; `stop` shuts it down and waits for it.
        engineTask = Task {
            do {
                try await group.run()
            } catch {
                announcer.yield("Nothing runs here any more: \((error as? StoreError)?.message ?? "\(error)")")
            }
        }
    }

    private func announce() async {
        let now = workplace.program.now()
        if let muted = try? await workplace.store.mutedUntil() {
            guard muted <= now else { return }
            try? await workplace.store.mute(until: nil)
        }
        let zone = await workplace.personZone()
        let messages = await feed.next(at: now)
        for message in messages { announcer.yield(OutcomeLines.line(message, zone: zone)) }
        try? await workplace.store.markSeen(messages.map(\.id))
    }

    func stop() async {
        await group?.triggerGracefulShutdown()
        await engineTask?.value
        for task in tasks { task.cancel() }
        await follower.stop()
        announcer.finish()
        teller.finish()
        doorbell.close()
        lock.release()
    }
}
