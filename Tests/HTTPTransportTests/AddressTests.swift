import Foundation
import Testing

@testable import HTTPTransport

@Suite struct AddressTests {
    @Test(arguments: [
        ("https://example.test/queue?x=1", "example.test:443"),
        ("http://Example.TEST", "example.test:80"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://2130706433:81/", "127.0.0.1:81"),
        ("http://localhost:1", "localhost:1"),
    ])
    func reads(_ text: String, _ expected: String) throws {
        #expect(try HTTPAddress(text).hostAndPort == expected)
        #expect(HTTPAddress.problem(with: text) == nil)
    }

    @Test(arguments: [
        ("", "the address is empty"),
        ("example.test", "the address must begin with https:// or http://"),
        ("ftp://example.test", "the address must begin with https:// or http://, not ftp://"),
        ("file:///etc/passwd", "the address must begin with https:// or http://, not file://"),
        ("https://", "the address names no host"),
        ("https:///path", "the address names no host"),
        ("https://ex ample.test", "the address contains a space"),
        ("https://user:secret@example.test/", "the address must not contain a user name or password"),
        ("https://example.test:99999/", "the address is malformed after https://"),
    ])
    func refuses(_ text: String, _ reason: String) {
        #expect(HTTPAddress.problem(with: text) == reason)
    }

    @Test(arguments: [
        ("8.8.8.8", true), ("1.1.1.1", true), ("172.32.0.1", true), ("100.63.255.255", true),
        ("127.0.0.1", false), ("127.9.9.9", false), ("0.0.0.0", false), ("10.1.2.3", false), ("172.16.0.1", false),
        ("172.31.255.255", false), ("192.168.1.1", false), ("169.254.169.254", false), ("100.64.0.1", false),
        ("192.0.2.1", false), ("198.18.0.1", false), ("224.0.0.1", false), ("255.255.255.255", false),
    ])
    func knowsPublicIPv4(_ text: String, _ isPublic: Bool) {
        #expect(SocketAddress.v4(Self.bytes(of: text, family: AF_INET, count: 4)).isPublic == isPublic)
    }

    @Test(arguments: [
        ("2606:4700::1111", true), ("2a00:1450:4001::1", true), ("::ffff:8.8.8.8", true), ("64:ff9b::8.8.8.8", true),
        ("::1", false), ("::", false), ("fe80::1", false), ("fc00::1", false), ("fd12::1", false), ("ff02::1", false),
        ("::ffff:127.0.0.1", false), ("::ffff:10.0.0.1", false), ("64:ff9b::10.0.0.1", false),
        ("2002:7f00:1::", false), ("2002:0808:0808::", true), ("2001:0:1::", false), ("2001:db8::1", false),
        ("::127.0.0.1", false),
    ])
    func knowsPublicIPv6(_ text: String, _ isPublic: Bool) {
        #expect(SocketAddress.v6(Self.bytes(of: text, family: AF_INET6, count: 16)).isPublic == isPublic)
    }

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        #expect(inet_pton(family, text, &bytes) == 1)
        return bytes
    }

    @Test func readsRetryAfter() {
        let now = Date(timeIntervalSince1970: 784_111_777)
        func wait(_ name: String, _ value: String) -> TimeInterval? {
            HTTPHead(status: 429, headers: [(name, value)]).retryAfter(at: now)
        }
        #expect(wait("Retry-After", "7") == 7)
        #expect(wait("retry-after-ms", "1500") == 1.5)
        #expect(wait("Retry-After", "Sun, 06 Nov 1994 08:49:47 GMT") == 10)
        #expect(wait("Retry-After", "Sun, 06 Nov 1994 08:49:27 GMT") == 0)
        #expect(wait("Retry-After", "soon") == nil)
        #expect(wait("Retry-After", "inf") == nil)
    }
}
