import Foundation
import JobModel

/// What troubles the scheduler at the moment, for `rota status` in another process.
///
/// A file and not a row of the store, because the store itself may be the trouble. It has its room on the disk from the
/// start and is written over in place, because a full disk may be the trouble as well.
package struct TroubleFile: Sendable {
    package struct Trouble: Hashable, Sendable {
        package var at: Date
        package var text: String
        /// The owner that told of it: another owner's trouble is over.
        package var pid: Int32

        package init(at: Date, text: String, pid: Int32) {
            self.at = at
            self.text = text
            self.pid = pid
        }
    }

    /// Bytes of the file; a text is cut so that it fits, whatever its characters take.
    private static let room = 4096
    private static let longestText = 900

    package let path: String

    package init(path: String) { self.path = path }

    package func write(_ trouble: Trouble) {
        let text = trouble.text.withoutControlCharacters(keepingNewlines: false).unicodeScalars
        let row: JSONValue = [
            "at": .string(RFC3339.text(trouble.at, fraction: .milliseconds)),
            "text": .string(String(String.UnicodeScalarView(text.prefix(Self.longestText)))),
            "pid": .number(Double(trouble.pid)),
        ]
        overwrite(with: row.compactText)
    }

    /// Nothing troubles; also makes the file, so that it has its room.
    package func clear() { overwrite(with: "{}") }

    /// Best effort: whoever watches also says it in the log and on standard error.
    private func overwrite(with text: String) {
        var bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        bytes += Array(repeating: UInt8(ascii: " "), count: max(0, Self.room - 1 - bytes.count)) + [UInt8(ascii: "\n")]
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, min($0.count, Self.room), 0) }
        close(descriptor)
    }

    /// `nil` where there is none, or what is there is not readable.
    package func read() -> Trouble? {
        guard let data = FileManager.default.contents(atPath: path),
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first,
            let row = try? JSONValue(parsing: String(line)),
            let at = row["at"]?.string.flatMap(RFC3339.date), let text = row["text"]?.string,
            let pid = row["pid"]?.number.flatMap(Int32.init(exactly:))
        else { return nil }
        return Trouble(at: at, text: text, pid: pid)
    }
}
