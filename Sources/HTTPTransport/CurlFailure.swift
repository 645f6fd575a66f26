import CLibcurl

/// Turns libcurl's results into words.
enum CurlFailure {
    static func error(for result: CURLcode, request: HTTPRequest, address: HTTPAddress) -> HTTPError {
        let place = address.hostAndPort
        return switch result {
        case CURLE_COULDNT_RESOLVE_HOST: HTTPError(.cannotResolve, "no address is known for \(address.host)")
        case CURLE_COULDNT_CONNECT: HTTPError(.cannotConnect, "nobody listens at \(place)")
        case CURLE_OPERATION_TIMEDOUT:
            HTTPError(.timedOut, "\(place) did not answer within \(seconds(request.timeout))")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
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

    private static func seconds(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
    }
}
