import CLibcurl

/// A web address, read by the same parser that later connects, so that check and use cannot differ.
package struct HTTPAddress: Hashable, Sendable {
    /// `http` or `https`.
    package let scheme: String
    /// Lower case; an IPv6 address has no brackets; an IPv4 address in an odd spelling reads as four numbers.
    package let host: String
    package let port: Int

    package init(_ text: String) throws(HTTPError) {
        guard rota_curl_load() else {
            throw HTTPError(.unavailable, "libcurl.so.4 is not installed; the package libcurl4 has it")
        }
        guard let parts = URLParts(text) else { throw HTTPError(.invalidURL, Self.complaint(about: text)) }
        guard parts.scheme == "http" || parts.scheme == "https" else {
            throw HTTPError(.invalidURL, "the address must begin with https:// or http://, not \(parts.scheme)://")
        }
        guard !parts.hasCredentials else {
            throw HTTPError(.invalidURL, "the address must not contain a user name or password")
        }
        guard !parts.host.isEmpty else { throw HTTPError(.invalidURL, "the address names no host") }
        guard parts.port != 0 else { throw HTTPError(.invalidURL, "the address has no valid port") }
        scheme = parts.scheme
        host = parts.host
        port = parts.port
    }

    /// As a grant names it: `127.0.0.1:8080`, `[::1]:8080`.
    package var hostAndPort: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// What keeps `text` from being a web address, as a clause; `nil` where nothing does. Nothing is looked up.
    package static func problem(with text: String) -> String? {
        do throws(HTTPError) {
            _ = try HTTPAddress(text)
            return nil
        } catch {
            return error.message
        }
    }

    private static func complaint(about text: String) -> String {
        if text.isEmpty { return "the address is empty" }
        if text.contains(where: \.isWhitespace) { return "the address contains a space" }
        guard let mark = text.range(of: "://") else { return "the address must begin with https:// or http://" }
        let scheme = text[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            return "the address must begin with https:// or http://, not \(scheme)://"
        }
        if text[mark.upperBound...].first.map({ "/?#:".contains($0) }) ?? true { return "the address names no host" }
        return "the address is malformed after \(scheme)://"
    }
}

extension String {
    fileprivate func range(of other: String) -> Range<Index>? { firstRange(of: other) }
}

/// What libcurl reads in an address.
private struct URLParts {
    let scheme: String
    let host: String
    let port: Int
    let hasCredentials: Bool

    init?(_ text: String) {
        guard !text.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x7F }) else { return nil }
        // libcurl takes a third slash for a slip of the hand and reads the path as the host.
        guard !text.contains(":///") else { return nil }
        guard let handle = rota_curl_url() else { return nil }
        defer { rota_curl_url_cleanup(handle) }
        guard rota_curl_url_set(handle, CURLUPART_URL, text, 1 << 3 /* CURLU_NON_SUPPORT_SCHEME */) == CURLUE_OK else {
            return nil
        }
        guard let scheme = Self.part(CURLUPART_SCHEME, of: handle), let host = Self.part(CURLUPART_HOST, of: handle)
        else { return nil }
        self.scheme = scheme.lowercased()
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        self.host = bare.lowercased()
        let fallback = self.scheme == "https" ? 443 : 80
        port = Self.part(CURLUPART_PORT, of: handle).map { Int($0) ?? 0 } ?? fallback
        hasCredentials =
            Self.part(CURLUPART_USER, of: handle) != nil || Self.part(CURLUPART_PASSWORD, of: handle) != nil
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard rota_curl_url_get(handle, part, &value, 0) == CURLUE_OK, let value else { return nil }
        defer { rota_curl_free(value) }
        return String(cString: value)
    }
}
