import ActionCatalogue
import Documents
import Foundation
import JobModel
import Schemas
import StepExecution

/// The folder of the person's own actions: a folder for each, with `action.yaml` and a script.
struct ActionFolder: Sendable {
    static let manifest = "action.yaml"
    private static let largest = 256 << 10

    let path: String

    /// One folder of it, as it was read.
    struct Entry: Sendable {
        /// Of the folder, and of the action in it.
        let name: String
        /// `nil` where the description cannot be used at all.
        let definition: ActionDefinition?
        let problems: [ManifestProblem]

        /// It can be used in a playbook.
        var isSound: Bool { definition != nil && problems.isEmpty }
    }

    /// By name; none where the folder does not exist.
    var entries: [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { !$0.hasPrefix(".") && isFolder($0) }.map(entry)
    }

    /// Those without a problem.
    var definitions: [ActionDefinition] { entries.filter(\.isSound).compactMap(\.definition) }

    func entry(_ name: String) -> Entry {
        let file = "\(path)/\(name)/\(Self.manifest)"
        guard let bytes = FileManager.default.contents(atPath: file) else {
            return Entry(name: name, definition: nil, problems: [.init("there is no \(Self.manifest)")])
        }
        guard bytes.count <= Self.largest, let text = String(validating: bytes, as: UTF8.self) else {
            return Entry(
                name: name, definition: nil, problems: [.init("\(Self.manifest) is no text of a sensible size")])
        }
        var reader = ManifestReader(folder: name)
        let definition = reader.definition(text)
        if let script = definition?.script, let problem = problem(with: script) {
            reader.problems.append(.init(problem))
        }
        return Entry(name: name, definition: definition, problems: reader.problems)
    }

    /// What an approval of the script would freeze, by the name that definitions give it.
    func inspect(_ script: String) -> Result<ApprovedScript, ScriptProblem> {
        let file = script.hasPrefix(OwnActions.prefix) ? String(script.dropFirst(OwnActions.prefix.count)) : script
        return ScriptFolder(path: path).inspect(file).map {
            ApprovedScript(path: script, sha256: $0.sha256, interpreter: $0.interpreter)
        }
    }

    private func problem(with script: String) -> String? {
        guard case .failure(let problem) = inspect(script) else { return nil }
        return problem.message
    }

    private func isFolder(_ name: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && isFolder.boolValue
    }
}

/// Something that is wrong with a description, and where.
struct ManifestProblem: Hashable, Sendable {
    let message: String
    let place: DocumentPlace?

    init(_ message: String, at place: DocumentPlace? = nil) {
        self.message = message
        self.place = place
    }

    /// "action.yaml:3:7: …".
    func line(of name: String) -> String {
        let file = "\(name)/\(ActionFolder.manifest)"
        let place = place.map { ":\($0.line)" + ($0.column.map { ":\($0)" } ?? "") } ?? ""
        return "\(file)\(place): \(message)"
    }
}
