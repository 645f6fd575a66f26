import Foundation
import JobModel

/// What the scheduler's process tells others beside the store: since when it owns, and what troubles it.
///
/// A file and not a row of the store, because the store itself may be the trouble. It has its room on the disk from the
/// start and is written over in place, because a full disk may be the trouble as well.
package struct OwnerNote: Sendable {
    package struct Content: Hashable, Sendable {
        /// Who wrote it: what another owner wrote is over.
        package var pid: Int32
        package var since: Date
        package var trouble: Trouble?

        package init(pid: Int32, since: Date, trouble: Trouble? = nil) {
            self.pid = pid
            self.since = since
            self.trouble = trouble
        }
    }

    package struct Trouble: Hashable, Sendable {
        package var at: Date
        package var text: String

        package init(at: Date, text: String) {
            self.at = at
            self.text = text
        }
    }

    /// Bytes of the file; a text is cut so that it fits, whatever its characters take.
    private static let room = 4096
    private static let longestText = 900

    package let path: String

    package init(path: String) { self.path = path }

    /// Best effort: whoever is in trouble also says it in the log.
    package func write(_ content: Content) {
        var row: [String: JSONValue] = [
            "pid": .number(Double(content.pid)), "since": Self.moment(content.since),
        ]
        if let trouble = content.trouble {
            let text = trouble.text.withoutControlCharacters(keepingNewlines: false).unicodeScalars
            let shown = String(String.UnicodeScalarView(text.prefix(Self.longestText)))
            row["trouble"] = ["at": Self.moment(trouble.at), "text": .string(shown)]
        }
        overwrite(with: JSONValue.object(row).compactText)
    }

    /// `nil` where there is none, or what is there is not readable.
    package func read() -> Content? {
        guard let data = FileManager.default.contents(atPath: path),
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first,
            let row = try? JSONValue(parsing: String(line)),
            let since = row["since"]?.string.flatMap(RFC3339.date),
            let pid = row["pid"]?.number.flatMap(Int32.init(exactly:))
        else { return nil }
        var content = Content(pid: pid, since: since)
        if let at = row["trouble"]?["at"]?.string.flatMap(RFC3339.date), let text = row["trouble"]?["text"]?.string {
            content.trouble = Trouble(at: at, text: text)
        }
        return content
    }

    private static func moment(_ date: Date) -> JSONValue { .string(RFC3339.text(date, fraction: .milliseconds)) }

    private func overwrite(with text: String) {
        var bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        bytes += Array(repeating: UInt8(ascii: " "), count: max(0, Self.room - 1 - bytes.count)) + [UInt8(ascii: "\n")]
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return }
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, min($0.count, Self.room), 0) }
        close(descriptor)
    }
}
