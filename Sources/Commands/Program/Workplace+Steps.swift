import Coordination
import Foundation
import JobModel
import Scheduling
import StepExecution

/// The actions of jobs, wired to this machine.
extension Workplace {
    func stepExecutor(store: any JobStore, wake: @escaping @Sendable () -> Void) throws -> StepExecutor {
        let model = models.model
        let sweep: @Sendable (RunID, Int) -> Void = { [store = program.paths.store] run, attempt in
            RunProcesses.kill(store: store, attempt: .init(run: run, number: attempt))
        }
        var services = ActionServices(
            web: CurlWebRequester(grants: settings.httpGrants.map(\.description)), store: store, wake: wake,
            zone: zone, secrets: ConfiguredSecrets.vault(settings.secrets, environment: program.environment),
            pageFolder: program.paths.pages)
        services.home = program.environment["HOME"] ?? services.home
        services.playbooks = { await NamedRuns(store: store).call($0, wake: wake) }
        let folder = actionFolder
        services.ownActions = OwnActions(
            folder: folder.path, archive: program.paths.scriptCopies, store: program.paths.store, sweep: sweep,
            definitions: { folder.definitions })
        return StepExecutor(
            scripts: ScriptRunner(
                folder: program.paths.scriptsFolder, archive: program.paths.scriptCopies, store: program.paths.store,
                sweep: sweep),
            services: services,
            model: { model }, agents: AgentSurroundings(personas: settings.agents, store: store),
            runNamed: { name, depth in await NamedRuns(store: store).start(name, depth: depth, wake: wake) })
    }

    /// The person's own actions.
    var actionFolder: ActionFolder { ActionFolder(path: program.paths.actionsFolder) }
}

extension Workplace {
    /// Who the jobs are for, as templates read it.
    var user: JSONValue {
        var members: [String: JSONValue] = ["zone": .string(zone)]
        members["name"] = settings.userName.map(JSONValue.string)
        members["email"] = settings.userEmail.map(JSONValue.string)
        return .object(members)
    }
}

/// Starts the stored job that a `playbook` action names.
struct NamedRuns: Sendable {
    let store: any JobStore
    var now: @Sendable () -> Date = { SystemClock.now }

    func start(_ name: String, depth: Int, wake: @Sendable () -> Void) async -> NamedRun {
        switch await find(name) {
        case .failure(let unknown): return .unknown(near: unknown.near)
        case .success(let job):
            let run = Run(jobID: job.id, cause: .manual, due: now(), depth: depth)
            guard (try? await store.enqueue(run)) != nil else { return .unknown(near: []) }
            wake()
            return .started
        }
    }

    /// There is no such job; these are near.
    struct Unknown: Error { var near: [String] = [] }

    func find(_ name: String, isExact: Bool = false) async -> Result<Job, Unknown> {
        guard let jobs = try? await store.jobs() else { return .failure(Unknown()) }
        let wanted = Self.words(name)
        // A job that only runs the thing of this name is not that thing.
        let open = jobs.filter { $0.status != .draft && !Self.isOnlyACall(of: wanted, $0) }
        guard
            let job = open.first(where: { Self.words($0.name) == wanted })
                ?? (isExact ? nil : open.first(where: { wanted.isSubset(of: Self.words($0.name)) }))
        else {
            let near = open.filter { !wanted.isDisjoint(with: Self.words($0.name)) }.prefix(3).map(\.name)
            return .failure(Unknown(near: near))
        }
        return .success(job)
    }

    private static func isOnlyACall(of wanted: Set<String>, _ job: Job) -> Bool {
        guard job.steps.count == 1, case .playbook(let name) = job.steps[0].action else { return false }
        return words(name) == wanted
    }

    private static func words(_ name: String) -> Set<String> {
        Set(name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)).subtracting([
            "the", "playbook", "job",
        ])
    }
}
