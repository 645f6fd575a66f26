/// One server-sent event.
package struct ServerSentEvent: Hashable, Sendable {
    /// `message` unless the stream named another.
    package var name: String
    package var data: String

    package init(name: String = "message", data: String) {
        self.name = name
        self.data = data
    }
}

/// Reads server-sent events from bytes that may be split anywhere, also inside a character or a line end.
///
/// Lines end in LF, CRLF or CR; lines that begin with a colon are comments; an event without data is none.
package struct SSEParser: Sendable {
    private var line: [UInt8] = []
    private var lastWasReturn = false
    private var isFirstLine = true
    private var name = ""
    private var data: [String] = []

    package init() {}

    /// The events that `bytes` completed.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        bytes.withContiguousStorageIfAvailable { take($0) } ?? Array(bytes).withUnsafeBufferPointer { take($0) }
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var start = 0
        for place in bytes.indices where bytes[place] == 0x0A || bytes[place] == 0x0D {
            let ended = place > 0 ? bytes[place - 1] == 0x0D : lastWasReturn
            defer { start = place + 1 }
            if bytes[place] == 0x0A && ended { continue }
            line += bytes[start..<place]
            if let event = endLine() { events.append(event) }
        }
        line += bytes[start...]
        lastWasReturn = bytes.last.map { $0 == 0x0D } ?? lastWasReturn
        return events
    }

    /// The last event where its blank line never came; the parser is then fresh.
    package mutating func finish() -> ServerSentEvent? {
        let ended = line.isEmpty ? nil : endLine()
        let event = ended ?? dispatch()
        self = SSEParser()
        return event
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data": data.append(String(decoding: value, as: UTF8.self))
        case "event": name = String(decoding: value, as: UTF8.self)
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            name = ""
            data = []
        }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
