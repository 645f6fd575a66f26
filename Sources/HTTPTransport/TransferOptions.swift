import CLibcurl
import Glibc

/// Sets a handle up for a transfer.
enum TransferOptions {
    /// Returns the header list, which must live as long as the handle.
    static func apply(
        to handle: UnsafeMutableRawPointer, of transfer: Transfer
    ) -> UnsafeMutablePointer<curl_slist>? {
        let request = transfer.request
        rota_easy_set_text(handle, CURLOPT_URL, request.url)
        setLimits(handle, request)
        setGuards(handle, transfer)
        setProxy(handle, transfer.route.proxy)
        setTrust(handle, request.authorities)
        setMethod(handle, request)
        setCallbacks(handle, transfer)
        let list = headerList(request)
        rota_easy_set_list(handle, CURLOPT_HTTPHEADER, list)
        return list
    }

    private static func setLimits(_ handle: UnsafeMutableRawPointer, _ request: HTTPRequest) {
        rota_easy_set_number(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(request.connectTimeout))
        rota_easy_set_number(handle, CURLOPT_TIMEOUT_MS, milliseconds(request.timeout))
        // Signals would hit whichever thread the kernel picks.
        rota_easy_set_number(handle, CURLOPT_NOSIGNAL, 1)
        // Over TLS only; many requests to one server then share a connection.
        rota_easy_set_number(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        rota_easy_set_number(handle, CURLOPT_PIPEWAIT, 1)
    }

    private static func setGuards(_ handle: UnsafeMutableRawPointer, _ transfer: Transfer) {
        let protocols = transfer.route.access == .open ? "http,https" : "https"
        rota_easy_set_text(handle, CURLOPT_PROTOCOLS_STR, protocols)
        rota_easy_set_text(handle, CURLOPT_REDIR_PROTOCOLS_STR, protocols)
        rota_easy_set_number(handle, CURLOPT_FOLLOWLOCATION, 0)
        rota_easy_set_number(handle, CURLOPT_NETRC, 0)
        rota_easy_set_socket_function(handle, openSocket)
        rota_easy_set_pointer(handle, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(transfer).toOpaque())
    }

    /// Empty texts, because for unset options libcurl asks the environment.
    private static func setProxy(_ handle: UnsafeMutableRawPointer, _ proxy: ProxyRoute?) {
        rota_easy_set_text(handle, CURLOPT_PROXY, proxy?.url ?? "")
        rota_easy_set_text(handle, CURLOPT_NOPROXY, "")
        guard let proxy else { return }
        if let login = proxy.login {
            rota_easy_set_text(handle, CURLOPT_PROXYUSERNAME, login.name)
            rota_easy_set_text(handle, CURLOPT_PROXYPASSWORD, login.password)
        }
        // The request's headers, with the key, are for the server at the tunnel's end; and what the proxy says of the
        // tunnel is not the server's answer.
        rota_easy_set_number(handle, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        rota_easy_set_number(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    /// The file stands for libcurl's own; the system's folder of certificates counts in any case.
    private static func setTrust(_ handle: UnsafeMutableRawPointer, _ authorities: String?) {
        rota_easy_set_number(handle, CURLOPT_SSL_VERIFYPEER, 1)
        rota_easy_set_number(handle, CURLOPT_SSL_VERIFYHOST, 2)
        rota_easy_set_number(handle, CURLOPT_PROXY_SSL_VERIFYPEER, 1)
        rota_easy_set_number(handle, CURLOPT_PROXY_SSL_VERIFYHOST, 2)
        guard let authorities else { return }
        for option in [CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO] { rota_easy_set_text(handle, option, authorities) }
        for option in [CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH] { rota_easy_set_text(handle, option, "/etc/ssl/certs") }
    }

    private static func setMethod(_ handle: UnsafeMutableRawPointer, _ request: HTTPRequest) {
        rota_easy_set_text(handle, CURLOPT_USERAGENT, "rota")
        rota_easy_set_text(handle, CURLOPT_ACCEPT_ENCODING, "")
        if request.method == "HEAD" {
            rota_easy_set_number(handle, CURLOPT_NOBODY, 1)
        } else if request.body != nil || request.method == "POST" {
            let body = request.body ?? []
            rota_easy_set_number(handle, CURLOPT_POST, 1)
            rota_easy_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            body.withUnsafeBytes { _ = rota_easy_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress ?? empty) }
            if request.method != "POST" { rota_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method != "GET" {
            rota_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        }
    }

    /// Stands for a body of no bytes, whose array has no address.
    private static var empty: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 1)! }

    private static func setCallbacks(_ handle: UnsafeMutableRawPointer, _ transfer: Transfer) {
        let client = Unmanaged.passUnretained(transfer).toOpaque()
        rota_easy_set_pointer(handle, CURLOPT_PRIVATE, client)
        rota_easy_set_data_function(handle, CURLOPT_WRITEFUNCTION, takeBody)
        rota_easy_set_pointer(handle, CURLOPT_WRITEDATA, client)
        rota_easy_set_data_function(handle, CURLOPT_HEADERFUNCTION, takeHeader)
        rota_easy_set_pointer(handle, CURLOPT_HEADERDATA, client)
    }

    /// A name and a colon alone remove a header that libcurl adds by itself; an empty value is sent as `Name;`.
    private static func headerList(_ request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        let names = Set(request.headers.map { $0.name.lowercased() })
        for name in ["Expect", "Content-Type"] where !names.contains(name.lowercased()) { lines.append("\(name):") }
        return lines.reduce(nil) { rota_curl_slist_append($0, $1) ?? $0 }
    }

    private static func milliseconds(_ seconds: Double) -> Int { max(1, Int(min(seconds, 86_400) * 1000)) }
}

// MARK: Callbacks, always on the transfer thread

private func transfer(_ client: UnsafeMutableRawPointer?) -> Transfer? {
    client.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private let takeHeader: rota_data_function = { data, size, count, client in
    guard let transfer = transfer(client) else { return 0 }
    transfer.connected()
    return transfer.takeHeader(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
}

private let takeBody: rota_data_function = { data, size, count, client in
    guard let transfer = transfer(client) else { return 0 }
    return transfer.takeBody(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
}

/// The address is declared as 16 bytes but holds up to 28, so it is read in place: a copy would lose IPv6.
private let openSocket: rota_socket_function = { client, _, address in
    guard let transfer = transfer(client), let address else { return CURL_SOCKET_BAD }
    let raw = UnsafeRawPointer(address) + MemoryLayout<curl_sockaddr>.offset(of: \.addr)!
    let target = SocketAddress(raw, family: address.pointee.family, length: Int(address.pointee.addrlen))
    guard transfer.permits(target) else { return CURL_SOCKET_BAD }
    let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, type, address.pointee.protocol)
}
