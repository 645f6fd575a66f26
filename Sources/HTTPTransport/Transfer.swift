import CLibcurl
import Foundation

/// What comes of a transfer, in order: one head, any number of pieces.
enum TransferEvent: Sendable {
    case head(HTTPHead)
    case bytes([UInt8])
}

/// One request on its way.
///
/// `@unchecked Sendable`: it is handed to its loop's thread once and afterwards touched there alone.
final class Transfer: @unchecked Sendable {
    typealias Events = AsyncThrowingStream<TransferEvent, any Error>

    /// Where a request goes, and through which proxy.
    struct Route: Sendable {
        let address: HTTPAddress
        let access: NetworkPolicy.Access
        let proxy: ProxyRoute?
    }

    let request: HTTPRequest
    let route: Route
    private let events: Events.Continuation
    private var easy: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var head = HeadReader()
    private var hasHead = false
    private var received = 0
    /// Why a callback ended the transfer; libcurl's own result then says nothing.
    private var problem: HTTPError?

    init(_ request: HTTPRequest, on route: Route, events: Events.Continuation) {
        self.request = request
        self.route = route
        self.events = events
    }

    private var address: HTTPAddress { route.address }

    /// The configured handle, made at the first call; `nil` where there is no memory for one.
    func makeHandle() -> UnsafeMutableRawPointer? {
        guard easy == nil, let handle = rota_curl_easy_init() else { return easy }
        easy = handle
        headerList = TransferOptions.apply(to: handle, of: self)
        return handle
    }

    /// Frees the handle and tells the reader how it ended. The handle must have left its multi handle.
    func end(_ result: CURLcode) {
        end(failure(for: result))
    }

    func end(_ failure: HTTPError?) {
        if let easy { rota_curl_easy_cleanup(easy) }
        if let headerList { rota_curl_slist_free_all(headerList) }
        easy = nil
        headerList = nil
        events.finish(throwing: failure)
    }

    private func failure(for result: CURLcode) -> HTTPError? {
        if let problem { return problem }
        if result == CURLE_OK { return hasHead ? nil : HTTPError(.malformed, "\(address.hostAndPort) sent no answer") }
        let status = easy.map { rota_easy_number($0, CURLINFO_HTTP_CONNECTCODE) } ?? 0
        if let proxy = route.proxy, let refusal = proxy.refusal(status: status, to: address) { return refusal }
        let verdict = easy.map { rota_easy_number($0, CURLINFO_SSL_VERIFYRESULT) } ?? 0
        return CurlFailure.error(for: result, request: request, route: route, verdict: verdict)
    }

    // MARK: Called by libcurl

    /// Takes one header line; false ends the transfer.
    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        switch head.read(line) {
        case .more: return true
        case .head(let head):
            // Only a proxy answers so; through a tunnel it cannot.
            if head.status == 407, address.scheme == "http", let proxy = route.proxy {
                problem = proxy.refusal(status: head.status, to: address)
                return false
            }
            hasHead = true
            events.yield(.head(head))
            return true
        case .tooLarge:
            problem = HTTPError(.tooLarge, "the headers of \(address.hostAndPort) are too long")
            return false
        }
    }

    /// Takes a piece of the body, decompressed; false ends the transfer.
    func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        received += piece.count
        guard received <= request.maximumBytes else {
            problem = HTTPError(
                .tooLarge, "the answer of \(address.hostAndPort) is longer than \(request.maximumBytes) bytes")
            return false
        }
        events.yield(.bytes(Array(piece)))
        return true
    }

    /// Whether a connection to the resolved address may be made.
    func permits(_ target: SocketAddress) -> Bool {
        guard route.access == .guarded, !target.isPublic else { return true }
        problem = HTTPError(
            .refusedByPolicy, "\(address.hostAndPort) is this machine or a private network; that needs a grant")
        return false
    }

    /// A name may have public and private addresses: what the guard refused does not count once one of the public ones
    /// answered.
    func connected() { if problem?.code == .refusedByPolicy { problem = nil } }
}
