import Foundation
import Glibc

/// Lines from standard input when it is no terminal: a pipe, a file, a here-document.
package enum PipedLines {
    /// The lines up to the end of the input, without their line breaks (LF or CR LF).
    ///
    /// The last line counts without a line break too. Bytes that are no UTF-8, and NUL, become U+FFFD; a byte order
    /// mark at the start is left out. Reading goes no further ahead than one block, and never on a pool thread.
    package static func read() -> AsyncStream<String> { read(descriptor: STDIN_FILENO) }

    /// The same lines, as many at a time as one read brought.
    package static func readBlocks() -> AsyncStream<[String]> { readBlocks(descriptor: STDIN_FILENO) }

    static func read(descriptor: Int32) -> AsyncStream<String> {
        let reader = BlockingReader(descriptor: descriptor)
        return AsyncStream { await reader.nextLine() }
    }

    static func readBlocks(descriptor: Int32) -> AsyncStream<[String]> {
        let reader = BlockingReader(descriptor: descriptor)
        return AsyncStream { await reader.nextBlock() }
    }
}

/// Reads with blocking calls on a queue of its own.
private final class BlockingReader: Sendable {
    private let queue = DispatchQueue(label: "rota.piped-lines")
    private let lines: LineSource

    init(descriptor: Int32) { lines = LineSource(descriptor: descriptor) }

    func nextLine() async -> String? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.lines.next()) }
        }
    }

    func nextBlock() async -> [String]? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.lines.nextBlock()) }
        }
    }
}

/// `@unchecked Sendable`: touched on the reader's serial queue only.
private final class LineSource: @unchecked Sendable {
    private let descriptor: Int32
    private var splitter = LineSplitter()
    private var ready: ArraySlice<String> = []
    private var isAtEnd = false

    init(descriptor: Int32) { self.descriptor = descriptor }

    func next() -> String? {
        fill()
        return ready.popFirst()
    }

    func nextBlock() -> [String]? {
        fill()
        defer { ready = [] }
        return ready.isEmpty ? nil : Array(ready)
    }

    /// Reads until there is a line, or the input ends.
    private func fill() {
        while ready.isEmpty, !isAtEnd {
            var block = [UInt8](repeating: 0, count: 262_144)
            let count = Glibc.read(descriptor, &block, block.count)
            if count > 0 {
                ready = splitter.append(block[..<count])[...]
            } else if count == 0 || errno != EINTR {
                isAtEnd = true
                ready = splitter.finish()[...]
            }
        }
    }
}

/// Cuts bytes into lines; a line, and a character in it, may arrive in pieces.
struct LineSplitter {
    private var pending: [UInt8] = []
    private var isFirst = true

    /// The lines that `bytes` complete.
    mutating func append(_ bytes: some Sequence<UInt8>) -> [String] {
        var lines: [String] = []
        var isFirstPart = true
        for part in Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if !isFirstPart { lines.append(take()) }
            pending += part
            isFirstPart = false
        }
        return lines
    }

    /// What is left at the end of the input: one line, or none after a line break.
    mutating func finish() -> [String] { pending.isEmpty ? [] : [take()] }

    private mutating func take() -> String {
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        if isFirst, pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        isFirst = false
        defer { pending.removeAll(keepingCapacity: true) }
        let text = String(decoding: pending, as: UTF8.self)
        return pending.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }
}
