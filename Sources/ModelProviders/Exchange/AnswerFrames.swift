import JobModel

/// Cuts an answer into frames, a document in each, by what the server says it is: events, lines of JSON, or one document.
///
/// Servers answer a streamed request with a plain document too, so what was asked for does not count.
struct AnswerFrames {
    enum Kind {
        case events, lines, document

        init(mediaType: String?) {
            switch mediaType {
            case "text/event-stream": self = .events
            case "application/x-ndjson", "application/jsonl", "application/x-jsonlines": self = .lines
            default: self = .document
            }
        }
    }

    private let kind: Kind
    private var parser = SSEParser()
    private var bytes: [UInt8] = []

    init(_ kind: Kind) { self.kind = kind }

    /// The frames that `piece` completed; only events have names of their own.
    mutating func feed(_ piece: [UInt8]) -> [ServerSentEvent] {
        switch kind {
        case .events: return parser.feed(piece)
        case .lines:
            bytes += piece
            guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
            defer { bytes.removeSubrange(...end) }
            return Self.lines(bytes[..<end])
        case .document:
            bytes += piece
            return []
        }
    }

    /// What is left at the end.
    mutating func finish() -> [ServerSentEvent] {
        switch kind {
        case .events: return [parser.finish()].compactMap(\.self)
        case .lines: return Self.lines(bytes[...])
        case .document: return [ServerSentEvent(data: String(decoding: bytes, as: UTF8.self))]
        }
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> [ServerSentEvent] {
        bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }.filter { !$0.isBlank }
            .map { ServerSentEvent(data: $0) }
    }
}
