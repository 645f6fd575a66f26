import FakeHTTP
import JobModel
import Synchronization

/// A model provider on 127.0.0.1 that speaks all four dialects; for tests of clients.
///
/// What it says is decided by a closure, one call a request, each on the thread of its connection. The base of the
/// dialects but Ollama's is `url` + `/v1`.
package final class FakeProviderServer: Sendable {
    package typealias Script = @Sendable (ProviderRequest) -> ProviderAnswer

    private let server: FakeHTTPServer
    private let desk: FrontDesk

    /// `models` are those that are listed; `key` is the only one that is let in, nil: everybody is.
    ///
    /// Throws where no port can be had.
    package init(
        models: [String] = ["M"], key: String? = nil, answer: @escaping Script
    ) throws {
        let desk = FrontDesk(models: models, key: key, answer: answer)
        self.desk = desk
        server = try FakeHTTPServer { desk.reply(to: $0).actions }
    }

    /// Answers request n with the n-th answer, further ones with the last.
    package convenience init(answers: [ProviderAnswer], key: String? = nil) throws {
        precondition(!answers.isEmpty, "a server needs something to say")
        try self.init(key: key) { answers[min($0.number, answers.count) - 1] }
    }

    /// Always says `text`; the first requests meet `faults`, one each, nil for none.
    package convenience init(text: String, faults: [ProviderFault?] = [], key: String? = nil) throws {
        try self.init(key: key) { request in
            ProviderAnswer(text, fault: request.number <= faults.count ? faults[request.number - 1] : nil)
        }
    }

    package var port: UInt16 { server.port }
    package var url: String { server.url }
    /// Whatever happens at the sockets; one reader.
    package var events: AsyncStream<FakeHTTPServer.Event> { server.events }
    /// The requests for answers that the service understood, in the order in which they came.
    package var requests: [ProviderRequest] { desk.requests }
    /// Why requests were refused without the script being asked.
    package var refusals: [ProviderProblem] { desk.refusals }
    /// Everything that came, lists of models and refused requests included.
    package var calls: [FakeHTTPRequest] { server.requests }
}

/// Reads what came, asks the script, and keeps a record.
private final class FrontDesk: Sendable {
    private struct Records {
        var count = 0
        var requests: [ProviderRequest] = []
        var refusals: [ProviderProblem] = []
    }

    private let models: [String]
    private let key: String?
    private let answer: FakeProviderServer.Script
    private let records = Mutex(Records())

    init(models: [String], key: String?, answer: @escaping FakeProviderServer.Script) {
        self.models = models
        self.key = key
        self.answer = answer
    }

    var requests: [ProviderRequest] { records.withLock { $0.requests } }
    var refusals: [ProviderProblem] { records.withLock { $0.refusals } }

    func reply(to call: FakeHTTPRequest) -> ProviderReply {
        let path = String(call.path.prefix { $0 != "?" })
        if let dialect = ProviderDialect.allCases.first(where: { $0.path == path }), call.method == "POST" {
            return reply(to: call, dialect)
        }
        let dialect = listDialect(path: path, isAnthropic: call.header("anthropic-version") != nil)
        guard call.method == "GET", let dialect else { return refuse(.unknownPath, dialect ?? .openAIChat, number: 0) }
        var request = ProviderRequest(dialect)
        request.headers = call.headers
        if let problem = problemWithKey(of: request) { return refuse(problem, dialect, number: 0) }
        return ProviderReply(models: models, dialect: dialect, number: 0)
    }

    private func reply(to call: FakeHTTPRequest, _ dialect: ProviderDialect) -> ProviderReply {
        do throws(ProviderProblem) {
            var request = try read(call, dialect)
            request.number = records.withLock { records in
                records.count += 1
                return records.count
            }
            let numbered = request
            records.withLock { $0.requests.append(numbered) }
            return ProviderReply(answer(numbered), to: numbered)
        } catch {
            return refuse(error, dialect, number: 0)
        }
    }

    private func read(_ call: FakeHTTPRequest, _ dialect: ProviderDialect) throws(ProviderProblem) -> ProviderRequest {
        guard let body = try? JSONValue(parsing: call.text), body.object != nil else {
            throw .invalid("We could not parse the JSON body of your request.")
        }
        var stranger = ProviderRequest(dialect)
        stranger.headers = call.headers
        if let problem = problemWithKey(of: stranger) { throw problem }
        var request = try dialect.wire.read(body, headers: call.headers)
        request.headers = call.headers
        request.body = body
        return request
    }

    private func problemWithKey(of request: ProviderRequest) -> ProviderProblem? {
        guard let key else { return nil }
        let sent = request.dialect.wire.key(in: request)
        return sent == key ? nil : .unauthorized(key: sent)
    }

    private func refuse(_ problem: ProviderProblem, _ dialect: ProviderDialect, number: Int) -> ProviderReply {
        records.withLock { $0.refusals.append(problem) }
        return ProviderReply(problem, dialect: dialect, number: number)
    }

    /// OpenAI and Anthropic list their models at the same path and know each other's clients by a header.
    private func listDialect(path: String, isAnthropic: Bool) -> ProviderDialect? {
        switch path {
        case "/v1/models": isAnthropic ? .anthropic : .openAIChat
        case "/api/tags": .ollama
        default: nil
        }
    }
}
