/// A proxy that the person configured, and what it is told to let us through.
///
/// The login is in no description: what prints a proxy prints where it is.
package struct HTTPProxy: Hashable, Sendable {
    /// An address that begins with `http://` or `https://`; without a port, 80 or 443.
    package let address: String
    /// `name:password`; a name alone has an empty password.
    package let login: String?

    package init(_ address: String, login: String? = nil) {
        self.address = address
        self.login = login
    }

    /// The parts of the login that nobody may read.
    package var secrets: [String] {
        guard let login else { return [] }
        return [login, login.split(separator: ":", maxSplits: 1).dropFirst().joined()].filter { !$0.isEmpty }
    }
}

extension HTTPProxy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { address }
    package var debugDescription: String { address }
    package var customMirror: Mirror { Mirror(self, children: ["address": address]) }
}

/// The proxy of one request, read and found to be of use.
///
/// A proxy connects in our place, so that the check of addresses would see the proxy instead of the target. Nothing that
/// is checked goes through one.
struct ProxyRoute: Sendable {
    /// Scheme, host and port.
    let url: String
    let host: String
    let hostAndPort: String
    let login: (name: String, password: String)?

    /// `nil` where the request goes straight: no proxy is configured, the target is not a configured host, or it is this
    /// machine. Throws where the proxy's address is none.
    init?(of request: HTTPRequest, to target: HTTPAddress) throws(HTTPError) {
        guard let proxy = request.proxy, request.policy == .configuredHost, !target.isThisMachine else { return nil }
        let address: HTTPAddress
        do throws(HTTPError) {
            address = try HTTPAddress(proxy.address)
        } catch {
            throw error.code == .invalidURL
                ? HTTPError(.invalidURL, "the proxy cannot be used: \(error.message)") : error
        }
        host = address.host
        hostAndPort = address.hostAndPort
        url = "\(address.scheme)://\(address.hostAndPort)"
        login = proxy.login.map { text in
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count == 2 ? parts[1] : "")
        }
    }

    /// What a status of the proxy's own means; `nil` where it lets the request through, or said nothing.
    func refusal(status: Int, to target: HTTPAddress) -> HTTPError? {
        switch status {
        case 0, 200..<300: nil
        case 407 where login == nil: HTTPError(.refusedByProxy, "the proxy \(hostAndPort) wants a name and a password")
        case 407: HTTPError(.refusedByProxy, "the proxy \(hostAndPort) does not accept the name and password")
        case 500...:
            HTTPError(
                .cannotConnect,
                "the proxy \(hostAndPort) cannot reach \(target.hostAndPort) (it answered with status \(status))")
        default:
            HTTPError(
                .refusedByProxy,
                "the proxy \(hostAndPort) refuses the way to \(target.hostAndPort) (it answered with status \(status))")
        }
    }
}

extension HTTPAddress {
    /// Whether the address itself says so: a name that merely resolves to this machine is another host.
    fileprivate var isThisMachine: Bool {
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        return host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isNumber }
    }
}
