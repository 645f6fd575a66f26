import Foundation
import IntentContract
import JobModel
import Templates

/// Makes actions out of their wire form, and the capabilities that they need.
package struct ActionBuilder {
    let surroundings: Surroundings

    package init(surroundings: Surroundings) { self.surroundings = surroundings }

    /// Throws `PlanningFailure` where the action cannot be meant.
    package func action(_ intent: ActionIntent, to recipients: [Recipient]) throws -> Action {
        switch intent.type {
        case "notify": return .notify(text: try template(intent.text), to: recipients)
        case "prompt":
            let text = try template(intent.text)
            return .prompt(text: text, gather: try gathering(for: text))
        case "script": return .script(path: try script(intent.path).path, arguments: intent.arguments ?? [])
        case "http": return try request(intent)
        case "playbook":
            guard let name = intent.name, !name.isEmpty else { throw PlanningFailure("Which playbook should run?") }
            // A path is never a playbook's name: "run ../x" means a file, and is held to the rules for files.
            if name.contains("/") { return .script(path: try script(name).path, arguments: []) }
            return .playbook(name: name)
        case "system":
            guard let measure = intent.name.flatMap(SystemMeasure.init(rawValue:)) else {
                let known = SystemMeasure.allCases.map(\.rawValue).joined(separator: ", ")
                throw PlanningFailure("\"\(intent.name ?? "")\" cannot be measured here; one of \(known) can.")
            }
            guard measure != .file || intent.path != nil else { throw PlanningFailure("Which file is meant?") }
            return .system(measure, path: intent.path)
        case "agent": return .agent(try AgentOrderBuilder(surroundings: surroundings).order(intent))
        default:
            throw PlanningFailure(
                "\"\(intent.type)\" is no action; one of notify, prompt, script, http, playbook, system, agent is.")
        }
    }

    func steps(_ intents: [StepIntent]) throws -> [Step] {
        guard !intents.isEmpty else { throw PlanningFailure("A playbook needs at least one step.") }
        var names: Set<String> = []
        var steps: [Step] = []
        for intent in intents {
            guard names.insert(intent.name).inserted else {
                throw PlanningFailure("Two steps are called \"\(intent.name)\"; each needs a name of its own.")
            }
            steps.append(
                Step(
                    name: intent.name, action: try action(intent.action, to: intent.to.map { Recipient($0) }),
                    condition: try intent.when.map { try condition($0, after: names) }))
        }
        return steps
    }

    private func condition(_ text: String, after names: Set<String>) throws -> Condition {
        do {
            let condition = try Condition(parsing: text)
            guard condition.step == "event" || names.contains(condition.step) else {
                throw PlanningFailure(
                    "The condition \"\(text)\" asks about \"\(condition.step)\", which is no earlier step.")
            }
            return condition
        } catch let error as PlanningFailure {
            throw error
        } catch {
            throw PlanningFailure("The condition \"\(text)\" cannot be read: \(error)")
        }
    }

    private func template(_ text: String?) throws -> String {
        guard let text, !text.isEmpty else { throw PlanningFailure("What should it say?") }
        do {
            _ = try Template(text)
            return text
        } catch {
            throw PlanningFailure("The template \"\(text)\" cannot be read: \(error.message)")
        }
    }

    private func script(_ path: String?) throws -> Surroundings.Script {
        guard let path, !path.isEmpty else { throw PlanningFailure("Which script should run?") }
        return try surroundings.inspectScript(path).mapError { PlanningFailure($0.message) }.get()
    }

    private func request(_ intent: ActionIntent) throws -> Action {
        guard let url = intent.url, !url.isEmpty else { throw PlanningFailure("Which URL should be requested?") }
        if let problem = surroundings.problemWithURL(url) { throw PlanningFailure(problem) }
        return .http(method: (intent.method ?? "GET").uppercased(), url: url, body: intent.body)
    }

    // MARK: What a prompt needs

    /// What the program itself collects: the commits of the repository where the job was made, and pages that are named.
    private func gathering(for text: String) throws -> [Gathering] {
        var gathering: [Gathering] = []
        if let directory = surroundings.repository, Self.speaksOfCommits(text) {
            gathering.append(.gitCommits(directory: directory, hours: Self.hours(in: text) ?? 24))
        }
        for word in text.split(whereSeparator: \.isWhitespace) where word.hasPrefix("https://") {
            let url = word.trimmingCharacters(in: CharacterSet(charactersIn: ".,;:!?)"))
            if surroundings.problemWithURL(url) == nil { gathering.append(.page(url: url)) }
        }
        return gathering
    }

    static func speaksOfCommits(_ text: String) -> Bool {
        let words = text.lowercased()
        return words.contains("commit") || (words.contains("chang") && words.contains("repo"))
    }

    /// "from the last 24 hours", "of the last 3 days", "since yesterday", "this week".
    static func hours(in text: String) -> Int? {
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        let units = ["hour": 1, "day": 24, "week": 168, "month": 720]
        for (index, word) in words.enumerated() {
            let unit = word.hasSuffix("s") ? String(word.dropLast()) : word
            guard let hours = units[unit], index > 0 else { continue }
            if let count = Int(words[index - 1]), count > 0 { return count * hours }
            if ["last", "past", "this"].contains(words[index - 1]) { return hours }
        }
        return words.contains("yesterday") ? 24 : nil
    }

    // MARK: Capabilities

    package func capabilities(of steps: [Step]) throws -> Capabilities {
        var capabilities = Capabilities()
        for step in steps {
            switch step.action {
            case .script(let path, _): capabilities.scripts[path] = try script(path).sha256
            case .http(let method, let url, _): capabilities.requests.append("\(method) \(url)")
            case .prompt(_, let gather):
                for case .page(let url) in gather { capabilities.requests.append("GET \(url)") }
            case .agent(let order): try grant(order.tools, to: &capabilities)
            case .call(let call): try grant(call, to: &capabilities)
            case .notify, .playbook, .system: break
            }
        }
        try AgentOrderBuilder.checkEndpoints(of: steps)
        capabilities.requests = capabilities.requests.uniqued()
        capabilities.folders = capabilities.folders.uniqued()
        capabilities.addresses = capabilities.addresses.uniqued()
        capabilities.reads = capabilities.reads.uniqued()
        capabilities.writes = capabilities.writes.uniqued()
        capabilities.secrets = capabilities.secrets.uniqued()
        return capabilities
    }

    private func grant(_ tools: [AgentTool], to capabilities: inout Capabilities) throws {
        for tool in tools {
            switch tool {
            case .read(let folder): capabilities.folders.append(folder)
            case .get(let address) where AgentTool.isOpen(address): capabilities.addresses.append(address)
            case .get(let address): capabilities.requests.append("GET \(address)")
            case .script(let path, _): capabilities.scripts[path] = try script(path).sha256
            case .jobs: capabilities.listsJobs = true
            }
        }
    }

    /// What the catalogue says that the action touches. What stands in a hole is not known yet, and is granted as the
    /// template that it is: the step runner compares templates, not what became of them.
    private func grant(_ call: ActionCall, to capabilities: inout Capabilities) throws {
        guard let definition = surroundings.actions[call.name] else { return }
        if let script = definition.script {
            do { capabilities.scripts[script] = try surroundings.inspectActionScript(script).get().sha256 } catch {
                throw PlanningFailure((error as? Surroundings.Problem)?.message ?? "\(error)")
            }
        }
        for touch in definition.touches {
            guard let value = call.value(at: touch.parameter)?.string else { continue }
            switch touch.kind {
            case .request:
                capabilities.requests.append("\(definition.method(of: touch, in: call.parameters)) \(value)")
            case .read: capabilities.reads.append(value)
            case .write: capabilities.writes.append(value)
            case .secret: capabilities.secrets.append(value)
            case .recipient, .event, .playbook: break
            }
        }
    }

    /// `GET support.example.test` out of `GET https://support.example.test/queue`: what a person agrees to.
    static func originOfRequest(_ request: String) -> String {
        let parts = request.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let components = URLComponents(string: parts[1]), let host = components.host else {
            return request
        }
        let port = components.port.map { ":\($0)" } ?? ""
        return "\(parts[0]) \(host)\(port)"
    }
}
