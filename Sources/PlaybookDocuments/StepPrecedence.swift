import Documents
import JobModel

/// Who waits for whom: the steps of a playbook by what they need.
struct StepPrecedence {
    /// Steps that run only where another one asks for them: an agent, a failure, or what takes a step back.
    let requested: Set<String>
    private let needs: [String: [String]]
    /// Who asks for a requested step.
    private let askers: [String: [String]]

    init(_ steps: [Step]) {
        var askers: [String: [String]] = [:]
        for step in steps {
            for name in Self.asked(by: step) { askers[name, default: []].append(step.name) }
        }
        self.askers = askers
        requested = Set(askers.keys)
        needs = Dictionary(
            zip(steps.map(\.name), Self.explicit(steps, requested: requested)), uniquingKeysWith: { first, _ in first })
    }

    private static func asked(by step: Step) -> [String] {
        var names = [step.undoneBy].compactMap(\.self)
        if case .run(let name) = step.onError { names.append(name) }
        if case .agent(let order) = step.action { names += order.endpoints }
        return names
    }

    /// What each step waits for; without `needs` it is the step before it that runs by itself.
    private static func explicit(_ steps: [Step], requested: Set<String>) -> [[String]] {
        var last: String?
        return steps.map { step in
            defer { if !requested.contains(step.name) { last = step.name } }
            return step.needs ?? (requested.contains(step.name) ? [] : last.map { [$0] } ?? [])
        }
    }

    /// Every step that is over before this one begins.
    func before(_ name: String) -> Set<String> {
        var seen: Set<String> = []
        var open = direct(name)
        while let next = open.popLast() {
            if seen.insert(next).inserted { open += direct(next) }
        }
        return seen.subtracting([name])
    }

    private func direct(_ name: String) -> [String] { (needs[name] ?? []) + (askers[name] ?? []) }

    /// Steps that wait for each other, in their order; empty where there are none.
    func circle(among names: [String]) -> [String] {
        var waiting = names.uniqued()
        var done: Set<String> = []
        while true {
            let ready = waiting.filter { name in
                (needs[name] ?? []).allSatisfy { done.contains($0) || needs[$0] == nil }
            }
            if ready.isEmpty { return waiting.filter { before($0, reaches: $0) } }
            done.formUnion(ready)
            waiting.removeAll { done.contains($0) }
        }
    }

    private func before(_ name: String, reaches goal: String) -> Bool {
        var seen: Set<String> = []
        var open = needs[name] ?? []
        while let next = open.popLast() {
            if next == goal { return true }
            if seen.insert(next).inserted { open += needs[next] ?? [] }
        }
        return false
    }
}

/// Reports what steps say of each other and cannot mean.
struct GraphCheck {
    let findings: Findings

    func check(_ steps: [PlacedStep]) {
        let names = steps.map(\.step.name)
        for placed in steps {
            for (name, place) in Self.references(placed) { check(name, at: place, from: placed.step.name, names) }
        }
        let circle = StepPrecedence(steps.map(\.step)).circle(among: names)
        guard let first = steps.first(where: { $0.step.name == circle.first }) else { return checkRunnable(steps) }
        let list = circle.prefix(6).map(NodeReader.quoted).joined(separator: circle.count == 2 ? " and " : ", ")
        findings.report(
            circle.count == 1 ? "\(list) waits for itself" : "\(list) wait for each other",
            at: first.node["needs"]?.place ?? first.place)
    }

    /// What else the runner would refuse; a fault that was told already is not told in other words.
    private func checkRunnable(_ steps: [PlacedStep]) {
        guard !findings.hasErrors else { return }
        do throws(StepGraphError) {
            _ = try StepGraph(steps.map(\.step))
        } catch {
            guard let placed = steps.first(where: { $0.step.name == error.step }) else { return }
            findings.report(error.message, at: placed.place)
        }
    }

    private func check(_ name: String, at place: DocumentPlace, from step: String, _ names: [String]) {
        if !names.contains(name) {
            let others = names.filter { $0 != step }
            findings.report(
                "there is no step \(NodeReader.quoted(name)); \(NodeReader.advice(name, others))", at: place)
        } else if name == step, place.line > 0 {
            findings.report("\(NodeReader.quoted(name)) cannot stand for itself here", at: place)
        }
    }

    private static func references(_ placed: PlacedStep) -> [(String, DocumentPlace)] {
        let node = placed.node
        var found: [(String, DocumentPlace)] = []
        if let needs = node["needs"] {
            for item in needs.list ?? [needs] {
                if let name = item.scalar?.text, name != placed.step.name { found.append((name, item.place)) }
            }
        }
        if let undo = placed.step.undoneBy, let place = node["undo"]?.place { found.append((undo, place)) }
        if case .run(let name) = placed.step.onError, let place = node["onError"]?["run"]?.place {
            found.append((name, place))
        }
        return found
    }
}
