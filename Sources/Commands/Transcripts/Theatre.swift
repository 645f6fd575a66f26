import Conversation
import Foundation
import IntentContract
import Interpreters
import JobModel
import Notifications
import Planning
import Playbooks
import ScheduleLanguage
import Settings
import Signing
import StepExecution
import Storage
import TranscriptPlayer

/// A folder of its own for one play, and the program's parts wired to the transcript's world.
struct Theatre: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rota-talk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func close() { try? FileManager.default.removeItem(at: folder) }

    /// Who reads what is said: the grammar, or a provider's model that is played.
    ///
    /// - Parameter name: where the transcript sets nobody.
    func reader(for transcript: Transcript, named name: String?) throws -> Reader {
        let name = transcript.setting("interpreter") ?? name ?? "offline"
        if name == "offline" { return Reader(interpreter: OfflineInterpreter(), model: nil) }
        let providers = [("interpreter", name)] + (transcript.setting("fallback").map { [("fallback", $0)] } ?? [])
        let model = try PlayedModel(try providers.map(Self.provider), playing: transcript)
        return Reader(interpreter: model.interpreter, model: model)
    }

    private static func provider(_ setting: String, _ name: String) throws -> ModelProvider {
        if let provider = ModelProvider.named(name) { return provider }
        let known = (["offline"] + ModelProvider.all.map(\.name)).joined(separator: ", ")
        throw CommandFailure("\"set \(setting) \(name)\": nobody of that name reads; \(known) do.")
    }

    struct Reader: Sendable {
        let interpreter: any Interpreter
        let model: PlayedModel?
    }

    func parts(reader: Reader, zone: String) -> StageParts {
        let interpreter = reader.interpreter
        let path = folder.appending(path: "rota.db").path
        let seen = LockedBox<World?>(nil)
        return StageParts(
            openStore: { try await SQLiteStore.open(at: path) },
            interpreter: interpreter,
            executor: { world, store, clock in
                JobRunner(
                    store: store, executor: WorldExecutor(world: world, store: store, clock: clock, zone: zone),
                    time: clock,
                    zone: { zone })
            },
            environment: { world, store, clock, presence, isInteractive in
                reader.model?.world.set(world)
                seen.set(world)
                return ConversationSession.Environment(
                    store: store, interpreter: interpreter, now: { clock.now }, systemZone: zone,
                    lookAround: { agreed in Self.surroundings(world, agreed: agreed) }, presence: { presence },
                    wakeScheduler: {}, digest: { SHA256Digest.hex(of: $0) }, isInteractive: isInteractive)
            },
            drainOutbox: { world, store, clock in
                await Outbox(store: store, gateways: world.gateways(), time: clock).drain(now: clock.now)
            },
            runCommand: { arguments, input, environment in
                await Self.run(
                    arguments, input: input, on: environment, folder: folder.path, files: { seen.value?.file($0) })
            })
    }

    private static func surroundings(_ world: World, agreed: Set<String>) -> Surroundings {
        Surroundings(
            hasGateway: { world.hasGateway($0) }, gatewayNames: world.gatewayNames,
            isApproved: { key in
                agreed.contains(key)
                    || world.isGranted(String(key.split(separator: ":").prefix(2).joined(separator: ":")))
            },
            inspectScript: { world.inspect($0) }, problemWithURL: { Surroundings.problem(withURL: $0) },
            repository: nil,
            hasModel: world.provider() != nil, calendars: world.calendars.map(PhraseCalendar.init))
    }

    // MARK: One-shot commands

    /// Runs the program's own commands against the play's store, and catches what they say.
    private static func run(
        _ arguments: [String], input: String?, on environment: ConversationSession.Environment, folder: String,
        files: @escaping @Sendable (String) -> String?
    ) async -> (lines: [String], exit: Int32) {
        let heard = LockedBox<[String]>([])
        let hear: @Sendable (String) -> Void = { line in
            heard.set(heard.value + line.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
        var program = Program(
            paths: ProgramPaths(environment: ["ROTA_HOME": folder], userID: getuid()), environment: [:],
            output: Output(answer: hear, note: hear), now: environment.now, stage: environment)
        program.files = files
        program.input = input?.split(separator: "\n").map(String.init)
        let exit = await Program.$current.withValue(program) { await Entry.run(arguments) }
        return (heard.value, exit)
    }
}
