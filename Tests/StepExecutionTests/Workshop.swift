import Foundation
import JobModel
import StepExecution
import Synchronization

/// A temporary home with a scripts folder and a folder for the copies; gone with the value.
final class Workshop: Sendable {
    let root: String
    var scripts: String { "\(root)/scripts" }
    var archive: String { "\(root)/archive" }

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rota-\(UUID().uuidString)")
        root = folder.path
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/scripts", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    @discardableResult
    func write(_ name: String, _ content: String, mode: Int = 0o600) throws -> String {
        let path = "\(scripts)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try content.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    func runner(searchPath: [String] = ProgramFinder.defaultFolders, grace: TimeInterval = 0.3) -> ScriptRunner {
        ScriptRunner(folder: scripts, archive: archive, searchPath: searchPath, grace: grace)
    }

    /// A job of one script that is approved as it is now.
    func job(_ script: String, retry: RetryPolicy = .none) -> Job {
        var capabilities = Capabilities()
        if case .success(let found) = runner().inspect(script) { capabilities.scripts[found.path] = found.sha256 }
        var policies = Policies()
        policies.retry = retry
        return StepExecutionTests.job(
            .script(path: script, arguments: []), capabilities: capabilities, policies: policies)
    }
}

func job(
    _ action: Action, capabilities: Capabilities = Capabilities(), policies: Policies = Policies()
) -> Job {
    Job(
        id: 3, name: "Test job", triggers: [Trigger(.manual)], steps: [Step(name: "only", action: action)],
        policies: policies, capabilities: capabilities,
        provenance: Provenance(sentence: "", interpreter: "offline"), createdAt: Date(timeIntervalSince1970: 0))
}

func context(
    _ job: Job, event: JSONValue? = nil, attempt: Int = 1, depth: Int = 0, timeout: TimeInterval = 300,
    now: Date = Date(timeIntervalSince1970: 1_774_598_400),
    processStarted: @escaping @Sendable (ProcessIdentity) async -> Void = { _ in }
) -> StepContext {
    let run = Run(
        id: 12, jobID: job.id, cause: .manual, due: Date(timeIntervalSince1970: 1_774_598_400), state: .running,
        attempt: attempt, event: event, depth: depth)
    return StepContext(job: job, run: run, timeout: timeout, now: now, processStarted: processStarted)
}

/// Answers requests from a table of "METHOD URL"; everything else is a failure that names the request.
final class TableWeb: WebRequester {
    private let table: [String: Result<WebAnswer, WebFailure>]
    private let calls = Mutex<[WebRequest]>([])

    init(_ table: [String: Result<WebAnswer, WebFailure>] = [:]) { self.table = table }

    var sent: [WebRequest] { calls.withLock(\.self) }

    func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        calls.withLock { $0.append(request) }
        let key = "\(request.method) \(request.url)"
        return try (table[key] ?? .failure(WebFailure("not in the table: \(key)", isTransient: false))).get()
    }
}

/// Says what it is told to say and keeps what it was asked.
final class ScriptedModel: LanguageModel {
    let name = "openai:test"
    private let answer: Result<String, ModelError>
    private let calls = Mutex<[ModelRequest]>([])

    init(_ answer: Result<String, ModelError>) { self.answer = answer }

    var asked: [ModelRequest] { calls.withLock(\.self) }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        calls.withLock { $0.append(request) }
        return ModelAnswer(text: try answer.get())
    }
}

func executor(
    _ workshop: Workshop, web: TableWeb = TableWeb(), model: (any LanguageModel)? = nil,
    searchPath: [String] = ProgramFinder.defaultFolders, store: (any JobStore)? = nil,
    runNamed: @escaping @Sendable (String, Int) async -> NamedRun = { _, _ in .unknown(near: []) }
) -> StepExecutor {
    StepExecutor(
        scripts: workshop.runner(searchPath: searchPath),
        services: ActionServices(web: web, store: store, zone: "Europe/Berlin", searchPath: searchPath),
        model: { model },
        runNamed: runNamed)
}
