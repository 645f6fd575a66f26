import Documents
import Foundation
import JobModel
import Templates

/// A step as the file has it.
struct PlacedStep {
    var step: Step
    let node: DocumentNode
    /// Of the name, or of the step where it has none.
    let place: DocumentPlace
}

/// Reads `steps`, and opens groups: their steps need what the group needs, and what follows needs all of them.
struct StepReader {
    let reader: NodeReader
    let actions: ActionReader
    private(set) var steps: [PlacedStep] = []
    private var layout = StepLayout()

    init(reader: NodeReader, actions: ActionReader) {
        self.reader = reader
        self.actions = actions
    }

    private var findings: Findings { reader.findings }

    mutating func read(_ node: DocumentNode) {
        guard let items = node.list, !items.isEmpty else {
            findings.report("\"steps\" is no list of at least one step", at: node.place)
            return
        }
        for item in items where steps.count < PlaybookFormat.mostSteps { add(item) }
        if steps.count >= PlaybookFormat.mostSteps {
            findings.report("a playbook has fewer than \(PlaybookFormat.mostSteps) steps", at: node.place)
        }
        checkNames()
        let settled = layout.settled(steps.map(\.step))
        for index in steps.indices { steps[index].step = settled[index] }
    }

    private mutating func add(_ item: DocumentNode) {
        if let members = item["parallel"] { return addGroup(item, members) }
        guard let read = step(item) else { return }
        layout.add(steps.count..<steps.count + 1, as: .single)
        steps.append(read)
    }

    private mutating func addGroup(_ item: DocumentNode, _ members: DocumentNode) {
        reader.requireKnown(PlaybookFormat.names(PlaybookFormat.GroupKey.self), in: item)
        guard let list = members.list, !list.isEmpty else {
            return findings.report("\"parallel\" is no list of steps", at: members.place)
        }
        let start = steps.count
        for member in list {
            guard member["parallel"] == nil else {
                findings.report("a group stands in no other group; \"needs\" says more", at: member.place)
                continue
            }
            if let read = step(member) { steps.append(read) }
        }
        layout.add(start..<steps.count, as: .group(needs: needs(of: item)))
    }

    // MARK: One step

    private func step(_ node: DocumentNode) -> PlacedStep? {
        guard node.members != nil else {
            findings.report("this is no step such as {name: …, action: …, with: {…}}", at: node.place)
            return nil
        }
        reader.requireKnown(PlaybookFormat.names(PlaybookFormat.StepKey.self), in: node)
        let name = reader.required("name", of: node)
        if let name { check(name) }
        // A step with a broken action stays a name that others may use.
        var step = Step(
            name: name?.text ?? "", action: actions.action(node) ?? .call(ActionCall("")),
            condition: condition(node), when: reader.text("when", of: node)?.text, needs: needs(of: node),
            forEach: reader.text("forEach", of: node)?.text, undoneBy: reader.text("undo", of: node)?.text)
        if let handling = node["onError"] { step.onError = onError(handling) ?? .stop }
        step.retry = node["retry"].flatMap(retry)
        step.timeout = timeout(node)
        step.unchanged = reader.choice("unchanged", of: node, Step.Unchanged.self)
        return name.map { PlacedStep(step: step, node: node, place: $0.place) }
    }

    private func check(_ name: PlacedText) {
        let isName = name.text.allSatisfy { ($0.isLetter || $0.isNumber || "_- ".contains($0)) }
        if !isName || name.text.count > PlaybookFormat.longestName {
            findings.report(
                "\(NodeReader.quoted(name.text)) is no name of a step; letters, digits, \"_\" and \"-\" make one",
                at: name.place)
        } else if ActionReader.reserved.contains(name.text) {
            findings.report(
                "\"\(name.text)\" means something else in templates; another name is needed", at: name.place)
        }
    }

    private func checkNames() {
        var lines: [String: Int] = [:]
        for step in steps {
            if let line = lines[step.step.name] {
                findings.report(
                    "there is a step \(NodeReader.quoted(step.step.name)) in line \(line) already", at: step.place)
            } else {
                lines[step.step.name] = step.place.line
            }
        }
    }

    private func needs(of node: DocumentNode) -> [String]? {
        node["needs"] == nil ? nil : reader.texts("needs", of: node).map(\.text).uniqued()
    }

    private func condition(_ node: DocumentNode) -> Condition? {
        guard let text = reader.text("if", of: node) else { return nil }
        do {
            return try Condition(parsing: text.text)
        } catch {
            let offset = text.text.distance(from: text.text.startIndex, to: error.range.lowerBound)
            findings.report(
                "\(NodeReader.quoted(text.text)) is no condition: \(error.message)",
                at: actions.places.place(offset: offset, in: text))
            return nil
        }
    }

    private func onError(_ node: DocumentNode) -> OnError? {
        if node.members != nil {
            reader.requireKnown(["run"], in: node)
            return reader.required("run", of: node).map { .run($0.text) }
        }
        let words = PlaybookFormat.OnErrorWord.self
        guard let word = reader.text(node, named: "onError") else { return nil }
        if let choice = words.init(rawValue: word.text) { return choice.meaning }
        let advice = NodeReader.advice(word.text, PlaybookFormat.names(words))
        findings.report(
            "\(NodeReader.quoted(word.text)) is no way to go on; \(advice) ({run: STEP} is one too)", at: word.place)
        return nil
    }

    private func timeout(_ node: DocumentNode) -> TimeInterval? {
        guard let word = reader.word("timeout", of: node) else { return nil }
        var change = PolicyChange()
        change.timeout = word.text
        do throws(PolicyError) {
            return try change.applied(to: Policies()).timeout
        } catch {
            findings.report(error.message, at: word.place)
            return nil
        }
    }

    /// A number of further attempts, or an object with their waits.
    private func retry(_ node: DocumentNode) -> RetryPolicy? {
        let reading = PolicyReader(findings: findings)
        let member = DocumentMember(key: "retries", at: node.place, value: node)
        guard let members = node.members else {
            return reading.policies([member], key: "retry", keys: PlaybookFormat.retryKeys, over: Policies())?.retry
        }
        reader.requireKnown(PlaybookFormat.retryKeys.map(\.key), in: node)
        guard node["retries"] != nil else {
            findings.report("\"retries\" is missing", at: node.place)
            return nil
        }
        return reading.policies(members, key: "retry", keys: PlaybookFormat.retryKeys, over: Policies())?.retry
    }
}
