/// A pattern that was read.
indirect enum PatternNode {
    case set(PatternSet)
    case start, end, wordBoundary, noWordBoundary
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Reads regular expressions.
struct PatternParser {
    private var rest: Substring.UnicodeScalarView
    private var depth = 0

    init(_ text: Substring) { rest = text.unicodeScalars }

    mutating func whole() throws(BoundedPattern.Problem) -> PatternNode {
        let node = try choice()
        guard rest.isEmpty else { throw problem("a ) closes nothing") }
        return node
    }

    private func problem(_ message: String) -> BoundedPattern.Problem { BoundedPattern.Problem(message: message) }

    private mutating func choice() throws(BoundedPattern.Problem) -> PatternNode {
        guard depth < 40 else { throw problem("its groups are nested too deep") }
        depth += 1
        defer { depth -= 1 }
        var branches = [try sequence()]
        while rest.first == "|" {
            rest.removeFirst()
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(BoundedPattern.Problem) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = rest.first, next != "|", next != ")" { nodes.append(try repetition(of: try atom())) }
        return .sequence(nodes)
    }

    // MARK: Repetition

    private mutating func repetition(of node: PatternNode) throws(BoundedPattern.Problem) -> PatternNode {
        let counts: (Int, Int?)
        switch rest.first {
        case "*": counts = (0, nil)
        case "+": counts = (1, nil)
        case "?": counts = (0, 1)
        case "{":
            guard let braces = try braces() else { return node }
            return try single(.repeated(node, least: braces.0, most: braces.1))
        default: return node
        }
        rest.removeFirst()
        return try single(.repeated(node, least: counts.0, most: counts.1))
    }

    /// Whether a match is the shortest or the longest makes no difference to whether there is one.
    private mutating func single(_ node: PatternNode) throws(BoundedPattern.Problem) -> PatternNode {
        if rest.first == "?" { rest.removeFirst() }
        if let next = rest.first, "*+?".unicodeScalars.contains(next) { throw problem("\(next) repeats a repetition") }
        return node
    }

    /// `{2}`, `{2,}`, `{2,5}`; braces around anything else stand for themselves.
    private mutating func braces() throws(BoundedPattern.Problem) -> (Int, Int?)? {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let inner = String(rest[rest.index(after: rest.startIndex)..<end])
        let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].allSatisfy(\.isASCII), let least = Int(parts[0]) else {
            return nil
        }
        let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1])
        guard parts.count == 1 || parts[1].isEmpty || most != nil else { return nil }
        guard (0...1_000).contains(least), (least...1_000).contains(most ?? least) else {
            throw problem("{\(inner)} is no count up to 1000")
        }
        rest = rest[rest.index(after: end)...]
        return (least, most)
    }

    // MARK: What is repeated

    private mutating func atom() throws(BoundedPattern.Problem) -> PatternNode {
        guard let scalar = rest.popFirst() else { return .sequence([]) }
        switch scalar {
        case ".": return .set(.anything)
        case "^": return .start
        case "$": return .end
        case "(": return try group()
        case "[": return .set(try set())
        case "\\": return try escape()
        case "*", "+", "?": throw problem("\(scalar) has nothing to repeat")
        default: return .set(.one(scalar))
        }
    }

    private mutating func group() throws(BoundedPattern.Problem) -> PatternNode {
        if rest.first == "?" {
            rest.removeFirst()
            guard rest.popFirst() == ":" else {
                throw problem("(?…) is known only as (?:…), and as (?i) at the beginning")
            }
        }
        let node = try choice()
        guard rest.popFirst() == ")" else { throw problem("a ( is not closed") }
        return node
    }

    private mutating func escape() throws(BoundedPattern.Problem) -> PatternNode {
        guard let scalar = rest.popFirst() else { throw problem("a backslash stands at its end") }
        switch scalar {
        case "b": return .wordBoundary
        case "B": return .noWordBoundary
        case "0"..."9": throw problem("\\\(scalar) refers back, which takes unbounded time")
        default: return .set(PatternSet(items: [try escaped(scalar)]))
        }
    }

    private func escaped(_ scalar: Unicode.Scalar) throws(BoundedPattern.Problem) -> PatternSet.Item {
        switch scalar {
        case "d": return .digit
        case "D": return .notDigit
        case "w": return .word
        case "W": return .notWord
        case "s": return .space
        case "S": return .notSpace
        case "n": return .range(0x0A...0x0A)
        case "t": return .range(0x09...0x09)
        case "r": return .range(0x0D...0x0D)
        case "a"..."z", "A"..."Z": throw problem("\\\(scalar) is not known")
        default: return .range(scalar.value...scalar.value)
        }
    }

    // MARK: Classes

    private mutating func set() throws(BoundedPattern.Problem) -> PatternSet {
        var set = PatternSet(items: [])
        if rest.first == "^" {
            set.isNegated = true
            rest.removeFirst()
        }
        while let scalar = rest.popFirst() {
            if scalar == "]", !set.items.isEmpty { return set }
            set.items.append(try member(scalar))
        }
        throw problem("a [ is not closed")
    }

    private mutating func member(_ scalar: Unicode.Scalar) throws(BoundedPattern.Problem) -> PatternSet.Item {
        let first = try one(scalar)
        guard rest.first == "-", let behind = rest.dropFirst().first, behind != "]" else { return first }
        rest.removeFirst(2)
        guard case .range(let low) = first, case .range(let high) = try one(behind),
            low.lowerBound <= high.upperBound
        else { throw problem("a range in […] goes backwards") }
        return .range(low.lowerBound...high.upperBound)
    }

    private mutating func one(_ scalar: Unicode.Scalar) throws(BoundedPattern.Problem) -> PatternSet.Item {
        guard scalar == "\\" else { return .range(scalar.value...scalar.value) }
        guard let behind = rest.popFirst() else { throw problem("a [ is not closed") }
        return try escaped(behind)
    }
}
