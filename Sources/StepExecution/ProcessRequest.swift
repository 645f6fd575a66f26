import Foundation

/// A program to run, with everything that it may see.
struct ProcessRequest: Sendable {
    /// Absolute path.
    var program: String
    var arguments: [String]
    /// The whole environment: nothing is inherited.
    var environment: [String: String]
    var directory: String
    /// What it reads from standard input; `nil` is nothing.
    var input: [UInt8]?
    /// Seconds until it is told to end.
    var timeout: TimeInterval
    /// Seconds between TERM and KILL.
    var grace: TimeInterval = 5
    /// Bytes that are kept of each of its two outputs; the rest is read and dropped.
    var outputLimit = 64 << 10
}

/// How a program ended.
struct ProcessOutcome: Sendable {
    enum Ending: Hashable, Sendable {
        case exited(Int)
        case signalled(Int)
        case timedOut
        /// The task that ran it was cancelled.
        case cancelled
        case notStarted(String)
    }

    var ending: Ending
    var output = BoundedBytes(limit: 0)
    var errors = BoundedBytes(limit: 0)
}

/// The beginning of a stream of any length.
struct BoundedBytes: Sendable {
    let limit: Int
    private(set) var bytes: [UInt8] = []
    /// Something was dropped.
    private(set) var isCut = false

    init(limit: Int) { self.limit = limit }

    mutating func append(_ more: some Collection<UInt8>) {
        let room = limit - bytes.count
        if more.count > room { isCut = true }
        if room > 0 { bytes += more.prefix(room) }
    }

    /// Bytes that are no UTF-8 read as replacement characters; a character cut in two at the limit is left out.
    var text: String {
        guard isCut else { return String(decoding: bytes, as: UTF8.self) }
        var whole = bytes[...]
        while let last = whole.last, last & 0xC0 == 0x80 { whole.removeLast() }
        if let last = whole.last, last & 0xC0 == 0xC0 { whole.removeLast() }
        return String(decoding: whole, as: UTF8.self)
    }
}
