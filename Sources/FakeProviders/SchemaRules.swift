import JobModel

/// What a service demands of a schema beyond JSON Schema itself, before it answers by it.
struct SchemaRules {
    /// Every property must be required.
    let wantsAllRequired: Bool
    /// Keywords that are refused.
    let refused: Set<String>

    static let openAI = SchemaRules(wantsAllRequired: true, refused: ["oneOf", "allOf", "not", "if"])
    static let anthropic = SchemaRules(
        wantsAllRequired: false,
        refused: ["oneOf", "minimum", "maximum", "minLength", "maxLength", "multipleOf", "maxItems", "not", "if"])

    /// The first thing that is wrong with `schema`, as place and reason; nil where the service takes it.
    func problem(with schema: JSONValue, at place: [String] = []) -> (place: [String], reason: String)? {
        guard let members = schema.object else { return (place, "a schema must be an object") }
        if place.isEmpty, members["type"] != "object" { return (place, "schema must be of type 'object'") }
        if let word = members.keys.sorted().first(where: { refused.contains($0) }) {
            return (place, "'\(word)' is not permitted")
        }
        if let properties = members["properties"]?.object {
            guard members["additionalProperties"] == false else {
                return (place, "'additionalProperties' is required to be supplied and to be false")
            }
            let required = Set(members["required"]?.array?.compactMap(\.string) ?? [])
            if wantsAllRequired, let name = properties.keys.sorted().first(where: { !required.contains($0) }) {
                return (place, "'required' must list every property; '\(name)' is missing")
            }
        }
        return parts(of: members, at: place).lazy.compactMap { problem(with: $0.schema, at: $0.place) }.first
    }

    /// The schemas inside a schema, in a fixed order.
    private func parts(of members: [String: JSONValue], at place: [String]) -> [(place: [String], schema: JSONValue)] {
        var parts: [(place: [String], schema: JSONValue)] = []
        for group in ["properties", "$defs", "definitions"] {
            for (name, schema) in (members[group]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
                parts.append((place + [group, name], schema))
            }
        }
        if let items = members["items"] { parts.append((place + ["items"], items)) }
        for (index, schema) in (members["anyOf"]?.array ?? []).enumerated() {
            parts.append((place + ["anyOf", String(index)], schema))
        }
        return parts
    }
}
