import ActionCatalogue
import JobModel

/// Actions of the person's own: a folder for each, with a description and a script.
package struct OwnActions: Sendable {
    /// Runs the scripts of the folder of actions.
    var runner: ScriptRunner
    /// As they are now.
    var definitions: @Sendable () -> [ActionDefinition]
    /// Sets the limits of a process and becomes the script's program; empty where that cannot be done here.
    var limits: [String]

    /// - Parameters:
    ///   - folder: the folder of actions.
    ///   - archive: a private folder for the copies that are run.
    package init(
        folder: String, archive: String, searchPath: [String] = ProgramFinder.defaultFolders, store: String? = nil,
        sweep: @escaping @Sendable (RunID, _ attempt: Int) -> Void = { _, _ in },
        definitions: @escaping @Sendable () -> [ActionDefinition]
    ) {
        runner = ScriptRunner(folder: folder, archive: archive, searchPath: searchPath, store: store, sweep: sweep)
        self.definitions = definitions
        // Seconds of processor time, open files, bytes of a file that it writes, and no core dumps.
        limits =
            ProgramFinder(folders: searchPath).find("prlimit").map {
                [$0, "--cpu=600", "--nofile=512", "--fsize=\(256 << 20)", "--core=0"]
            } ?? []
    }

    /// Before the path of a script, where a job's approval names it.
    package static let prefix = "actions/"
}

/// An action of the person's own: its script reads the parameters as JSON and writes its result as JSON.
struct OwnAction: CatalogueAction {
    /// As it was approved: `actions/NAME/FILE`.
    let script: String
    let runner: ScriptRunner
    let limits: [String]
    let zone: String

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let path = script.hasPrefix(OwnActions.prefix) ? String(script.dropFirst(OwnActions.prefix.count)) : script
        let input = Array(JSONValue.object(call.parameters).compactText.utf8)
        var result = await runner.run(
            ScriptRunner.Call(path: path, approvedAs: script, input: input, prefix: limits), zone: zone, in: context)
        guard result.succeeded else { return result }
        guard let value = try? JSONValue(parsing: result.text) else {
            result.error = "\(call.name) wrote no JSON: \(ResultText.firstLine(result.text))"
            return result
        }
        result.value = value
        result.text = ResultText.clean(value["text"]?.string ?? value.plainText)
        return result
    }
}
