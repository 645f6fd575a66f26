import Foundation
import HTTPTransport
import JobModel

/// A server that speaks OpenAI's chat completions, streamed.
///
/// Two retries at most, inside the request's timeout; an answer that broke off is not asked for again. The key is in
/// the request's header only, in no error and no description.
package struct OpenAIChatModel: LanguageModel {
    package let name: String
    private let address: ModelAddress
    private let key: String?
    private let client: HTTPClient
    private let time: any TimeSource
    private let jitter: @Sendable (ClosedRange<Double>) -> Double

    /// Retries after the first attempt, and the longest wait (seconds) that a server may ask for.
    private static let retries = 2
    private static let longestWait: TimeInterval = 120

    /// `jitter` draws a number from a range.
    package init(
        address: ModelAddress, key: String?, time: any TimeSource, client: HTTPClient = .shared,
        jitter: @escaping @Sendable (ClosedRange<Double>) -> Double = { Double.random(in: $0) }
    ) {
        name = "\(address.provider):\(address.model)"
        self.address = address
        self.key = key.flatMap { $0.isEmpty ? nil : $0 }
        self.client = client
        self.time = time
        self.jitter = jitter
    }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        var chat = ChatRequest(model: address.model, request: request)
        let deadline = time.now + request.timeout
        var retriesUsed = 0
        while true {
            let failure: AttemptFailure
            do throws(AttemptFailure) {
                return try await attempt(chat, until: deadline)
            } catch {
                failure = error
            }
            if let complaint = failure.complaint, chat.adapt(to: complaint) { continue }
            guard failure.isRetryable, retriesUsed < Self.retries else { throw withoutKey(failure.error) }
            let wait = failure.retryAfter ?? backoff(afterAttempt: retriesUsed + 1)
            guard wait <= Self.longestWait, time.now + wait < deadline else { throw withoutKey(failure.error) }
            try await pause(wait)
            retriesUsed += 1
        }
    }

    // MARK: One attempt

    private func attempt(_ chat: ChatRequest, until deadline: Date) async throws(AttemptFailure) -> ModelAnswer {
        let timeout = chat.request.timeout
        let left = deadline.timeIntervalSince(time.now)
        guard left > 0 else { throw AttemptFailure(error: .timedOut(timeout)) }
        let reply: (head: HTTPHead, body: HTTPBody)
        do throws(HTTPError) {
            reply = try await client.stream(httpRequest(chat.body, timeout: left))
        } catch {
            throw AttemptFailure(error, timeout: timeout, hasBegun: false)
        }
        let outcome: Outcome
        do throws(HTTPError) {
            outcome = try await read(reply.head, reply.body)
        } catch {
            throw AttemptFailure(error, timeout: timeout, hasBegun: true)
        }
        return try outcome.get()
    }

    private func httpRequest(_ body: [UInt8], timeout: TimeInterval) -> HTTPRequest {
        var headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "text/event-stream, application/json"),
        ]
        if let key { headers.append((name: "Authorization", value: "Bearer \(key)")) }
        return HTTPRequest(
            method: "POST", url: address.base + "/chat/completions", headers: headers, body: body,
            connectTimeout: min(10, timeout), timeout: timeout, maximumBytes: 2 << 20, policy: .configuredHost)
    }

    // MARK: Reading
    // What came is decided by its content type: servers answer a streamed request with a plain document too.

    private func read(_ head: HTTPHead, _ body: HTTPBody) async throws(HTTPError) -> Outcome {
        guard head.status == 200 else {
            let text = String(decoding: try await whole(body, limit: 1 << 16), as: UTF8.self)
            return .failure(complaint(try? JSONValue(parsing: text), status: head.status, head))
        }
        return if head.mediaType == "text/event-stream" {
            try await readStream(head, body)
        } else {
            readDocument(head, try await whole(body, limit: .max))
        }
    }

    private typealias Outcome = Result<ModelAnswer, AttemptFailure>

    private func readDocument(_ head: HTTPHead, _ bytes: [UInt8]) -> Outcome {
        var answer = ChatAnswer()
        guard let document = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)) else {
            return .failure(AttemptFailure(error: .malformed("the answer is neither a stream nor JSON")))
        }
        guard answer.take(document) else { return .failure(complaint(document, status: 200, head)) }
        return finish(answer)
    }

    private func readStream(_ head: HTTPHead, _ body: HTTPBody) async throws(HTTPError) -> Outcome {
        var parser = SSEParser()
        var answer = ChatAnswer()
        for try await piece in body {
            for event in parser.feed(piece) {
                if let failure = take(event, into: &answer, head) { return .failure(failure) }
            }
        }
        if let event = parser.finish(), let failure = take(event, into: &answer, head) { return .failure(failure) }
        return finish(answer)
    }

    private func take(_ event: ServerSentEvent, into answer: inout ChatAnswer, _ head: HTTPHead) -> AttemptFailure? {
        do throws(ModelError) {
            guard let document = try answer.take(event.data) else { return nil }
            return complaint(document, status: 200, head)
        } catch {
            return AttemptFailure(error: error)
        }
    }

    private func finish(_ answer: ChatAnswer) -> Outcome {
        Result { () throws(ModelError) in try answer.finished() }.mapError { AttemptFailure(error: $0) }
    }

    private func complaint(_ document: JSONValue?, status: Int, _ head: HTTPHead) -> AttemptFailure {
        ServerComplaint(document, status: status, place: place)
            .failure(head: head, hasKey: key != nil, now: time.now)
    }

    /// The first `limit` bytes; the rest is left unread.
    private func whole(_ body: HTTPBody, limit: Int) async throws(HTTPError) -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in body {
            bytes += piece
            if bytes.count >= limit { break }
        }
        return bytes
    }

    private var place: String { (try? HTTPAddress(address.base))?.hostAndPort ?? "the server" }

    // MARK: Between attempts

    /// Half a second, doubling up to eight, less up to a quarter.
    private func backoff(afterAttempt attempt: Int) -> TimeInterval {
        min(8, 0.5 * pow(2, Double(attempt - 1))) * jitter(0.75...1)
    }

    private func pause(_ seconds: TimeInterval) async throws(ModelError) {
        do { try await time.sleep(until: time.now + seconds) } catch { throw .cancelled }
    }

    /// A server may quote the request, header included.
    private func withoutKey(_ error: ModelError) -> ModelError {
        guard let key else { return error }
        func clean(_ text: String) -> String { text.replacing(key, with: "…") }
        return switch error {
        case .rejected(let status, let message): .rejected(status: status, message: clean(message))
        case .refused(let text): .refused(clean(text))
        case .malformed(let text): .malformed(clean(text))
        case .incomplete(let text): .incomplete(clean(text))
        case .unauthorized, .unreachable, .timedOut, .rateLimited, .cancelled, .overBudget: error
        }
    }
}
