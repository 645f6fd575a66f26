import Foundation
import HTTPTransport
import JobModel

/// Why one attempt failed, and whether another may help.
struct AttemptFailure: Error {
    var error: ModelError
    var isRetryable = false
    /// The answer had begun, so that the attempt may be charged.
    var hasBegun = false
    /// Seconds that the server asked for.
    var retryAfter: TimeInterval?
    /// The server's own words about a request that it does not take (400, 422).
    var complaint: String?

    /// Its answer had begun, or it failed in a way that leaves it open whether the provider worked.
    var mayBeCharged: Bool { hasBegun || !error.costsNothing }
}

extension AttemptFailure {
    init(_ error: HTTPError, timeout: TimeInterval, hasBegun: Bool) {
        switch error.code {
        case .cancelled: self.init(error: .cancelled)
        case .timedOut: self.init(error: .timedOut(timeout))
        case .tooLarge: self.init(error: .malformed(error.message))
        case .cut where hasBegun, .malformed where hasBegun: self.init(error: .incomplete(error.message))
        case .cut, .malformed, .cannotConnect, .cannotResolve:
            self.init(error: .unreachable(error.message), isRetryable: true)
        case .invalidURL, .invalidRequest, .refusedByPolicy, .refusedByProxy, .tls, .unavailable:
            self.init(error: .unreachable(error.message))
        }
    }
}

/// What a server says instead of an answer: `{"error":{"message","type","code"}}` and its relatives.
struct ServerComplaint {
    private let message: String
    private let code: String
    private let status: Int
    private let place: String

    /// `status` is the HTTP status; inside a stream, whose status was 200, the error's own code or type stands for it.
    init(_ document: JSONValue?, status: Int, place: String) {
        let failed = document?["response"]?["error"]
        let error = document?["error"].flatMap { $0.isNull ? nil : $0 } ?? failed ?? document
        let words = error?["message"]?.string ?? error?.string ?? ""
        message = words.withoutControlCharacters(keepingNewlines: false)
        let type = error?["type"]?.string ?? ""
        code = error?["details"]?["error_code"]?.string ?? error?["code"]?.plainText ?? type
        self.status = status != 200 ? status : Int(code) ?? Self.status(of: type, code)
        self.place = place
    }

    private static func status(of type: String, _ code: String) -> Int {
        let words = type + " " + code
        let statuses = [
            ("rate_limit", 429), ("overloaded", 529), ("authentication", 401), ("permission", 403),
            ("not_found", 404), ("invalid_request", 400), ("billing", 402), ("insufficient_quota", 429),
        ]
        return statuses.first { words.contains($0.0) }?.1 ?? 500
    }

    func failure(head: HTTPHead?, hasKey: Bool, now: Date) -> AttemptFailure {
        let retryAfter = head?.retryAfter(at: now)
        var failure = AttemptFailure(error: .rejected(status: status, message: words), retryAfter: retryAfter)
        switch status {
        case 401, 403:
            // The server's words may quote the key.
            let reason = hasKey ? "does not accept the key" : "wants a key and none is set"
            failure.error = .unauthorized("\(place) \(reason)")
        case 429 where !isOutOfCredit:
            failure.error = .rateLimited(retryAfter: retryAfter)
            failure.isRetryable = true
        case 408, 409, 500...: failure.isRetryable = true
        case 400, 422: failure.complaint = message
        default: break
        }
        if let verdict = head?.header("x-should-retry") { failure.isRetryable = verdict == "true" }
        return failure
    }

    private var words: String {
        if (300..<400).contains(status) { return "\(place) redirects, which is not followed" }
        return message.isEmpty ? "\(place) answered with status \(status)" : message
    }

    private var isOutOfCredit: Bool {
        ["insufficient_quota", "credit_balance_exhausted", "enforced_spend_limit_reached"].contains(code)
    }
}
