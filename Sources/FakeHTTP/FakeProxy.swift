import Foundation
import Glibc

/// An HTTP proxy on 127.0.0.1, for tests of clients: it reaches no network, whatever it is asked for.
///
/// What is asked in absolute form (`GET http://host/path`) is answered by script; CONNECT leads to the port that
/// `tunnelPort` names, whatever host was asked for, or is answered by script too.
package final class FakeProxy: Sendable {
    /// `name:password` that is asked for with status 407; `nil` lets everybody through.
    package struct Configuration: Sendable {
        package var login: String?
        package var tunnelPort: UInt16?

        package init(login: String? = nil, tunnelPort: UInt16? = nil) {
            self.login = login
            self.tunnelPort = tunnelPort
        }
    }

    private let server: FakeHTTPServer

    package init(
        _ configuration: Configuration = Configuration(), _ script: @escaping FakeHTTPServer.Script
    ) throws {
        server = try FakeHTTPServer { request in
            if let login = configuration.login,
                request.header("proxy-authorization") != "Basic \(Data(login.utf8).base64EncodedString())"
            {
                return FakeHTTPAction.response(407, headers: ["Proxy-Authenticate": "Basic realm=\"fake\""])
            }
            guard request.method == "CONNECT", let port = configuration.tunnelPort else { return script(request) }
            return [.text("HTTP/1.1 200 Connection established\r\nX-Proxy: fake\r\n\r\n"), .tunnel(port)]
        }
    }

    package var hostAndPort: String { server.hostAndPort }
    package var url: String { server.url }
    /// What was asked: its `path` is a whole address, or `host:port` for CONNECT.
    package var requests: [FakeHTTPRequest] { server.requests }
    package var connectionCount: Int { server.connectionCount }
}

extension FakeConnection {
    /// Passes bytes both ways until one side closes. Bytes that were read already go first.
    mutating func tunnel(to port: UInt16) {
        guard let other = ListeningSocket.connect(to: port) else { return resetOnClose() }
        defer { close(other) }
        let target = FakeConnection(descriptor: other)
        guard target.send(takeBuffer()) else { return }
        var entries = [descriptor, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while poll(&entries, 2, -1) > 0 {
            for (entry, opposite) in [(entries[0], target), (entries[1], self)] where entry.revents != 0 {
                let count = recv(entry.fd, &chunk, chunk.count, 0)
                guard count > 0, opposite.send(Array(chunk[..<count])) else { return }
            }
        }
    }
}

extension ListeningSocket {
    /// A connection to a port of 127.0.0.1; `nil` where nobody listens.
    static func connect(to port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
