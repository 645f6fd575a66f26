import ActionCatalogue
import Documents
import JobModel

/// The JSON Schema of playbook files, for editors: `Documentation/playbook.schema.json` is its text.
package struct PlaybookSchema: Sendable {
    private let catalogue: ActionCatalogue

    package init(catalogue: ActionCatalogue = ActionCatalogue()) { self.catalogue = catalogue }

    package var text: String { IndentedJSON.text(of: DocumentNode(value)) }

    package var value: JSONValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A playbook of rota",
            "description": "Several steps that hold; Playbooks.md says what each key means.", "type": "object",
            "required": ["name", "steps"], "additionalProperties": false, "properties": .object(properties),
            "$defs": .object(definitions),
        ]
    }

    private var properties: [String: JSONValue] {
        typealias Key = PlaybookFormat.Key
        let all: [Key: JSONValue] = [
            .name: ["type": "string", "minLength": 1, "maxLength": .number(Double(PlaybookFormat.longestName))],
            .kind: Self.choice(PlaybookFormat.Kind.self, "A heartbeat reports only when something is wrong."),
            .status: Self.choice(PlaybookFormat.Status.self, "Only an active playbook has armed triggers."),
            .agent: Self.text("A persona of the settings that speaks where a step names none."),
            .category: Self.text("A word of your own, to find it by."),
            .description: Self.text("What it is for."),
            .triggers: ["type": "array", "items": ["$ref": "#/$defs/trigger"]],
            .inputs: ["type": "object", "additionalProperties": ["$ref": "#/$defs/input"]],
            .steps: [
                "type": "array", "minItems": 1,
                "items": ["anyOf": [["$ref": "#/$defs/step"], ["$ref": "#/$defs/group"]]],
            ],
            .deliver: Self.texts("Gateways that hear of outcomes: telegram, telegram/ops."),
            .policies: [
                "type": "object", "additionalProperties": false,
                "properties": .object(
                    Dictionary(uniqueKeysWithValues: PlaybookFormat.policyKeys.map { ($0, Self.word) })),
            ],
            .capabilities: [
                "type": "object", "additionalProperties": false,
                "properties": .object(
                    Dictionary(
                        uniqueKeysWithValues: PlaybookFormat.CapabilityKey.allCases.map {
                            ($0.rawValue, $0 == .jobs ? ["type": "boolean"] : Self.texts("What the steps may touch."))
                        })),
            ],
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ($0.key.rawValue, $0.value) })
    }

    private var definitions: [String: JSONValue] {
        var all: [String: JSONValue] = [
            "trigger": Self.trigger, "input": Self.input, "step": step, "group": Self.group,
            "onError": [
                "anyOf": [
                    Self.choice(PlaybookFormat.OnErrorWord.self, "What a failure means for the run."),
                    [
                        "type": "object", "required": ["run"], "additionalProperties": false,
                        "properties": ["run": Self.word],
                    ],
                ]
            ],
        ]
        for action in actions { all["with.\(action.name)"] = action.parameters }
        return all
    }

    /// The program's own actions take what the catalogue says of them, where it says more.
    private var actions: [(name: String, parameters: JSONValue)] {
        let known = catalogue.all.map { (name: $0.name, parameters: $0.parameters) }
        let simple = BuiltInAction.allCases.filter { catalogue[$0.rawValue] == nil }
        return (known + simple.map { (name: $0.rawValue, parameters: $0.parameters) }).sorted { $0.name < $1.name }
    }

    // MARK: Parts

    private var step: JSONValue {
        typealias Key = PlaybookFormat.StepKey
        let properties: [Key: JSONValue] = [
            .name: Self.text("Unique; later steps refer to it."),
            .action: ["type": "string"],
            .with: ["type": "object"],
            .condition: Self.text("A test of an earlier step in words: backup failed."),
            .when: Self.text("An expression; the step is skipped where it does not hold."),
            .needs: Self.texts("Steps that it waits for; [] is none, and nothing is the step before it."),
            .forEach: Self.text("An expression for a list: the step is done for each {{item}}."),
            .retry: [
                "anyOf": [
                    ["type": "integer"],
                    [
                        "type": "object", "required": ["retries"], "additionalProperties": false,
                        "properties": .object(
                            Dictionary(uniqueKeysWithValues: PlaybookFormat.retryKeys.map { ($0.key, Self.word) })),
                    ],
                ]
            ],
            .timeout: Self.word,
            .onError: ["$ref": "#/$defs/onError"],
            .undo: Self.text("The step that takes this one back."),
            .unchanged: Self.choice(Step.Unchanged.self, "Left out where its input is that of the last run."),
        ]
        return [
            "type": "object", "required": ["name", "action"], "additionalProperties": false,
            "properties": .object(Dictionary(uniqueKeysWithValues: properties.map { ($0.key.rawValue, $0.value) })),
            "allOf": .array(actions.map { Self.rule($0.name) }),
        ]
    }

    private static func rule(_ action: String) -> JSONValue {
        [
            "if": ["properties": ["action": ["const": .string(action)]]],
            "then": ["properties": ["with": ["$ref": .string("#/$defs/with.\(action)")]]],
        ]
    }

    private static let group: JSONValue = [
        "type": "object", "required": ["parallel"], "additionalProperties": false,
        "properties": [
            "parallel": ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/step"]],
            "needs": texts("Steps that the whole group waits for."),
        ],
    ]

    private static let trigger: JSONValue = [
        "type": "object", "additionalProperties": false,
        "oneOf": .array(["schedule", "cron", "event", "manual"].map { ["required": [.string($0)]] }),
        "properties": [
            "schedule": text("In words: every weekday at 9."), "cron": text("0 9 * * 1-5, @daily, @reboot."),
            "zone": text("An IANA name; yours where there is none."),
            "event": text("github.issue.created."), "job": text("With an event of jobs: which one."),
            "when": text("What the event's data must say: stock < 10."), "manual": ["const": true],
        ],
    ]

    private static let input: JSONValue = [
        "type": "object", "additionalProperties": false,
        "properties": [
            "type": choice(PlaybookInput.Kind.self, "text where nothing is said."),
            "default": ["description": "What a run has that was given none."], "description": text("For people."),
        ],
    ]

    private static let word: JSONValue = ["type": ["string", "number"]]

    private static func text(_ description: String) -> JSONValue {
        ["type": "string", "minLength": 1, "description": .string(description)]
    }

    private static func texts(_ description: String) -> JSONValue {
        [
            "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
            "description": .string(description),
        ]
    }

    private static func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ words: Word.Type, _ description: String
    ) -> JSONValue {
        [
            "enum": .array(PlaybookFormat.names(words).map(JSONValue.string)), "description": .string(description),
        ]
    }
}
