import IntentContract
import JobModel

/// The actions that jobs made from a sentence have too, as a playbook file writes them.
package enum BuiltInAction: String, CaseIterable, Sendable {
    case notify, prompt, script, http, playbook, system, agent

    /// JSON Schema of what stands in `with`.
    package var parameters: JSONValue {
        [
            "type": "object", "properties": .object(properties), "required": .array(required.map(JSONValue.string)),
            "additionalProperties": false,
        ]
    }

    package var keys: [String] { properties.keys.sorted() }

    private var required: [String] {
        switch self {
        case .notify, .prompt: ["text"]
        case .script: ["path"]
        case .http: ["url"]
        case .playbook: ["name"]
        case .system: ["measure"]
        case .agent: ["goal"]
        }
    }

    private var properties: [String: JSONValue] {
        switch self {
        case .notify:
            [
                "text": Self.text("What is said, a template."),
                "to": Self.texts("Instead of the playbook's own recipients."),
            ]
        case .prompt:
            [
                "text": Self.text("What the model is asked, a template."),
                "repository": Self.text("The git repository whose commits are gathered for it."),
                "hours": ["type": "integer", "description": "With repository: of the last so many hours."],
            ]
        case .script:
            ["path": Self.text("Inside the scripts folder."), "arguments": Self.texts("What the script is given.")]
        case .http:
            [
                "url": ["type": "string", "format": "uri", "description": "Where to."],
                "method": Self.text("GET where nothing else is said."), "body": Self.text("What is sent."),
            ]
        case .playbook: ["name": Self.text("The playbook or job that runs.")]
        case .system:
            [
                "measure": [
                    "type": "string", "enum": .array(SystemMeasure.allCases.map { .string($0.rawValue) }),
                    "description": "What is looked at.",
                ],
                "path": Self.text("The file, or a place on the disk that is meant."),
            ]
        case .agent:
            [
                "goal": Self.text("What to reach, a template."), "agent": Self.text("A persona of the settings."),
                "tools": Self.texts("What it may use: read:FOLDER, get:URL, script:NAME, jobs, call:STEP."),
                "rounds": ["type": "integer", "description": "Questions to the model at most."],
            ]
        }
    }

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    private static func texts(_ description: String) -> JSONValue {
        ["type": "array", "items": ["type": "string"], "description": .string(description)]
    }

    // MARK: To the planner

    /// What the planner makes the action of; what is no text here was reported before.
    func intent(_ parameters: [String: JSONValue]) -> ActionIntent {
        func text(_ key: String) -> String? { parameters[key]?.string }
        func texts(_ key: String) -> [String] { (parameters[key]?.array ?? []).compactMap(\.string) }
        switch self {
        case .notify: return .notify(text("text") ?? "")
        case .prompt: return .prompt(text("text") ?? "")
        case .script: return ActionIntent(type: "script", path: text("path"), arguments: texts("arguments"))
        case .http: return ActionIntent(type: "http", method: text("method"), url: text("url"), body: text("body"))
        case .playbook: return ActionIntent(type: "playbook", name: text("name"))
        case .system: return ActionIntent(type: "system", path: text("path"), name: text("measure"))
        case .agent:
            let rounds = parameters["rounds"]?.number.flatMap { Int(exactly: $0) }.map { ["rounds:\($0)"] } ?? []
            return ActionIntent(
                type: "agent", text: text("goal"), arguments: texts("tools") + rounds, name: text("agent"))
        }
    }

    // MARK: From an action

    /// As `with` holds it; `nil` for an action of the catalogue.
    static func parameters(of action: Action) -> [String: JSONValue]? {
        var values: [String: JSONValue] = [:]
        func texts(_ texts: [String]) -> JSONValue? { texts.isEmpty ? nil : .array(texts.map(JSONValue.string)) }
        switch action {
        case .notify(let text, let to):
            values["text"] = .string(text)
            values["to"] = texts(to.map(\.description))
        case .prompt(let text, let gather):
            values["text"] = .string(text)
            for case .gitCommits(let directory, let hours) in gather {
                values["repository"] = .string(directory)
                values["hours"] = .number(Double(hours))
            }
        case .script(let path, let arguments):
            values["path"] = .string(path)
            values["arguments"] = texts(arguments)
        case .http(let method, let url, let body):
            values["url"] = .string(url)
            if method != "GET" { values["method"] = .string(method) }
            values["body"] = body.map(JSONValue.string)
        case .playbook(let name): values["name"] = .string(name)
        case .system(let measure, let path):
            values["measure"] = .string(measure.rawValue)
            values["path"] = path.map(JSONValue.string)
        case .agent(let order):
            values["goal"] = .string(order.goal)
            values["agent"] = order.persona.map(JSONValue.string)
            values["tools"] = texts(order.tools.map(\.text) + order.endpoints.map { "call:\($0)" })
            values["rounds"] = order.rounds.map { .number(Double($0)) }
        case .call: return nil
        }
        return values
    }
}
