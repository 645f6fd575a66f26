/// Why a request brought no answer. Nothing here holds a credential, a path or a query: only host and port.
package struct HTTPError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        case invalidURL
        /// A method, header or size that cannot be sent.
        case invalidRequest
        case refusedByPolicy
        /// The proxy does not let the request through.
        case refusedByProxy
        case cannotResolve
        case cannotConnect
        case timedOut
        case tls
        case tooLarge
        /// The connection ended before the answer did.
        case cut
        /// What came back is not HTTP.
        case malformed
        case cancelled
        /// libcurl is not installed on this machine.
        case unavailable
    }

    package let code: Code
    /// A clause for people: "nobody listens at 127.0.0.1:8080".
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package static let cancelled = HTTPError(.cancelled, "the request was cancelled")

    /// The same request may work later.
    package var isTransient: Bool {
        switch code {
        case .cannotResolve, .cannotConnect, .timedOut, .cut, .malformed: true
        case .invalidURL, .invalidRequest, .refusedByPolicy, .refusedByProxy, .tls, .tooLarge, .cancelled, .unavailable:
            false
        }
    }
}

extension HTTPError: CustomStringConvertible {
    package var description: String { message }
}
