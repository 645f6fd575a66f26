import Foundation
import JobModel

/// The person's editor, on the terminal that the program has.
struct Editor {
    let environment: [String: String]

    /// Returns when the editor has ended.
    func open(_ path: String) throws {
        let named = ["VISUAL", "EDITOR"].compactMap { environment[$0] }
        guard let words = named.first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            throw CommandFailure(
                "No editor is set: EDITOR=nano rota playbooks edit …; or export the playbook, change it, and add it."
            )
        }
        // The variable may hold options ("code --wait"), which a shell takes apart; the path is never read as words.
        let status = try Self.run(["/bin/sh", "-c", "\(words) \"$1\"", "sh", path], environment: environment)
        guard status == 0 else { throw CommandFailure("The editor ended with status \(status); nothing was changed.") }
    }

    /// In this program's own process group: an editor in another one may not use the terminal.
    private static func run(_ arguments: [String], environment: [String: String]) throws -> Int32 {
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in words + variables { free(text) } }
        words.append(nil)
        variables.append(nil)
        var process: pid_t = 0
        guard posix_spawn(&process, arguments[0], nil, nil, words, variables) == 0 else {
            throw CommandFailure("The editor cannot be started.")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1 {
            guard errno == EINTR else { throw CommandFailure("The editor was lost.") }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }
}

/// A file that nobody else can read.
enum PrivateFile {
    static func write(_ text: String, to path: String) throws {
        let made = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        if !made { throw CommandFailure("\(path) cannot be written.") }
    }
}
