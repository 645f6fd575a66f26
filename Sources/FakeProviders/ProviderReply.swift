import JobModel

/// A reply as it goes over the wire, before anything is sent: head, pieces of the body, and how it ends.
package struct ProviderReply: Sendable {
    package enum Body: Sendable {
        /// Sent with its length.
        case document(String)
        /// Sent in chunks, one a frame.
        case stream([String])
        /// As many letters after the opening words.
        case nonsense(opening: String, bytes: Int)
        /// Neither head nor body.
        case silence
    }

    package var status = 200
    package var headers: [(name: String, value: String)] = []
    package var body: Body
    /// The connection ends half-way through the body.
    package var isCut = false
    /// Milliseconds before each piece of so many bytes; nil: at once.
    package var pace: (milliseconds: Int32, bytes: Int)?
}

extension ProviderReply {
    private init(
        status: Int = 200, _ body: JSONValue, headers: [(name: String, value: String)], by wire: any ProviderWire
    ) {
        self.status = status
        self.headers = [("Content-Type", wire.documentType)] + headers
        self.body = .document(body.compactText)
    }

    /// What the provider sends for `answer`, faults included.
    package init(_ answer: ProviderAnswer, to request: ProviderRequest) {
        let wire = request.dialect.wire
        if let problem = answer.fault?.problem(for: request, key: wire.key(in: request)) {
            self.init(problem, dialect: request.dialect, number: request.number)
            return
        }
        let directed = answer.directed(to: request)
        let said = answer.fault?.shape(directed) ?? directed
        let isStreamed = request.isStreamed && answer.fault != .plainAnswer
        self.init(wire.document(said, to: request), headers: wire.headers(number: request.number), by: wire)
        if isStreamed {
            headers[0].value = wire.streamType
            body = .stream(wire.frames(said, to: request))
        }
        if let fault = answer.fault { apply(fault, to: request) }
    }

    /// An error.
    package init(_ problem: ProviderProblem, dialect: ProviderDialect, number: Int) {
        let wire = dialect.wire
        self.init(
            status: wire.status(of: problem), wire.document(problem, number: number),
            headers: wire.headers(of: problem, number: number), by: wire)
    }

    /// The list of models.
    package init(models: [String], dialect: ProviderDialect, number: Int) {
        let wire = dialect.wire
        self.init(wire.list(models), headers: wire.headers(number: number), by: wire)
    }

    /// What a fault does to the delivery of an answer.
    private mutating func apply(_ fault: ProviderFault, to request: ProviderRequest) {
        switch fault {
        case .cutStream: isCut = true
        case .errorInStream:
            guard case .stream(let frames) = body else { return }
            body = .stream(frames.prefix(frames.count / 2) + request.dialect.wire.problemFrames(to: request))
        case .slow(let milliseconds, let bytes): pace = (milliseconds, max(1, bytes))
        case .nonsense(let bytes):
            let isEventStream = request.isStreamed && request.dialect != .ollama
            body = .nonsense(opening: (isEventStream ? "data: " : "") + #"{"id":""#, bytes: bytes)
        case .hang: body = .silence
        case .redirect(let place):
            status = 302
            headers = [("Content-Type", "text/html"), ("Location", place)]
            body = .document("<html><body>Found</body></html>")
        default: break
        }
    }
}
