/// Which step of a job waits for which, as places in its list of steps.
package struct StepGraph: Hashable, Sendable {
    /// What each step waits for. Steps that run only on demand wait for nothing.
    package let needs: [[Int]]
    /// The steps that run by themselves, each after all that it needs, otherwise as they are listed.
    package let order: [Int]
    /// Steps that run only where something asks for them: handlers of failures, undo steps, endpoints of an agent.
    package let onDemand: Set<Int>
    /// By name.
    package let places: [String: Int]
    /// Every step waits for the one before it, and no failure asks for another step.
    package let isPlain: Bool

    /// Throws the first thing that is wrong with these steps as a graph.
    package init(_ steps: [Step]) throws(StepGraphError) {
        let places = try Self.places(of: steps)
        let handled = try Self.handlers(of: steps, places)
        let undoing = try Self.undoSteps(of: steps, places)
        if let both = steps.indices.first(where: { handled.contains($0) && undoing.contains($0) }) {
            throw StepGraphError(.handlesAndUndoes, step: steps[both].name)
        }
        let requested = Self.requested(of: steps, places)
        let onDemand = handled.union(undoing).union(requested)
        let needs = try Self.needs(of: steps, places, onDemand: onDemand)
        order = try Self.order(of: steps, needs, onDemand: onDemand)
        isPlain = handled.isEmpty && undoing.isEmpty && steps.allSatisfy { $0.needs == nil && $0.forEach == nil }
        (self.places, self.onDemand, self.needs) = (places, onDemand, needs)
    }

    // MARK: Reading the steps

    private static func places(of steps: [Step]) throws(StepGraphError) -> [String: Int] {
        var places: [String: Int] = [:]
        for (index, step) in steps.enumerated() where places.updateValue(index, forKey: step.name) != nil {
            throw StepGraphError(.nameTwice, step: step.name)
        }
        return places
    }

    private static func handlers(of steps: [Step], _ places: [String: Int]) throws(StepGraphError) -> Set<Int> {
        var next: [Int: Int] = [:]
        for (index, step) in steps.enumerated() {
            guard case .run(let name) = step.onError else { continue }
            guard let handler = places[name] else { throw StepGraphError(.unknownHandler(name), step: step.name) }
            next[index] = handler
        }
        for start in next.keys.sorted() {
            var (chain, current) = ([start], start)
            while let following = next[current] {
                guard !chain.contains(following) else {
                    throw StepGraphError(.handlersInCircle(chain.map { steps[$0].name }), step: steps[start].name)
                }
                chain.append(following)
                current = following
            }
        }
        return Set(next.values)
    }

    private static func undoSteps(of steps: [Step], _ places: [String: Int]) throws(StepGraphError) -> Set<Int> {
        var found: Set<Int> = []
        for step in steps {
            guard let name = step.undoneBy else { continue }
            guard let place = places[name] else { throw StepGraphError(.unknownUndo(name), step: step.name) }
            guard name != step.name else { throw StepGraphError(.undoesItself, step: name) }
            found.insert(place)
        }
        return found
    }

    private static func requested(of steps: [Step], _ places: [String: Int]) -> Set<Int> {
        steps.reduce(into: []) { found, step in
            guard case .agent(let order) = step.action else { return }
            found.formUnion(order.endpoints.compactMap { places[$0] }.filter { steps[$0].name != step.name })
        }
    }

    private static func needs(
        of steps: [Step], _ places: [String: Int], onDemand: Set<Int>
    ) throws(StepGraphError) -> [[Int]] {
        var needs: [[Int]] = []
        var before: Int?
        for (index, step) in steps.enumerated() {
            let isOnDemand = onDemand.contains(index)
            if isOnDemand, let name = step.needs?.first {
                throw StepGraphError(.needsOnDemand(name), step: step.name)
            }
            let usual = isOnDemand ? [] : [before].compactMap(\.self)
            needs.append(try needed(by: step, places, onDemand: onDemand) ?? usual)
            if !isOnDemand { before = index }
        }
        return needs
    }

    private static func needed(
        by step: Step, _ places: [String: Int], onDemand: Set<Int>
    ) throws(StepGraphError) -> [Int]? {
        guard let names = step.needs else { return nil }
        var found: Set<Int> = []
        for name in names {
            guard let place = places[name] else { throw StepGraphError(.unknownNeed(name), step: step.name) }
            guard !onDemand.contains(place) else { throw StepGraphError(.needRunsOnDemand(name), step: step.name) }
            found.insert(place)
        }
        return found.sorted()
    }

    // MARK: Order

    private static func order(
        of steps: [Step], _ needs: [[Int]], onDemand: Set<Int>
    ) throws(StepGraphError) -> [Int] {
        var missing = needs.map(\.count)
        var dependents: [[Int]] = Array(repeating: [], count: steps.count)
        for (index, needed) in needs.enumerated() { for need in needed { dependents[need].append(index) } }
        var ready = SortedPlaces(steps.indices.filter { missing[$0] == 0 && !onDemand.contains($0) })
        var order: [Int] = []
        while let index = ready.popFirst() {
            order.append(index)
            for dependent in dependents[index] {
                missing[dependent] -= 1
                if missing[dependent] == 0 { ready.insert(dependent) }
            }
        }
        if let left = steps.indices.first(where: { missing[$0] > 0 }) {
            let circle = circle(from: left, needs) { missing[$0] > 0 }
            throw StepGraphError(.circle(circle.map { steps[$0].name }), step: steps[circle[0]].name)
        }
        return order
    }

    /// Goes from need to need among steps that can never begin until one comes up again.
    private static func circle(from start: Int, _ needs: [[Int]], isLeft: (Int) -> Bool) -> [Int] {
        var (path, current) = ([start], start)
        while let next = needs[current].first(where: isLeft) {
            if let first = path.firstIndex(of: next) { return Array(path[first...]) }
            path.append(next)
            current = next
        }
        return path
    }
}

/// Few enough at a time that a sorted list will do.
private struct SortedPlaces {
    private var places: [Int]

    init(_ places: [Int]) { self.places = places.sorted(by: >) }

    mutating func popFirst() -> Int? { places.popLast() }

    mutating func insert(_ place: Int) {
        places.insert(place, at: places.firstIndex { $0 < place } ?? places.endIndex)
    }
}
