import JobModel

/// What a registry may hold. `Documentation/jobs.schema.json` says the same, and a test holds the two together.
package enum RegistryFormat {
    /// The names that a registry may have in the config folder.
    package static let fileNames = ["jobs.json", "jobs.yaml", "jobs.yml"]

    /// Keys of an entry.
    package enum Key: String, CaseIterable, Sendable {
        case name, cron, when, event, timezone, action, payload, deliver, enabled, policies
        /// For people: read over.
        case description
    }

    /// Words of `action`, with the keys of their `payload`.
    package enum ActionWord: String, CaseIterable, Sendable {
        case agentWorkflow = "agent_workflow"
        case script, notify, http, playbook, agent

        /// The key that a payload must have.
        package var subject: String {
            switch self {
            case .agentWorkflow: "prompt"
            case .script: "path"
            case .notify: "text"
            case .http: "url"
            case .playbook: "name"
            case .agent: "goal"
            }
        }

        package var others: [String] {
            switch self {
            case .agentWorkflow, .notify, .playbook: ["output"]
            case .script: ["arguments", "output"]
            case .http: ["method", "body", "output"]
            case .agent: ["agent", "tools", "rounds", "output"]
            }
        }

        package var keys: [String] { [subject] + others }
    }

    package static let policyKeys = PolicyChange.CodingKeys.allCases.map(\.rawValue)
}
