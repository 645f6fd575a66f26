import Foundation
import JobModel

/// Runs approved scripts: a private copy of the approved content, an argument vector, a clean environment.
package struct ScriptRunner: Sendable {
    private let folder: ScriptFolder
    private let archive: ScriptArchive
    private let environment: ScriptEnvironment
    private let launcher = ProcessLauncher()
    private let grace: TimeInterval
    private let sweep: @Sendable (RunID, _ attempt: Int) -> Void

    /// - Parameters:
    ///   - archive: a private folder for the copies that are run.
    ///   - searchPath: folders in which programs are looked for; also the `PATH` that scripts see.
    ///   - grace: seconds between TERM and KILL.
    ///   - store: named in the environment of scripts, so that what outlives a scheduler can be found.
    ///   - sweep: ends what an attempt left behind, also outside of its process group.
    package init(
        folder: String, archive: String, searchPath: [String] = ProgramFinder.defaultFolders, grace: TimeInterval = 5,
        store: String? = nil, sweep: @escaping @Sendable (RunID, _ attempt: Int) -> Void = { _, _ in }
    ) {
        self.folder = ScriptFolder(path: folder, searchPath: searchPath)
        self.archive = ScriptArchive(folder: archive)
        self.grace = grace
        self.sweep = sweep
        environment = ScriptEnvironment(path: ProgramFinder(folders: searchPath).path, store: store)
    }

    /// What an approval of this script would freeze, for the check before a job is made.
    package func inspect(_ path: String) -> Result<ApprovedScript, ScriptProblem> { folder.inspect(path) }

    /// Runs `path` with `arguments`, which are passed on as they are.
    func run(_ path: String, arguments: [String], zone: String, in context: StepContext) async -> StepResult {
        let input = context.run.event.map { Array($0.compactText.utf8) }
        return await run(
            Call(path: path, approvedAs: path, arguments: arguments, input: input), zone: zone, in: context)
    }

    /// What is run, and the name that it was approved by.
    struct Call {
        var path: String
        var approvedAs: String
        var arguments: [String] = []
        var input: [UInt8]?
        /// Stands before the program, with arguments of its own: sets limits and becomes the program.
        var prefix: [String] = []
    }

    func run(_ call: Call, zone: String, in context: StepContext) async -> StepResult {
        do {
            let script = try approved(call, capabilities: context.job.capabilities)
            let copy = try archive.copy(of: script)
            let words = call.prefix + [script.command.program] + script.command.arguments + [copy] + call.arguments
            let request = ProcessRequest(
                program: words[0], arguments: Array(words.dropFirst()),
                environment: environment.variables(context, script: script.path, zone: zone),
                directory: FilePaths.resolved(folder.path) ?? folder.path, input: call.input,
                timeout: context.timeout, grace: grace)
            let outcome = await launcher.run(request, started: context.processStarted)
            sweep(context.run.id, context.run.attempt)
            return ScriptVerdict.result(of: outcome, timeout: context.timeout, context: context)
        } catch let problem as ScriptProblem {
            return StepResult(error: problem.message)
        } catch let failure as ScriptArchive.Failure {
            return StepResult(error: "\(call.approvedAs) was not run: \(failure.message)")
        } catch {
            return StepResult(error: "\(call.approvedAs) was not run: its copy cannot be made in \(archive.folder)")
        }
    }

    /// The script with the content that was approved for this job, and no other.
    private func approved(_ call: Call, capabilities: Capabilities) throws(ScriptProblem) -> ScriptFolder.Loaded {
        let script = try folder.load(call.path)
        let isOfScripts = call.path == call.approvedAs
        let shown = isOfScripts ? script.path : call.approvedAs
        let approved = (isOfScripts ? capabilities.scripts[script.path] : nil) ?? capabilities.scripts[call.approvedAs]
        guard let approved else { throw ScriptProblem(.notApproved, "\(shown) is not approved for this job") }
        guard approved == script.sha256 else {
            throw ScriptProblem(.changed, "\(shown) has changed since it was approved; approve it again to run it")
        }
        return script
    }
}

/// What a script came to, in words and numbers.
enum ScriptVerdict {
    static func result(of outcome: ProcessOutcome, timeout: TimeInterval, context: StepContext) -> StepResult {
        let text = ResultText.clean(outcome.output.text, isCut: outcome.output.isCut)
        let complaint = ResultText.complaint(in: outcome.errors.text)
        let said = complaint.isEmpty ? "" : ": \(complaint)"
        // A script is tried again only where the person asked for it: one script by itself, with a retry policy.
        let mayRetry = context.job.steps.count == 1 && context.job.policies.retry.retries > 0
        switch outcome.ending {
        case .exited(0):
            return StepResult(text: text, exitCode: 0)
        case .exited(let code):
            return StepResult(text: text, exitCode: code, error: "exit \(code)\(said)", isTransient: mayRetry)
        case .signalled(let signal):
            let error = "killed by signal \(signal)\(said)"
            return StepResult(text: text, exitCode: 128 + signal, error: error, isTransient: mayRetry)
        case .timedOut:
            let error = "stopped after \(ResultText.seconds(timeout))\(said)"
            return StepResult(text: text, error: error, isTransient: mayRetry)
        case .cancelled:
            return StepResult(text: text, error: "it was stopped")
        case .notStarted(let reason):
            return StepResult(error: reason)
        }
    }
}
