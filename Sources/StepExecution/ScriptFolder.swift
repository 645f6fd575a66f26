import Foundation
import Signing

/// The folder from which scripts may be run, and the checks that each of them passes.
///
/// The file is opened once; owner, rights and hash are taken from that descriptor, so that nothing can be exchanged
/// between the check and the use.
package struct ScriptFolder: Sendable {
    package let path: String
    private let programs: ProgramFinder

    /// - Parameter searchPath: folders in which programs are looked for; the environment's `PATH` is not read.
    package init(path: String, searchPath: [String] = ProgramFinder.defaultFolders) {
        self.path = path
        programs = ProgramFinder(folders: searchPath)
    }

    /// What an approval of this script would freeze. `scripts/x.sh` and `x.sh` are the same file.
    package func inspect(_ name: String) -> Result<ApprovedScript, ScriptProblem> {
        do {
            let script = try load(name)
            return .success(
                ApprovedScript(path: script.path, sha256: script.sha256, interpreter: script.command.program))
        } catch {
            return .failure(error)
        }
    }

    /// A script that passed every check, with the content that was checked.
    struct Loaded: Sendable {
        let path: String
        let content: [UInt8]
        let sha256: String
        let command: ScriptCommand
    }

    func load(_ name: String) throws(ScriptProblem) -> Loaded {
        let relative = try Self.relative(name, to: path)
        let folder = try checkedFolder()
        let file = try resolve(relative, in: folder)
        try checkParents(of: file, below: folder, name: relative)
        let content = try ScriptFile.read(file, name: relative)
        let command = try ScriptCommand.find(for: relative, content: content, programs: programs)
        return Loaded(path: relative, content: content, sha256: SHA256Digest.hex(of: content), command: command)
    }

    // MARK: Names

    /// The name inside the folder, without the folder's own name before it.
    static func relative(_ name: String, to folder: String) throws(ScriptProblem) -> String {
        var name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        if name.hasPrefix(base) { name.removeFirst(base.count) }
        var parts = name.split(separator: "/").filter { $0 != "." }
        if parts.count > 1, parts.first == "scripts" { parts.removeFirst() }
        guard !parts.isEmpty, !name.contains("\0") else {
            throw ScriptProblem(.noName, "A script needs a name, as in \"run backup.sh\".")
        }
        guard !name.hasPrefix("/"), !name.hasPrefix("~"), !parts.contains("..") else { throw outside(name, folder) }
        return parts.joined(separator: "/")
    }

    private static func outside(_ name: String, _ folder: String) -> ScriptProblem {
        ScriptProblem(
            .outsideFolder, "\"\(name)\" is outside the scripts folder; only files in \(folder) can be run.")
    }

    private func resolve(_ relative: String, in folder: String) throws(ScriptProblem) -> String {
        guard let file = FilePaths.resolved("\(folder)/\(relative)") else { throw missing(relative) }
        guard file.hasPrefix(folder + "/") else { throw Self.outside(relative, path) }
        return file
    }

    private func missing(_ relative: String) -> ScriptProblem {
        let near = NearScripts.names(like: relative, in: path)
        let advice = near.isEmpty ? "put it there first." : "did you mean \(near.joined(separator: " or "))?"
        return ScriptProblem(.missing(near: near), "There is no \(relative) in \(path); \(advice)")
    }

    // MARK: Owner and rights

    private func checkedFolder() throws(ScriptProblem) -> String {
        guard let folder = FilePaths.resolved(path) else {
            throw ScriptProblem(
                .missingFolder, "The scripts folder \(path) does not exist; make it and put scripts there.")
        }
        try ScriptFile.checkFolder(folder, shown: path)
        return folder
    }

    /// Who may write to a folder may exchange what is in it.
    private func checkParents(of file: String, below folder: String, name: String) throws(ScriptProblem) {
        var parent = (file as NSString).deletingLastPathComponent
        while parent.count > folder.count {
            try ScriptFile.checkFolder(parent, shown: parent)
            parent = (parent as NSString).deletingLastPathComponent
        }
    }
}

/// Paths as the kernel sees them.
enum FilePaths {
    /// Without links and dots; `nil` where nothing exists.
    static func resolved(_ path: String) -> String? {
        guard let buffer = realpath(path, nil) else { return nil }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
