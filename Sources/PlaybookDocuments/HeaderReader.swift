import Documents
import JobModel
import Planning

/// Reads what a playbook has beyond any job: who speaks, what it is about, what it is given.
struct HeaderReader {
    let reader: NodeReader
    let surroundings: Surroundings

    private var findings: Findings { reader.findings }

    func header(_ node: DocumentNode) -> PlaybookHeader {
        PlaybookHeader(
            agent: agent(node), category: reader.text("category", of: node)?.text,
            description: reader.text("description", of: node)?.text, inputs: inputs(node["inputs"]),
            isHeartbeat: reader.choice("kind", of: node, PlaybookFormat.Kind.self) == .heartbeat)
    }

    private func agent(_ node: DocumentNode) -> String? {
        guard let agent = reader.text("agent", of: node) else { return nil }
        guard let known = surroundings.agents else { return agent.text }
        if let match = known.first(where: { Job.nameKey($0) == Job.nameKey(agent.text) }) { return match }
        findings.report(
            "there is no agent \(NodeReader.quoted(agent.text)); \(NodeReader.advice(agent.text, known))",
            at: agent.place)
        return nil
    }

    // MARK: Inputs

    private func inputs(_ node: DocumentNode?) -> [PlaybookInput] {
        guard let node else { return [] }
        return reader.members(node, of: "inputs", such: "{limit: {type: number, default: 10}}").compactMap(input)
    }

    private func input(_ member: DocumentMember) -> PlaybookInput? {
        guard member.key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }), !member.key.isEmpty
        else {
            findings.report(
                "\(NodeReader.quoted(member.key)) is no name of an input; letters, digits and \"_\" make one",
                at: member.place)
            return nil
        }
        guard member.value.members != nil else {
            findings.report(
                "\"\(member.key)\" is no object such as {type: number, default: 10}", at: member.value.place)
            return nil
        }
        reader.requireKnown(PlaybookFormat.names(PlaybookFormat.InputKey.self), in: member.value)
        let kind = reader.choice("type", of: member.value, PlaybookInput.Kind.self) ?? .text
        var input = PlaybookInput(
            name: member.key, kind: kind, description: reader.text("description", of: member.value)?.text)
        if let usual = member.value["default"] { input.usual = value(usual, for: input) }
        return input
    }

    private func value(_ node: DocumentNode, for input: PlaybookInput) -> JSONValue? {
        let value = ParameterReading.value(node, input.kind == .text ? ["type": "string"] : nil)
        if input.accepts(value) { return value }
        findings.report(
            "\(NodeReader.quoted(value.plainText)) is no \(input.kind.rawValue), which \"\(input.name)\" is",
            at: node.place)
        return nil
    }
}

/// Holds `capabilities` to what the steps need.
struct CapabilityCheck {
    let reader: NodeReader

    func check(_ node: DocumentNode?, needed: Capabilities) {
        guard let node else { return }
        _ = reader.members(node, of: "capabilities", such: "{requests: [GET https://shop.example/price]}")
        reader.requireKnown(PlaybookFormat.names(PlaybookFormat.CapabilityKey.self), in: node)
        for (key, wanted) in Self.lists(needed) {
            let listed = reader.texts(key.rawValue, of: node)
            for text in wanted where !listed.contains(where: { $0.text == text }) {
                reader.findings.report(
                    "\"\(key.rawValue)\" does not hold \(NodeReader.quoted(text)), which a step needs",
                    at: node[key.rawValue]?.place ?? node.place)
            }
            for item in listed where !wanted.contains(item.text) {
                reader.findings.warn("no step needs \(NodeReader.quoted(item.text))", at: item.place)
            }
        }
        let seesJobs = reader.truth(PlaybookFormat.CapabilityKey.jobs.rawValue, of: node) ?? false
        if needed.listsJobs, !seesJobs {
            reader.findings.report("\"jobs: true\" is missing: an agent lists your jobs", at: node.place)
        }
    }

    static func lists(_ capabilities: Capabilities) -> [(PlaybookFormat.CapabilityKey, [String])] {
        [
            (.scripts, capabilities.scripts.keys.sorted()), (.requests, capabilities.requests),
            (.reads, capabilities.reads), (.folders, capabilities.folders), (.addresses, capabilities.addresses),
            (.writes, capabilities.writes),
            (.secrets, capabilities.secrets),
        ]
    }
}
