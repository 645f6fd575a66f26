/// Where a request may go. The check of addresses happens on the resolved address of each connection, so that neither
/// a name that resolves to a private address nor an odd spelling of one gets through.
package enum NetworkPolicy: Hashable, Sendable {
    /// https only, public addresses only.
    case strict
    /// As `strict`, except for these `host:port` pairs (`127.0.0.1:8080`, `[::1]:8080`), which may be plain http and
    /// anywhere.
    case granted(Set<String>)
    /// A host that the person configured (a model's server, a webhook): http, loopback and private addresses too.
    case configuredHost

    /// How far the policy trusts one address.
    enum Access: CaseIterable {
        case guarded
        case open
    }

    func access(to address: HTTPAddress) -> Access {
        switch self {
        case .strict: .guarded
        case .configuredHost: .open
        case .granted(let pairs): pairs.contains { $0.lowercased() == address.hostAndPort } ? .open : .guarded
        }
    }

    /// The access that a request to `address` has; throws where its scheme is not allowed.
    func check(_ address: HTTPAddress) throws(HTTPError) -> Access {
        let access = access(to: address)
        guard access == .open || address.scheme == "https" else {
            throw HTTPError(
                .refusedByPolicy, "plain http to \(address.hostAndPort) is not allowed; https is, or a grant for it")
        }
        return access
    }
}
