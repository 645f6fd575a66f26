import Foundation

/// A request as an action asks for it.
package struct WebRequest: Hashable, Sendable {
    /// What is done about an answer that points elsewhere.
    package enum Redirects: Hashable, Sendable {
        /// It comes back as it is.
        case kept
        /// Followed within the origin of the request, and to other requests that the plan has (`GET https://b.test/x`).
        case followed(granted: Set<String>)
    }

    package var method: String
    package var url: String
    package var headers: [String: String]
    package var content: [UInt8]?
    /// Seconds for the whole exchange, redirects included.
    package var timeout: TimeInterval
    /// Bytes of the answer that are read, counted after decompression.
    package var limit: Int
    package var redirects: Redirects

    package init(
        method: String, url: String, headers: [String: String] = [:], body: String? = nil, content: [UInt8]? = nil,
        timeout: TimeInterval, limit: Int, redirects: Redirects = .kept
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.content = content ?? body.map { Array($0.utf8) }
        self.timeout = timeout
        self.limit = limit
        self.redirects = redirects
    }

    /// The content as text.
    package var body: String? { content.map { String(decoding: $0, as: UTF8.self) } }
}

package struct WebAnswer: Hashable, Sendable {
    package var status: Int
    /// As the server said it (`text/html; charset=utf-8`).
    package var contentType: String
    /// Decoded by what the server or the page itself says about its characters; what does not fit reads as U+FFFD.
    package var body: String
    /// The answer was longer.
    package var isCut: Bool
    /// Names in lower case; the first of each.
    package var headers: [String: String]
    /// Bytes that were read, after decompression.
    package var bytes: Int
    /// Where the answer came from after redirects; `nil` is the address that was asked.
    package var url: String?

    package init(
        status: Int, contentType: String = "text/plain", body: String = "", isCut: Bool = false,
        headers: [String: String] = [:], bytes: Int? = nil, url: String? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.isCut = isCut
        self.headers = headers
        self.bytes = bytes ?? body.utf8.count
        self.url = url
    }
}

/// What went wrong with a request, in a word that conditions can compare.
package enum WebErrorClass: Hashable, Sendable {
    /// Nobody listens there, or the program itself does not go there.
    case refused
    case timeout
    case dns
    case tls
    /// A status that was not expected: `http_4xx`, `http_5xx`.
    case status(Int)
    case tooLarge
    /// No whole answer, or one of another kind than was asked for.
    case badContent

    package var name: String {
        switch self {
        case .refused: "refused"
        case .timeout: "timeout"
        case .dns: "dns"
        case .tls: "tls"
        case .status(let status): "http_\(status / 100)xx"
        case .tooLarge: "too_large"
        case .badContent: "bad_content"
        }
    }
}

/// Why there was no answer, in one clause.
package struct WebFailure: Error, Hashable, Sendable {
    package var message: String
    package var isTransient: Bool
    package var kind: WebErrorClass

    package init(_ message: String, isTransient: Bool, kind: WebErrorClass = .refused) {
        self.message = message
        self.isTransient = isTransient
        self.kind = kind
    }
}

/// What actions need of an HTTP client.
package protocol WebRequester: Sendable {
    func send(_ request: WebRequest) async throws(WebFailure) -> WebAnswer
}
