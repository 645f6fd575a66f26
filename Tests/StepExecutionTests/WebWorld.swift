import Foundation
import JobModel
import StepExecution

/// One program with a network of its choice: its calls share the breaker, the secrets and the copies of pages.
struct WebWorld {
    let executor: StepExecutor
    private let workshop: Workshop

    init(_ web: any WebRequester, secrets: SecretVault = .none, keepsPages: Bool = false) throws {
        workshop = try Workshop()
        let services = ActionServices(
            web: web, secrets: secrets, pageFolder: keepsPages ? "\(workshop.root)/pages" : nil)
        executor = StepExecutor(
            scripts: workshop.runner(), services: services, model: { nil }, runNamed: { _, _ in .unknown(near: []) })
    }

    /// - Parameter requests: what the job was approved for; left out, the call's own request.
    func run(
        _ name: String, _ parameters: [String: JSONValue], requests: [String]? = nil, secrets: [String] = [],
        event: JSONValue? = nil, previous: StepResult? = nil, timeout: TimeInterval = 300, after seconds: Double = 0
    ) async -> StepResult {
        let action = Action.call(ActionCall(name, parameters))
        let own = "\(parameters["method"]?.string ?? "GET") \(parameters["url"]?.string ?? "")"
        var capabilities = Capabilities(requests: requests ?? [own])
        capabilities.secrets = secrets
        let now = Date(timeIntervalSince1970: 1_774_598_400 + seconds)
        var context = context(job(action, capabilities: capabilities), event: event, timeout: timeout, now: now)
        context.step = "this"
        if let previous { context.previous["this"] = previous }
        return await executor.execute(action, in: context)
    }
}
