import Foundation
import JobModel

/// `http`: one request, with what is expected of its answer.
struct HTTPCallAction: CatalogueAction {
    let endpoint: WebEndpoint

    func run(_ call: FilledCall, in context: StepContext) async -> StepResult {
        let (request, auth, expected): (WebRequest, WebAuthorization?, StatusExpectation)
        do throws(WebFailure) {
            (request, auth, expected) = (
                try Self.request(call, in: context), try Self.auth(call), try Self.expected(call)
            )
        } catch {
            return .failed(error, trace: [])
        }
        let exchange = await endpoint.send(request, template: call.approvedText("url") ?? "", auth: auth, in: context)
        switch exchange.answer {
        case .failure(let failure): return .failed(failure, trace: exchange.trace)
        case .success(let answer):
            let reading = HTTPAnswerReading(answer: answer, wanted: call.text("as"), trace: exchange.trace)
            return reading.result(expected: expected)
        }
    }

    // MARK: What is sent

    private static func request(_ call: FilledCall, in context: StepContext) throws(WebFailure) -> WebRequest {
        let method = (call.text("method") ?? "GET").uppercased()
        guard method == (call.approvedText("method") ?? "GET").uppercased() else {
            throw WebFailure("the method must be written word for word", isTransient: false)
        }
        var headers: [String: String] = [:]
        for (name, value) in call["headers"]?.object ?? [:] {
            guard !kept.contains(name.lowercased()) else {
                let advice = name.lowercased().hasSuffix("authorization") ? "; name a secret in auth instead" : ""
                throw WebFailure("the header \(name) cannot be set\(advice)", isTransient: false)
            }
            headers[name] = value.plainText
        }
        let body = body(call)
        if let type = body?.type, !headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            headers["Content-Type"] = type
        }
        let granted = Set(context.job.capabilities.requests)
        return WebRequest(
            method: method, url: call.text("url") ?? "", headers: headers, body: body?.text, timeout: context.timeout,
            limit: HTTPAction.bodyLimit, redirects: call.truth("follow") == true ? .followed(granted: granted) : .kept)
    }

    /// Headers that are the program's, and those that would carry a secret in the open.
    private static let kept: Set<String> = [
        "authorization", "proxy-authorization", "host", "content-length", "transfer-encoding", "connection", "expect",
        "upgrade",
    ]

    private static func body(_ call: FilledCall) -> (text: String, type: String)? {
        switch call["body"] {
        case nil: return nil
        case .string(let text)?:
            let isJSON = (text.hasPrefix("{") || text.hasPrefix("[")) && (try? JSONValue(parsing: text)) != nil
            return (text, isJSON ? "application/json" : "text/plain; charset=utf-8")
        case let value?: return (value.compactText, "application/json")
        }
    }

    private static func auth(_ call: FilledCall) throws(WebFailure) -> WebAuthorization? {
        do { return try WebAuthorization.of(call) } catch { throw WebFailure(error.message, isTransient: false) }
    }

    private static func expected(_ call: FilledCall) throws(WebFailure) -> StatusExpectation {
        guard let value = call["expect"] else { return .usual }
        guard let expected = StatusExpectation(value) else {
            throw WebFailure(
                "\"expect\" takes statuses such as 2xx, 200,404 or 200-204, not \(value.plainText)", isTransient: false)
        }
        return expected
    }
}
