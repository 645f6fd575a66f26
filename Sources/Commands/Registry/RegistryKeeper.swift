import Foundation
import JobModel
import Registry
import Scheduling
import Signing

/// Keeps the stored jobs at what the registry in the config folder says, for as long as this process runs the scheduler.
struct RegistryKeeper: Sendable {
    private let workplace: Workplace
    private let sync: RegistrySync
    private let note: @Sendable (String) -> Void
    private let changed: @Sendable () -> Void
    private let signal = WakeSignal()

    /// - Parameters:
    ///   - note: Says what is wrong with the keeping itself.
    ///   - changed: Told after each line that the registry added to the conversation.
    init(
        _ workplace: Workplace, note: @escaping @Sendable (String) -> Void, changed: @escaping @Sendable () -> Void
    ) {
        self.workplace = workplace
        self.note = note
        self.changed = changed
        sync = workplace.registrySync
    }

    /// Somebody changed the store, perhaps by taking back what the registry did: it is looked at again.
    func wake() { signal.ring() }

    func look() async {
        do {
            switch try await sync.sync() {
            case .none, .unchanged: return
            case .applied, .refused: changed()
            }
        } catch {
            note("The registry was not read: \((error as? StoreError)?.message ?? "\(error)")")
        }
    }

    /// Looks whenever the file or the store has changed, until it is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await watch() }
            while !Task.isCancelled {
                await look()
                await signal.wait()
            }
            group.cancelAll()
        }
    }

    private func watch() async {
        do throws(FileWatcher.Failure) {
            let watcher = try FileWatcher(paths: workplace.registryPaths)
            defer { watcher.close() }
            signal.ring()  // what happened between the first look and now
            for await _ in watcher.changes { signal.ring() }
        } catch {
            note(
                "Changes of the registry are not noticed (\(error.detail)); \"rota registry sync\" applies them.")
        }
    }
}

extension Workplace {
    var registrySync: RegistrySync {
        let folder = program.paths.configFolder
        return RegistrySync(
            store: store, folder: folder, now: program.now, zone: { await personZone() },
            surroundings: { agreed in
                guard let stage = program.stage else { return liveSurroundings(agreed: agreed) }
                return await stage.lookAround(agreed)
            },
            digest: { SHA256Digest.hex(of: $0) })
    }

    var registryPaths: [String] { RegistryFormat.fileNames.map { "\(program.paths.configFolder)/\($0)" } }
}
