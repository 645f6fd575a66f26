import Documents
import IntentContract
import JobModel

/// Reads one entry of a list of jobs and goes on after a problem, so that all of them are named.
struct EntryReader {
    private(set) var problems: [EntryProblem] = []
    private(set) var strays: [EntryProblem] = []
    /// `"Backup": ` in front of what is said about the entry.
    private var label = ""

    /// `nil` where there is a problem.
    mutating func entry(_ node: DocumentNode) -> JobEntry? {
        guard node.members != nil else {
            report("this entry is no object with \"name\", \"action\" and \"payload\"", at: node.place)
            return nil
        }
        let name = required("name", of: node)
        if let name { label = "\"\(name.value.prefix(60))\": " }
        requireKnown(RegistryFormat.Key.allCases.map(\.rawValue), in: node)
        let what = action(of: node) ?? Placed(ActionIntent(type: ""), at: node.place)
        var entry = JobEntry(place: node.place, name: name, zone: optional("timezone", of: node), action: what)
        readTiming(of: node, into: &entry)
        entry.deliver = recipients(of: node)
        entry.isEnabled = truth("enabled", of: node) ?? true
        if let policies = node["policies"] { entry.policies = readPolicies(policies) }
        entry.declaration = Self.declaration(of: node)
        return problems.isEmpty ? entry : nil
    }

    private mutating func report(_ message: String, at place: DocumentPlace) {
        problems.append(EntryProblem(label + message, at: place))
    }

    private mutating func requireKnown(_ keys: [String], in node: DocumentNode) {
        for member in node.members ?? [] where !keys.contains(member.key) {
            let advice = NearestName.find(member.key, among: keys).map { "did you mean \"\($0)\"?" }
            strays.append(
                EntryProblem(
                    "\(label)there is no key \"\(member.key.prefix(60))\"; "
                        + (advice ?? "there are \(keys.sorted().joined(separator: ", "))"), at: member.place))
        }
    }

    // MARK: When

    private mutating func readTiming(of node: DocumentNode, into entry: inout JobEntry) {
        entry.cron = optional("cron", of: node)
        entry.when = optional("when", of: node)
        entry.event = optional("event", of: node)
        if entry.cron != nil, let when = entry.when {
            report("\"cron\" and \"when\" say the same thing twice; keep one of them", at: when.place)
        }
        if node["cron"] == nil, node["when"] == nil, node["event"] == nil {
            report("nothing says when; \"cron\", \"when\" or \"event\" is missing", at: node.place)
        }
    }

    // MARK: What

    private mutating func action(of node: DocumentNode) -> Placed<ActionIntent>? {
        guard let word = required("action", of: node) else { return nil }
        guard let kind = RegistryFormat.ActionWord(rawValue: word.value) else {
            let words = RegistryFormat.ActionWord.allCases.map(\.rawValue)
            let advice = NearestName.find(word.value, among: words).map { "did you mean \"\($0)\"?" }
            let known = "there are \(words.joined(separator: ", "))"
            report("there is no action \"\(word.value.prefix(60))\"; \(advice ?? known)", at: word.place)
            return nil
        }
        guard let payload = node["payload"], payload.members != nil else {
            let place = node["payload"]?.place ?? node.place
            report("\"payload\" is missing or no object; it holds \"\(kind.subject)\"", at: place)
            return nil
        }
        requireKnown(kind.keys, in: payload)
        guard let subject = required(kind.subject, of: payload) else { return nil }
        return Placed(intent(kind, subject.value, payload), at: subject.place)
    }

    private mutating func intent(
        _ kind: RegistryFormat.ActionWord, _ subject: String, _ payload: DocumentNode
    ) -> ActionIntent {
        switch kind {
        case .agentWorkflow: .prompt(subject)
        case .notify: .notify(subject)
        case .playbook: ActionIntent(type: "playbook", name: subject)
        case .script:
            ActionIntent(type: "script", path: subject, arguments: texts("arguments", of: payload).map(\.value))
        case .http:
            ActionIntent(
                type: "http", method: optional("method", of: payload)?.value, url: subject,
                body: optional("body", of: payload)?.value)
        case .agent:
            ActionIntent(
                type: "agent", text: subject,
                arguments: texts("tools", of: payload).map(\.value)
                    + [optional("rounds", of: payload).map { "rounds:\($0.value)" }].compactMap(\.self),
                name: optional("agent", of: payload)?.value)
        }
    }

    /// `deliver` of the entry, and the `output` that the payload may name instead.
    private mutating func recipients(of node: DocumentNode) -> [Placed<String>] {
        let named = texts("deliver", of: node)
        guard let payload = node["payload"], let output = optional("output", of: payload) else { return named }
        return named + [output]
    }

    private mutating func readPolicies(_ node: DocumentNode) -> EntryPolicies {
        requireKnown(RegistryFormat.policyKeys, in: node)
        let reading = PolicyReading(node)
        for problem in reading.problems { report(problem.message, at: problem.place) }
        return reading.policies
    }

    // MARK: Values

    private mutating func required(_ key: String, of node: DocumentNode) -> Placed<String>? {
        if node[key] == nil { report("\"\(key)\" is missing", at: node.place) }
        return optional(key, of: node)
    }

    private mutating func optional(_ key: String, of node: DocumentNode) -> Placed<String>? {
        guard let value = node[key] else { return nil }
        return text(value, named: key)
    }

    private mutating func text(_ value: DocumentNode, named key: String) -> Placed<String>? {
        guard let text = value.scalar?.text, text.contains(where: { !$0.isWhitespace }) else {
            report("\"\(key)\" is empty or no text", at: value.place)
            return nil
        }
        return Placed(text, at: value.place)
    }

    /// A list of texts, or one of them by itself.
    private mutating func texts(_ key: String, of node: DocumentNode) -> [Placed<String>] {
        guard let value = node[key] else { return [] }
        var texts: [Placed<String>] = []
        for item in value.list ?? [value] {
            if let text = text(item, named: key) { texts.append(text) }
        }
        return texts
    }

    private mutating func truth(_ key: String, of node: DocumentNode) -> Bool? {
        guard let value = node[key] else { return nil }
        if let truth = value.scalar?.truth { return truth }
        report("\"\(key)\" takes true or false", at: value.place)
        return nil
    }

    // MARK: Declaration

    /// Scalars become texts, so that the same job in JSON and in YAML is the same declaration.
    private static func declaration(of node: DocumentNode) -> JSONValue {
        switch node.content {
        case .scalar(let scalar): .string(scalar.string)
        case .list(let items): .array(items.map(declaration))
        case .object(let members, _):
            .object(
                Dictionary(
                    members.filter { $0.key != RegistryFormat.Key.description.rawValue }
                        .map { ($0.key, declaration(of: $0.value)) }, uniquingKeysWith: { $1 }))
        }
    }
}
