import JobModel

/// `agents.NAME.MEMBER`, taken apart: who an agent is (`AgentPersona`).
struct AgentKey: Hashable {
    let name: String
    let member: String

    static let members = ["instructions", "tier", "rounds"]

    init?(_ key: String) {
        guard let match = key.wholeMatch(of: /agents\.([A-Za-z0-9_-]+)\.([a-z]+)/) else { return nil }
        name = String(match.1)
        member = String(match.2)
    }

    /// What is wrong with one member's value, to follow "it takes"; `nil` where nothing is.
    static func problem(with member: String, value: String) -> String? {
        switch member {
        case "instructions": value.isEmpty || value.count > 4000 ? "up to 4000 characters of text" : nil
        case "tier":
            ModelTier(rawValue: value) == nil
                ? ModelTier.allCases.map(\.rawValue).joined(separator: " or ") : nil
        default:
            Int(value).map(AgentOrder.possibleRounds.contains) ?? false
                ? nil
                : "a whole number from 1 to \(AgentOrder.possibleRounds.upperBound)"
        }
    }
}

extension AgentPersona {
    /// Reads one persona from its members, which were checked.
    init(name: String, members: [SettingsDocument.Entry], path file: String) throws(SettingsError) {
        func member(_ key: String) -> String? { members.first { $0.key == "agents.\(name).\(key)" }?.value }
        guard let instructions = member("instructions") else {
            throw SettingsError(
                .missing(key: "agents.\(name).instructions", hint: "who the agent is and how it works"),
                at: .file(path: file, line: members.first?.line, column: nil))
        }
        self.init(
            name: name, instructions: instructions, tier: member("tier").flatMap(ModelTier.init(rawValue:)),
            rounds: member("rounds").flatMap { Int($0) })
    }
}

extension SettingsDocument {
    /// Entries of each agent by its name, names in the order of the file.
    var agents: [(name: String, members: [Entry])] {
        let parts = entries.filter { !$0.isEmpty }.compactMap { entry in
            AgentKey(entry.key).map { (name: $0.name, entry: entry) }
        }
        let names = parts.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return names.map { name in (name, parts.filter { $0.name == name }.map(\.entry)) }
    }
}
