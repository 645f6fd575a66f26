import JobModel

/// What the `=` lines of a sentence say as documents of the contract, for whoever plays the model.
package enum ExpectedIntents {
    /// The lines agree with these intents: they name nothing else.
    package static func agree(_ lines: [String], with intents: [String]) -> Bool {
        CanonicalIntent.agree(lines, intents)
    }

    /// One document for each line; members that a line leaves out are null. `nil` where a line cannot be read.
    package static func documents(_ lines: [String]) -> [JSONValue]? {
        let documents = lines.compactMap { line in
            CanonicalIntent.parse(line).map { document(named: $0.name, $0.members.object ?? [:]) }
        }
        return documents.count == lines.count ? documents : nil
    }

    private static func document(named name: String, _ members: [String: JSONValue]) -> JSONValue {
        var members = members.mapValues(value)
        members["intent"] = .string(name)
        members["has_condition"] = nil
        if name.hasPrefix("create_") { members["deliver"] = members["deliver"] ?? .array([]) }
        if let steps = members["steps"]?.array {
            members["steps"] = .array(steps.enumerated().map { step($1, number: $0 + 1) })
            // The line shows all recipients of the playbook; those of its steps stand there already.
            let told = steps.flatMap { recipients($0["to"]) }
            members["deliver"] = .array((members["deliver"]?.array ?? []).filter { !told.contains($0) })
        }
        return .object(members)
    }

    /// A step lies flat in the line: the action's members, its condition and its recipients.
    private static func step(_ flat: JSONValue, number: Int) -> JSONValue {
        var action = flat.object ?? [:]
        let condition = action.removeValue(forKey: "when")
        let told = recipients(action.removeValue(forKey: "to"))
        action["type"] = action.removeValue(forKey: "action")
        let file = action["path"]?.string?.split(separator: "/").last?.split(separator: ".").first.map(String.init)
        let name = file ?? (action["type"]?.string == "http" ? "fetch" : "step\(number)")
        return [
            "name": .string(name), "action": .object(action), "when": condition ?? .null, "to": .array(told),
        ]
    }

    private static func recipients(_ value: JSONValue?) -> [JSONValue] {
        (value?.string ?? "").split(separator: ",").map { .string(String($0)) }
    }

    /// `key=value` words are strings; what reads as a truth value is one.
    private static func value(_ value: JSONValue) -> JSONValue {
        switch value.string {
        case "true": true
        case "false": false
        default: value
        }
    }
}
