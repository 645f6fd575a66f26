import Foundation
import Glibc
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 that answers by script and keeps what it was asked; for tests of clients.
///
/// Each connection has a thread of its own, so a script may block without holding up another one. Stops when released.
package final class FakeHTTPServer: Sendable {
    /// What the server does about a request, in order; afterwards it reads the connection's next one.
    package typealias Script = @Sendable (FakeHTTPRequest) -> [FakeHTTPAction]

    package enum Event: Sendable {
        case request(FakeHTTPRequest)
        /// The client closed its side while `.waitForClientToLeave` waited.
        case clientLeft
    }

    package let port: UInt16
    /// Everything that happens, for tests that wait for it; one reader.
    package let events: AsyncStream<Event>
    private let core: Core

    /// Throws where no port can be had.
    package init(_ script: @escaping Script) throws {
        let (events, continuation) = AsyncStream<Event>.makeStream()
        self.events = events
        let listener = try ListeningSocket.open()
        port = listener.port
        core = Core(listener: listener.descriptor, script: script, events: continuation)
        core.start()
    }

    /// Answers request n with the n-th reply, further ones with the last.
    package convenience init(replies: [[FakeHTTPAction]]) throws {
        let count = Counter()
        try self.init { _ in replies[min(count.next(), replies.count - 1)] }
    }

    deinit { core.stop() }

    package var hostAndPort: String { "127.0.0.1:\(port)" }
    package var url: String { "http://\(hostAndPort)" }
    package var requests: [FakeHTTPRequest] { core.requests }
    /// Connections that were taken, those that are over included.
    package var connectionCount: Int { core.connectionCount }
}

package struct FakeHTTPRequest: Sendable {
    package var method: String
    package var path: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}

package enum FakeHTTPAction: Sendable {
    case send([UInt8])
    /// Closes in order: the client sees the end of the stream.
    case close
    /// Resets the connection.
    case cut
    /// Says nothing more until the client closes, then ends the connection.
    case waitForClientToLeave
    /// Passes bytes on to a port of 127.0.0.1 and back until one side closes, then ends the connection.
    case tunnel(UInt16)
    /// Waits for these milliseconds, or until the server stops.
    case pause(Int32)
}

extension FakeHTTPAction {
    package static func text(_ text: String) -> FakeHTTPAction { .send(Array(text.utf8)) }

    /// A whole answer with its length.
    package static func response(
        _ status: Int, headers: [String: String] = [:], body: String = "", type: String = "application/json"
    ) -> [FakeHTTPAction] {
        var lines = ["HTTP/1.1 \(status) Status", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"]
        lines += headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return [.text(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)]
    }

    /// The head of an event stream, which ends with the connection, and its first bytes.
    package static func eventStream(_ body: String) -> FakeHTTPAction {
        .text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }
}

/// What the threads share; lives until the last of them is done.
private final class Core: Sendable {
    private struct State {
        var requests: [FakeHTTPRequest] = []
        var connections: Set<Int32> = []
        var connectionCount = 0
        var isStopped = false
        /// Its number may belong to somebody else by now.
        var isListenerClosed = false
    }

    private let listener: Int32
    private let script: FakeHTTPServer.Script
    private let events: AsyncStream<FakeHTTPServer.Event>.Continuation
    private let state = Mutex(State())

    init(
        listener: Int32, script: @escaping FakeHTTPServer.Script,
        events: AsyncStream<FakeHTTPServer.Event>.Continuation
    ) {
        self.listener = listener
        self.script = script
        self.events = events
    }

    var requests: [FakeHTTPRequest] { state.withLock { $0.requests } }
    var connectionCount: Int { state.withLock { $0.connectionCount } }

    func start() { Thread.detachNewThread { self.acceptAll() } }

    /// Shutting down wakes every blocked call; the threads close what is theirs.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            if !state.isListenerClosed { shutdown(listener, Int32(SHUT_RDWR)) }
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
        events.finish()
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 {
                // A signal, or a client that left before it was taken, says nothing about the next one.
                guard Self.passing.contains(errno), !state.withLock(\.isStopped) else { break }
                continue
            }
            let isWanted = state.withLock { state in
                guard !state.isStopped else { return false }
                state.connections.insert(descriptor)
                state.connectionCount += 1
                return true
            }
            guard isWanted else {
                close(descriptor)
                break
            }
            // Small pieces go out at once, instead of waiting until the client has acknowledged the last one.
            var isOn: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
            Thread.detachNewThread { self.serve(FakeConnection(descriptor: descriptor)) }
        }
        state.withLock { state in
            state.isListenerClosed = true
            close(listener)
        }
    }

    /// Reasons of `accept` that pass (accept(2)).
    private static let passing: Set<Int32> = [EINTR, ECONNABORTED, EAGAIN, EPROTO, ENOBUFS, ENOMEM]

    private func serve(_ connection: FakeConnection) {
        var connection = connection
        while let request = connection.readRequest() {
            state.withLock { $0.requests.append(request) }
            events.yield(.request(request))
            guard script(request).allSatisfy({ perform($0, on: &connection) }) else { break }
        }
        _ = state.withLock { $0.connections.remove(connection.descriptor) }
        close(connection.descriptor)
    }

    /// False when the connection is over.
    private func perform(_ action: FakeHTTPAction, on connection: inout FakeConnection) -> Bool {
        switch action {
        case .send(let bytes): return connection.send(bytes)
        case .close: return false
        case .cut:
            connection.resetOnClose()
            return false
        case .waitForClientToLeave:
            connection.drain()
            events.yield(.clientLeft)
            return false
        case .tunnel(let port):
            connection.tunnel(to: port)
            return false
        case .pause(let milliseconds): return connection.pause(milliseconds)
        }
    }
}
