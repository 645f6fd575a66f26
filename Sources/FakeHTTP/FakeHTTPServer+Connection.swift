import Glibc

/// One blocking connection of a fake server.
struct FakeConnection {
    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// The next request; `nil` at the end of the connection.
    mutating func readRequest() -> FakeHTTPRequest? {
        while true {
            if let end = headEnd() {
                let head = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 4)
                return request(head: head)
            }
            guard fill() else { return nil }
        }
    }

    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// What was read and not yet taken.
    mutating func takeBuffer() -> [UInt8] {
        defer { buffer = [] }
        return buffer
    }

    mutating func drain() { while fill() { buffer = [] } }

    /// False when the connection ended meanwhile.
    func pause(_ milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&entry, 1, milliseconds) == 0
    }

    private func headEnd() -> Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...(buffer.count - 4)).first { buffer[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
    }

    private mutating func request(head: String) -> FakeHTTPRequest? {
        let lines = head.split(separator: "\r\n").map(String.init)
        guard let words = lines.first?.split(separator: " "), words.count == 3 else { return nil }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: String(parts[parts.count - 1].drop { $0 == " " }))
        }
        var request = FakeHTTPRequest(method: String(words[0]), path: String(words[1]), headers: headers, body: [])
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        while buffer.count < length { guard fill() else { return nil } }
        request.body = Array(buffer[..<length])
        buffer.removeFirst(length)
        return request
    }

    private mutating func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        repeat { count = recv(descriptor, &chunk, chunk.count, 0) } while count < 0 && errno == EINTR
        guard count > 0 else { return false }
        buffer += chunk[..<count]
        return true
    }
}

/// A port of 127.0.0.1 at which nobody listens. It is taken all the same, so that no other test can get it meanwhile.
package final class DeafPort: Sendable {
    private let socket: ListeningSocket

    package init() throws { socket = try ListeningSocket.open(isDeaf: true) }

    deinit { close(socket.descriptor) }

    package var port: UInt16 { socket.port }
    package var url: String { "http://127.0.0.1:\(port)" }
}

/// A socket that listens on a free port of 127.0.0.1, or only holds the port when it is deaf.
struct ListeningSocket: Sendable {
    struct Failure: Error { let code: Int32 }

    let descriptor: Int32
    let port: UInt16

    static func open(isDeaf: Bool = false) throws(Failure) -> ListeningSocket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) | (isDeaf ? 0 : listen(descriptor, 64))
                    | getsockname(descriptor, raw, &length)
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw Failure(code: errno)
        }
        return ListeningSocket(descriptor: descriptor, port: UInt16(bigEndian: address.sin_port))
    }
}
