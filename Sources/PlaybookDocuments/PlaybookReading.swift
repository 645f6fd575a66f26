import Documents
import Foundation
import JobModel
import Planning

/// The text of a playbook file, read against the world: the playbook, or everything that is wrong with it.
package struct PlaybookReading: Sendable {
    package enum Syntax: Sendable {
        case json, yaml

        /// By the name of the file; YAML where that says nothing.
        package init(fileName: String) { self = fileName.hasSuffix(".json") ? .json : .yaml }
    }

    /// As it would be stored, its number and those of its triggers still 0; `nil` where there is an error.
    package private(set) var playbook: Job?
    /// By their place, warnings among them.
    package private(set) var problems: [PlaybookProblem] = []

    package init(_ text: String, syntax: Syntax, situation: Situation, provenance: Provenance) {
        let findings = Findings()
        if let root = Self.root(of: text, syntax, findings) {
            let reader = PlaybookReader(findings: findings, situation: situation, places: TextPlaces(text))
            let job = reader.playbook(root, provenance: provenance)
            playbook = findings.hasErrors ? nil : job
        }
        problems = findings.problems.sorted { ($0.place, $0.message) < ($1.place, $1.message) }
    }

    package var hasErrors: Bool { problems.contains { !$0.isWarning } }

    private static func root(of text: String, _ syntax: Syntax, _ findings: Findings) -> DocumentNode? {
        switch syntax {
        case .json:
            let document = JSONDocument(text)
            for problem in document.problems { findings.report(problem.message, at: problem.place ?? .start) }
            // What is left of a broken text says nothing of what was meant.
            return document.problems.isEmpty ? document.root : nil
        case .yaml:
            do throws(DocumentError) {
                if let root = try YAMLDocument.read(text), root.scalar?.isNull != true { return root }
                findings.report("the file is empty", at: .start)
            } catch {
                findings.report(hint(error, in: text), at: error.place ?? .start)
            }
            return nil
        }
    }

    /// What people write most often and YAML reads as something else.
    private static func hint(_ error: DocumentError, in text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let place = error.place, lines.indices.contains(place.line - 1) else { return error.message }
        let line = lines[place.line - 1]
        if line.contains(/[:,{\-]\s+[*@%]/) {
            return "\(error.message); a value that begins with *, @ or % needs quotes"
        }
        if line.contains(/[:,\-]\s+\{\{/) { return "\(error.message); a value that begins with {{ needs quotes" }
        return error.message
    }
}

/// Reads the whole document, and goes on after a problem, so that all of them are named.
struct PlaybookReader {
    let findings: Findings
    let situation: Situation
    let places: TextPlaces

    private var reader: NodeReader { NodeReader(findings: findings) }
    private var surroundings: Surroundings { situation.surroundings }

    func playbook(_ root: DocumentNode, provenance: Provenance) -> Job? {
        guard root.members != nil else {
            findings.report("this is no playbook: an object with \"name\" and \"steps\"", at: root.place)
            return nil
        }
        reader.requireKnown(PlaybookFormat.names(PlaybookFormat.Key.self), in: root)
        let name = reader.required("name", of: root)
        if let name { check(name) }
        let header = HeaderReader(reader: reader, surroundings: surroundings).header(root)
        let steps = steps(root, header)
        var job = Job(
            name: name?.text ?? "",
            triggers: TriggerReader(reader: reader, situation: situation, places: places).triggers(root["triggers"]),
            steps: steps.map(\.step), provenance: provenance, createdAt: situation.now,
            playbook: header)
        job.delivery = deliver(root)
        job.status = (reader.choice("status", of: root, PlaybookFormat.Status.self) ?? .active).stored
        job.policies = policies(root["policies"], of: job)
        warnAboutInputs(of: job, root)
        job.capabilities = capabilities(of: job, root)
        return name == nil || job.steps.isEmpty ? nil : job
    }

    private func check(_ name: PlacedText) {
        let isLine = name.text.withoutControlCharacters(keepingNewlines: false) == name.text
        guard name.text.count > PlaybookFormat.longestName || !isLine else { return }
        findings.report("a name is one line of up to \(PlaybookFormat.longestName) characters", at: name.place)
    }

    private func steps(_ root: DocumentNode, _ header: PlaybookHeader) -> [PlacedStep] {
        guard let node = root["steps"] else {
            findings.report("\"steps\" is missing", at: root.place)
            return []
        }
        let actions = ActionReader(reader: reader, surroundings: surroundings, places: places)
        var steps = StepReader(reader: reader, actions: actions)
        steps.read(node)
        GraphCheck(findings: findings).check(steps.steps)
        NameCheck(
            findings: findings, places: places, catalogue: surroundings.actions, inputs: header.inputs,
            steps: steps.steps
        ).check()
        return steps.steps
    }

    private func deliver(_ root: DocumentNode) -> [Recipient] {
        let recipients = reader.texts("deliver", of: root)
        for text in recipients where !surroundings.hasGateway(Recipient(text.text)) {
            findings.warn(
                "\(text.text) is not configured: until it is, outcomes stay in the conversation", at: text.place)
        }
        return recipients.map { Recipient($0.text) }.filter { !$0.isConversation }.uniqued()
    }

    private func policies(_ node: DocumentNode?, of job: Job) -> Policies {
        let usual = Policies.usual(for: job)
        guard let node else { return usual }
        let members = reader.members(node, of: "policies", such: "{retries: 3}")
        reader.requireKnown(PlaybookFormat.policyKeys, in: node)
        let keys = PlaybookFormat.policyKeys.map { (key: $0, policy: $0) }
        return PolicyReader(findings: findings).policies(members, key: "policies", keys: keys, over: usual) ?? usual
    }

    /// Only a person gives values: a run by the clock has those of the file.
    private func warnAboutInputs(of job: Job, _ root: DocumentNode) {
        guard job.triggers.contains(where: { $0.kind != .manual }), let inputs = root["inputs"] else { return }
        for input in job.playbook?.inputs ?? [] where input.usual == nil {
            let place = inputs.members?.first { $0.key == input.name }?.place ?? inputs.place
            findings.warn("\"\(input.name)\" has no default, and runs by a trigger are given none", at: place)
        }
    }

    /// Frozen with the playbook: what the steps need, whatever else the file allows.
    private func capabilities(of job: Job, _ root: DocumentNode) -> Capabilities {
        guard !findings.hasErrors else { return Capabilities() }
        do {
            let needed = try ActionBuilder(surroundings: surroundings).capabilities(of: job.steps)
            CapabilityCheck(reader: reader).check(root["capabilities"], needed: needed)
            return needed
        } catch {
            findings.report(
                (error as? PlanningFailure)?.message ?? "\(error)", at: root["steps"]?.place ?? root.place)
            return Capabilities()
        }
    }
}
