import CLibcurl

/// Turns libcurl's results into words.
enum CurlFailure {
    /// - Parameter verdict: what OpenSSL found wrong with a certificate, or 0.
    static func error(
        for result: CURLcode, request: HTTPRequest, route: Transfer.Route, verdict: Int
    ) -> HTTPError {
        let (address, proxy) = (route.address, route.proxy)
        let place = address.hostAndPort + (proxy.map { " (through the proxy \($0.hostAndPort))" } ?? "")
        return switch result {
        case CURLE_COULDNT_RESOLVE_HOST: HTTPError(.cannotResolve, "no address is known for \(address.host)")
        case CURLE_COULDNT_RESOLVE_PROXY:
            HTTPError(.cannotResolve, "no address is known for the proxy \(proxy?.host ?? "")")
        case CURLE_COULDNT_CONNECT:
            HTTPError(
                .cannotConnect, "nobody listens at " + (proxy.map { "the proxy \($0.hostAndPort)" } ?? place))
        case CURLE_SSL_CACERT_BADFILE:
            HTTPError(.tls, "the file of trusted certificates cannot be used: \(request.authorities ?? "the system's")")
        case CURLE_OPERATION_TIMEDOUT:
            HTTPError(.timedOut, "\(place) did not answer within \(seconds(request.timeout))")
        case CURLE_PEER_FAILED_VERIFICATION: HTTPError(.tls, "the certificate of \(place) " + complaint(verdict))
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            HTTPError(.tls, "no trusted encrypted connection to \(place): \(words(result))")
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            HTTPError(.cut, "\(place) cut the connection")
        case CURLE_URL_MALFORMAT: HTTPError(.invalidURL, "the address is malformed")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
            HTTPError(.malformed, "\(place) does not answer in HTTP")
        default: HTTPError(.malformed, "the exchange with \(place) failed: \(words(result))")
        }
    }

    private static func words(_ result: CURLcode) -> String {
        let text = String(cString: rota_curl_easy_strerror(result))
        // "SSL …" stays, "Couldn't …" becomes part of a clause.
        let beginsWithAbbreviation = text.dropFirst().first?.isUppercase ?? false
        return beginsWithAbbreviation ? text : text.prefix(1).lowercased() + text.dropFirst()
    }

    /// About a certificate, by the numbers of x509_verify_cert_error_string(3). The name is looked at before libcurl asks
    /// about the chain: its number is then still 1 (0 in other versions).
    private static func complaint(_ verdict: Int) -> String {
        switch verdict {
        case 0, 1, 62: "is for another name"
        case 9: "is not valid yet"
        case 10: "has expired"
        case 2, 18, 19, 20, 21: "is vouched for by nobody whom this machine trusts"
        case 23: "was revoked"
        default: "cannot be trusted (OpenSSL's reason \(verdict))"
        }
    }

    private static func seconds(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
    }
}
