import ActionCatalogue
import Documents
import JobModel
import Templates

/// Holds the names in templates and expressions to what is known when a step begins.
struct NameCheck {
    let findings: Findings
    let places: TextPlaces
    let catalogue: ActionCatalogue
    let inputs: [PlaybookInput]
    let steps: [PlacedStep]
    private let graph: StepPrecedence

    init(
        findings: Findings, places: TextPlaces, catalogue: ActionCatalogue, inputs: [PlaybookInput], steps: [PlacedStep]
    ) {
        self.findings = findings
        self.places = places
        self.catalogue = catalogue
        self.inputs = inputs
        self.steps = steps
        graph = StepPrecedence(steps.map(\.step))
    }

    func check() {
        for placed in steps { check(placed) }
    }

    private func check(_ placed: PlacedStep) {
        let known = known(to: placed.step)
        for key in ["when", "forEach"] {
            if let text = Self.text(placed.node[key]) { expression(text, known) }
        }
        if let condition = placed.step.condition, let text = Self.text(placed.node["if"]),
            !known.contains(where: { $0 == condition.step || $0 == "\(condition.step).*" })
        {
            unknown(condition.step, in: text, known)
        }
        guard let with = placed.node["with"] else { return }
        let word = placed.node["action"]?.scalar?.string ?? ""
        let schema = catalogue[word]?.parameters ?? BuiltInAction(rawValue: word)?.parameters
        texts(with, schema, known)
    }

    private static func text(_ node: DocumentNode?) -> PlacedText? {
        guard let node, let text = node.scalar?.text else { return nil }
        return PlacedText(text: text, node: node)
    }

    // MARK: Texts

    private func texts(_ node: DocumentNode, _ schema: JSONValue?, _ known: [String]) {
        for member in node.members ?? [] { texts(member.value, schema?["properties"]?[member.key], known) }
        for item in node.list ?? [] { texts(item, schema?["items"], known) }
        guard let text = Self.text(node) else { return }
        if schema?["format"]?.string == "expression" {
            expression(text, known)
        } else if text.text.contains("{{") {
            template(text, known)
        }
    }

    private func template(_ text: PlacedText, _ known: [String]) {
        do throws(TemplateError) {
            for name in try Template(text.text).unknown(in: known) { unknown(name, in: text, known) }
        } catch {
            findings.report(error.bareMessage, at: places.place(line: error.line, column: error.column, in: text))
        }
    }

    private func expression(_ text: PlacedText, _ known: [String]) {
        // One hole and nothing else is the value of a name.
        if text.text.hasPrefix("{{"), text.text.hasSuffix("}}"), text.text.dropFirst(2).firstRange(of: "{{") == nil {
            return template(text, known)
        }
        do throws(ExpressionError) {
            for name in try Expression(text.text).names where !Template.isKnown(name, in: known) {
                unknown(name, in: text, known)
            }
        } catch {
            findings.report(
                "\(NodeReader.quoted(text.text)) cannot be read: \(error.message)",
                at: places.place(offset: error.offset, in: text))
        }
    }

    // MARK: Names

    /// As `Template.unknown(in:)` wants them.
    private func known(to step: Step) -> [String] {
        let fixed = ["event.*", "job.name", "run.due", "run.id", "date", "time", "now", "outcome", "user.*"]
        let before = graph.before(step.name)
        let earlier = steps.filter { before.contains($0.step.name) }.flatMap { members(of: $0.step) }
        let item = step.forEach == nil ? [] : ["item.*"]
        return fixed + item + inputs.map(Self.name) + earlier + earlier.map { "steps.\($0)" }
    }

    private static func name(_ input: PlaybookInput) -> String {
        let isOpen = input.kind == .list || input.kind == .object
        return "input.\(input.name)\(isOpen ? ".*" : "")"
    }

    /// What a step comes to: what every result has, and what the action's schema adds.
    private func members(of step: Step) -> [String] {
        let usual =
            ["text", "number", "status", "exitCode", "exit_code", "error", "value.*", "state", "output"]
            + ["failed", "succeeded", "skipped", "changed"]
        let names = [step.name] + usual.map { "\(step.name).\($0)" }
        switch step.action {
        case .notify, .script: return names
        case .system:
            return names + (catalogue["system"]?.result["properties"]?.object?.keys.map { "\(step.name).\($0)" } ?? [])
        // Answers and lists of results have members of their own.
        case .prompt, .http, .playbook, .agent: return ["\(step.name).*"]
        case .call(let call)
        where call.name == "set" && step.forEach == nil && call.parameters["values"]?.object != nil:
            return names + (call.parameters["values"]?.object ?? [:]).keys.map { "\(step.name).\($0).*" }
        case .call(let call):
            let schema = catalogue[call.name]?.result
            guard step.forEach == nil, let own = schema?["properties"]?.object, !own.isEmpty,
                schema?["additionalProperties"]?.bool != true
            else { return ["\(step.name).*"] }
            return names + own.keys.map { "\(step.name).\($0).*" }
        }
    }

    private func unknown(_ name: String, in text: PlacedText, _ known: [String]) {
        let parts = name.split(separator: ".").map(String.init)
        let step = parts.first == "steps" ? parts.dropFirst().first : parts.first
        let place = places.place(offset: text.text.offset(ofName: name), in: text)
        let isStep = steps.contains { $0.step.name == step }
        let isBefore = known.contains { $0 == step || $0 == "\(step ?? "").*" }
        if isStep, let step, !isBefore {
            findings.report("\"\(step)\" is not over when this step begins; \"needs\" would make it so", at: place)
        } else {
            let names = known.map { $0.hasSuffix(".*") ? String($0.dropLast(2)) : $0 }
                .filter { !$0.hasPrefix("steps.") || parts.first == "steps" }
            let near = NearestName.find(name, among: names).map { "; did you mean \"\($0)\"?" }
            findings.report("nothing here is called \(NodeReader.quoted(name))\(near ?? "")", at: place)
        }
    }
}

extension Template {
    /// As `unknown(in:)` reads `known`.
    static func isKnown(_ name: String, in known: [String]) -> Bool {
        known.contains { entry in
            guard entry.hasSuffix(".*") else { return entry == name }
            return name == entry.dropLast(2) || name.hasPrefix(entry.dropLast())
        }
    }
}

extension TemplateError {
    /// Without the place inside the text, which is no place of the file.
    fileprivate var bareMessage: String {
        message.replacing(" at line \(line), column \(column)", with: "")
    }
}

extension String {
    /// Where a name stands by itself, from 0; 0 where it stands nowhere.
    fileprivate func offset(ofName name: String) -> Int {
        var start = startIndex
        while let found = self[start...].firstRange(of: name) {
            let before = self[..<found.lowerBound].last
            let isWhole = before.map { !($0.isLetter || $0.isNumber || "._-".contains($0)) } ?? true
            if isWhole { return distance(from: startIndex, to: found.lowerBound) }
            start = index(after: found.lowerBound)
        }
        return 0
    }
}
