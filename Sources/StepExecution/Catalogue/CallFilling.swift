import ActionCatalogue
import Foundation
import JobModel
import Schemas
import Templates

/// Fills the holes of a call, as its schema says that each parameter is to be read, and checks what comes of it.
struct CallFilling {
    let definition: ActionDefinition
    let data: TemplateData

    func filled(_ call: ActionCall) throws(RenderingProblem) -> FilledCall {
        var parameters: [String: JSONValue] = [:]
        for (name, schema) in definition.parameters["properties"]?.object ?? [:] {
            parameters[name] = schema["default"]
        }
        for (name, value) in call.parameters {
            parameters[name] = try fill(value, schema: definition.parameter(name) ?? .object([:]))
        }
        let problems = SchemaValidator(schema: definition.parameters, missingIsNull: true)
            .problems(in: .object(parameters))
        if let problem = problems.first {
            let place = problem.pointer.dropFirst().replacing("/", with: ".")
            throw RenderingProblem("\(place.isEmpty ? call.name : "\"\(place)\"") \(problem.message)")
        }
        return FilledCall(name: call.name, parameters: parameters, approved: call.parameters)
    }

    private func fill(_ value: JSONValue, schema: JSONValue) throws(RenderingProblem) -> JSONValue {
        switch value {
        case .string(let text): return try fill(text, schema: schema)
        case .array(let items):
            var filled: [JSONValue] = []
            for item in items { filled.append(try fill(item, schema: schema["items"] ?? .object([:]))) }
            return .array(filled)
        case .object(let members):
            var filled: [String: JSONValue] = [:]
            for (name, member) in members {
                filled[name] = try fill(member, schema: schema["properties"]?[name] ?? .object([:]))
            }
            return .object(filled)
        case .null, .bool, .number: return value
        }
    }

    private func fill(_ text: String, schema: JSONValue) throws(RenderingProblem) -> JSONValue {
        let format = schema["format"]?.string
        guard format != "expression", format != "sql", text.contains("{{") else { return .string(text) }
        if format == "uri" { return .string(try ActionTexts.url(text, data)) }
        let template: Template
        do {
            template = try Template(text)
        } catch {
            throw RenderingProblem("its template cannot be read: \(error.message)")
        }
        if format == nil, let value = template.soleValue(data) { return Self.coerced(value, to: schema) }
        var data = data
        data.escape(for: format.flatMap(Escaping.init) ?? .plain)
        return .string(CleanText.clean(template.render(data)))
    }

    /// A text where a number is asked for, and a number where a text is: what a person would read it as.
    private static func coerced(_ value: JSONValue, to schema: JSONValue) -> JSONValue {
        let types = schema["type"]?.string.map { [$0] } ?? (schema["type"]?.array ?? []).compactMap(\.string)
        guard !types.isEmpty else { return value }
        switch value {
        case .string(let text) where !types.contains("string"):
            if types.contains("number") || types.contains("integer") {
                return NumberReading.firstNumber(in: text).map(JSONValue.number) ?? value
            }
            if types.contains("boolean"), let truth = ["true": true, "false": false][text] { return .bool(truth) }
            return (try? JSONValue(parsing: text)) ?? value
        case .number, .bool:
            return types == ["string"] ? .string(value.plainText) : value
        case .array, .object:
            return types == ["string"] ? .string(value.compactText) : value
        case .null, .string: return value
        }
    }
}
