import Foundation
import JobModel
import Templates

/// What agents need of the world around their job.
package struct AgentSurroundings: Sendable {
    let persona: @Sendable (String) -> AgentPersona?
    let store: (any JobStore)?

    /// - Parameters:
    ///   - personas: of the settings.
    ///   - store: read for the list of jobs and for what endpoints came to; nothing is written.
    package init(personas: [AgentPersona] = [], store: (any JobStore)? = nil) {
        let known = Dictionary(personas.map { (Job.nameKey($0.name), $0) }, uniquingKeysWith: { $1 })
        persona = { known[Job.nameKey($0)] }
        self.store = store
    }
}

/// Carries out an agent's order: asks the model, does what it may, tells it what came of that, and so on in rounds.
struct AgentAction: Sendable {
    let tools: AgentTools
    let model: @Sendable () -> (any LanguageModel)?
    let surroundings: AgentSurroundings
    let zone: String

    /// Answers in a row that cannot be used, after which the agent is given up.
    static let mostNonsense = 3

    /// - Parameter order: with its goal as a template.
    func run(_ order: AgentOrder, in context: StepContext) async -> StepResult {
        guard let model = model() else {
            return StepResult(
                error:
                    "no model is configured, and an agent cannot work without one; \"rota config set model …\" sets it")
        }
        var persona: AgentPersona?
        if let name = order.persona {
            persona = surroundings.persona(name)
            guard persona != nil else {
                return StepResult(error: "there is no agent \"\(name)\" in the settings (agents.\(name).instructions)")
            }
        }
        let told = await self.context(of: order, persona: persona, in: context)
        var work = AgentWork(
            told: told, order: order, model: model, tools: tools, data: TemplateData(context, zone: zone),
            context: context)
        return await work.result()
    }

    private func context(
        of order: AgentOrder, persona: AgentPersona?, in context: StepContext
    ) async -> AgentContext {
        let requests = context.job.steps.compactMap { step -> (name: String, request: String)? in
            guard order.endpoints.contains(step.name), case .http(let method, let url, _) = step.action else {
                return nil
            }
            return (step.name, "\(method) \(url)")
        }
        let store = surroundings.store
        let history = await store.map { EndpointHistory(store: $0, zone: zone) }?
            .lines(of: requests.map(\.name), in: context)
        let rounds = order.rounds ?? persona?.rounds ?? AgentOrder.usualRounds
        let possible = AgentOrder.possibleRounds
        return AgentContext(
            persona: persona, goal: order.goal, grants: AgentTools.granted(to: order, by: context.job.capabilities),
            endpoints: requests, history: history ?? [:],
            rounds: min(max(rounds, possible.lowerBound), possible.upperBound),
            takesHint: context.job.policies.adaptive != nil)
    }
}
