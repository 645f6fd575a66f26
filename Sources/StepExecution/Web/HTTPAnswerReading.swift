import JobModel

/// What a step of `http` makes of an answer.
struct HTTPAnswerReading {
    let answer: WebAnswer
    /// `json`, `text`, or whatever it is.
    let wanted: String?
    let trace: [String]

    func result(expected: StatusExpectation) -> StepResult {
        let text = HTTPAction.text(of: answer)
        guard expected.accepts(answer.status) else {
            let failure = WebFailure(
                "HTTP \(answer.status)\(place)", isTransient: StepResult.passingStatuses.contains(answer.status),
                kind: .status(answer.status))
            return .failed(failure, status: answer.status, text: text, trace: trace, value: members)
        }
        var members = members
        members["class"] = "ok"
        switch json {
        case .some(.success(let value)): members["json"] = value
        case .some(.failure(let failure)):
            return .failed(failure, status: answer.status, text: text, trace: trace, value: members)
        case nil: members["text"] = .string(text)
        }
        return StepResult(
            text: text, status: answer.status, note: cutNote(text), trace: trace, value: .object(members))
    }

    /// The document; `nil` where the answer is text.
    private var json: Result<JSONValue, WebFailure>? {
        let says = answer.contentType.lowercased().prefix { $0 != ";" }
        let start = answer.body.first { !$0.isWhitespace }
        let isLikely = says.hasSuffix("json") || start == "{" || start == "["
        guard wanted == "json" || (wanted == nil && isLikely) else { return nil }
        guard !answer.isCut else {
            guard wanted == "json" else { return nil }
            let limit = HTTPAction.bodyLimit >> 20
            return .failure(WebFailure("the answer is longer than \(limit) MiB", isTransient: false, kind: .tooLarge))
        }
        if let value = try? JSONValue(parsing: answer.body) { return .success(value) }
        guard wanted == "json" else { return nil }
        return .failure(WebFailure("the answer is no JSON", isTransient: false, kind: .badContent))
    }

    private var members: [String: JSONValue] {
        var shown: [String: JSONValue] = [:]
        for name in Self.shownHeaders { shown[name] = answer.headers[name].map { .string(ResultText.firstLine($0)) } }
        if shown["content-type"] == nil { shown["content-type"] = .string(ResultText.firstLine(answer.contentType)) }
        return [
            "status": .number(Double(answer.status)), "headers": .object(shown),
            "bytes": .number(Double(answer.bytes)),
        ]
    }

    private static let shownHeaders = [
        "content-type", "content-language", "date", "etag", "last-modified", "link", "location", "retry-after",
        "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-request-id",
    ]

    private var place: String {
        guard (300...399).contains(answer.status), let place = answer.headers["location"] else { return "" }
        return ", moved to \(ResultText.firstLine(place))"
    }

    private func cutNote(_ text: String) -> String? {
        if answer.isCut {
            return "the answer was longer than \(HTTPAction.bodyLimit >> 20) MiB; its beginning was read"
        }
        return text.hasSuffix("[cut at 64 KiB]") ? "of the answer's text, 64 KiB were kept" : nil
    }
}
