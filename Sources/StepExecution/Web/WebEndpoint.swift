import Foundation
import HTTPTransport
import JobModel

/// Sends the requests of steps: held to what was approved, to the hosts of the secret, and to the host's breaker.
struct WebEndpoint: Sendable {
    let web: any WebRequester
    let vault: SecretVault
    let breaker = HostBreaker()

    /// What came of a request, and the line that tells of it.
    struct Exchange: Sendable {
        var answer: Result<WebAnswer, WebFailure>
        var trace: [String]
    }

    /// - Parameter template: the address as it was approved, with its holes.
    func send(
        _ request: WebRequest, template: String, auth: WebAuthorization? = nil, in context: StepContext
    ) async -> Exchange {
        let start = ContinuousClock.now
        var request = request
        request.timeout = min(context.timeout, 60)
        let answer: Result<WebAnswer, WebFailure>
        do throws(WebFailure) {
            guard HTTPAction.isApproved(request.method, template, by: context.job.capabilities) else {
                throw WebFailure("\(request.method) \(template) is not approved for this job", isTransient: false)
            }
            try await authorize(&request, auth, by: context.job.capabilities)
            answer = .success(try await guarded(request, at: context.now))
        } catch {
            answer = .failure(error)
        }
        let line = Self.line(of: request, answer, after: ContinuousClock.now - start)
        return Exchange(answer: answer, trace: [vault.cleaned(line)])
    }

    private func authorize(
        _ request: inout WebRequest, _ auth: WebAuthorization?, by capabilities: Capabilities
    ) async throws(WebFailure) {
        guard let auth else { return }
        do {
            let header = try await auth.header(for: request.url, from: vault, by: capabilities)
            request.headers[header.name] = header.value
        } catch {
            throw WebFailure(error.message, isTransient: false)
        }
    }

    /// Only what says that the server is not well counts against its host.
    private func guarded(_ request: WebRequest, at now: Date) async throws(WebFailure) -> WebAnswer {
        let host: String
        do { host = try HTTPAddress(request.url).hostAndPort } catch {
            throw WebFailure(error.message, isTransient: false)
        }
        if let wait = breaker.wait(for: host, at: now) {
            throw WebFailure(
                "\(host) failed \(HostBreaker.failuresAllowed) times in a row and is left alone for "
                    + ResultText.seconds(wait.rounded(.up)), isTransient: true)
        }
        do throws(WebFailure) {
            let answer = try await web.send(request)
            if answer.status >= 500 { breaker.failed(host, at: now) } else { breaker.succeeded(host) }
            return answer
        } catch {
            if error.isTransient { breaker.failed(host, at: now) } else { breaker.succeeded(host) }
            throw error
        }
    }

    /// "GET https://x.test/a: 200, 1204 bytes, 0.12 s".
    private static func line(
        of request: WebRequest, _ answer: Result<WebAnswer, WebFailure>, after time: Duration
    ) -> String {
        let outcome =
            switch answer {
            case .success(let answer):
                "\(answer.status), \(answer.bytes) bytes" + (answer.url.map { ", from \($0)" } ?? "")
            case .failure(let failure): failure.kind.name
            }
        let (seconds, attoseconds) = time.components
        let span = String(format: "%.2f s", Double(seconds) + Double(attoseconds) / 1e18)
        return ResultText.firstLine("\(request.method) \(request.url): \(outcome), \(span)")
    }
}

extension StepResult {
    /// A step that failed over a request: its class is in the clause and in the data.
    static func failed(
        _ failure: WebFailure, status: Int? = nil, text: String = "", trace: [String], value: [String: JSONValue] = [:]
    ) -> StepResult {
        var members = value
        members["class"] = .string(failure.kind.name)
        members["status"] = status.map { .number(Double($0)) }
        return StepResult(
            text: text, status: status, error: "\(ResultText.firstLine(failure.message)) (\(failure.kind.name))",
            isTransient: failure.isTransient, trace: trace, value: .object(members))
    }

    /// Answers of a server that may do better later.
    static let passingStatuses: Set<Int> = [408, 425, 429, 500, 502, 503, 504]
}
