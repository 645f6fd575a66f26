import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

/// nghttp2's own server with a certificate made for the test: HTTP/2 over TLS on a port of 127.0.0.1.
///
/// The certificate is for `localhost` and `model.example.test`, and vouches for itself.
final class TLSServer: Sendable {
    let port: UInt16
    /// The file to trust.
    let authorities: String
    private let process: Process
    private let log: String

    static let program = ["/usr/sbin/nghttpd", "/usr/bin/nghttpd"].first(where: isProgram)
    private static let openssl = ["/usr/bin/openssl"].first(where: isProgram)
    /// Both come with the packages that `Scripts/install-dependencies test` installs.
    static let isInstalled = program != nil && openssl != nil

    private static func isProgram(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    private init(port: UInt16, folder: TemporaryFolder, process: Process) {
        self.port = port
        authorities = folder.path("certificate.pem")
        self.process = process
        log = folder.path("log")
    }

    /// Long enough that it goes out in many frames.
    static let content = String(repeating: "models ", count: 50_000)

    /// Runs `body` with a server that answers `/models` with `content`.
    static func use(_ body: (TLSServer) async throws -> Void) async throws {
        try await TemporaryFolder.use { folder in
            try makeCertificate(in: folder)
            try content.write(toFile: folder.path("models"), atomically: true, encoding: .utf8)
            let server = try await start(in: folder)
            defer { kill(server.process.processIdentifier, SIGKILL) }
            try await body(server)
        }
    }

    private static func makeCertificate(in folder: TemporaryFolder) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(openssl))
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=rota test", "-addext", "subjectAltName=DNS:localhost,DNS:model.example.test",
            "-keyout", folder.path("key.pem"), "-out", folder.path("certificate.pem"),
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Another program may take the free port first; the server then ends at once, and another port is tried.
    private static func start(in folder: TemporaryFolder) async throws -> TLSServer {
        for _ in 0..<5 {
            let port = try DeafPort().port
            let process = Process()
            process.executableURL = URL(filePath: try #require(program))
            process.arguments = [
                "--verbose", "--address=127.0.0.1", "--htdocs=\(folder.path)", "\(port)", folder.path("key.pem"),
                folder.path("certificate.pem"),
            ]
            let log = folder.path("log")
            try #require(FileManager.default.createFile(atPath: log, contents: nil))
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: log))
            process.standardError = FileHandle.nullDevice
            try process.run()
            if await answers(at: port, while: process) {
                return TLSServer(port: port, folder: folder, process: process)
            }
        }
        throw CocoaError(.executableLoad)
    }

    /// Asks until somebody takes the connection; false when the server ended before.
    private static func answers(at port: UInt16, while process: Process) async -> Bool {
        let client = HTTPClient()
        while process.isRunning {
            do throws(HTTPError) {
                _ = try await client.send(HTTPRequest(url: "http://127.0.0.1:\(port)", policy: .configuredHost))
            } catch {
                if error.code == .cannotConnect { continue }
            }
            return process.isRunning
        }
        return false
    }

    struct Stream: Hashable {
        let connection: String
        let number: String
    }

    /// What a server saw: each request is a stream of a connection.
    struct Record {
        var streams: Set<Stream> = []
        /// Most requests that were under way on a connection at once.
        var mostAtOnce = 0
        private var open: Set<Stream> = []

        var connections: Int { Set(streams.map(\.connection)).count }

        fileprivate mutating func read(_ line: String) {
            let frame = #/\[id=(\d+)\].* (recv HEADERS|send DATA) frame <.*flags=0x(..), stream_id=(\d+)>/#
            guard let match = line.firstMatch(of: frame) else { return }
            let stream = Stream(connection: String(match.1), number: String(match.4))
            if match.2 == "recv HEADERS" {
                streams.insert(stream)
                open.insert(stream)
                mostAtOnce = max(mostAtOnce, open.count { $0.connection == stream.connection })
            } else if let flags = UInt8(match.3, radix: 16), flags & 1 == 1 {
                open.remove(stream)
            }
        }
    }

    /// Ends the server; returns what it saw.
    func end() throws -> Record {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        var record = Record()
        let text = try String(contentsOfFile: log, encoding: .utf8)
        for line in text.split(separator: "\n") { record.read(String(line)) }
        return record
    }
}
