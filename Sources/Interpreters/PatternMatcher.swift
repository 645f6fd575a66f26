/// Pieces made ready for matching many patterns.
struct MatchInput {
    let pieces: Pieces
    let keys: [WordKey]
    /// For each place the nearest one from there on that is no mark; the number of pieces where none is left.
    let words: [Int]

    init(_ pieces: Pieces) {
        self.pieces = pieces
        keys = pieces.map(\.word)
        var next = pieces.count
        var words = [Int](repeating: next, count: pieces.count + 1)
        for place in pieces.indices.reversed() {
            if !pieces[place].isMark { next = place }
            words[place] = next
        }
        self.words = words
    }

    /// The key of the first word or time.
    var firstWord: WordKey? { words[0] < pieces.count ? keys[words[0]] : nil }
}

/// What the slots of a pattern captured.
struct Captures {
    fileprivate var ranges: [(name: String, range: Range<Int>)]
    fileprivate let pieces: Pieces

    subscript(name: String) -> Pieces? {
        ranges.first { $0.name == name }.map { Array(pieces[$0.range]) }
    }
}

/// Tries the ways in which a pattern can cover pieces, shortest captures first.
struct PatternMatcher {
    private enum Goal { case all, longestPrefix }

    private let program: PatternProgram
    private let input: MatchInput
    private var ranges: [Range<Int>?]
    private var goal = Goal.all
    private var best: Int?

    init(program: PatternProgram, input: MatchInput) {
        self.program = program
        self.input = input
        ranges = Array(repeating: nil, count: program.slots.count)
    }

    /// The pattern covers all of the input.
    mutating func matchesAll() -> Bool {
        goal = .all
        return run(program.start, at: 0)
    }

    /// The longest stretch from the beginning that the pattern covers.
    mutating func longestPrefix() -> Int? {
        goal = .longestPrefix
        _ = run(program.start, at: 0)
        return best
    }

    /// What the slots captured in the match that was found.
    var captures: Captures {
        Captures(
            ranges: zip(program.slots, ranges).compactMap { name, range in range.map { (name, $0) } },
            pieces: input.pieces)
    }

    private mutating func run(_ instruction: Int, at place: Int) -> Bool {
        switch program.instructions[instruction] {
        case .accept: return accepts(place)
        case .words(let first, let end, let next):
            let word = input.words[place]
            guard word < input.keys.count else { return false }
            let key = input.keys[word]
            for index in first..<end where program.words[index] == key { return run(next, at: word + 1) }
            return false
        case .branch(let first, let end):
            for index in first..<end where run(program.targets[index], at: place) { return true }
            return false
        case .slot(let slot, let index, let next): return run(slot, index, then: next, from: input.words[place])
        }
    }

    private mutating func accepts(_ place: Int) -> Bool {
        if goal == .all { return input.words[place] == input.pieces.count }
        best = max(best ?? place, place)
        return false
    }

    private mutating func run(_ slot: Pattern.Slot, _ index: Int, then next: Int, from start: Int) -> Bool {
        guard start < input.pieces.count else { return false }
        let before = ranges[index]
        for end in input.ends(of: slot, from: start) {
            ranges[index] = start..<end
            if run(next, at: end) { return true }
        }
        ranges[index] = before
        return false
    }
}

// MARK: Slots

extension MatchInput {
    /// Where a capture that begins at `start` may end, in the order to try.
    fileprivate func ends(of slot: Pattern.Slot, from start: Int) -> [Int] {
        switch slot {
        case .word: pieces[start].isWord ? [start + 1] : []
        case .n: pieces[start].isWord && WordNumber.value(of: pieces[start].key) != nil ? [start + 1] : []
        case .gateway: pieces[start].isWord && Gateways.recipient(pieces[start].key) != nil ? [start + 1] : []
        case .rest: [pieces.count]
        case .text: Array((start + 1)...pieces.count)
        case .job: jobEnds(from: start)
        case .time: timeEnds(from: start)
        case .duration: durationEnds(from: start)
        }
    }

    private func jobEnds(from start: Int) -> [Int] {
        var ends: [Int] = []
        var end = start
        while end < pieces.count, ends.count < 8, JobWords.mayName(pieces[end]) {
            end += 1
            ends.append(end)
        }
        return ends.filter { JobWords.reference(Array(pieces[start..<$0])) != nil }
    }

    private static let amounts: Set<String> = ["a", "an", "half", "another", "few", "couple", "of", "more"]

    private func durationEnds(from start: Int) -> [Int] {
        var end = start
        while end < pieces.count, Self.amounts.contains(pieces[end].key) || WordNumber.value(of: pieces[end].key) != nil
        { end += 1 }
        guard end > start, end < pieces.count, TimeWords.units.contains(pieces[end].key) else { return [] }
        return [end + 1]
    }

    private func timeEnds(from start: Int) -> [Int] {
        var end = start
        while end < pieces.count, pieces[end].isWord, TimeWords.prepositions.contains(pieces[end].key) { end += 1 }
        let first = end
        while end < pieces.count, pieces[end].isTime || (end > first && pieces[end].isMark) { end += 1 }
        while end > first, pieces[end - 1].isMark { end -= 1 }
        if end > first { return [end] }
        // "at 10", "to 8": a bare hour says a time only behind a preposition, or where a rule asks for a time.
        return end < pieces.count && WordNumber.isHour(pieces[end].key) ? [end + 1] : []
    }
}
