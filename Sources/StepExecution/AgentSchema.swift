import JobModel

/// The schema of one round, in the part of JSON Schema that every provider takes: all members required, what may be
/// absent nullable, nothing open. It holds no more than what this agent was granted.
enum AgentSchema {
    static let name = "round"

    static func document(tools: [AgentRound.Tool], endpoints: [String], takesHint: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "say": [
                "type": ["string", "null"],
                "description": "The result, once the work is done; null while it is not.",
            ]
        ]
        if !tools.isEmpty { members["call"] = orNull(call(tools)) }
        if !endpoints.isEmpty { members["plan"] = orNull(plan(endpoints)) }
        if takesHint { members["hint"] = orNull(hint) }
        return object(members)
    }

    private static func call(_ tools: [AgentRound.Tool]) -> JSONValue {
        object([
            "tool": ["type": "string", "enum": .array(tools.map { .string($0.rawValue) })],
            "target": ["type": ["string", "null"], "description": "The path, the address, or the script."],
            "from": [
                "type": ["integer", "null"],
                "description": "read_file: the byte to begin at; negative counts from the end.",
            ],
        ])
    }

    private static func plan(_ endpoints: [String]) -> JSONValue {
        let names: JSONValue = ["type": "string", "enum": .array(endpoints.map(JSONValue.string))]
        return [
            "type": "array",
            "description": "Steps to call now, each once; those that need not wait for another run at the same time.",
            "items": object(["step": names, "after": ["type": "array", "items": names]]),
        ]
    }

    private static var hint: JSONValue {
        let length: JSONValue = ["type": ["string", "null"], "description": "A length of time: 15m, 2h, 1d."]
        var members = Dictionary(
            uniqueKeysWithValues: ["next_in", "interval", "pause_for", "expires_in"].map { ($0, length) })
        members["reason"] = ["type": ["string", "null"]]
        return object(members)
    }

    private static func object(_ members: [String: JSONValue]) -> JSONValue {
        [
            "type": "object", "properties": .object(members), "additionalProperties": false,
            "required": .array(members.keys.sorted().map(JSONValue.string)),
        ]
    }

    private static func orNull(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }
}
