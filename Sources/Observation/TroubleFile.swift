import Foundation
import JobModel

/// What troubles the scheduler at the moment, for `rota status` in another process.
///
/// A file and not a row of the store, because the store itself may be the trouble.
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

    package let path: String

    package init(path: String) { self.path = path }

    /// Best effort: on a full disk the process that watches still says it in its log and on standard error.
    package func write(_ trouble: Trouble) {
        let row: JSONValue = [
            "at": .string(RFC3339.text(trouble.at, fraction: .milliseconds)), "text": .string(trouble.text),
            "pid": .number(Double(trouble.pid)),
        ]
        _ = PrivateFile.replace(path, with: row.compactText + "\n")
    }

    package func clear() { unlink(path) }

    /// `nil` where there is none, or what is there is not readable.
    package func read() -> Trouble? {
        guard let data = FileManager.default.contents(atPath: path),
            let row = try? JSONValue(parsing: String(decoding: data, as: UTF8.self)),
            let at = row["at"]?.string.flatMap(RFC3339.date), let text = row["text"]?.string,
            let pid = row["pid"]?.number.flatMap(Int32.init(exactly:))
        else { return nil }
        return Trouble(at: at, text: text, pid: pid)
    }
}
