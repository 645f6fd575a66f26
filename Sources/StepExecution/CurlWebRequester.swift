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

    package func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        do {
            let reply = try await client.stream(Self.wire(request, policy: policy))
            let (body, isCut) = try await Self.read(reply.body, limit: request.limit)
            return WebAnswer(
                status: reply.head.status, contentType: reply.head.header("content-type") ?? "", body: body,
                isCut: isCut)
        } catch {
            throw WebFailure(error.message, isTransient: error.isTransient)
        }
    }

    private static func wire(_ request: WebRequest, policy: NetworkPolicy) -> HTTPRequest {
        var headers = request.headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        headers.append((name: "User-Agent", value: "rota"))
        return HTTPRequest(
            method: request.method, url: request.url, headers: headers, body: request.body.map { Array($0.utf8) },
            timeout: request.timeout, maximumBytes: request.limit + (1 << 20), policy: policy)
    }

    /// Reads up to the limit and lets go of the rest; a longer answer is cut, not refused.
    private static func read(_ body: HTTPBody, limit: Int) async throws(HTTPError) -> (text: String, isCut: Bool) {
        var kept = BoundedBytes(limit: limit)
        for try await piece in body {
            kept.append(piece)
            if kept.isCut { break }
        }
        return (kept.text, kept.isCut)
    }
}
