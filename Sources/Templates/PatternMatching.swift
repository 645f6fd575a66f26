/// Writes a pattern out as instructions.
struct PatternCompiler {
    private(set) var program: [PatternInstruction] = []

    mutating func append(_ instruction: PatternInstruction) throws(BoundedPattern.Problem) {
        guard program.count < BoundedPattern.longest else {
            throw BoundedPattern.Problem(message: "its repetitions make it too large")
        }
        program.append(instruction)
    }

    mutating func add(_ node: PatternNode) throws(BoundedPattern.Problem) {
        switch node {
        case .set(let set): try append(.scalar(set))
        case .start: try append(.start)
        case .end: try append(.end)
        case .wordBoundary: try append(.wordBoundary)
        case .noWordBoundary: try append(.noWordBoundary)
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .choice(let branches): try addChoice(branches)
        case .repeated(let node, let least, let most): try addRepetition(of: node, least, most)
        }
    }

    private mutating func addChoice(_ branches: [PatternNode]) throws(BoundedPattern.Problem) {
        var jumps: [Int] = []
        for (index, branch) in branches.enumerated() {
            let split = program.count
            let isLast = index == branches.count - 1
            if !isLast { try append(.match) }
            try add(branch)
            guard !isLast else { continue }
            jumps.append(program.count)
            try append(.match)
            program[split] = .split(split + 1, program.count)
        }
        for jump in jumps { program[jump] = .jump(program.count) }
    }

    private mutating func addRepetition(
        of node: PatternNode, _ least: Int, _ most: Int?
    ) throws(BoundedPattern.Problem) {
        // An empty node written out a thousand times within a thousand would take time and no instruction.
        let begin = program.count
        for _ in 0..<least {
            try add(node)
            if program.count == begin { return }
        }
        guard let most else { return try addLoop(node) }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(program.count)
            try append(.match)
            try add(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }

    private mutating func addLoop(_ node: PatternNode) throws(BoundedPattern.Problem) {
        let split = program.count
        try append(.match)
        try add(node)
        try append(.jump(split))
        program[split] = .split(split + 1, program.count)
    }
}

extension BoundedPattern {
    /// Whether the pattern is found anywhere in `text`; `nil` where the search takes more steps than it may.
    package func isFound(in text: String) -> Bool? {
        var search = PatternSearch(pattern: self, scalars: Array(text.unicodeScalars))
        return search.run()
    }
}

/// All ways through a pattern at once, one character of the text after the other.
private struct PatternSearch {
    let pattern: BoundedPattern
    let scalars: [Unicode.Scalar]
    private var waiting: [Int] = []
    /// At which place of the text an instruction was last looked at.
    private var seen: [Int]
    private var steps = 0

    init(pattern: BoundedPattern, scalars: [Unicode.Scalar]) {
        self.pattern = pattern
        self.scalars = scalars
        seen = Array(repeating: -1, count: pattern.program.count)
    }

    mutating func run() -> Bool? {
        var moved: [Int] = []
        for place in 0...scalars.count {
            waiting = []
            for instruction in moved where follow(from: instruction + 1, at: place) { return true }
            if follow(from: 0, at: place) { return true }
            guard steps < BoundedPattern.steps else { return nil }
            guard place < scalars.count else { break }
            moved = waiting.filter { index in
                guard case .scalar(let set) = pattern.program[index] else { return false }
                return set.holds(scalars[place], ignoringCase: pattern.ignoresCase)
            }
        }
        return false
    }

    /// Goes on without reading to the instructions that read; `true` where the pattern ends.
    private mutating func follow(from start: Int, at place: Int) -> Bool {
        var open = [start]
        while let index = open.popLast() {
            guard seen[index] != place else { continue }
            seen[index] = place
            steps += 1
            switch pattern.program[index] {
            case .match: return true
            case .scalar: waiting.append(index)
            case .jump(let target): open.append(target)
            case .split(let first, let second): open += [second, first]
            case .start: if place == 0 { open.append(index + 1) }
            case .end: if place == scalars.count { open.append(index + 1) }
            case .wordBoundary: if isBoundary(place) { open.append(index + 1) }
            case .noWordBoundary: if !isBoundary(place) { open.append(index + 1) }
            }
        }
        return false
    }

    private func isBoundary(_ place: Int) -> Bool {
        let before = place > 0 && PatternSet.isWord(scalars[place - 1])
        let behind = place < scalars.count && PatternSet.isWord(scalars[place])
        return before != behind
    }
}
