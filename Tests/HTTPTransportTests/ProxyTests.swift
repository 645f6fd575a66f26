import Foundation
import Glibc
import TestSupport
import Testing

@testable import HTTPTransport

/// Every target here is a name that nobody can resolve, so that only a proxy can answer for it.
@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private let client = HTTPClient()
    private static let plain = "http://model.example.test/v1/models?n=1"
    private static let encrypted = "https://model.example.test/v1/models"
    private static let key = [(name: "Authorization", value: "Bearer secret-key")]
    private static let answer: FakeHTTPServer.Script = { _ in FakeHTTPAction.response(200, body: "through") }

    private func failure(of request: HTTPRequest) async -> HTTPError? {
        do throws(HTTPError) {
            _ = try await client.send(request)
            return nil
        } catch {
            #expect(!error.message.contains("secret"))
            return error
        }
    }

    private static func request(
        _ url: String, _ proxy: HTTPProxy, policy: NetworkPolicy = .configuredHost, timeout: TimeInterval = 20
    ) -> HTTPRequest {
        HTTPRequest(url: url, headers: key, timeout: timeout, policy: policy, proxy: proxy)
    }

    // MARK: The way through

    @Test func plainHTTPGoesInAbsoluteForm() async throws {
        let proxy = try FakeProxy(FakeProxy.Configuration(), Self.answer)
        for _ in 0..<3 {
            #expect(try await client.send(Self.request(Self.plain, HTTPProxy(proxy.url))).text == "through")
        }
        #expect(proxy.requests.map(\.method) == ["GET", "GET", "GET"])
        #expect(Set(proxy.requests.map(\.path)) == [Self.plain])
        let asked = try #require(proxy.requests.first)
        #expect(asked.header("host") == "model.example.test")
        #expect(asked.header("authorization") == "Bearer secret-key")
        #expect(asked.header("proxy-authorization") == nil)
        #expect(proxy.connectionCount == 1)
    }

    @Test func httpsAsksForATunnelAndShowsTheProxyNoKey() async throws {
        let proxy = try FakeProxy { _ in FakeHTTPAction.response(403) }
        let error = await failure(of: Self.request(Self.encrypted, HTTPProxy(proxy.url, login: "me:secret")))
        #expect(error?.code == .refusedByProxy)
        #expect(proxy.requests.map { "\($0.method) \($0.path)" } == ["CONNECT model.example.test:443"])
        let asked = try #require(proxy.requests.first)
        #expect(asked.header("authorization") == nil)
        #expect(asked.header("proxy-authorization") == "Basic bWU6c2VjcmV0")
    }

    @Test(arguments: ["me:secret", "me:se:cret/@", "me:"])
    func theLoginReachesTheProxy(_ login: String) async throws {
        let proxy = try FakeProxy(FakeProxy.Configuration(login: login), Self.answer)
        #expect(try await client.send(Self.request(Self.plain, HTTPProxy(proxy.url, login: login))).status == 200)
    }

    @Test func aProxyPrintsWithoutItsLogin() {
        let proxy = HTTPProxy("http://127.0.0.1:1", login: "me:secret")
        var dumped = ""
        dump(HTTPRequest(url: Self.plain, proxy: proxy), to: &dumped)
        for text in ["\(proxy)", String(reflecting: proxy), dumped, "\(HTTPRequest(url: Self.plain, proxy: proxy))"] {
            #expect(text.contains("http://127.0.0.1:1"))
            #expect(!text.contains("secret"))
        }
    }

    // MARK: Failures

    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var url = ProxyTests.encrypted
        var login: String?
        var script: [FakeHTTPAction]
        var code: HTTPError.Code
        var isTransient = true
        /// With PROXY where the proxy's address stands.
        var message: String
        var timeout = 20.0
    }

    @Test(arguments: [
        Fault(
            testDescription: "not allowed", script: FakeHTTPAction.response(403), code: .refusedByProxy,
            isTransient: false,
            message: "the proxy PROXY refuses the way to model.example.test:443 (it answered with status 403)"),
        Fault(
            testDescription: "no way there", script: FakeHTTPAction.response(502), code: .cannotConnect,
            message: "the proxy PROXY cannot reach model.example.test:443 (it answered with status 502)"),
        Fault(
            testDescription: "tunnel without a login", script: needsLogin, code: .refusedByProxy, isTransient: false,
            message: "the proxy PROXY wants a name and a password"),
        Fault(
            testDescription: "tunnel with a wrong login", login: "me:secret", script: needsLogin, code: .refusedByProxy,
            isTransient: false, message: "the proxy PROXY does not accept the name and password"),
        Fault(
            testDescription: "plain without a login", url: plain, script: needsLogin, code: .refusedByProxy,
            isTransient: false, message: "the proxy PROXY wants a name and a password"),
        Fault(
            testDescription: "plain with a wrong login", url: plain, login: "me:secret", script: needsLogin,
            code: .refusedByProxy, isTransient: false,
            message: "the proxy PROXY does not accept the name and password"),
        Fault(
            testDescription: "tunnel cut", script: [.cut], code: .cut,
            message: "model.example.test:443 (through the proxy PROXY) cut the connection"),
        Fault(
            testDescription: "plain cut", url: plain, script: [.cut], code: .cut,
            message: "model.example.test:80 (through the proxy PROXY) cut the connection"),
        Fault(
            testDescription: "plain garbage", url: plain, script: [.text("220 mail ready\r\n"), .close],
            code: .malformed, message: "model.example.test:80 (through the proxy PROXY) does not answer in HTTP"),
        Fault(
            testDescription: "silence", script: [.waitForClientToLeave], code: .timedOut,
            message: "model.example.test:443 (through the proxy PROXY) did not answer within 0.3 s", timeout: 0.3),
    ])
    func namesTheProxy(_ fault: Fault) async throws {
        let proxy = try FakeProxy { _ in fault.script }
        let request = Self.request(fault.url, HTTPProxy(proxy.url, login: fault.login), timeout: fault.timeout)
        let error = try #require(await failure(of: request))
        #expect(error.message == fault.message.replacing("PROXY", with: proxy.hostAndPort))
        #expect(error.code == fault.code)
        #expect(error.isTransient == fault.isTransient)
        #expect(proxy.requests.count == 1)
    }

    private static let needsLogin = FakeHTTPAction.response(
        407, headers: ["Proxy-Authenticate": "Basic realm=\"fake\""])

    @Test(arguments: [plain, encrypted])
    func nobodyListensAtTheProxy(_ url: String) async throws {
        let port = try DeafPort()
        let error = await failure(of: Self.request(url, HTTPProxy(port.url, login: "me:secret")))
        #expect(error?.code == .cannotConnect)
        #expect(error?.message == "nobody listens at the proxy \(port.url.dropFirst(7))")
    }

    @Test(arguments: [
        ("http://nowhere.invalid:3128", "no address is known for the proxy nowhere.invalid"),
        ("http://", "the proxy cannot be used: the address names no host"),
        (
            "socks5://127.0.0.1:1",
            "the proxy cannot be used: the address must begin with https:// or http://, not socks5://"
        ),
        (
            "http://me:secret@127.0.0.1:1",
            "the proxy cannot be used: the address must not contain a user name or password"
        ),
    ])
    func anAddressThatIsNone(_ address: String, _ message: String) async {
        #expect(await failure(of: Self.request(Self.plain, HTTPProxy(address)))?.message == message)
    }

    // MARK: Guards

    /// What is checked by its address never goes to somebody who connects in our place.
    @Test(arguments: [
        (encrypted, NetworkPolicy.strict, HTTPError.Code.cannotResolve),
        (plain, .strict, .refusedByPolicy),
        ("https://127.0.0.1:1/", .strict, .refusedByPolicy),
        ("https://169.254.169.254/", .strict, .refusedByPolicy),
        (plain, .granted(["model.example.test:80"]), .cannotResolve),
        (encrypted, .granted(["127.0.0.1:1"]), .cannotResolve),
    ])
    func noGuardedRequestGoesThroughAProxy(_ url: String, _ policy: NetworkPolicy, _ code: HTTPError.Code) async throws
    {
        let proxy = try FakeProxy(FakeProxy.Configuration(), Self.answer)
        // The pool then holds a connection to the proxy.
        #expect(await failure(of: Self.request(Self.plain, HTTPProxy(proxy.url))) == nil)
        #expect(await failure(of: Self.request(url, HTTPProxy(proxy.url), policy: policy))?.code == code)
        #expect(proxy.requests.count == 1)
    }

    @Test func thisMachineIsReachedStraight() async throws {
        let proxy = try FakeProxy(FakeProxy.Configuration(), Self.answer)
        let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200, body: "straight")])
        for host in ["127.0.0.1", "localhost", "2130706433"] {
            let url = "http://\(host):\(server.port)/"
            #expect(try await client.send(Self.request(url, HTTPProxy(proxy.url))).text == "straight")
        }
        #expect(proxy.requests.isEmpty)
    }

    // MARK: The environment

    /// In a process of its own, whose environment nobody else reads.
    @Test func theEnvironmentNamesNoProxy() async {
        await #expect(processExitsWith: .success) {
            let named = try FakeProxy { _ in FakeHTTPAction.response(200, body: "named") }
            let configured = try FakeProxy { _ in FakeHTTPAction.response(200, body: "configured") }
            for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
                setenv(name, named.url, 1)
            }
            let server = try FakeHTTPServer(replies: [FakeHTTPAction.response(200, body: "straight")])
            let straight = HTTPRequest(url: server.url, policy: .configuredHost)
            #expect(try await HTTPClient().send(straight).text == "straight")
            let strict = HTTPRequest(url: "https://nowhere.invalid/")
            await #expect(throws: HTTPError(.cannotResolve, "no address is known for nowhere.invalid")) {
                try await HTTPClient().send(strict)
            }
            setenv("no_proxy", "*", 1)
            setenv("NO_PROXY", "*", 1)
            var request = HTTPRequest(url: "http://model.example.test/", policy: .configuredHost)
            request.proxy = HTTPProxy(configured.url)
            #expect(try await HTTPClient().send(request).text == "configured")
            #expect(named.requests.isEmpty)
        }
    }
}
