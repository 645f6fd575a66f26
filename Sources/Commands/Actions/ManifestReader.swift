import ActionCatalogue
import Documents
import JobModel
import Schemas
import StepExecution

/// Reads the description of an action: name, summary, risk, parameters, result, example and script.
struct ManifestReader {
    private static let keys = ["name", "summary", "risk", "parameters", "result", "example", "script"]

    /// Of the folder: the action is called so.
    let folder: String
    var problems: [ManifestProblem] = []

    init(folder: String) { self.folder = folder }

    /// `nil` where there is nothing to make an action of; a definition with problems is shown and never used.
    mutating func definition(_ text: String) -> ActionDefinition? {
        let document: DocumentNode
        do throws(DocumentError) {
            guard let read = try YAMLDocument.read(text) else { return fail("it is empty") }
            document = read
        } catch {
            return fail(error.message, at: error.place)
        }
        guard let members = document.members else { return fail("it is no object", at: document.place) }
        for member in members where !Self.keys.contains(member.key) {
            problems.append(
                .init(
                    "there is no \"\(member.key)\"; the keys are \(Self.keys.joined(separator: ", "))", at: member.place
                ))
        }
        checkName(document)
        var definition = ActionDefinition(
            name: folder, summary: self.text(of: "summary", in: document) ?? "", risk: risk(document),
            parameters: schema(of: "parameters", in: document), result: schema(of: "result", in: document))
        definition.example = document["example"]?.json.object ?? [:]
        definition.script = script(document)
        checkExample(definition, document)
        return definition
    }

    private mutating func fail(_ message: String, at place: DocumentPlace? = nil) -> ActionDefinition? {
        problems.append(.init(message, at: place))
        return nil
    }

    private mutating func text(of key: String, in document: DocumentNode) -> String? {
        guard let node = document[key] else {
            problems.append(.init("\"\(key)\" is missing", at: document.place))
            return nil
        }
        guard let text = node.scalar?.text, !text.allSatisfy(\.isWhitespace) else {
            problems.append(.init("\"\(key)\" is no text", at: node.place))
            return nil
        }
        return text
    }

    // MARK: Parts

    private mutating func checkName(_ document: DocumentNode) {
        guard let name = text(of: "name", in: document) else { return }
        let place = document["name"]?.place
        let isWord = name.first.map { $0.isASCII && $0.isLowercase } ?? false
        if !isWord || name.count > 40
            || !name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || "_-".contains($0)) })
        {
            problems.append(.init("a name is small letters, digits, - and _, as in \"exchange_rate\"", at: place))
        } else if name != folder {
            problems.append(.init("it is called \(name), and its folder \(folder)", at: place))
        } else if ActionCatalogue()[name] != nil || ["http", "fetch", "feed", "scripts"].contains(name) {
            problems.append(.init("\(name) is an action of the program; take another name", at: place))
        }
    }

    private mutating func risk(_ document: DocumentNode) -> ActionDefinition.Risk {
        guard let word = text(of: "risk", in: document) else { return .changes }
        guard let risk = ActionDefinition.Risk(rawValue: word) else {
            let words = ActionDefinition.Risk.allCases.map(\.rawValue).joined(separator: ", ")
            problems.append(.init("\"\(word)\" is no risk; \(words) are", at: document["risk"]?.place))
            return .changes
        }
        return risk
    }

    private mutating func schema(of key: String, in document: DocumentNode) -> JSONValue {
        guard let node = document[key] else {
            problems.append(.init("\"\(key)\" is missing", at: document.place))
            return [:]
        }
        let schema = node.json
        guard schema.object != nil, key != "parameters" || schema["type"] == "object" else {
            problems.append(.init("\"\(key)\" is no JSON Schema of an object", at: node.place))
            return [:]
        }
        for (name, property) in schema["properties"]?.object ?? [:] where property.object == nil {
            problems.append(.init("\"\(name)\" has no schema", at: node["properties"]?[name]?.place ?? node.place))
        }
        return schema
    }

    private mutating func script(_ document: DocumentNode) -> String? {
        guard let file = text(of: "script", in: document) else { return nil }
        guard !file.contains("/"), file != "..", file != ActionFolder.manifest else {
            problems.append(.init("\(file) is no file of the action's own folder", at: document["script"]?.place))
            return nil
        }
        return "\(OwnActions.prefix)\(folder)/\(file)"
    }

    private mutating func checkExample(_ definition: ActionDefinition, _ document: DocumentNode) {
        guard let node = document["example"] else {
            problems.append(.init("\"example\" is missing", at: document.place))
            return
        }
        for problem in ActionCatalogue(own: [definition]).problems(of: ActionCall(definition.name, definition.example))
        {
            problems.append(.init("its example does not fit its parameters: \(problem)", at: node.place))
        }
    }
}
