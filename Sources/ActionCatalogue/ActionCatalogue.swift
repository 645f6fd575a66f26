import Foundation
import JobModel
import Schemas

/// The actions that steps of playbooks may use, by name: those of the program, and the person's own.
package struct ActionCatalogue: Sendable {
    private let byName: [String: ActionDefinition]

    /// - Parameter own: actions of the person's own; one that has the name of a built-in one is left out.
    package init(own: [ActionDefinition] = []) {
        let own = own.filter { Self.builtIn[$0.name] == nil }.map { ($0.name, $0) }
        byName = Self.builtIn.merging(own) { first, _ in first }
    }

    package subscript(name: String) -> ActionDefinition? { byName[name] }

    /// By name.
    package var all: [ActionDefinition] { byName.values.sorted { $0.name < $1.name } }

    package var names: [String] { byName.keys.sorted() }

    /// What is wrong with a call, before any of its templates is filled: an unknown action or parameter, a missing one,
    /// a value of another kind. A text with a hole may become anything.
    package func problems(of call: ActionCall) -> [SchemaValidator.Problem] {
        guard let definition = self[call.name] else {
            return [.init(pointer: "", message: "there is no action \"\(call.name)\"")]
        }
        return definition.problems(of: call.parameters)
    }

    private static let builtIn: [String: ActionDefinition] = EmbeddedActions.files.reduce(into: [:]) { table, bytes in
        do {
            let definition = try JSONDecoder().decode(ActionDefinition.self, from: Data(bytes))
            table[definition.name] = definition
        } catch {
            preconditionFailure("an embedded action cannot be read: \(error)")
        }
    }
}

extension ActionDefinition {
    /// What is wrong with these parameters. A text with a hole may become anything.
    package func problems(of values: [String: JSONValue]) -> [SchemaValidator.Problem] {
        let holes = values.filter { $0.value.holdsTemplate }
        let schema = parameters.withAnything(for: Set(holes.keys))
        return SchemaValidator(schema: schema, missingIsNull: true).problems(in: .object(values))
    }
}

extension JSONValue {
    /// Somewhere in it stands `{{`.
    package var holdsTemplate: Bool {
        switch self {
        case .string(let text): text.contains("{{")
        case .array(let items): items.contains(where: \.holdsTemplate)
        case .object(let members): members.values.contains(where: \.holdsTemplate)
        case .null, .bool, .number: false
        }
    }

    /// A schema of an object in which these members may be anything.
    fileprivate func withAnything(for names: Set<String>) -> JSONValue {
        guard case .object(var schema) = self, case .object(var properties)? = schema["properties"] else { return self }
        for name in names where properties[name] != nil { properties[name] = .object([:]) }
        schema["properties"] = .object(properties)
        return .object(schema)
    }
}
