import ActionCatalogue
import Documents
import Foundation
import JobModel
import Planning
import Templates

/// Makes the action of a step out of its `action` and `with`.
struct ActionReader {
    let reader: NodeReader
    let surroundings: Surroundings
    let places: TextPlaces

    /// Names that steps cannot have: templates mean other things by them.
    static let reserved: Set<String> = [
        "event", "input", "item", "job", "run", "date", "time", "now", "outcome", "steps", "user",
    ]

    private var findings: Findings { reader.findings }

    func action(_ node: DocumentNode) -> Action? {
        guard let word = reader.required("action", of: node) else { return nil }
        let with = node["with"]
        if let with, with.members == nil {
            findings.report("\"with\" is no object with what \(NodeReader.quoted(word.text)) is given", at: with.place)
            return nil
        }
        // What a file leaves out is reported where the step begins.
        let given = with ?? DocumentNode(.object([], isInBraces: true), at: node.place)
        if let simple = BuiltInAction(rawValue: word.text), isSimple(simple, given) { return builtIn(simple, given) }
        guard surroundings.actions[word.text] != nil else {
            let known = Set(surroundings.actions.names + BuiltInAction.allCases.map(\.rawValue)).sorted()
            findings.report(
                "there is no action \(NodeReader.quoted(word.text)); \(NodeReader.advice(word.text, known))",
                at: word.place)
            return nil
        }
        return call(word.text, given)
    }

    /// What the short form has no word for is the catalogue's, where that knows the action too.
    private func isSimple(_ action: BuiltInAction, _ node: DocumentNode) -> Bool {
        surroundings.actions[action.rawValue] == nil
            || Set(node.members?.map(\.key) ?? []).isSubset(of: action.keys)
    }

    // MARK: Of the catalogue

    private func call(_ name: String, _ node: DocumentNode) -> Action? {
        guard let schema = surroundings.actions[name]?.parameters else { return nil }
        let value = ParameterReading.value(node, schema).object ?? [:]
        let call = ActionCall(name, ParameterReading.widened(value, schema))
        let problems = surroundings.actions.problems(of: call)
        ParameterReading(findings: findings).report(problems, in: node, of: name, schema: schema)
        checkTouches(of: call, in: node)
        return problems.isEmpty ? .call(call) : nil
    }

    /// An address is looked at now, and not at 9 in the morning.
    private func checkTouches(of call: ActionCall, in node: DocumentNode) {
        for touch in surroundings.actions[call.name]?.touches ?? [] {
            guard let text = call.parameters[touch.parameter]?.string, let value = node[touch.parameter] else {
                continue
            }
            switch touch.kind {
            case .request:
                if let problem = problem(withURL: text) { findings.report(problem, at: value.place) }
            case .recipient: warn(about: call.recipients.map(\.description), at: value.place)
            case .read, .write, .secret, .event, .playbook: break
            }
        }
    }

    /// Holes in the path are filled later; the host must be known now.
    private func problem(withURL url: String) -> String? {
        guard let hole = url.firstRange(of: "{{") else { return surroundings.problemWithURL(url) }
        let origin = url.firstRange(of: "://").flatMap { url[$0.upperBound...].firstIndex { "/?#".contains($0) } }
        guard let origin, origin < hole.lowerBound else {
            return "the address \(NodeReader.quoted(url)) has a hole in its host, which nobody could approve"
        }
        return surroundings.problemWithURL(String(url[..<origin]))
    }

    // MARK: Of the program

    private func builtIn(_ action: BuiltInAction, _ node: DocumentNode) -> Action? {
        let schema = action.parameters
        let values = ParameterReading.widened(ParameterReading.value(node, schema).object ?? [:], schema)
        let definition = ActionDefinition(
            name: action.rawValue, summary: "", risk: .none, parameters: schema, result: [:])
        let problems = definition.problems(of: values)
        ParameterReading(findings: findings).report(problems, in: node, of: action.rawValue, schema: schema)
        guard problems.isEmpty, checkTemplates(of: action, node) else { return nil }
        return made(action, values, node)
    }

    private func made(_ action: BuiltInAction, _ values: [String: JSONValue], _ node: DocumentNode) -> Action? {
        let recipients = (values["to"]?.array ?? []).compactMap(\.string)
        if let to = node["to"] { warn(about: recipients, at: to.place) }
        if case .http = action, let url = values["url"]?.string, let problem = problem(withURL: url) {
            findings.report(problem, at: node["url"]?.place ?? node.place)
            return nil
        }
        var surroundings = surroundings
        // The folder where the program happens to run means nothing to a file.
        surroundings.repository = nil
        if case .http = action { surroundings.problemWithURL = { _ in nil } }
        do {
            let made = try ActionBuilder(surroundings: surroundings).action(
                action.intent(values), to: recipients.map { Recipient($0) })
            return gathering(made, values)
        } catch {
            findings.report((error as? PlanningFailure)?.message ?? "\(error)", at: place(of: action, node))
            return nil
        }
    }

    private func gathering(_ action: Action, _ values: [String: JSONValue]) -> Action {
        guard case .prompt(let text, let gather) = action, let folder = values["repository"]?.string else {
            return action
        }
        let hours = values["hours"]?.number.flatMap { Int(exactly: $0) } ?? 24
        return .prompt(text: text, gather: [.gitCommits(directory: folder, hours: hours)] + gather)
    }

    /// The planner's sentences about an action are mostly about its subject.
    private func place(of action: BuiltInAction, _ node: DocumentNode) -> DocumentPlace {
        let subject = ["text", "path", "url", "name", "measure", "goal"].first { node[$0] != nil }
        return subject.flatMap { node[$0]?.place } ?? node.place
    }

    /// Templates are read here first, since here it is known where they stand.
    private func checkTemplates(of action: BuiltInAction, _ node: DocumentNode) -> Bool {
        var isRight = true
        for member in node.members ?? [] {
            guard let scalar = member.value.scalar, scalar.string.contains("{{") else { continue }
            do throws(TemplateError) { _ = try Template(scalar.string) } catch { isRight = false }
        }
        return isRight
    }

    private func warn(about recipients: [String], at place: DocumentPlace) {
        for recipient in recipients
        where !recipient.contains("{{") && !surroundings.hasGateway(Recipient(recipient)) {
            findings.warn("\(recipient) is not configured: until it is, outcomes stay in the conversation", at: place)
        }
    }
}
