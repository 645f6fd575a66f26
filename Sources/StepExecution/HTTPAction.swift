import Foundation
import JobModel

/// Sends the requests that a job was approved for, and no others.
struct HTTPAction: Sendable {
    /// Bytes of an answer that are read; what is kept of it is cut to the limit of results.
    static let bodyLimit = 1 << 20

    let web: any WebRequester

    /// - Parameters:
    ///   - template: the URL as it was approved, with its holes.
    ///   - url: the URL with its holes filled.
    func run(
        method: String, template: String, url: String, body: String?, in context: StepContext
    ) async -> StepResult {
        guard Self.isApproved(method, template, by: context.job.capabilities) else {
            return StepResult(error: "\(method) \(template) is not approved for this job")
        }
        let request = WebRequest(
            method: method, url: url, headers: Self.headers(for: body), body: body, timeout: min(context.timeout, 60),
            limit: Self.bodyLimit)
        do {
            return Self.result(of: try await web.send(request))
        } catch {
            return StepResult(error: error.message, isTransient: error.isTransient)
        }
    }

    static func isApproved(_ method: String, _ url: String, by capabilities: Capabilities) -> Bool {
        capabilities.requests.contains("\(method) \(url)")
    }

    /// The words of a page, the body of everything else.
    static func text(of answer: WebAnswer) -> String {
        let text = PageText.isPage(answer.contentType) ? PageText.words(of: answer.body) : answer.body
        return ResultText.clean(text, isCut: answer.isCut)
    }

    private static func result(of answer: WebAnswer) -> StepResult {
        let failed = !(200...299).contains(answer.status)
        return StepResult(
            text: text(of: answer), status: answer.status, error: failed ? "HTTP \(answer.status)" : nil,
            isTransient: passing.contains(answer.status))
    }

    /// Answers of a server that may do better later.
    private static let passing: Set<Int> = [408, 425, 429, 500, 502, 503, 504]

    private static func headers(for body: String?) -> [String: String] {
        guard let body else { return [:] }
        let isJSON = (try? JSONValue(parsing: body)) != nil
        return ["Content-Type": isJSON ? "application/json" : "text/plain; charset=utf-8"]
    }
}
