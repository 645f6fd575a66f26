/// What a playbook has beyond any job: who speaks, what it is about, what it is given, and when it keeps quiet.
package struct PlaybookHeader: Codable, Hashable, Sendable {
    /// Persona of the settings that its `prompt` and `agent` steps speak as, where a step names none.
    package var agent: String?
    /// A word of the person's own, to find it by: `pricing`, `maintenance`.
    package var category: String?
    package var description: String?
    package var inputs: [PlaybookInput]
    /// Reports only when something is wrong.
    package var isHeartbeat: Bool

    package init(
        agent: String? = nil, category: String? = nil, description: String? = nil, inputs: [PlaybookInput] = [],
        isHeartbeat: Bool = false
    ) {
        self.agent = agent
        self.category = category
        self.description = description
        self.inputs = inputs
        self.isHeartbeat = isHeartbeat
    }
}

extension Job {
    /// What a run of it has by name: what it was given, and the playbook's own values for the rest.
    package func inputs(of run: Run) -> [String: JSONValue] {
        let usual = (playbook?.inputs ?? []).compactMap { input in input.usual.map { (input.name, $0) } }
        return Dictionary(usual, uniquingKeysWith: { $1 }).merging(run.inputs?.object ?? [:]) { $1 }
    }
}

/// A value that a run may be given by name: `{{input.limit}}`.
package struct PlaybookInput: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable { case text, number, truth, list, object }

    package var name: String
    package var kind: Kind
    /// What a run has that was given none; `nil` is a value that each run must be given.
    package var usual: JSONValue?
    package var description: String?

    package init(name: String, kind: Kind = .text, usual: JSONValue? = nil, description: String? = nil) {
        self.name = name
        self.kind = kind
        self.usual = usual
        self.description = description
    }

    /// The value is of the declared kind.
    package func accepts(_ value: JSONValue) -> Bool {
        switch (kind, value) {
        case (.text, .string), (.number, .number), (.truth, .bool), (.list, .array), (.object, .object): true
        default: false
        }
    }
}
