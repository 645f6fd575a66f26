import ActionCatalogue
import Documents
import JobModel
import Schemas

/// What stands in a step's `with`, as JSON of the kinds that the action's schema declares.
struct ParameterReading {
    let findings: Findings

    /// A bare word of YAML is a text where the schema wants one, and else what it looks like.
    static func value(_ node: DocumentNode, _ schema: JSONValue?) -> JSONValue {
        switch node.content {
        case .scalar(let scalar): return value(scalar, schema)
        case .list(let items): return .array(items.map { value($0, schema?["items"]) })
        case .object(let members, _):
            let pairs = members.map { ($0.key, value($0.value, schema?["properties"]?[$0.key])) }
            return .object(Dictionary(pairs, uniquingKeysWith: { $1 }))
        }
    }

    private static func value(_ scalar: DocumentScalar, _ schema: JSONValue?) -> JSONValue {
        if scalar.kind == .text { return .string(scalar.string) }
        if scalar.kind == .word, schema?["type"]?.string == "string", !scalar.string.isEmpty {
            return .string(scalar.string)
        }
        if scalar.isNull { return .null }
        if let truth = scalar.truth { return .bool(truth) }
        if let number = scalar.number { return .number(number) }
        return .string(scalar.string)
    }

    /// A single text stands for a list of it where the schema wants a list of texts.
    static func widened(_ values: [String: JSONValue], _ schema: JSONValue) -> [String: JSONValue] {
        values.reduce(into: [:]) { result, member in
            let property = schema["properties"]?[member.key]
            let wantsTexts = property?["type"]?.string == "array" && property?["items"]?["type"]?.string == "string"
            result[member.key] = wantsTexts && member.value.string != nil ? .array([member.value]) : member.value
        }
    }

    // MARK: Problems

    /// Says what the validator found, at the place of the bad part.
    func report(_ problems: [SchemaValidator.Problem], in node: DocumentNode, of action: String, schema: JSONValue) {
        for problem in problems {
            let steps = Self.steps(of: problem.pointer)
            let names = steps.dropLast().reduce(schema) { $0["properties"]?[$1] ?? $0["items"] ?? .null }["properties"]
            if problem.message == "there is no such member", let name = steps.last {
                let known = names?.object.map { Array($0.keys) } ?? []
                let where_ = Self.place(of: steps, in: node, isKey: true)
                findings.report(
                    "\(action) has no parameter \(NodeReader.quoted(name)); \(NodeReader.advice(name, known))",
                    at: where_)
            } else {
                findings.report(Self.sentence(problem.message, of: steps, action), at: Self.place(of: steps, in: node))
            }
        }
    }

    private static func sentence(_ message: String, of steps: [String], _ action: String) -> String {
        if message.hasPrefix("the member \""), message.hasSuffix("\" is missing") {
            let name = message.dropFirst(11).dropLast(11)
            return "\(action) needs the parameter \(name)"
        }
        return steps.isEmpty ? "\(action): \(message)" : "\"\(steps.joined(separator: "."))\" \(message)"
    }

    private static func steps(of pointer: String) -> [String] {
        pointer.split(separator: "/").map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    }

    private static func place(of steps: [String], in node: DocumentNode, isKey: Bool = false) -> DocumentPlace {
        var node = node
        for (index, step) in steps.enumerated() {
            if isKey, index == steps.count - 1, let member = node.members?.first(where: { $0.key == step }) {
                return member.place
            }
            guard let next = node[step] ?? Int(step).flatMap({ node.list?.element($0) }) else { return node.place }
            node = next
        }
        return node.place
    }
}

extension [DocumentNode] {
    fileprivate func element(_ index: Int) -> DocumentNode? { indices.contains(index) ? self[index] : nil }
}
