import Foundation

/// Finds programs in a fixed list of folders.
package struct ProgramFinder: Sendable {
    package static let defaultFolders = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]

    let folders: [String]

    package init(folders: [String] = ProgramFinder.defaultFolders) { self.folders = folders }

    /// The `PATH` that scripts see.
    var path: String { folders.joined(separator: ":") }

    func find(_ name: String) -> String? {
        if name.hasPrefix("/") { return access(name, X_OK) == 0 ? name : nil }
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}

/// The program that runs a script, with what stands before the script's own path.
struct ScriptCommand: Hashable, Sendable {
    let program: String
    let arguments: [String]

    /// By the `#!` line, else by the extension.
    static func find(
        for name: String, content: [UInt8], programs: ProgramFinder
    ) throws(ScriptProblem) -> ScriptCommand {
        if content.starts(with: "#!".utf8) { return try shebang(name, content, programs) }
        let kind = (name as NSString).pathExtension.lowercased()
        guard let candidates = table[kind] else {
            throw ScriptProblem(
                .unknownKind,
                "Nothing says which program runs \(name); begin it with a line such as #!/bin/sh, or name it .sh or .py."
            )
        }
        for candidate in candidates {
            if let program = programs.find(candidate[0]) {
                return ScriptCommand(program: program, arguments: Array(candidate.dropFirst()))
            }
        }
        throw missing(candidates.map { $0[0] }, for: name)
    }

    private static func shebang(
        _ name: String, _ content: [UInt8], _ programs: ProgramFinder
    ) throws(ScriptProblem) -> ScriptCommand {
        let line = String(decoding: content.dropFirst(2).prefix(254).prefix { $0 != 0x0A }, as: UTF8.self)
        let parts = line.trimmingCharacters(in: .whitespacesAndNewlines)
            .split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        guard let first = parts.first else {
            throw ScriptProblem(.unknownKind, "The #! line of \(name) names no program; #!/bin/sh would be right.")
        }
        let rest = parts.count > 1 ? [parts[1].trimmingCharacters(in: .whitespaces)] : []
        if (first as NSString).lastPathComponent == "env" { return try throughEnv(name, rest, programs) }
        guard first.hasPrefix("/"), let program = programs.find(first) else { throw missing([first], for: name) }
        return ScriptCommand(program: program, arguments: rest)
    }

    /// `env` is read here, so that a program that is missing can be named. `env -S` splits its words.
    private static func throughEnv(
        _ name: String, _ rest: [String], _ programs: ProgramFinder
    ) throws(ScriptProblem) -> ScriptCommand {
        var words = rest.flatMap { $0.split(separator: " ").map(String.init) }
        if words.first == "-S" { words.removeFirst() }
        guard let wanted = words.first, !wanted.hasPrefix("-"), !wanted.contains("=") else {
            throw ScriptProblem(
                .unknownKind, "The #! line of \(name) cannot be read; #!/usr/bin/env python3 would be right.")
        }
        guard let program = programs.find(wanted) else { throw missing([wanted], for: name) }
        return ScriptCommand(program: program, arguments: Array(words.dropFirst()))
    }

    private static func missing(_ programs: [String], for name: String) -> ScriptProblem {
        let list = programs.joined(separator: " or ")
        return ScriptProblem(.missingProgram(programs), "\(name) needs \(list), which is not installed here.")
    }

    /// Extension to programs, the first that exists.
    private static let table: [String: [[String]]] = [
        "sh": [["sh"]], "bash": [["bash"]], "zsh": [["zsh"]], "py": [["python3"], ["python"]],
        "ts": [["deno", "run", "--allow-all"], ["ts-node"], ["tsx"], ["npx", "tsx"]],
        "js": [["node"], ["deno", "run", "--allow-all"]], "mjs": [["node"]], "cjs": [["node"]],
        "swift": [["swift"]], "rb": [["ruby"]], "pl": [["perl"]], "php": [["php"]],
    ]
}
