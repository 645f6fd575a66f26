/// What an agent step is to reach, what it may use for that, and how far it may go. Frozen with the job.
package struct AgentOrder: Codable, Hashable, Sendable {
    /// The person's words, a template.
    package var goal: String
    /// A persona of the settings (`researcher`); `nil` is none in particular.
    package var persona: String?
    package var tools: [AgentTool]
    /// Questions to the model; `nil` leaves it to the persona, else `usualRounds`.
    package var rounds: Int?
    /// Names of `http` steps of the same playbook that run only where the agent asks for them.
    package var endpoints: [String]

    package static let usualRounds = 6
    package static let possibleRounds = 1...20

    package init(
        goal: String, persona: String? = nil, tools: [AgentTool] = [], rounds: Int? = nil, endpoints: [String] = []
    ) {
        self.goal = goal
        self.persona = persona
        self.tools = tools
        self.rounds = rounds
        self.endpoints = endpoints
    }
}

/// One thing that an agent may use, as a person grants it: `read:~/logs`, `get:https://x.test/docs/*`,
/// `script:count.sh --today`, `jobs`.
package enum AgentTool: Hashable, Sendable {
    /// Text files below this folder.
    case read(folder: String)
    /// GET of exactly this address; where it ends in `/*` or `?*`, of what the agent puts in place of the star.
    case get(address: String)
    /// A file of the scripts folder, with the arguments that are given here and no others.
    case script(path: String, arguments: [String])
    /// A list of the person's jobs. Nothing makes, changes or deletes one.
    case jobs

    /// `nil` for anything that is no grant.
    package init?(_ text: String) {
        if text == "jobs" {
            self = .jobs
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...].drop(while: \.isWhitespace))
        guard !rest.isEmpty, !rest.contains(where: \.isNewline), !rest.contains("\0") else { return nil }
        switch text[..<colon] {
        case "read": self = .read(folder: rest)
        case "get": self = .get(address: rest)
        case "script":
            let words = rest.split(separator: " ").map(String.init)
            self = .script(path: words[0], arguments: Array(words.dropFirst()))
        default: return nil
        }
    }

    /// As a grant is written.
    package var text: String {
        switch self {
        case .read(let folder): "read:\(folder)"
        case .get(let address): "get:\(address)"
        case .script(let path, let arguments): (["script:\(path)"] + arguments).joined(separator: " ")
        case .jobs: "jobs"
        }
    }

    /// As a card says it: "read files below /home/ana/logs".
    package var words: String {
        switch self {
        case .read(let folder): "read files below \(folder)"
        case .get(let address):
            Self.isOpen(address) ? "GET any address of the form \(address)" : "GET \(address)"
        case .script(let path, let arguments): (["run", path] + arguments).joined(separator: " ")
        case .jobs: "list your jobs"
        }
    }

    /// Whether an address leaves a part of itself to the agent.
    package static func isOpen(_ address: String) -> Bool { address.hasSuffix("/*") || address.hasSuffix("?*") }
}

extension AgentTool: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let tool = AgentTool(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(text.prefix(60)) grants nothing"))
        }
        self = tool
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Who an agent is, as `agents.NAME` in the settings describes it.
package struct AgentPersona: Hashable, Sendable {
    package var name: String
    /// Put in front of what every agent is told.
    package var instructions: String
    /// Which of the configured models it takes; `nil` is the usual one.
    package var tier: ModelTier?
    package var rounds: Int?

    package init(name: String, instructions: String, tier: ModelTier? = nil, rounds: Int? = nil) {
        self.name = name
        self.instructions = instructions
        self.tier = tier
        self.rounds = rounds
    }
}

extension Job {
    /// Names of its steps that run only where an agent asks for them.
    package var requestedSteps: Set<String> {
        steps.reduce(into: []) { names, step in
            if case .agent(let order) = step.action { names.formUnion(order.endpoints) }
        }
    }
}
