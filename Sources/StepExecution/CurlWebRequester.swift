import Foundation
import HTTPTransport

/// Requests over the real network: https to public addresses, and what the person granted.
package struct CurlWebRequester: WebRequester {
    private let client: HTTPClient
    private let policy: NetworkPolicy

    /// - Parameter grants: `host:port` pairs that may also be plain http, loopback or private.
    package init(grants: [String] = [], client: HTTPClient = .shared) {
        self.client = client
        policy = grants.isEmpty ? .strict : .granted(Set(grants))
    }

    /// Each hop of a redirect is a request of its own, held to the policy of addresses and to the plan.
    package func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        let end = ContinuousClock.now + .seconds(request.timeout)
        var hop = RedirectHop(request)
        while true {
            var current = hop.request
            current.timeout = max(0.001, Self.seconds(until: end))
            var answer = try await exchange(current)
            guard case .followed(let granted) = request.redirects,
                let next = try hop.next(after: answer, granted: granted)
            else {
                if hop.count > 0 { answer.url = hop.request.url }
                return answer
            }
            hop = next
        }
    }

    private func exchange(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        do {
            let reply = try await client.stream(Self.wire(request, policy: policy))
            let (kept, isCut) = try await Self.read(reply.body, limit: request.limit)
            let type = reply.head.header("content-type") ?? ""
            let headers = Dictionary(
                reply.head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
            return WebAnswer(
                status: reply.head.status, contentType: type, body: TextDecoding.text(of: kept, contentType: type),
                isCut: isCut, headers: headers, bytes: kept.count)
        } catch {
            throw WebFailure(error.message, isTransient: error.isTransient, kind: Self.kind(of: error.code))
        }
    }

    private static func wire(_ request: WebRequest, policy: NetworkPolicy) -> HTTPRequest {
        var headers = request.headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        if !headers.contains(where: { $0.name.lowercased() == "user-agent" }) {
            headers.append((name: "User-Agent", value: "rota"))
        }
        return HTTPRequest(
            method: request.method, url: request.url, headers: headers, body: request.content,
            timeout: request.timeout, maximumBytes: request.limit + (1 << 20), policy: policy)
    }

    /// Reads up to the limit and lets go of the rest; a longer answer is cut, not refused.
    private static func read(_ body: HTTPBody, limit: Int) async throws(HTTPError) -> (bytes: [UInt8], isCut: Bool) {
        var kept = BoundedBytes(limit: limit)
        for try await piece in body {
            kept.append(piece)
            if kept.isCut { break }
        }
        return (kept.bytes, kept.isCut)
    }

    private static func kind(of code: HTTPError.Code) -> WebErrorClass {
        switch code {
        case .invalidURL, .invalidRequest, .refusedByPolicy, .refusedByProxy, .cannotConnect, .cancelled, .unavailable:
            .refused
        case .cannotResolve: .dns
        case .timedOut: .timeout
        case .tls: .tls
        case .tooLarge: .tooLarge
        case .cut, .malformed: .badContent
        }
    }

    private static func seconds(until end: ContinuousClock.Instant) -> TimeInterval {
        let (seconds, attoseconds) = (end - .now).components
        return TimeInterval(seconds) + TimeInterval(attoseconds) / 1e18
    }
}
