/// A pattern with at most one group, for taking a part out of a text. It takes time proportional to pattern times text.
///
/// The group stands by itself: not within another one, not repeated, and not beside a `|`. Of several places the first
/// is taken, and there the longest; `*?` and its like ask for the shortest and are refused.
package struct CapturePattern: Sendable {
    /// The three parts one behind the other, without the ends of the first two.
    private let program: [PatternInstruction]
    private let ignoresCase: Bool
    /// Where the group begins and ends in the program.
    private let group: Range<Int>

    package init(_ text: String) throws(BoundedPattern.Problem) {
        let parts = try PatternParts(text)
        let pieces = [
            try BoundedPattern(parts.before), try BoundedPattern(parts.inside), try BoundedPattern(parts.behind),
        ]
        var program: [PatternInstruction] = []
        var ends: [Int] = []
        for (number, piece) in pieces.enumerated() {
            program += piece.program.dropLast(number < 2 ? 1 : 0).map { $0.moved(by: program.count) }
            ends.append(program.count)
        }
        self.program = program
        group = ends[0]..<ends[1]
        ignoresCase = pieces[0].ignoresCase
    }

    package enum Finding: Hashable, Sendable {
        case found(String)
        case nothing
        /// The search takes more steps than it may.
        case tooLong
    }

    /// What the group holds where the pattern is found first; without a group, the whole match.
    package func first(in text: String) -> Finding {
        let scalars = Array(text.unicodeScalars)
        var search = CaptureSearch(program: program, group: group, ignoresCase: ignoresCase, scalars: scalars)
        switch search.run() {
        case .none: return .tooLong
        case .some(.none): return .nothing
        case .some(.some(let range)): return .found(String(String.UnicodeScalarView(scalars[range])))
        }
    }
}

/// What stands before, in and behind the group of a pattern. Without a group, all of it is the group.
private struct PatternParts {
    let before, inside, behind: String

    init(_ text: String) throws(BoundedPattern.Problem) {
        let flag = text.hasPrefix("(?i)") ? "(?i)" : ""
        let scan = try PatternScan(Array(text.dropFirst(flag.count)))
        guard let group = scan.group else {
            (before, inside, behind) = (flag, flag + String(scan.characters), flag)
            return
        }
        guard !scan.hasChoice else {
            throw BoundedPattern.Problem(message: "its group stands beside a |; put the choices into (?:…)")
        }
        before = flag + String(scan.characters[..<group.lowerBound])
        inside = flag + String(scan.characters[(group.lowerBound + 1)..<group.upperBound])
        behind = flag + String(scan.characters[(group.upperBound + 1)...])
    }
}

/// Finds the group, and refuses what this matcher would read otherwise than it is meant.
private struct PatternScan {
    let characters: [Character]
    /// From its `(` to its `)`.
    private(set) var group: Range<Int>?
    /// A `|` outside of every group.
    private(set) var hasChoice = false
    private var open: [(place: Int, isCapture: Bool)] = []

    init(_ characters: [Character]) throws(BoundedPattern.Problem) {
        self.characters = characters
        var index = 0
        while index < characters.count {
            switch characters[index] {
            case "\\": index += 1
            case "[": index = endOfClass(from: index)
            case "(": try begin(at: index)
            case ")": end(at: index)
            case "|": hasChoice = hasChoice || open.isEmpty
            case "?" where index > 0 && isRepetition(index - 1):
                throw BoundedPattern.Problem(
                    message: "\(characters[index - 1])? asks for the shortest; write [^<]* and the like instead")
            default: break
            }
            index += 1
        }
    }

    /// `]` directly behind `[` or `[^` is a member.
    private func endOfClass(from start: Int) -> Int {
        var index = start + 1
        if index < characters.count, characters[index] == "^" { index += 1 }
        var isFirst = true
        while index < characters.count, characters[index] != "]" || isFirst {
            if characters[index] == "\\" { index += 1 }
            isFirst = false
            index += 1
        }
        return index
    }

