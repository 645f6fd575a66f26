/// A pattern made ready for matching: instructions that name the next one, in the order in which they are tried.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        /// One of the words `words[first..<end]` stands here.
        case words(first: Int, end: Int, next: Int)
        /// One of the instructions `targets[first..<end]` goes on, tried in this order.
        case branch(first: Int, end: Int)
        case slot(Pattern.Slot, index: Int, next: Int)
        case accept
    }

    private(set) var instructions: [Instruction] = [.accept]
    private(set) var words: [WordKey] = []
    private(set) var targets: [Int] = []
    /// Names of the slots, by their index.
    private(set) var slots: [String] = []
    private(set) var start = 0
    /// The words that it can begin with; `nil` where it can begin with others or with none.
    let firstWords: Set<WordKey>?
    /// Of each of these groups a word must stand somewhere.
    let requiredWords: [[WordKey]]

    init(_ elements: [Pattern.Element]) {
        let first = FirstWords(elements)
        firstWords = first.isOpen ? nil : first.words
        requiredWords = Self.required(elements).sorted { $0.count < $1.count }.map { $0.map { WordKey($0) } }
        start = add(elements[...], next: 0)
    }

    /// Of a choice a word of some alternative must stand, where each of them needs one: the longest word of each, which
    /// fewest sentences have.
    private static func required(_ elements: [Pattern.Element]) -> [[String]] {
        elements.flatMap { element -> [[String]] in
            switch element {
            case .literal(let words): return [words]
            case .choice(let choices):
                let each = choices.compactMap { required($0).max { shortest($0) < shortest($1) } }
                return each.count == choices.count ? [Set(each.joined()).sorted()] : []
            case .optional, .slot: return []
            }
        }
    }

    private static func shortest(_ words: [String]) -> Int { words.map(\.utf8.count).min() ?? 0 }

    /// Adds the instructions of `elements`, from the last to the first, and returns where they begin.
    private mutating func add(_ elements: ArraySlice<Pattern.Element>, next: Int) -> Int {
        var next = next
        for element in elements.reversed() {
            switch element {
            case .literal(let texts):
                words += texts.map { WordKey($0) }
                next = add(.words(first: words.count - texts.count, end: words.count, next: next))
            case .slot(let name, let slot):
                next = add(.slot(slot, index: index(of: name), next: next))
            case .choice(let choices): next = addBranch(choices, next: next, isOptional: false)
            case .optional(let choices): next = addBranch(choices, next: next, isOptional: true)
            }
        }
        return next
    }

    private mutating func addBranch(_ choices: [[Pattern.Element]], next: Int, isOptional: Bool) -> Int {
        let entries = choices.map { add($0[...], next: next) } + (isOptional ? [next] : [])
        targets += entries
        return add(.branch(first: targets.count - entries.count, end: targets.count))
    }

    private mutating func add(_ instruction: Instruction) -> Int {
        instructions.append(instruction)
        return instructions.count - 1
    }

    private mutating func index(of slot: String) -> Int {
        if let known = slots.firstIndex(of: slot) { return known }
        slots.append(slot)
        return slots.count - 1
    }
}

/// The words that a sequence of elements can begin with.
private struct FirstWords {
    var words: Set<WordKey> = []
    /// It can begin with something else, or be empty.
    var isOpen = true

    init(_ elements: [Pattern.Element]) {
        for element in elements {
            switch element {
            case .literal(let texts):
                words.formUnion(texts.map { WordKey($0) })
                isOpen = false
                return
            case .slot:
                return
            case .choice(let choices):
                let each = choices.map(FirstWords.init)
                words = each.reduce(words) { $0.union($1.words) }
                if each.allSatisfy({ !$0.isOpen }) {
                    isOpen = false
                    return
                }
                if choices.contains(where: Self.mayBeginWithSlot) { return }
            case .optional(let choices):
                words = choices.map(FirstWords.init).reduce(words) { $0.union($1.words) }
                if choices.contains(where: Self.mayBeginWithSlot) { return }
            }
        }
    }

    /// A slot takes any word; an element that may be missing only hands on to the next.
    private static func mayBeginWithSlot(_ elements: [Pattern.Element]) -> Bool {
        for element in elements {
            switch element {
            case .literal: return false
            case .slot: return true
            case .choice(let choices):
                if choices.contains(where: mayBeginWithSlot) { return true }
                if choices.allSatisfy({ !FirstWords($0).isOpen }) { return false }
            case .optional(let choices):
                if choices.contains(where: mayBeginWithSlot) { return true }
            }
        }
        return false
    }
}

/// Which of several patterns can match at all, by the words of the sentence.
struct PatternIndex: Sendable {
    private let byFirstWord: [WordKey: [Int]]
    private let others: [Int]
    private let required: [[[WordKey]]]

    init(_ programs: [PatternProgram]) {
        var byFirstWord: [WordKey: [Int]] = [:]
        others = programs.indices.filter { programs[$0].firstWords == nil }
        for (place, program) in programs.enumerated() {
            for word in program.firstWords ?? [] { byFirstWord[word, default: []].append(place) }
        }
        self.byFirstWord = byFirstWord.mapValues { [others] in ($0 + others).sorted() }
        required = programs.map(\.requiredWords)
    }

    /// Some pattern can begin with this word, and not with any other.
    func hasPattern(beginningWith word: WordKey) -> Bool { byFirstWord[word] != nil }

    /// Some pattern could match a stretch of a sentence of these words.
    func mayMatch(within words: [WordKey]) -> Bool {
        let present = Set(words)
        func fits(_ place: Int) -> Bool {
            required[place].allSatisfy { group in group.contains(where: present.contains) }
        }
        return others.contains(where: fits) || present.contains { byFirstWord[$0]?.contains(where: fits) ?? false }
    }

    /// Positions of the patterns that can match, in their order.
    func candidates(for input: MatchInput) -> [Int] {
        guard let first = input.firstWord else { return others }
        return (byFirstWord[first] ?? others).filter { place in
            required[place].allSatisfy { group in input.keys.contains { group.contains($0) } }
        }
    }
}
