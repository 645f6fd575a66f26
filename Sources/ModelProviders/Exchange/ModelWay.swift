import HTTPTransport

/// How the servers of models are reached.
package struct ModelWay: Hashable, Sendable {
    /// `nil` goes straight to the server.
    package var proxy: HTTPProxy?
    /// A file of certificates (PEM) that are trusted beside the system's.
    package var authorities: String?

    package init(proxy: HTTPProxy? = nil, authorities: String? = nil) {
        self.proxy = proxy
        self.authorities = authorities
    }
}
