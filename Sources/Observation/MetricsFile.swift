import Foundation
import Synchronization

/// The file through which other processes see the owner's metrics. Replaced in one step, so that a reader sees the old
/// or the new text, never half of one.
package final class MetricsFile: Sendable {
    package let path: String
    private let registry: MetricsRegistry
    private let written = Mutex<Int?>(nil)

    package init(path: String, registry: MetricsRegistry) {
        self.path = path
        self.registry = registry
    }

    /// Writes the series if anything was measured since the last time. False when the disk refused; the next call tries
    /// again.
    @discardableResult
    package func write() -> Bool {
        written.withLock { written in
            let count = registry.changeCount
            guard written != count else { return true }
            guard PrivateFile.replace(path, with: registry.prometheusText) else { return false }
            written = count
            return true
        }
    }

    /// What the owner wrote last, and when; `nil` where none has.
    package static func read(_ path: String) -> (text: String, at: Date)? {
        guard let data = FileManager.default.contents(atPath: path),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let at = attributes[.modificationDate] as? Date
        else { return nil }
        return (String(decoding: data, as: UTF8.self), at)
    }
}

/// A small file of this user's alone that is replaced as a whole.
enum PrivateFile {
    static func replace(_ path: String, with text: String) -> Bool {
        let draft = "\(path).\(getpid()).tmp"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let bytes = Array(text.utf8)
        let isWritten = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == bytes.count
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            return false
        }
        return true
    }
}
