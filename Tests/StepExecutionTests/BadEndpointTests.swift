import Foundation
import JobModel
import StepExecution
import TestSupport
import Testing

/// Every way in which a server may misbehave, over real sockets: a step error of the right class, or what could be read.
@Suite("Bad endpoints", .timeLimit(.minutes(2)))
struct BadEndpointTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: [FakeHTTPAction]
        /// Of the failure; `ok` where something could be read.
        var http: String
        var fetch: String
        var isTransient = false
        var timeout = 300.0

        init(
            _ name: String, _ script: [FakeHTTPAction], http: String, fetch: String? = nil, isTransient: Bool = false,
            timeout: Double = 300
        ) {
            testDescription = name
            self.script = script
            self.http = http
            self.fetch = fetch ?? http
            self.isTransient = isTransient
            self.timeout = timeout
        }
    }

    private static func raw(_ head: String, _ body: [UInt8] = [], then end: FakeHTTPAction = .close) -> [FakeHTTPAction]
    {
        [.text("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n"), .send(body), end]
    }

    private static let page = "text/html"
    private static let drip =
        [FakeHTTPAction.text("HTTP/1.1 200 OK\r\n\r\n")]
        + (0..<100).flatMap { _ in [FakeHTTPAction.text("x"), .pause(50)] }
    private static let huge =
        [FakeHTTPAction.text("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
        + Array(repeating: .send(Array(repeating: UInt8(ascii: "x"), count: 1 << 20)), count: 64)

    static let faults = [
        Fault("silence", [.waitForClientToLeave], http: "timeout", isTransient: true, timeout: 0.4),
        Fault("slow, byte for byte", drip, http: "timeout", isTransient: true, timeout: 0.4),
        Fault("64 MiB", huge, http: "ok", fetch: "too_large"),
        Fault(
            "endless headers",
            [
                .text(
                    "HTTP/1.1 200 OK\r\n"
                        + String(repeating: "X: \(String(repeating: "y", count: 500))\r\n", count: 800))
            ], http: "too_large"),
        Fault("reset", [.cut], http: "bad_content", isTransient: true),
        Fault("closed without a word", [.close], http: "bad_content", isTransient: true),
        Fault(
            "cut in the middle", raw("Content-Length: 90", Array("<p>half".utf8)), http: "bad_content",
            isTransient: true),
        Fault(
            "reset in the middle", raw("Content-Length: 90", Array("<p>".utf8), then: .cut), http: "bad_content",
            isTransient: true),
        Fault(
            "a length that is none", raw("Content-Length: many", Array("x".utf8)), http: "bad_content",
            isTransient: true),
        Fault("a length that is too short", raw("Content-Length: 2", Array("okay".utf8)), http: "ok"),
        Fault(
            "broken compression", raw("Content-Encoding: gzip", Array("no gzip".utf8)), http: "bad_content",
            isTransient: true),
        Fault("no HTTP", [.text("220 mail ready\r\n"), .close], http: "bad_content", isTransient: true),
        Fault("404", FakeHTTPAction.response(404, body: "no"), http: "http_4xx"),
        Fault("429", FakeHTTPAction.response(429), http: "http_4xx", isTransient: true),
        Fault("500", FakeHTTPAction.response(500, body: "<p>sorry", type: page), http: "http_5xx", isTransient: true),
        Fault("a redirect without a place", FakeHTTPAction.response(302), http: "http_3xx"),
        Fault(
            "a redirect to itself", FakeHTTPAction.response(302, headers: ["Location": "/"]), http: "http_3xx",
            fetch: "refused"),
        Fault(
            "a redirect to another host", FakeHTTPAction.response(301, headers: ["Location": "https://other.test/"]),
            http: "http_3xx", fetch: "refused"),
        Fault(
            "a redirect to this machine", FakeHTTPAction.response(301, headers: ["Location": "http://127.0.0.1:9/"]),
            http: "http_3xx", fetch: "refused"),
        Fault(
            "a redirect to a file", FakeHTTPAction.response(301, headers: ["Location": "file:///etc/passwd"]),
            http: "http_3xx", fetch: "refused"),
        Fault(
            "a character set that is not true",
            raw(
                "Content-Type: text/html; charset=utf-8\r\nContent-Length: 10",
                Array("<p>a".utf8) + [0xFF, 0xC3] + Array("</p>".utf8)), http: "ok"),
        Fault(
            "a character set that nobody knows",
            FakeHTTPAction.response(200, body: "<p>x", type: "text/html; charset=klingon"), http: "ok"),
        Fault("broken HTML", FakeHTTPAction.response(200, body: "<div><p>a<b>b</i></table><p", type: page), http: "ok"),
    ]

    @Test("end a step with the right class", arguments: faults, ["http", "fetch"])
    func classes(_ fault: Fault, _ action: String) async throws {
        let server = try FakeHTTPServer(replies: [fault.script])
        let world = try WebWorld(CurlWebRequester(grants: [server.hostAndPort]))
        let result = await world.run(action, ["url": .string("\(server.url)/")], timeout: fault.timeout)
        let expected = action == "http" ? fault.http : fault.fetch
        #expect(result.value?["class"]?.string == expected, "\(result.error ?? result.text)")
        #expect(result.succeeded == (expected == "ok"))
        #expect((result.error?.hasSuffix("(\(expected))") ?? true) && result.text.utf8.count < 70_000)
        if expected == fault.http { #expect(result.isTransient == fault.isTransient) }
        #expect(result.trace?.count == 1 && result.trace?.first?.hasPrefix("GET \(server.url)/: ") ?? false)
    }

    @Test("do not make a step hold what a small answer unpacks to")
    func bomb() async throws {
        let packed = try #require(Data(base64Encoded: Self.packedZeros))
        let script = Self.raw("Content-Encoding: gzip, gzip\r\nContent-Length: \(packed.count)", Array(packed))
        let server = try FakeHTTPServer(replies: [script])
        let world = try WebWorld(CurlWebRequester(grants: [server.hostAndPort]))
        let before = Self.peakMemory
        let fetched = await world.run("fetch", ["url": .string("\(server.url)/")])
        #expect(fetched.value?["class"] == "too_large")
        let asked = await world.run("http", ["url": .string("\(server.url)/")])
        #expect(asked.value?["bytes"]?.number == Double(1 << 20) && asked.note != nil)
        #expect(Self.peakMemory - before < 200 << 10, "KiB")
    }

    /// The most that this process ever held, in KiB.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// 32 MiB of zeros, packed twice over: the inner layer is what the outer one unpacks to.
    private static let packedZeros =
        "H4sIAAAAAAACA+3dIW4CYRAG0GV3BUG0VFQhyjEwm7Qh1DVBFIEiHKASDUlTVdNLoFF4cNyA4jgAQSBQhIXdY/z7nhr9yS+TmZff"
        + "elSIk8O6VrsPs7/r4lhvRAAAAEDgZrvvpCgDona+fe8PAAAAgNCNHx/SshS4jFpv4gAAAIDg/WSdZrkhcJp+peIAAACA4D2f969l"
        + "F7DJl0+f8gAAAIDg/TsYAAAAAJXiYAAAAABUyzzrtIsuoHnKJ93YZwUAAAAqYvXRS3vD+xDfAHOE6iN7fwAA"

    @Test("are not followed to where the plan does not go, and to where it does without the first one's headers")
    func redirects() async throws {
        let secret = SecretVault(hosts: [:]) { _ throws(SecretProblem) in "" }
        let target = try FakeHTTPServer(replies: [FakeHTTPAction.response(200, body: "there", type: "text/plain")])
        let place = "\(target.url)/x"
        let first = try FakeHTTPServer(replies: [FakeHTTPAction.response(302, headers: ["Location": place])])
        let own = "GET \(first.url)/"
        let call: [String: JSONValue] = [
            "url": .string("\(first.url)/"), "follow": true, "headers": ["X-Mine": "1"], "as": "text",
        ]
        let open = try WebWorld(CurlWebRequester(grants: [first.hostAndPort, target.hostAndPort]), secrets: secret)
        #expect(await open.run("http", call, requests: [own]).value?["class"] == "refused")
        #expect(target.requests.isEmpty)
        #expect(await open.run("http", call, requests: [own, "GET \(place)"]).text == "there")
        #expect(target.requests.count == 1 && target.requests.first?.header("x-mine") == nil)
        // The plan has it, and the guard of addresses does not.
        let closed = try WebWorld(CurlWebRequester(grants: [first.hostAndPort]))
        let refused = await closed.run("http", call, requests: [own, "GET \(place)"])
        #expect(refused.value?["class"] == "refused" && target.requests.count == 1)
    }

    @Test("are left alone after five failures in a row, and asked again after a while")
    func breaker() async throws {
        let server = try FakeHTTPServer(
            replies: Array(repeating: FakeHTTPAction.response(503), count: 5) + [
                FakeHTTPAction.response(200, body: "{}")
            ])
        let world = try WebWorld(CurlWebRequester(grants: [server.hostAndPort]))
        let call: [String: JSONValue] = ["url": .string("\(server.url)/")]
        for _ in 0..<5 { #expect(await world.run("http", call).value?["class"] == "http_5xx") }
        let resting = await world.run("fetch", call, after: 10)
        #expect(
            resting.isTransient
                && resting.error == "\(server.hostAndPort) failed 5 times in a row and is left alone for 20 s (refused)"
        )
        #expect(server.requests.count == 5)
        #expect(await world.run("http", call, after: 31).succeeded)
        #expect(await world.run("http", call, after: 32).succeeded)
    }

    @Test("where nobody listens, and a name that nobody has")
    func nobody() async throws {
        let port = try DeafPort()
        let place = String(port.url.dropFirst("http://".count))
        let deaf = try WebWorld(CurlWebRequester(grants: [place]))
        #expect(await deaf.run("http", ["url": .string(port.url)]).value?["class"] == "refused")
        let strict = try WebWorld(CurlWebRequester())
        #expect(await strict.run("http", ["url": "https://nowhere.invalid/"]).value?["class"] == "dns")
        #expect(await strict.run("fetch", ["url": .string(port.url)]).value?["class"] == "refused")
        #expect(await strict.run("fetch", ["url": "https://169.254.169.254/"]).value?["class"] == "refused")
        withExtendedLifetime(port) {}
    }
}
