import Foundation
import IntentContract
import JobModel
import Templates

/// Makes an agent's order out of its wire form: the goal in `text`, the persona in `name`, and in `arguments` what it
/// may use (`read:FOLDER`, `get:ADDRESS`, `script:NAME`, `jobs`), call (`call:STEP`), and how far it goes (`rounds:N`).
struct AgentOrderBuilder {
    let surroundings: Surroundings

    func order(_ intent: ActionIntent) throws -> AgentOrder {
        guard let goal = intent.text, !goal.isEmpty else { throw PlanningFailure("What should the agent do?") }
        do {
            _ = try Template(goal)
        } catch {
            throw PlanningFailure("The template \"\(goal)\" cannot be read: \(error.message)")
        }
        var order = AgentOrder(goal: goal, persona: try persona(intent.name))
        for grant in intent.arguments ?? [] { try add(grant, to: &order) }
        order.tools = order.tools.uniqued()
        order.endpoints = order.endpoints.uniqued()
        return order
    }

    private func persona(_ name: String?) throws -> String? {
        guard let name, !name.isEmpty else { return nil }
        guard let known = surroundings.agents else { return name }
        if let match = known.first(where: { Job.nameKey($0) == Job.nameKey(name) }) { return match }
        let hint = known.isEmpty ? "None is configured yet" : "Configured: \(known.joined(separator: ", "))"
        throw PlanningFailure(
            "There is no agent \"\(name)\". \(hint); \"rota config set agents.NAME.instructions …\" makes one.")
    }

    private func add(_ grant: String, to order: inout AgentOrder) throws {
        if let step = Self.value(of: "call", in: grant) {
            order.endpoints.append(step)
        } else if let count = Self.value(of: "rounds", in: grant) {
            guard let rounds = Int(count), AgentOrder.possibleRounds.contains(rounds) else {
                let most = AgentOrder.possibleRounds.upperBound
                throw PlanningFailure("\"\(count)\" is no number of rounds; an agent has 1 to \(most).")
            }
            order.rounds = rounds
        } else {
            order.tools.append(try tool(grant))
        }
    }

    private static func value(of word: String, in grant: String) -> String? {
        guard grant.hasPrefix("\(word):") else { return nil }
        let value = grant.dropFirst(word.count + 1).trimmingCharacters(in: .whitespaces)
        return value.isEmpty ? nil : value
    }

    private func tool(_ grant: String) throws -> AgentTool {
        switch AgentTool(grant) {
        case .read(let folder): return .read(folder: try absolute(folder))
        case .get(let address): return .get(address: try checked(address))
        case .script(let path, let arguments):
            let script = try surroundings.inspectScript(path).mapError { PlanningFailure($0.message) }.get()
            return .script(path: script.path, arguments: arguments)
        case .jobs: return .jobs
        case nil:
            throw PlanningFailure(
                "\"\(grant)\" is nothing that an agent can be granted; read:FOLDER, get:https://HOST/PATH, "
                    + "script:NAME, jobs, call:STEP and rounds:N are.")
        }
    }

    /// The whole disk is never granted.
    private func absolute(_ folder: String) throws -> String {
        var path = folder
        if path == "~" || path.hasPrefix("~/"), let home = surroundings.home { path = home + path.dropFirst() }
        guard path.hasPrefix("/") || path.hasPrefix("~/") else {
            throw PlanningFailure("The folder \"\(folder)\" must be a whole path, such as ~/logs or /var/log/app.")
        }
        let names = path.split(separator: "/")
        guard !names.isEmpty, !names.contains("..") else {
            throw PlanningFailure("An agent cannot be granted \"\(folder)\"; name a folder, such as ~/logs.")
        }
        return (path.hasPrefix("/") ? "/" : "") + names.filter { $0 != "." }.joined(separator: "/")
    }

    /// The person's part of an address reaches at least to its path: scheme, host and port are never left open.
    private func checked(_ address: String) throws -> String {
        let fixed = AgentTool.isOpen(address) ? String(address.dropLast()) : address
        guard !fixed.contains("*"), !fixed.contains("{{"), !fixed.contains("#") else {
            throw PlanningFailure(
                "The address \"\(address)\" cannot be granted; a star stands at its end alone, behind \"/\" or \"?\".")
        }
        if let problem = surroundings.problemWithURL(fixed) { throw PlanningFailure(problem) }
        guard let parts = URLComponents(string: fixed), parts.host?.isEmpty == false,
            !AgentTool.isOpen(address) || !parts.percentEncodedPath.isEmpty
        else {
            throw PlanningFailure("The address \"\(address)\" has no path; https://HOST/* grants a whole host.")
        }
        return address
    }

    // MARK: Endpoints

    /// The steps after an edit; agents ask no more for a step that it took out.
    static func withoutGoneEndpoints(_ steps: [Step], of before: Job) -> [Step] {
        let gone = before.requestedSteps.subtracting(steps.map(\.name))
        return steps.map { step in
            guard case .agent(var order) = step.action else { return step }
            order.endpoints.removeAll(where: gone.contains)
            var step = step
            step.action = .agent(order)
            return step
        }
    }

    /// Throws where a step that ran only on request would run by itself from now on.
    static func checkRequested(from before: Job, to after: Job) throws {
        let freed = before.requestedSteps.subtracting(after.requestedSteps)
        guard let step = after.steps.first(where: { freed.contains($0.name) }) else { return }
        throw PlanningFailure(
            "\"\(step.name)\" runs only when the agent asks for it, and would then run each time; remove that one first."
        )
    }

    /// Throws where an agent may call what is no `http` step of its playbook, or what another agent calls.
    static func checkEndpoints(of steps: [Step]) throws {
        var callers: [String: String] = [:]
        for step in steps {
            guard case .agent(let order) = step.action else { continue }
            for name in order.endpoints {
                guard let endpoint = steps.first(where: { $0.name == name }), endpoint.action.kind == "http" else {
                    throw PlanningFailure("The agent may call \"\(name)\", which is no http step of this playbook.")
                }
                guard callers.updateValue(step.name, forKey: name) == nil else {
                    throw PlanningFailure("Two agents may call \"\(name)\"; a step is called by one of them.")
                }
            }
        }
    }
}
