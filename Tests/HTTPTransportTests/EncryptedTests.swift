import Foundation
import TestSupport
import Testing

@testable import HTTPTransport

/// Over TLS with HTTP/2, straight and through a proxy, against a server that others wrote.
@Suite(.timeLimit(.minutes(1)), .enabled(if: TLSServer.isInstalled, "nghttp2-server and openssl are not installed"))
struct EncryptedTests {
    private let client = HTTPClient()
    private static let key = [(name: "Authorization", value: "Bearer secret-key")]

    private func request(
        _ server: TLSServer, host: String = "localhost", isTrusted: Bool = true, proxy: HTTPProxy? = nil
    ) -> HTTPRequest {
        HTTPRequest(
            url: "https://\(host):\(server.port)/models", headers: Self.key, policy: .configuredHost, proxy: proxy,
            authorities: isTrusted ? server.authorities : nil)
    }

    private func failure(of request: HTTPRequest) async -> HTTPError? {
        do throws(HTTPError) {
            _ = try await client.send(request)
            return nil
        } catch {
            return error
        }
    }

    @Test func requestsInSequenceShareAConnection() async throws {
        try await TLSServer.use { server in
            for _ in 0..<5 {
                let response = try await client.send(request(server))
                #expect(response.text == TLSServer.content)
            }
            let record = try server.end()
            #expect(record.streams.count == 5)
            #expect(record.connections == 1)
            #expect(record.mostAtOnce == 1)
        }
    }

    @Test func requestsAtOnceAreMultiplexed() async throws {
        try await TLSServer.use { server in
            let request = request(server)
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await client.send(request).text } }
                for try await text in group { #expect(text == TLSServer.content) }
            }
            let record = try server.end()
            #expect(record.streams.count == 20)
            #expect(record.connections == 1)
            #expect(record.mostAtOnce > 1)
        }
    }

    // MARK: Trust

    @Test func aCertificateOfUnknownOriginIsRefused() async throws {
        try await TLSServer.use { server in
            let place = "localhost:\(server.port)"
            #expect(
                await failure(of: request(server, isTrusted: false))
                    == HTTPError(.tls, "the certificate of \(place) is vouched for by nobody whom this machine trusts"))
            // Trust is a request's own: the connection of one that has it does not serve one that has it not.
            #expect(await failure(of: request(server)) == nil)
            #expect(await failure(of: request(server, isTrusted: false))?.code == .tls)
            let record = try server.end()
            #expect(record.streams.count == 1)
        }
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        try await TLSServer.use { server in
            #expect(
                await failure(of: request(server, host: "127.0.0.1"))
                    == HTTPError(.tls, "the certificate of 127.0.0.1:\(server.port) is for another name"))
        }
    }

    @Test func aMissingFileOfCertificatesIsNamed() async throws {
        try await TLSServer.use { server in
            var request = request(server)
            request.authorities = "/nowhere/ca.pem"
            #expect(
                await failure(of: request)
                    == HTTPError(.tls, "the file of trusted certificates cannot be used: /nowhere/ca.pem"))
        }
    }

    // MARK: Through a proxy

    @Test func aTunnelLeadsToTheServer() async throws {
        try await TLSServer.use { server in
            let proxy = try FakeProxy(FakeProxy.Configuration(login: "me:secret", tunnelPort: server.port)) { _ in [] }
            let request = request(
                server, host: "model.example.test", proxy: HTTPProxy(proxy.url, login: "me:secret"))
            for _ in 0..<3 {
                let response = try await client.send(request)
                #expect(response.text == TLSServer.content)
                #expect(response.head.header("x-proxy") == nil)
            }
            #expect(proxy.requests.map { "\($0.method) \($0.path)" } == ["CONNECT model.example.test:\(server.port)"])
            #expect(proxy.requests.first?.header("authorization") == nil)
            let record = try server.end()
            #expect(record.streams.count == 3)
        }
    }

    @Test(arguments: [
        ("model.example.test", false, "is vouched for by nobody whom this machine trusts"),
        ("other.example.test", true, "is for another name"),
    ])
    func aTunnelIsNoReasonToTrust(_ host: String, _ isTrusted: Bool, _ reason: String) async throws {
        try await TLSServer.use { server in
            let proxy = try FakeProxy(FakeProxy.Configuration(tunnelPort: server.port)) { _ in [] }
            let error = await failure(
                of: request(server, host: host, isTrusted: isTrusted, proxy: HTTPProxy(proxy.url)))
            let place = "\(host):\(server.port) (through the proxy \(proxy.hostAndPort))"
            #expect(error == HTTPError(.tls, "the certificate of \(place) \(reason)"))
            let record = try server.end()
            #expect(record.streams.isEmpty)
        }
    }
}
