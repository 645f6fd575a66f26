import Foundation
import Glibc

/// What was typed, over sessions: one entry a line, oldest first, readable by its owner alone.
///
/// The file only grows at its end, so that several sessions can share it; only the newest entries are read.
struct HistoryFile: Sendable {
    /// Entries that are loaded at most.
    static let limit = 1000
    /// Bytes at the end of the file in which they are looked for.
    static let window: UInt64 = 1 << 20

    let url: URL

    /// The newest entries, oldest first; empty where there is no file yet. Throws where it cannot be read.
    func load() throws -> [String] {
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        let start = size > HistoryFile.window ? size - HistoryFile.window : 0
        try handle.seek(toOffset: start)
        let text = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        return HistoryFile.entries(in: text, fromMiddle: start > 0)
    }

    /// Adds one entry with one write, so that entries of two sessions do not mix.
    func append(_ entry: String) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let descriptor = open(url.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        // A file that somebody made readable for others gets its mode back before more goes into it.
        _ = fchmod(descriptor, 0o600)
        let bytes = Array((HistoryFile.escaped(entry) + "\n").utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    /// The entries of a file's text. `fromMiddle`: the first line may be cut and is left out.
    static func entries(in text: String, fromMiddle: Bool = false) -> [String] {
        var entries: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: true).dropFirst(fromMiddle ? 1 : 0) {
            let entry = unescaped(line)
            if entry != entries.last { entries.append(entry) }
        }
        return Array(entries.suffix(limit))
    }

    /// One line: a backslash becomes `\\`, a line feed `\n`, a carriage return `\r`.
    static func escaped(_ entry: String) -> String {
        var line = ""
        for scalar in entry.unicodeScalars {
            switch scalar {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    static func unescaped(_ line: some StringProtocol) -> String {
        var entry = String.UnicodeScalarView()
        var scalars = line.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "\\" else {
                entry.append(scalar)
                continue
            }
            switch scalars.next() {
            case "n": entry.append("\n")
            case "r": entry.append("\r")
            case let other?: entry.append(other)
            case nil: entry.append("\\")
            }
        }
        return String(entry)
    }
}
