import FakeProviders
import Foundation
import JobModel
import Synchronization

/// What a transcript says about the world outside: scripts, endpoints, the model, gateways.
package final class World: Sendable {
    package struct ScriptAnswer: Hashable, Sendable {
        package var exit: Int = 0
        package var output = ""
        package var errors = ""
        package var took: TimeInterval = 0
    }

    package struct HTTPAnswer: Hashable, Sendable {
        package var status: Int
        package var body: String
        package var took: TimeInterval = 0
        package var retryAfter: TimeInterval?

        /// The same as a fault of a model's provider; `nil` for a good answer.
        var fault: ProviderFault? {
            switch status {
            case 200: nil
            case 401: .problem(.unauthorized(key: nil))
            case 429: .problem(.rateLimited(retryAfter: retryAfter.map { "\($0)" }))
            default: .problem(.status(status))
            }
        }
    }

    private struct State {
        var scripts: [String: ScriptAnswer] = [:]
        var answers: [String: HTTPAnswer] = [:]
        var provider: HTTPAnswer?
        var providerFault: ProviderFault?
        var gateways: Set<String> = []
        var brokenGateways: [String: String] = [:]
        var grants: Set<String> = []
        var sent: [(recipient: Recipient, text: String)] = []
        var files: [String: String] = [:]
    }

    private let state = Mutex(State())
    /// What "holidays" can mean.
    package let calendars: [HolidayCalendar]

    package init(gateways: [String], grants: [String], calendars: [HolidayCalendar] = []) {
        self.calendars = calendars
        state.withLock {
            $0.gateways = Set(gateways)
            $0.grants = Set(grants)
        }
    }

    // MARK: What the program sees

    /// What a script of this path comes to; without a line about it, it succeeds at once and says nothing.
    package func script(_ path: String) -> ScriptAnswer {
        state.withLock { $0.scripts[Self.file(path)] } ?? ScriptAnswer()
    }

    /// `nil` is an endpoint that cannot be reached: the transcript said nothing about it.
    package func answer(method: String, url: String) -> HTTPAnswer? {
        state.withLock { $0.answers["\(method) \(url)"] ?? $0.answers["* \(url)"] }
    }

    package func provider() -> HTTPAnswer? { state.withLock { $0.provider } }

    /// What is wrong with the model's provider; `nil` while nothing is.
    package func providerFault() -> ProviderFault? { state.withLock { $0.providerFault } }

    package func hasGateway(_ recipient: Recipient) -> Bool {
        state.withLock { $0.gateways.contains(recipient.description) || $0.gateways.contains(recipient.gateway) }
    }

    package var gatewayNames: [String] { state.withLock { $0.gateways.sorted() } }

    package func isGranted(_ key: String) -> Bool { state.withLock { $0.grants.contains(key) } }

    package func problem(with recipient: Recipient) -> String? {
        state.withLock { $0.brokenGateways[recipient.description] ?? $0.brokenGateways[recipient.gateway] }
    }

    /// What a file that a command names holds; `nil` is a file that the transcript said nothing about.
    package func file(_ name: String) -> String? { state.withLock { $0.files[name] } }

    package func send(_ text: String, to recipient: Recipient) {
        state.withLock { $0.sent.append((recipient, text)) }
    }

    /// What left since the last look.
    func takeSent() -> [(recipient: Recipient, text: String)] {
        state.withLock { state in
            defer { state.sent = [] }
            return state.sent
        }
    }

    // MARK: What a transcript sets

    func set(script path: String, _ answer: ScriptAnswer) { state.withLock { $0.scripts[Self.file(path)] = answer } }
    func set(request: String, _ answer: HTTPAnswer) { state.withLock { $0.answers[request] = answer } }
    func set(provider answer: HTTPAnswer) { state.withLock { $0.provider = answer } }
    func set(providerFault fault: ProviderFault?) { state.withLock { $0.providerFault = fault } }
    func set(file name: String, _ content: String) { state.withLock { $0.files[name] = content } }
    func set(gateway: String, problem: String?) { state.withLock { $0.brokenGateways[gateway] = problem } }

    /// `scripts/x.sh` and `x.sh` are the same file.
    private static func file(_ path: String) -> String {
        path.hasPrefix("scripts/") ? String(path.dropFirst(8)) : path
    }
}