    private func isRepetition(_ index: Int) -> Bool {
        let isEscaped = characters[..<index].reversed().prefix { $0 == "\\" }.count % 2 == 1
        return "*+?}".contains(characters[index]) && !isEscaped
    }

    private mutating func begin(at index: Int) throws(BoundedPattern.Problem) {
        let isCapture = index + 1 >= characters.count || characters[index + 1] != "?"
        if isCapture, group != nil || open.contains(where: \.isCapture) {
            throw BoundedPattern.Problem(message: "it has more than one group; (?:…) takes nothing out")
        }
        if isCapture, !open.isEmpty {
            throw BoundedPattern.Problem(message: "its group stands within another one")
        }
        open.append((index, isCapture))
    }

    private mutating func end(at index: Int) {
        guard let begun = open.popLast(), begun.isCapture else { return }
        group = begun.place..<index
    }
}

extension PatternInstruction {
    fileprivate func moved(by distance: Int) -> PatternInstruction {
        switch self {
        case .split(let first, let second): .split(first + distance, second + distance)
        case .jump(let target): .jump(target + distance)
        case .scalar, .start, .end, .wordBoundary, .noWordBoundary, .match: self
        }
    }
}

/// All ways through a program at once, the preferred ones first, each with the place where its group began and ended.
private struct CaptureSearch {
    private struct Way {
        var place: Int
        var start: Int?
        var end: Int?
    }

    let program: [PatternInstruction]
    let group: Range<Int>
    let ignoresCase: Bool
    let scalars: [Unicode.Scalar]
    private var ways: [Way] = []
    private var seen: [Int]
    private var steps = 0
    private var found: Range<Int>?

    init(program: [PatternInstruction], group: Range<Int>, ignoresCase: Bool, scalars: [Unicode.Scalar]) {
        self.program = program
        self.group = group
        self.ignoresCase = ignoresCase
        self.scalars = scalars
        seen = Array(repeating: -1, count: program.count)
    }

    /// The group of the preferred match; `nil` where it takes too many steps.
    mutating func run() -> Range<Int>?? {
        var moved: [Way] = []
        for place in 0...scalars.count {
            ways = []
            var isDecided = false
            for way in moved where !isDecided { isDecided = follow(way, at: place) }
            // A later beginning counts only where no way of an earlier one is left.
            if !isDecided, found == nil { _ = follow(Way(place: 0), at: place) }
            guard steps < BoundedPattern.steps else { return .none }
            guard place < scalars.count, !(ways.isEmpty && found != nil) else { break }
            moved = advanced(over: scalars[place])
        }
        return .some(found)
    }

    private func advanced(over scalar: Unicode.Scalar) -> [Way] {
        ways.compactMap { way in
            guard case .scalar(let set) = program[way.place], set.holds(scalar, ignoringCase: ignoresCase) else {
                return nil
            }
            return Way(place: way.place + 1, start: way.start, end: way.end)
        }
    }

    /// Goes on without reading, in the order of preference; `true` where the pattern ends: what is less preferred is
    /// out.
    private mutating func follow(_ way: Way, at place: Int) -> Bool {
        var open = [way]
        while var way = open.popLast() {
            guard seen[way.place] != place else { continue }
            seen[way.place] = place
            steps += 1
            if way.place >= group.lowerBound, way.start == nil { way.start = place }
            if way.place >= group.upperBound, way.end == nil { way.end = place }
            var next = way
            next.place += 1
            switch program[way.place] {
            case .match:
                found = (way.start ?? place)..<(way.end ?? place)
                return true
            case .scalar: ways.append(way)
            case .jump(let target):
                next.place = target
                open.append(next)
            case .split(let first, let second):
                var other = way
                (next.place, other.place) = (first, second)
                open += [other, next]
            case .start: if place == 0 { open.append(next) }
            case .end: if place == scalars.count { open.append(next) }
            case .wordBoundary: if isBoundary(place) { open.append(next) }
            case .noWordBoundary: if !isBoundary(place) { open.append(next) }
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
