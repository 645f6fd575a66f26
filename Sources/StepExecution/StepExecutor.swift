import ActionCatalogue
import Foundation
import JobModel
import Templates

/// What became of the wish to run a stored job by its name.
package enum NamedRun: Hashable, Sendable {
    case finished(StepResult)
    /// It runs on its own from here on.
    case started
    /// There is no job of this name; these are near.
    case unknown(near: [String])
}

/// The actions of jobs, each held to what the job was approved for.
package struct StepExecutor: ActionExecutor {
    /// Runs that start each other go no deeper.
    package static let depthLimit = 5

    private let scripts: ScriptRunner
    private let http: HTTPAction
    private let prompts: PromptAction
    private let agents: AgentAction
    private let runNamed: @Sendable (_ name: String, _ depth: Int) async -> NamedRun
    let calls: CallExecution
    let zone: String
    private let secrets: SecretVault

    /// - Parameters:
    ///   - model: the model for prompts, or `nil` where none is configured; asked anew for each run.
    ///   - agents: what agents may know of besides their grants.
    ///   - catalogue: what steps can do, the person's own actions among it.
    ///   - services: the world; a job with a schedule is told in that schedule's zone, others in the services' zone.
    ///   - runNamed: runs or starts the stored job of this name, `depth` runs deep.
    package init(
        scripts: ScriptRunner, services: ActionServices, model: @escaping @Sendable () -> (any LanguageModel)?,
        agents: AgentSurroundings = AgentSurroundings(), catalogue: ActionCatalogue = ActionCatalogue(),
        runNamed: @escaping @Sendable (_ name: String, _ depth: Int) async -> NamedRun
    ) {
        self.scripts = scripts
        let (web, zone) = (services.web, services.zone)
        self.zone = zone
        secrets = services.secrets
        calls = CallExecution(
            catalogue: catalogue, actions: BuiltInActions.all(services), zone: zone, own: services.ownActions)
        self.runNamed = runNamed
        http = HTTPAction(web: web)
        let material = PromptMaterial(git: GitLog(searchPath: services.searchPath), web: web)
        prompts = PromptAction(material: material, model: model, zone: zone)
        let tools = AgentTools(scripts: scripts, web: web, store: agents.store, zone: zone)
        self.agents = AgentAction(tools: tools, model: model, surroundings: agents, zone: zone)
    }

    /// Whatever an action comes to, no value of a secret is in it.
    package func execute(_ action: Action, in context: StepContext) async -> StepResult {
        secrets.cleaned(await perform(action, in: context))
    }

    private func perform(_ action: Action, in context: StepContext) async -> StepResult {
        if case .call(let call) = action {
            guard let plain = call.plainAction else { return await calls.run(call, in: context) }
            return await perform(plain, in: context)
        }
        let rendered: Action
        do {
            rendered = try action.rendered(in: context, zone: zone)
        } catch {
            return StepResult(error: error.message)
        }
        switch (rendered, action) {
        case (.notify(let text, let to), .notify(let template, _)):
            return Self.notification(text, template: template, to: to)
        case (.script(let path, let arguments), _):
            return await scripts.run(path, arguments: arguments, zone: zone, in: context)
        case (.http(let method, let url, let body), .http(_, let template, _)):
            return await http.run(method: method, template: template, url: url, body: body, in: context)
        case (.prompt(let words, let gather), .prompt(let template, _)):
            return await prompts.run(template: template, words: words, gather: gather, in: context)
        case (.agent, .agent(let order)):
            return await agents.run(order, in: context)
        case (.system(let measure, let path), _):
            return await SystemReading.measured(measure, path: path, now: context.now)
        case (.playbook(let name), _):
            return await playbook(name, in: context)
        case (.notify, _), (.http, _), (.prompt, _), (.agent, _), (.call, _):
            // Rendering never changes the kind of an action.
            return StepResult(error: "the action changed its kind")
        }
    }

    private static func notification(_ text: String, template: String, to recipients: [Recipient]) -> StepResult {
        guard !text.allSatisfy(\.isWhitespace) else {
            return StepResult(error: "its words came out empty: nothing stands for \(template)")
        }
        // A block of YAML ends with a line break, which is no part of a message.
        let words = String(text.reversed().drop(while: \.isWhitespace).reversed())
        return StepResult(text: words, messages: [OutgoingMessage(recipients: recipients, text: words)])
    }

    private func playbook(_ name: String, in context: StepContext) async -> StepResult {
        let depth = context.run.depth + 1
        guard depth <= Self.depthLimit else {
            return StepResult(
                error: "\"\(name)\" was not run: jobs that start each other end after \(Self.depthLimit) runs")
        }
        switch await runNamed(name, depth) {
        case .finished(let result): return result
        case .started: return StepResult(text: "started \"\(name)\"")
        case .unknown(let near):
            let advice = near.isEmpty ? "" : "; did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?"
            return StepResult(error: "there is no playbook or job called \"\(name)\"\(advice)")
        }
    }
}
