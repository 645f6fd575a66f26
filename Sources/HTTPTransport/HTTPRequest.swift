import Foundation

/// One request. Redirects are never followed: a 3xx answer comes back as it is.
package struct HTTPRequest: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    /// Seconds until the connection must stand, TLS included.
    package var connectTimeout: TimeInterval
    /// Seconds for everything, from the look-up of the name to the last byte.
    package var timeout: TimeInterval
    /// Most bytes of a body, counted after decompression.
    package var maximumBytes: Int
    package var policy: NetworkPolicy
    /// Counts for `.configuredHost` only; `nil` connects straight.
    package var proxy: HTTPProxy?
    /// A file of certificates (PEM) that are trusted beside the system's; `nil` trusts the system's alone.
    package var authorities: String?

    package init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        connectTimeout: TimeInterval = 10, timeout: TimeInterval = 30, maximumBytes: Int = 4 << 20,
        policy: NetworkPolicy = .strict, proxy: HTTPProxy? = nil, authorities: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout
        self.timeout = timeout
        self.maximumBytes = maximumBytes
        self.policy = policy
        self.proxy = proxy
        self.authorities = authorities
    }
}

/// Status and headers of an answer, in the order in which they came.
package struct HTTPHead: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]

    package init(status: Int, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = headers
    }

    /// The first header of that name, ignoring case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The media type in lower case, without parameters: `text/event-stream`.
    package var mediaType: String? {
        let type = header("content-type")?.prefix { $0 != ";" }
        return type?.filter { !$0.isWhitespace }.lowercased()
    }

    /// Seconds that the server asks to be left alone, from `retry-after-ms` or `retry-after` (seconds or a date).
    package func retryAfter(at now: Date) -> TimeInterval? {
        if let text = header("retry-after-ms"), let value = Double(text), value.isFinite { return max(0, value / 1000) }
        guard let text = header("retry-after") else { return nil }
        if let value = Double(text), value.isFinite { return max(0, value) }
        return HTTPDate.parse(text).map { max(0, $0.timeIntervalSince(now)) }
    }
}

/// A whole answer.
package struct HTTPResponse: Sendable {
    package var head: HTTPHead
    package var body: [UInt8]

    package init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }

    package var status: Int { head.status }
    /// The body as UTF-8; what is not becomes U+FFFD.
    package var text: String { String(decoding: body, as: UTF8.self) }
}
