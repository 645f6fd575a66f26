import Foundation
import HTTPTransport
import JobModel

/// Exchanges with one server under one key: each method sends one request and reads its answer.
struct ModelExchange {
    let address: ModelAddress
    let dialect: any Dialect
    let key: String?
    /// Sent beside those of the dialect.
    let headers: [(name: String, value: String)]
    let way: ModelWay
    let client: HTTPClient
    let time: any TimeSource

    /// One attempt at a completion, which ends by `deadline`.
    func attempt(
        _ request: ModelRequest, _ form: RequestForm, until deadline: Date
    ) async throws(AttemptFailure) -> ModelAnswer {
        let left = deadline.timeIntervalSince(time.now)
        guard left > 0 else { throw AttemptFailure(error: .timedOut(request.timeout)) }
        // Keys come out sorted: the stable instructions are byte for byte the same each time.
        let body = Array(dialect.body(request, to: address.model, form: form).compactText.utf8)
        let reply: (head: HTTPHead, body: HTTPBody)
        do throws(HTTPError) {
            reply = try await client.stream(
                httpRequest("POST", dialect.path(below: address.base), body: body, timeout: left))
        } catch {
            throw AttemptFailure(error, timeout: request.timeout, hasBegun: false)
        }
        let outcome: Outcome
        do throws(HTTPError) {
            outcome = try await read(reply.head, reply.body)
        } catch {
            throw AttemptFailure(error, timeout: request.timeout, hasBegun: true)
        }
        return try outcome.get()
    }

    private func httpRequest(_ method: String, _ url: String, body: [UInt8]?, timeout: TimeInterval) -> HTTPRequest {
        var headers = dialect.headers(key: key) + headers
        if body != nil { headers.append((name: "Content-Type", value: "application/json")) }
        headers.append((name: "Accept", value: "text/event-stream, application/x-ndjson, application/json"))
        return HTTPRequest(
            method: method, url: url, headers: headers, body: body, connectTimeout: min(10, timeout),
            timeout: timeout, maximumBytes: 2 << 20, policy: .configuredHost, proxy: way.proxy,
            authorities: way.authorities)
    }

    // MARK: Reading

    private typealias Outcome = Result<ModelAnswer, AttemptFailure>

    private func read(_ head: HTTPHead, _ body: HTTPBody) async throws(HTTPError) -> Outcome {
        guard head.status == 200 else {
            let text = String(decoding: try await whole(body, limit: 1 << 16), as: UTF8.self)
            return .failure(complaint(try? JSONValue(parsing: text), status: head.status, head))
        }
        var assembly = AnswerAssembly(address.provider.dialect, mediaType: head.mediaType)
        for try await piece in body {
            if let failure = Self.failure({ () throws(AnswerAssembly.Failure) in try assembly.feed(piece) }) {
                return .failure(attemptFailure(failure, assembly.hasBegun, head))
            }
        }
        do throws(AnswerAssembly.Failure) {
            return .success(try assembly.finish())
        } catch {
            return .failure(attemptFailure(error, assembly.hasBegun, head))
        }
    }

    private static func failure(_ body: () throws(AnswerAssembly.Failure) -> Void) -> AnswerAssembly.Failure? {
        do throws(AnswerAssembly.Failure) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    private func attemptFailure(
        _ failure: AnswerAssembly.Failure, _ hasBegun: Bool, _ head: HTTPHead
    ) -> AttemptFailure {
        var attempt =
            switch failure {
            case .complaint(let document): complaint(document, status: 200, head)
            case .model(let error): AttemptFailure(error: error)
            }
        attempt.hasBegun = hasBegun
        return attempt
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

    /// The names of the models that the server offers, sorted.
    ///
    /// - Parameter timeout: seconds.
    func offered(timeout: TimeInterval) async throws(ModelError) -> [String] {
        let request = httpRequest("GET", dialect.catalogue(below: address.base), body: nil, timeout: timeout)
        let reply: HTTPResponse
        do throws(HTTPError) {
            reply = try await client.send(request)
        } catch {
            throw withoutKey(AttemptFailure(error, timeout: timeout, hasBegun: false).error)
        }
        let document = try? JSONValue(parsing: reply.text)
        guard reply.status == 200 else {
            throw withoutKey(complaint(document, status: reply.status, reply.head).error)
        }
        guard let document, document.object != nil else { throw .malformed("the list of models is no JSON object") }
        return dialect.names(in: document).map { $0.withoutControlCharacters(keepingNewlines: false) }.sorted()
    }

    /// A server may quote the request, header included. Words are cut only after the secrets are out of them: half a
    /// key would not be found.
    func withoutKey(_ error: ModelError) -> ModelError {
        let secrets = ([key].compactMap(\.self) + headers.map(\.value) + (way.proxy?.secrets ?? [])).filter {
            $0.count > 3
        }.flatMap(Self.forms)
        func clean(_ text: String) -> String {
            String(secrets.reduce(text) { $0.replacing($1, with: "…") }.prefix(Self.mostWords))
        }
        return switch error {
        case .rejected(let status, let message): .rejected(status: status, message: clean(message))
        case .refused(let text): .refused(clean(text))
        case .malformed(let text): .malformed(clean(text))
        case .incomplete(let text): .incomplete(clean(text))
        case .unauthorized, .unreachable, .timedOut, .rateLimited, .resting, .overBudget, .cancelled: error
        }
    }

    private static let mostWords = 200

    /// A secret as it is, and as base64 and a URL write it.
    private static func forms(_ secret: String) -> [String] {
        [
            secret, Data(secret.utf8).base64EncodedString(),
            secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
        ]
    }
}
