import JobModel

/// Checks documents against the part of JSON Schema that the contract uses: `type`, `enum`, `properties`, `required`,
/// `additionalProperties: false`, `items` and `anyOf`. Other keywords are ignored.
package struct SchemaValidator: Sendable {
    package let schema: JSONValue
    /// A missing member counts as `null` where the schema allows that: Swift leaves absent values out.
    package let missingIsNull: Bool

    package init(schema: JSONValue, missingIsNull: Bool = false) {
        self.schema = schema
        self.missingIsNull = missingIsNull
    }

    /// One thing that is wrong with a document.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// JSON pointer into the document (`/intents/0/job`); empty is the whole document.
        package let pointer: String
        package let message: String

        package init(pointer: String, message: String) {
            self.pointer = pointer
            self.message = message
        }

        package var description: String { "\(pointer.isEmpty ? "/" : pointer): \(message)" }
    }

    /// Everything that is wrong, in the order of the document; empty for a valid one.
    package func problems(in document: JSONValue) -> [Problem] {
        problems(in: document, against: schema, at: "")
    }

    private func problems(in value: JSONValue, against schema: JSONValue, at pointer: String) -> [Problem] {
        if let choices = schema["anyOf"]?.array { return problems(in: value, againstAnyOf: choices, at: pointer) }
        if let problem = typeProblem(of: value, schema: schema) { return [Problem(pointer: pointer, message: problem)] }
        if let allowed = schema["enum"]?.array, !allowed.contains(value) {
            let list = allowed.map(\.compactText).joined(separator: ", ")
            return [Problem(pointer: pointer, message: "\(value.compactText) is not one of \(list)")]
        }
        switch value {
        case .object(let members): return memberProblems(members, schema: schema, at: pointer)
        case .array(let elements):
            guard let items = schema["items"] else { return [] }
            return elements.enumerated().flatMap { problems(in: $1, against: items, at: "\(pointer)/\($0)") }
        default: return []
        }
    }

    private func memberProblems(_ members: [String: JSONValue], schema: JSONValue, at pointer: String) -> [Problem] {
        let properties = schema["properties"]?.object ?? [:]
        var found: [Problem] = []
        for name in (schema["required"]?.array ?? []).compactMap(\.string) where members[name] == nil {
            let allowsNull = properties[name].map { problems(in: .null, against: $0, at: "").isEmpty } ?? false
            if !(missingIsNull && allowsNull) {
                found.append(Problem(pointer: pointer, message: "the member \"\(name)\" is missing"))
            }
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let place = "\(pointer)/\(Self.escaped(name))"
            if let property = properties[name] {
                found += problems(in: value, against: property, at: place)
            } else if schema["additionalProperties"]?.bool == false {
                found.append(Problem(pointer: place, message: "there is no such member"))
            }
        }
        return found
    }

    /// With a discriminator the problems of the chosen branch are told, else that none fits.
    private func problems(in value: JSONValue, againstAnyOf choices: [JSONValue], at pointer: String) -> [Problem] {
        let attempts = choices.map { problems(in: value, against: $0, at: pointer) }
        if attempts.contains(where: \.isEmpty) { return [] }
        if let intent = value["intent"], let index = choices.firstIndex(where: { Self.discriminator($0) == intent }) {
            return attempts[index]
        }
        if let intent = value["intent"] {
            let known = choices.compactMap { Self.discriminator($0)?.string }.joined(separator: ", ")
            let message = "\(intent.compactText) is no intent; the intents are \(known)"
            return [Problem(pointer: "\(pointer)/intent", message: message)]
        }
        return attempts.min { $0.count < $1.count } ?? []
    }

    private static func discriminator(_ schema: JSONValue) -> JSONValue? {
        schema["properties"]?["intent"]?["enum"]?.array?.first
    }

    private func typeProblem(of value: JSONValue, schema: JSONValue) -> String? {
        guard let type = schema["type"] else { return nil }
        let names = type.string.map { [$0] } ?? (type.array ?? []).compactMap(\.string)
        guard !names.contains(where: { Self.value(value, is: $0) }) else { return nil }
        return "must be \(names.joined(separator: " or ")), not \(Self.typeName(of: value))"
    }

    private static func value(_ value: JSONValue, is type: String) -> Bool {
        if type == "integer", case .number(let number) = value { return number == number.rounded() }
        return typeName(of: value) == type
    }

    private static func typeName(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// A member's name inside a JSON pointer (RFC 6901).
    private static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
