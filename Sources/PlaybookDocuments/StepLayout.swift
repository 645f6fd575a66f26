import JobModel

/// How the steps of a file follow each other: one by one, or in groups that run beside each other.
struct StepLayout {
    enum Kind {
        case single
        /// - needs: What the group waits for; `nil` is what stands before it.
        case group(needs: [String]?)
    }

    private var parts: [(range: Range<Int>, kind: Kind)] = []

    /// - Parameter range: the places of its steps among all.
    mutating func add(_ range: Range<Int>, as kind: Kind) { parts.append((range, kind)) }

    /// The steps with `needs` wherever "the step before it" would say something else: in a group, behind a group, and
    /// behind a step that runs only where another one asks for it.
    func settled(_ steps: [Step]) -> [Step] {
        let requested = StepPrecedence(steps).requested
        var steps = steps
        var before: [String] = []
        for (range, kind) in parts {
            for index in range where steps[index].needs == nil && !requested.contains(steps[index].name) {
                switch kind {
                case .group(let needs): steps[index].needs = needs ?? before
                case .single:
                    let usual = index == 0 ? [] : [steps[index - 1].name]
                    if before != usual { steps[index].needs = before }
                }
            }
            let own = range.map { steps[$0].name }.filter { !requested.contains($0) }
            if !own.isEmpty { before = own }
        }
        return steps
    }
}
