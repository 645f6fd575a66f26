import Foundation
import JobModel
import StepExecution
import Synchronization

/// Gives one answer after the other, the last one again and again, and keeps what it was asked.
final class RoundsModel: LanguageModel {
    let name = "openai:test"
    private let answers: [Result<String, ModelError>]
    private let calls = Mutex<[ModelRequest]>([])

    init(_ answers: String...) { self.answers = answers.map(Result.success) }
    init(_ answers: [Result<String, ModelError>]) { self.answers = answers }

    var asked: [ModelRequest] { calls.withLock(\.self) }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let number = calls.withLock { calls in
            calls.append(request)
            return calls.count
        }
        return ModelAnswer(text: try answers[min(number, answers.count) - 1].get())
    }
}

/// An agent of one job with a folder of its own; everything that it may use is granted and approved.
struct AgentTestWorld {
    let workshop: Workshop
    let logs: String

    init() throws {
        workshop = try Workshop()
        logs = "\(workshop.root)/logs"
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
    }

    @discardableResult
    func log(_ name: String, _ content: String) throws -> String {
        let path = "\(logs)/\(name)"
        let folder = (path as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try content.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    /// What an approval of these tools freezes.
    func capabilities(_ tools: [AgentTool]) -> Capabilities {
        var capabilities = Capabilities()
        for tool in tools {
            switch tool {
            case .read(let folder): capabilities.folders.append(folder)
            case .get(let address) where AgentTool.isOpen(address): capabilities.addresses.append(address)
            case .get(let address): capabilities.requests.append("GET \(address)")
            case .script(let path, _):
                if case .success(let found) = workshop.runner().inspect(path) {
                    capabilities.scripts[found.path] = found.sha256
                }
            case .jobs: capabilities.listsJobs = true
            }
        }
        return capabilities
    }

    func run(
        _ goal: String = "Check the logs", tools: [AgentTool] = [], approved: [AgentTool]? = nil, rounds: Int? = nil,
        persona: String? = nil, endpoints: [Step] = [], adaptive: AdaptiveBounds? = nil, event: JSONValue? = nil,
        results: [String: StepResult] = [:], model: (any LanguageModel)?, web: TableWeb = TableWeb(),
        store: (any JobStore)? = nil, timeout: TimeInterval = 300
    ) async -> StepResult {
        let action = Action.agent(
            AgentOrder(
                goal: goal, persona: persona, tools: tools, rounds: rounds, endpoints: endpoints.map(\.name)))
        var job = job(action, capabilities: capabilities(approved ?? tools))
        job.steps += endpoints
        job.policies.adaptive = adaptive
        var context = context(job, event: event, timeout: timeout)
        context.results = results
        let personas = [AgentPersona(name: "researcher", instructions: "You read with care.", rounds: 3)]
        let executor = StepExecutor(
            scripts: workshop.runner(), services: ActionServices(web: web, store: store, zone: "Europe/Berlin"),
            model: { model }, agents: AgentSurroundings(personas: personas, store: store),
            runNamed: { _, _ in .unknown(near: []) })
        return await executor.execute(action, in: context)
    }
}

/// Answers of an agent's model.
enum Round {
    static func say(_ text: String) -> String { document(["say": .string(text)]) }

    static func call(_ tool: String, _ target: String? = nil, from: Int? = nil) -> String {
        document([
            "call": [
                "tool": .string(tool), "target": target.map(JSONValue.string) ?? .null,
                "from": from.map { .number(Double($0)) } ?? .null,
            ]
        ])
    }

    static func document(_ members: [String: JSONValue]) -> String {
        let empty: [String: JSONValue] = ["say": .null, "call": .null, "plan": .null, "hint": .null]
        return JSONValue.object(empty.merging(members) { $1 }).compactText
    }
}
