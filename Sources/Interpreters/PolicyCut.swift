import IntentContract
import JobModel

/// Finds clauses about policies in a request for a new job, and cuts them out of it.
struct PolicyCut {
    /// A clause as it stands in the sentence.
    struct Found {
        var clause: PolicyClause
        var range: Range<Int>
        /// It follows a stop or begins the sentence.
        var isApart: Bool
        /// It is apart, or joined by "and" or "but".
        var isJoined: Bool
        /// The condition before it goes on: "if it fails, retry 3 times and tell ops".
        var leavesCondition: Bool
    }

    private let text: String
    private let pieces: Pieces
    private let timeRanges: [Range<String.Index>]
    private(set) var found: [Found] = []

    init(_ text: String, _ lexer: Lexer, _ trace: ReadingTrace? = nil) {
        self.text = text
        pieces = lexer.pieces(of: text, for: .plain)
        guard PolicyWords.book.mayRead(within: pieces) else {
            timeRanges = []
            return
        }
        timeRanges = lexer.pieces(of: text, for: .making).filter(\.isTime).map { $0.raw.startIndex..<$0.raw.endIndex }
        find(trace)
    }

    // MARK: Finding

    private mutating func find(_ trace: ReadingTrace?) {
        var place = 0
        while place < pieces.count {
            guard pieces[place].isWord, mayBegin(place), let one = longest(at: place, trace) else {
                place += 1
                continue
            }
            found.append(one)
            place = one.range.upperBound
        }
    }

    /// Behind what ends the words before, or with a word that some rule begins with ("with", "retry").
    private func mayBegin(_ place: Int) -> Bool {
        place == 0 || isBoundary(place - 1) || PolicyWords.book.hasRule(beginningWith: pieces[place].word)
    }

    private func isBoundary(_ place: Int) -> Bool {
        PolicyWords.isSeparator(pieces[place]) || PolicyWords.courtesies.contains(pieces[place].key)
    }

    private static let longest = 24

    private func longest(at place: Int, _ trace: ReadingTrace?) -> Found? {
        for end in ((place + 1)...min(pieces.count, place + Self.longest)).reversed() where mayEnd(end, from: place) {
            let words = Array(pieces[place..<end])
            guard let clause = PolicyWords.book.read(words, in: .creation, trace), !isOrder(words[0], clause) else {
                continue
            }
            if Self.opensCondition(words[0]), belongsToAnOrder(place..<end, clause) { return nil }
            return found(clause, place..<end)
        }
        return nil
    }

    /// "run the price scan at high priority" is what the job does, and only its end is about the job.
    private func isOrder(_ first: Piece, _ clause: PolicyClause) -> Bool {
        Lexicon.runVerbs.contains(first.key) && clause.job?.isSelf == false
    }

    /// "tell me if it fails, 2 retries", "if it fails, retry and tell ops": the condition is that of another order, so that
    /// the clause begins behind it.
    private func belongsToAnOrder(_ range: Range<Int>, _ clause: PolicyClause) -> Bool {
        let isRetry = pieces[range].contains { Self.again.contains($0.key) }
        let isOpen = range.lowerBound == 0 || isBoundary(range.lowerBound - 1)
        return isRetry && !isOpen || (isRetry || clause.job != nil) && goesOn(behind: range.upperBound)
    }

    private static let again: Set<String> = ["retry", "re-try", "again", "retries", "try"]

    private func found(_ clause: PolicyClause, _ range: Range<Int>) -> Found {
        var before = range.lowerBound
        while before > 0, PolicyWords.courtesies.contains(pieces[before - 1].key) { before -= 1 }
        let last = before == 0 ? nil : pieces[before - 1]
        let isStop =
            last.map { $0.isStop || before > 1 && PolicyWords.isSeparator($0) && pieces[before - 2].isStop } ?? true
        return Found(
            clause: clause, range: range, isApart: isStop,
            isJoined: isStop || last.map(PolicyWords.isSeparator) ?? true,
            leavesCondition: endsInCondition(before) && goesOn(behind: range.upperBound))
    }

    /// The end of the sentence or of a clause, or the beginning of time words or of an order; never inside of time words.
    private func mayEnd(_ end: Int, from place: Int) -> Bool {
        guard end < pieces.count else { return true }
        let start = pieces[end].raw.startIndex
        if PolicyWords.isSeparator(pieces[end]) { return true }
        if timeRanges.contains(where: { $0.lowerBound == start }) { return true }
        if isTime(pieces[end]) {
            return ["every", "each", "daily", "on", "at", "tomorrow"].contains(pieces[end].key)
        }
        let isLed = place == 0 || isTime(pieces[place - 1])
        return isLed && Self.mayOrder(pieces[end])
    }

    private func isTime(_ piece: Piece) -> Bool { timeRanges.contains { $0.contains(piece.raw.startIndex) } }

    private static func mayOrder(_ piece: Piece) -> Bool {
        Lexicon.runVerbs.contains(piece.key) || Lexicon.requestVerbs.contains(piece.key)
            || Lexicon.promptVerbs.contains(piece.key) || Lexicon.tellVerbs.contains(piece.key)
    }

    // MARK: Conditions that go on

    private static func opensCondition(_ piece: Piece) -> Bool {
        ["if", "when", "on", "in", "should", "after"].contains(piece.key)
    }

    /// An order follows that would lose its condition: "… and tell ops".
    private func goesOn(behind end: Int) -> Bool {
        let next = pieces[end...].indices.first { !isBoundary($0) }
        guard let next, next > end else { return false }
        let ends: Set<String> = [
            "if", "when", "unless", "every", "each", "daily", "at", "on", "tomorrow", "in", "from", "with",
        ]
        return !ends.contains(pieces[next].key)
    }

    /// "if it fails" right before `place`.
    private func endsInCondition(_ place: Int) -> Bool {
        let words = pieces[..<place].filter(\.isWord).suffix(3).map(\.key)
        return words.last.map { ["fails", "failed", "failure", "error"].contains($0) } == true
            && words.contains { ["if", "when", "on", "in"].contains($0) }
    }

    // MARK: Cutting

    /// All that clauses say, the last word standing.
    static func change(of clauses: [Found]) -> PolicyChange {
        clauses.reduce(PolicyChange()) { $0.merged(with: $1.clause.change) }
    }

    /// The sentence without these clauses and the words that joined them to it; what stays is as it was typed.
    func text(without clauses: [Found]) -> String {
        var isKept = [Bool](repeating: true, count: pieces.count)
        for place in clauses.flatMap(cut) { isKept[place] = false }
        let stretches = pieces.indices.split { !isKept[$0] }
        return stretches.map { text[pieces[$0.first!].raw.startIndex..<pieces[$0.last!].raw.endIndex] }
            .joined(separator: " ")
    }

    private func cut(_ one: Found) -> Range<Int> {
        var (first, end) = (one.range.lowerBound, one.range.upperBound)
        while first > 0, PolicyWords.courtesies.contains(pieces[first - 1].key) { first -= 1 }
        let isSeparated = end == pieces.count || PolicyWords.isSeparator(pieces[end])
        if isSeparated, !one.leavesCondition, first > 0 {
            while first > 0, isBoundary(first - 1) { first -= 1 }
        }
        if first == 0 || one.leavesCondition {
            while end < pieces.count, isBoundary(end) { end += 1 }
        }
        return first..<end
    }
}
