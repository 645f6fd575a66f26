import Foundation

/// A request as an action asks for it.
package struct WebRequest: Hashable, Sendable {
    package var method: String
    package var url: String
    package var headers: [String: String]
    package var body: String?
    /// Seconds for the whole exchange.
    package var timeout: TimeInterval
    /// Bytes of the answer that are read.
    package var limit: Int

    package init(
        method: String, url: String, headers: [String: String] = [:], body: String? = nil, timeout: TimeInterval,
        limit: Int
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.limit = limit
    }
}

package struct WebAnswer: Hashable, Sendable {
    package var status: Int
    /// As the server said it (`text/html; charset=utf-8`).
    package var contentType: String
    package var body: String
    /// The answer was longer.
    package var isCut: Bool

    package init(status: Int, contentType: String = "text/plain", body: String = "", isCut: Bool = false) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.isCut = isCut
    }
}

/// Why there was no answer, in one clause.
package struct WebFailure: Error, Hashable, Sendable {
    package var message: String
    package var isTransient: Bool

    package init(_ message: String, isTransient: Bool) {
        self.message = message
        self.isTransient = isTransient
    }
}

/// What actions need of an HTTP client.
package protocol WebRequester: Sendable {
    func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer
}
