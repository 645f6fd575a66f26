import ActionCatalogue
import JobModel

/// Actions as `--json` prints them.
enum ActionRow {
    static func json(_ definition: ActionDefinition) -> JSONValue {
        [
            "type": "action", "v": 1, "name": .string(definition.name), "summary": .string(definition.summary),
            "risk": .string(definition.risk.rawValue), "own": .bool(definition.script != nil),
            "parameters": definition.parameters, "result": definition.result, "example": .object(definition.example),
        ]
    }

    static func check(_ entry: ActionFolder.Entry) -> JSONValue {
        let problems = entry.problems.map { problem -> JSONValue in
            var members: [String: JSONValue] = ["message": .string(problem.message)]
            members["line"] = problem.place.map { .number(Double($0.line)) }
            members["column"] = problem.place?.column.map { .number(Double($0)) }
            return .object(members)
        }
        return [
            "type": "action_check", "v": 1, "name": .string(entry.name), "sound": .bool(entry.isSound),
            "problems": .array(problems),
        ]
    }

    static func risk(_ risk: ActionDefinition.Risk) -> String { risk.rawValue }
}

/// An action as `rota actions show` tells of it.
struct ActionPage {
    let lines: [String]

    init(_ definition: ActionDefinition) {
        var lines = ["\(definition.name): \(definition.summary)", "Risk: \(Self.words(definition.risk))."]
        if let script = definition.script { lines.append("Yours: runs \(script).") }
        lines += ["Parameters:"] + Self.members(definition.parameters, isInput: true)
        let result = Self.members(definition.result, isInput: false)
        lines += result.isEmpty ? ["Result: text."] : ["Result:"] + result
        lines += [
            "Example:", "  action: \(definition.name)", "  with: \(JSONValue.object(definition.example).compactText)",
        ]
        self.lines = lines
    }

    private static func words(_ risk: ActionDefinition.Risk) -> String {
        switch risk {
        case .none: "none; it computes"
        case .reads: "it reads something of this machine or of the network"
        case .tells: "it tells somebody something"
        case .changes: "it changes something outside of the program"
        }
    }

    private static func members(_ schema: JSONValue, isInput: Bool) -> [String] {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        return (schema["properties"]?.object ?? [:]).sorted { $0.key < $1.key }.map { name, schema in
            let types = schema["type"]?.string.map { [$0] } ?? (schema["type"]?.array ?? []).compactMap(\.string)
            let kind = types.filter { $0 != "null" }.joined(separator: " or ")
            let isNeeded = isInput && required.contains(name) ? ", needed" : ""
            let choices = (schema["enum"]?.array ?? []).compactMap(\.string)
            let list = choices.isEmpty ? "" : " [\(choices.joined(separator: ", "))]"
            let usual = schema["default"].map { " (\($0.plainText) where nothing is said)" } ?? ""
            let words = schema["description"]?.string.map { ": \($0)" } ?? ""
            return "  \(name) (\(kind.isEmpty ? "anything" : kind)\(isNeeded))\(list)\(words)\(usual)"
        }
    }
}
