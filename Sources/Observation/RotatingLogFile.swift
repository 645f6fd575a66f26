import Dispatch
import Foundation
import Synchronization

/// A file of lines that is put aside when it is full: `scheduler.log`, then `scheduler.log.1` and so on, the oldest
/// given up.
///
/// `append` never waits for the disk: lines go through a bounded buffer and a thread of their own. What does not fit,
/// or what the disk refuses, is lost and counted, and the next line that is written is followed by that count.
package final class RotatingLogFile: Sendable {
    package struct Limits: Hashable, Sendable {
        /// Bytes of one file.
        package var size: Int
        /// With the one that is written to.
        package var files: Int
        /// Bytes that may wait for the disk.
        package var buffer: Int

        package init(size: Int = 5 << 20, files: Int = 5, buffer: Int = 1 << 20) {
            self.size = size
            self.files = files
            self.buffer = buffer
        }
    }

    private struct Waiting {
        var lines: [[UInt8]] = []
        var bytes = 0
        var isDraining = false
        var lost = 0
    }

    package let path: String
    private let limits: Limits
    /// The line that tells of a loss.
    private let lossNote: @Sendable (Int) -> [UInt8]
    private let queue = DispatchQueue(label: "rota.log", qos: .utility)
    private let waiting = Mutex(Waiting())
    private let file: Mutex<LogDescriptor>

    package init(
        path: String, limits: Limits = Limits(), lossNote: @escaping @Sendable (Int) -> [UInt8] = { _ in [] }
    ) {
        self.path = path
        self.limits = limits
        self.lossNote = lossNote
        file = Mutex(LogDescriptor(path: path))
    }

    /// Lines that were given up since the last one that was written.
    package var lost: Int { waiting.withLock { $0.lost } }

    /// Adds a line (without its end). Returns at once.
    package func append(_ line: [UInt8]) {
        let mustStart = waiting.withLock { waiting -> Bool in
            guard waiting.bytes + line.count < limits.buffer else {
                waiting.lost += 1
                return false
            }
            waiting.lines.append(line + [UInt8(ascii: "\n")])
            waiting.bytes += line.count + 1
            defer { waiting.isDraining = true }
            return !waiting.isDraining
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Returns when everything that was added before is written or lost.
    package func flush() { queue.sync {} }

    // MARK: On the queue

    private func drain() {
        while let lines = takeLines() { write(lines) }
    }

    private func takeLines() -> [[UInt8]]? {
        waiting.withLock { waiting in
            guard !waiting.lines.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            defer { (waiting.lines, waiting.bytes) = ([], 0) }
            return waiting.lines
        }
    }

    private func write(_ lines: [[UInt8]]) {
        let refused = file.withLock { file in lines.count { !file.write($0, limits: limits) } }
        let lost = waiting.withLock { waiting -> Int in
            waiting.lost += refused
            return refused < lines.count ? waiting.lost : 0
        }
        guard lost > 0 else { return }
        let note = lossNote(lost) + [UInt8(ascii: "\n")]
        guard note.count == 1 || file.withLock({ $0.write(note, limits: limits) }) else { return }
        waiting.withLock { $0.lost -= lost }
    }
}
