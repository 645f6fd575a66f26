/// Sends requests over libcurl. Costs nothing, not even a thread, until the first one.
///
/// Certificates are always verified, redirects never followed and the environment's proxy ignored. Cancelling the task
/// closes the connection.
package final class HTTPClient: Sendable {
    package static let shared = HTTPClient()

    private let guarded = TransferLoop()
    private let open = TransferLoop()

    package init() {}

    deinit {
        guarded.stop()
        open.stop()
    }

    /// The whole answer, of whatever status.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let reply = try await stream(request)
        var body: [UInt8] = []
        for try await piece in reply.body { body += piece }
        return HTTPResponse(head: reply.head, body: body)
    }

    /// Returns as soon as the head is there; the body follows piece by piece. Dropping the body ends the transfer.
    package func stream(_ request: HTTPRequest) async throws(HTTPError) -> (head: HTTPHead, body: HTTPBody) {
        let address = try HTTPAddress(request.url)
        let access = try request.policy.check(address)
        try RequestCheck.check(request)
        let route = Transfer.Route(address: address, access: access, proxy: try ProxyRoute(of: request, to: address))
        let body = HTTPBody(events: start(request, on: route), client: self)
        return (try await body.head(), body)
    }

    private func start(_ request: HTTPRequest, on route: Transfer.Route) -> Transfer.Events {
        let loop = route.access == .guarded ? guarded : open
        let (events, continuation) = Transfer.Events.makeStream()
        let transfer = Transfer(request, on: route, events: continuation)
        let id = ObjectIdentifier(transfer)
        continuation.onTermination = { reason in
            if case .cancelled = reason { loop.cancel(id) }
        }
        loop.start(transfer)
        return events
    }
}

/// The body of an answer, to be read once.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = HTTPError

    let events: Transfer.Events
    /// Keeps the transfer's thread alive as long as somebody reads.
    let client: HTTPClient

    package struct AsyncIterator: AsyncIteratorProtocol {
        var events: Transfer.Events.AsyncIterator

        package mutating func next() async throws(HTTPError) -> [UInt8]? {
            while let event = try await HTTPBody.next(&events) {
                if case .bytes(let bytes) = event { return bytes }
            }
            return nil
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(events: events.makeAsyncIterator()) }

    func head() async throws(HTTPError) -> HTTPHead {
        var iterator = events.makeAsyncIterator()
        guard case .head(let head)? = try await Self.next(&iterator) else { throw .cancelled }
        return head
    }

    /// The stream ends without an error when the reading task is cancelled; that must not pass for a whole body.
    private static func next(_ events: inout Transfer.Events.AsyncIterator) async throws(HTTPError) -> TransferEvent? {
        do {
            let event = try await events.next()
            if event == nil, Task.isCancelled { throw HTTPError.cancelled }
            return event
        } catch let error as HTTPError {
            throw error
        } catch {
            throw .cancelled
        }
    }
}
