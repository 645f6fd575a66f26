import IntentContract

/// The comparisons and conditions that a sentence holds, wherever they stand: for sentences that the grammar does not
/// read as a whole.
struct SaidClaims {
    /// Of "if", "unless", "otherwise" and the like.
    private(set) var conditions: [Claim] = []
    /// Of words such as "below 20" anywhere else.
    private(set) var comparisons: [Claim] = []
    private let pieces: Pieces

    var all: [Claim] { conditions + comparisons }

    init(_ text: String) {
        pieces = Lexer().pieces(of: text, for: .making)
        let clauses = ClauseSplitter(pieces, orders: OrderReader(isJob: { _ in false })).clauses()
        for condition in clauses.compactMap(\.condition) {
            conditions += condition.isOtherwise ? conditions.last.map { [$0.opposite] } ?? [] : Self.claims(condition)
        }
        let known = conditions
        comparisons = pieces.split(whereSeparator: \.isStop).flatMap(Self.comparisons).filter { found in
            !known.contains(where: found.isAbout)
        }
    }

    /// The number stands in the sentence.
    func names(_ value: Double) -> Bool { pieces.contains { WordNumber.measure($0.key) == value } }

    /// What the words say of a page, of a script, of an event or of this machine: what they are about is not known.
    private static func claims(_ condition: Clause.Condition) -> [Claim] {
        var texts: [String] = []
        if let machine = SystemSubject(condition.words) {
            texts.append(machine.condition(on: "it", negated: condition.negated))
        }
        let words = condition.words.filter { !Targets.isURL($0.key) && !Targets.isScript($0.key) }
        for kind in [ConditionReader.Subject.Kind.page, .program, .event] {
            let subject = ConditionReader.Subject(name: kind == .event ? "event" : "it", kind: kind)
            let reading = ConditionReader.read(words, subject: subject, negated: condition.negated)
            if case .condition(let text) = reading { texts.append(text) }
        }
        var claims: [Claim] = []
        for claim in texts.compactMap(Claim.init(parsing:)) where !claims.contains(claim) { claims.append(claim) }
        return claims
    }

    private static let turning: Set<String> = ["not", "never", "unless", "except"]

    /// Each comparison between two stops.
    private static func comparisons(_ part: ArraySlice<Piece>) -> [Claim] {
        let keys = part.filter { !$0.isMark }.map(\.key)
        var claims: [Claim] = []
        var start = 0
        while start < keys.count, let found = Comparison.first(in: Array(keys[start...])) {
            let place = start + found.place
            let isTurned = keys[start..<place].contains(where: turning.contains)
            if let claim = Claim(parsing: "\(isTurned ? "not " : "")it.number \(found.sign) \(found.value)") {
                claims.append(claim)
            }
            start = place + 1
        }
        return claims
    }
}
