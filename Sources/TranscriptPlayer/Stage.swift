import Conversation
import CronExpressions
import Foundation
import IntentContract
import JobModel
import Scheduling

/// What the program lends to a play: the real parts, wired to a world that is made up.
package struct StageParts: Sendable {
    /// Opens the store of this play; called again after a restart.
    package var openStore: @Sendable () async throws -> any JobStore
    package var interpreter: any Interpreter
    package var executor: @Sendable (World, any JobStore, VirtualClock) -> any RunExecutor
    package var environment:
        @Sendable (World, any JobStore, VirtualClock, SchedulerPresence, _ isInteractive: Bool) ->
            ConversationSession.Environment
    /// Sends what is due to the world's gateways; returns when there is more to send.
    package var drainOutbox: @Sendable (World, any JobStore, VirtualClock) async -> Date?
    /// Runs `rota` with these arguments (and standard input) against the play's store.
    package var runCommand:
        @Sendable ([String], String?, ConversationSession.Environment) async -> (lines: [String], exit: Int32)

    package init(
        openStore: @escaping @Sendable () async throws -> any JobStore, interpreter: any Interpreter,
        executor: @escaping @Sendable (World, any JobStore, VirtualClock) -> any RunExecutor,
        environment:
            @escaping @Sendable (World, any JobStore, VirtualClock, SchedulerPresence, Bool) ->
            ConversationSession.Environment,
        drainOutbox: @escaping @Sendable (World, any JobStore, VirtualClock) async -> Date?,
        runCommand:
            @escaping @Sendable ([String], String?, ConversationSession.Environment) async -> (
                lines: [String], exit: Int32
            )
    ) {
        self.openStore = openStore
        self.interpreter = interpreter
        self.executor = executor
        self.environment = environment
        self.drainOutbox = drainOutbox
        self.runCommand = runCommand
    }
}

/// One play under way: the program's parts on virtual time.
final class Stage {
    let clock: VirtualClock
    let zone: ZoneRules
    let world: World
    let parts: StageParts
    private(set) var store: any JobStore
    private(set) var scheduler: Scheduler
    private(set) var conversation: ConversationSession
    private var shownMessages: Set<Int64> = []
    private var crashPoint: String?
    private var isRunning = true

    init(start: Date, zone: ZoneRules, world: World, parts: StageParts) async throws {
        clock = VirtualClock(start)
        self.zone = zone
        self.world = world
        self.parts = parts
        store = try await parts.openStore()
        scheduler = Scheduler(
            store: store, executor: parts.executor(world, store, clock), time: clock, configuration: .init(seed: 1))
        conversation = ConversationSession(parts.environment(world, store, clock, .here, true))
        try await scheduler.takeCharge()
    }

    // MARK: The person

    func say(_ text: String) async -> Reply { await conversation.say(text) }

    func command(_ text: String) async -> (lines: [String], exit: Int32) {
        let (words, input) = Self.commandLine(text)
        let presence: SchedulerPresence = isRunning ? .elsewhere(pid: 1) : .none
        return await parts.runCommand(words, input, parts.environment(world, store, clock, presence, false))
    }

    /// `rota words`, or `printf 'lines' | rota`: the words after `rota`, and what is piped in.
    private static func commandLine(_ text: String) -> ([String], String?) {
        var words = ShellWords.split(text)
        var input: String?
        if let pipe = words.firstIndex(of: "|") {
            let said = words[..<pipe].dropFirst().filter { $0 != "%s\\n" && $0 != "%s\n" && $0 != "%sn" }
            input = said.joined(separator: "\n").replacing("\\n", with: "\n")
            words = Array(words[(pipe + 1)...])
        }
        if words.first == "rota" { words.removeFirst() }
        return (words, input)
    }

    // MARK: Restarts

    /// The program ends and is started again: everything that is not stored is gone.
    func restart() async throws {
        store = try await parts.openStore()
        scheduler = Scheduler(
            store: store, executor: parts.executor(world, store, clock), time: clock, configuration: .init(seed: 1))
        conversation = ConversationSession(parts.environment(world, store, clock, .here, true))
        if isRunning { try await scheduler.takeCharge() }
    }

    func happen(_ line: WorldLine) async throws {
        switch line {
        case .script(let path, let answer): world.set(script: path, answer)
        case .http(let request, let answer): world.set(request: request, answer)
        case .provider(let answer):
            world.set(provider: answer)
            world.set(providerFault: answer.fault)
        case .providerFault(let fault): world.set(providerFault: fault)
        case .gateway(let name, let problem): world.set(gateway: name, problem: problem)
        case .event(let name, let data):
            _ = try await store.emit(Event(name: name, at: clock.now, data: data))
        case .file(let name, let content): world.set(file: name, content)
        case .restart: try await restart()
        case .crash(let point): crashPoint = point
        case .stop: isRunning = false
        case .start:
            isRunning = true
            try await scheduler.takeCharge()
        }
    }

    // MARK: Time

    /// Moves the clock; everything due by then fires, in order. `nil` goes to the next thing that is due.
    func move(to target: Date?) async throws {
        let goal: Date
        if let target {
            goal = target
        } else {
            try await settle()
            guard let next = try await nextMoment() else { return }
            goal = next
        }
        while isRunning, let next = try await nextMoment(), next <= goal {
            clock.move(to: next)
            try await settle()
        }
        clock.move(to: goal)
        try await settle()
    }

    private func nextMoment() async throws -> Date? {
        let due = try await scheduler.nextMoment()
        let outbox = await parts.drainOutbox(world, store, clock)
        return [due, outbox].compactMap(\.self).min()
    }

    /// Runs everything that is due at this moment, and what comes of it.
    func settle() async throws {
        guard isRunning else { return }
        while true {
            let runs = try await scheduler.prepare(at: clock.now)
            guard !runs.isEmpty else { break }
            if crashPoint == "claim" {
                crashPoint = nil
                try await restart()
                continue
            }
            for run in runs { try await perform(run) }
        }
        _ = await parts.drainOutbox(world, store, clock)
    }

    private func perform(_ run: Run) async throws {
        if let point = crashPoint, point != "finish" {
            crashPoint = nil
            _ = try await store.begin(run: run.id, token: run.token, at: clock.now)
            return try await restart()
        }
        await VirtualClock.withOwnStretch { await scheduler.perform(run) }
        if crashPoint == "finish" {
            crashPoint = nil
            try await restart()
        }
    }

    // MARK: What came of it

    /// New outcomes in the conversation by their time, and what left for gateways.
    func takeOutcomes() async throws -> [String] {
        let new = try await store.messages(unseenOnly: false, limit: 1000).filter { !shownMessages.contains($0.id) }
        shownMessages.formUnion(new.map(\.id))
        let latest = new.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        if let job = latest.last?.jobID { try await store.setFocus(job, at: clock.now) }
        let lines = latest.map { "* " + OutcomeLines.line($0, zone: zone.identifier) }
        let sent = world.takeSent().map { "~ \($0.recipient) \"\($0.text)\"" }
        return (lines + sent).flatMap(Self.split)
    }

    /// An outcome of several lines is several lines of the transcript, each with its marker.
    private static func split(_ line: String) -> [String] {
        let rows = line.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return [rows[0]] + rows.dropFirst().map { "\(rows[0].prefix(1)) \($0)" }
    }
}
