import Conversation
import Coordination
import Foundation
import IntentContract
import Interpreters
import JobModel
import Planning
import Settings
import Signing
import Storage

/// A store with everything that talks to it: what commands and chats work in.
struct Workplace: Sendable {
    let program: Program
    let settings: ProgramSettings
    let store: any JobStore
    /// Tells every other process on this store that something changed.
    let ring: @Sendable () -> Void
    /// `nil` in a transcript.
    let sqlite: SQLiteStore?
    let models: ConfiguredModels
    /// Takes a copied store as its own.
    var adopting = false

    /// Opens the person's store (or the transcript's).
    static func open() async throws -> Workplace {
        let program = Program.current
        if let stage = program.stage {
            return Workplace(
                program: program, settings: ProgramSettings(), store: stage.store, ring: {}, sqlite: nil,
                models: try models(ProgramSettings(), program, store: stage.store))
        }
        let settings = try program.settings()
        do {
            try program.paths.createFolders()
        } catch {
            throw CommandFailure("\(error)")
        }
        let store = try await SQLiteStore.open(at: program.paths.store)
        let folder = program.paths.runtimeFolder
        let workplace = Workplace(
            program: program, settings: settings, store: store, ring: { Doorbell.ring(in: folder) }, sqlite: store,
            models: try models(settings, program, store: store))
        if let damage = store.damage {
            program.output.note(damage)
            _ = try await store.post(Message(jobID: nil, runID: nil, at: program.now(), text: damage))
        }
        try await workplace.refreshCalendars()
        return workplace
    }

    /// A bell of this process's own, and a workplace that rings all others with it.
    func listening() throws -> (Workplace, Doorbell) {
        do throws(CoordinationError) {
            let doorbell = try Doorbell(folder: program.paths.runtimeFolder)
            let workplace = Workplace(
                program: program, settings: settings, store: store, ring: { doorbell.ring() }, sqlite: sqlite,
                models: models)
            return (workplace, doorbell)
        } catch {
            throw CommandFailure(error.message)
        }
    }

    var zone: String { program.stage?.systemZone ?? program.zone(settings) }

    /// Conversations that show their own schedule of zones keep to the person's preference.
    func personZone() async -> String {
        ((try? await store.settings()) ?? [:])["preference.timezone"] ?? zone
    }

    /// Who runs this store's scheduler.
    func presence() async -> SchedulerPresence {
        if let stage = program.stage { return await stage.presence() }
        return SchedulerLock(path: program.paths.ownerLock).presence
    }

    // MARK: Conversations

    /// - Parameter policies: of the jobs that are made in it, above what is said of them.
    func session(
        isInteractive: Bool, policies: PolicyChange? = nil, wake: @escaping @Sendable () -> Void = {}
    ) async throws -> ConversationSession {
        if var stage = program.stage {
            stage.isInteractive = isInteractive
            stage.interpreter = Self.flagged(stage.interpreter, policies)
            return ConversationSession(stage)
        }
        let ring = ring
        var environment = ConversationSession.Environment(
            store: store, interpreter: Self.flagged(try interpreter(), policies), now: program.now, systemZone: zone,
            lookAround: { agreed in liveSurroundings(agreed: agreed) },
            presence: { await presence() },
            wakeScheduler: {
                wake()
                ring()
            },
            digest: { SHA256Digest.hex(of: $0) }, isInteractive: isInteractive,
            directory: FileManager.default.currentDirectoryPath)
        environment.sight = { sight }
        environment.budget = settings.budget
        return ConversationSession(environment)
    }

    /// Of the owner and of the store's file.
    var sight: SchedulerSight {
        var sight = program.sight
        sight.lastSync = [sight.lastSync, sqlite?.lastSync].compactMap(\.self).max()
        return sight
    }

    private static func flagged(_ interpreter: any Interpreter, _ policies: PolicyChange?) -> any Interpreter {
        policies.map { FlaggedInterpreter(base: interpreter, policies: $0) } ?? interpreter
    }

    /// The offline grammar, or the configured model in front of it.
    func interpreter() throws -> any Interpreter {
        let offline = OfflineInterpreter()
        guard let model = models.model else { return offline }
        return ModelInterpreter(
            model: model, contract: try ContractLibrary.embedded(), offline: offline,
            readsAlways: settings.models.readsAlways, mostCalls: settings.budget.calls.request)
    }
}

extension SchedulerLock {
    var presence: SchedulerPresence {
        guard let holder else { return .none }
        return holder.pid == getpid() ? .here : .elsewhere(pid: holder.pid)
    }
}
