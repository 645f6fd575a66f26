import FakeHTTP

/// A reply as HTTP/1.1.
extension ProviderReply {
    package var actions: [FakeHTTPAction] {
        switch body {
        case .silence: [.waitForClientToLeave]
        case .document(let text): documentActions(Array(text.utf8))
        case .stream(let frames): streamActions(frames.map { Array($0.utf8) })
        case .nonsense(let opening, let bytes): nonsenseActions(opening: Array(opening.utf8), bytes: bytes)
        }
    }

    private func head(_ framing: String) -> FakeHTTPAction {
        let lines = ["HTTP/1.1 \(status) \(reason)"] + headers.map { "\($0.name): \($0.value)" } + [framing]
        return .text(lines.joined(separator: "\r\n") + "\r\n\r\n")
    }

    private var reason: String {
        switch status {
        case 200: "OK"
        case 302: "Found"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        default: "Unknown"
        }
    }

    private func documentActions(_ bytes: [UInt8]) -> [FakeHTTPAction] {
        let head = head("Content-Length: \(bytes.count)")
        if isCut { return [head, .send(Array(bytes.prefix(bytes.count / 2))), .close] }
        return [head] + paced(pieces(of: bytes).map { .send($0) })
    }

    /// A cut stream ends in the middle of a frame, whose chunk is shorter than it said.
    private func streamActions(_ frames: [[UInt8]]) -> [FakeHTTPAction] {
        let head = head("Transfer-Encoding: chunked")
        if isCut {
            let whole = frames.prefix(frames.count / 2)
            let broken = Self.chunk(frames[whole.count])
            let half = FakeHTTPAction.send(Array(broken.prefix(broken.count / 2)))
            return [head] + whole.map { .send(Self.chunk($0)) } + [half, .close]
        }
        let chunks = pace == nil ? frames : pieces(of: Array(frames.joined()))
        return [head] + paced(chunks.map { .send(Self.chunk($0)) }) + [.send(Self.chunk([]))]
    }

    /// All pieces share their storage, so that this costs no memory.
    private func nonsenseActions(opening: [UInt8], bytes: Int) -> [FakeHTTPAction] {
        let block = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 16)
        let count = max(0, bytes - opening.count)
        let blocks = Array(repeating: FakeHTTPAction.send(block), count: count / block.count)
        let rest = FakeHTTPAction.send(Array(block.prefix(count % block.count)))
        return [head("Content-Length: \(opening.count + count)"), .send(opening)] + blocks + [rest]
    }

    private func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        guard let pace else { return [bytes] }
        return stride(from: 0, to: bytes.count, by: pace.bytes).map {
            Array(bytes[$0..<min($0 + pace.bytes, bytes.count)])
        }
    }

    private func paced(_ actions: [FakeHTTPAction]) -> [FakeHTTPAction] {
        guard let pace else { return actions }
        return actions.flatMap { [.pause(pace.milliseconds), $0] }
    }

    private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
}
