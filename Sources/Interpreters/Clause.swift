/// One order of a sentence, with the condition it stands under.
struct Clause {
    struct Condition {
        var words: Pieces
        /// "unless …".
        var negated: Bool
        /// "otherwise …": the condition before, turned round.
        var isOtherwise = false
    }

    var order: Pieces
    var condition: Condition?
    /// It follows the word "then": a step of its own, even where it only tells.
    var isThen = false
}

/// Cuts a sentence, freed of times, into its clauses.
struct ClauseSplitter {
    let pieces: Pieces
    private let orders: OrderReader

    init(_ pieces: Pieces, orders: OrderReader) {
        self.pieces = pieces
        self.orders = orders
    }

    func clauses() -> [Clause] {
        var clauses: [Clause] = []
        for part in parts() { append(part, to: &clauses) }
        return clauses
    }

    // MARK: Parts

    /// A stretch of the sentence and the word of condition that opens it, if one does.
    struct Part {
        var pieces: Pieces
        var opening: ConditionOpening?
        var isOtherwise = false
        /// It follows the word "then".
        var isThen = false
    }

    private func parts() -> [Part] {
        var parts: [Part] = []
        var current = Part(pieces: [])
        var place = 0
        while place < pieces.count {
            if let length = echo(at: place), current.opening != nil {
                place += length
            } else if let opening = current.opening, opening.isLed, isTurnedRound(at: place) {
                current.opening?.negated.toggle()
                place = pieces.count
            } else if let length = otherwise(at: place), !parts.isEmpty || current.opening != nil {
                push(current, to: &parts)
                current = Part(pieces: [], isOtherwise: true)
                place += length
            } else if let opening = conditionOpening(at: place, after: current) {
                push(current, to: &parts)
                current = Part(pieces: [], opening: opening)
                place += opening.length
            } else if let length = joint(at: place, after: current) {
                push(current, to: &parts)
                current = Part(pieces: [], isThen: pieces[place..<place + length].contains { $0.key == "then" })
                place += length
            } else {
                current.pieces.append(pieces[place])
                place += 1
            }
        }
        push(current, to: &parts)
        return parts
    }

    /// "… and warn me if so": the condition that was said before, once more.
    private func echo(at place: Int) -> Int? {
        for words in [["if", "so"], ["if", "yes"], ["in", "that", "case"], ["if", "it", "is"]]
        where pieces[place...].prefix(words.count).map(\.key) == words {
            let behind = place + words.count
            return behind == pieces.count || pieces[behind].isStop ? words.count : nil
        }
        return nil
    }

    /// "… and tell me if not", at the end: the condition that was said before, turned round.
    private func isTurnedRound(at place: Int) -> Bool {
        let words = pieces[place...].filter(\.isWord).map(\.key)
        return [
            ["if", "not"], ["if", "it", "is", "not"], ["if", "it", "does", "not"], ["if", "that", "is", "not", "so"],
        ]
        .contains(words)
    }

    /// ", otherwise", "; else", "and if not,".
    private func otherwise(at place: Int) -> Int? {
        var end = place
        while end < pieces.count, pieces[end].isStop || ["or", "and"].contains(pieces[end].key) { end += 1 }
        guard end < pieces.count else { return nil }
        let isNot = pieces[end].key == "if" && end + 1 < pieces.count && pieces[end + 1].key == "not"
        guard isNot || ["otherwise", "else"].contains(pieces[end].key) else { return nil }
        return end - place + (isNot ? 2 : 1)
    }

    private func push(_ part: Part, to parts: inout [Part]) {
        var part = part
        part.pieces = part.pieces.trimmed
        while let last = part.pieces.last, last.isStop || last.key == "but" || Lexicon.joints.contains(last.key) {
            part.pieces.removeLast()
        }
        if !part.pieces.isEmpty { parts.append(part) }
    }

    // MARK: Joints

    private static let sequence: [[String]] = [
        ["and", "then"], ["and", "after", "that"], ["and", "afterwards"], ["and", "finally"], ["and", "next"],
        ["followed", "by"],
        ["after", "that"], ["afterwards"], ["then"], ["finally"], ["and", "also"], ["before", "you"],
        ["and", "lastly"], ["once", "done"], ["when", "done"], ["when", "that", "is", "done"],
        ["after", "which"], ["next"], ["and", "subsequently"], ["and"], ["plus"], ["but"], ["&"],
    ]

    /// How many pieces the words between two orders take; `nil` where none starts here.
    private func joint(at place: Int, after current: Part) -> Int? {
        guard !current.pieces.isEmpty, !isHalfACondition(current) else { return nil }
        var end = place
        var isFirm = false
        while end < pieces.count, pieces[end].isStop, pieces[end].key != ":" {
            isFirm = isFirm || [";", "."].contains(pieces[end].key)
            end += 1
        }
        let marks = end - place
        if let words = Self.sequence.first(where: { pieces[end...].prefix($0.count).map(\.key) == $0 }) {
            end += words.count
            isFirm = isFirm || !["and", "plus", "but", "&", "next", "finally"].contains(words.joined(separator: " "))
            if words == ["next"], marks == 0 { return nil }
        } else if marks == 0 {
            return nil
        }
        while end < pieces.count, pieces[end].isStop { end += 1 }
        guard end < pieces.count else { return nil }
        return begins(at: end, after: current, isFirm: isFirm, isComma: end - place == marks) ? end - place : nil
    }

    /// "if it fails, …": a comma behind a condition that stands before its order divides nothing.
    private func isHalfACondition(_ part: Part) -> Bool {
        guard let opening = part.opening, opening.isLed else { return false }
        return conditionAndOrder(part.pieces).order.isEmpty
    }

    /// Whether an order of its own begins here, given what stands before it.
    private func begins(at place: Int, after current: Part, isFirm: Bool, isComma: Bool) -> Bool {
        let rest = Padding.stripped(Array(pieces[place...]))
        let isReminder = current.opening == nil && TellOrder.read(current.pieces)?.isReminder == true
        if beginsTask(rest) { return !isReminder || isFirm }
        if isReminder || isOnePrompt(current.pieces, pieces[place...], isFirm: isFirm) { return false }
        if TellOrder.begins(at: 0, in: rest) { return true }
        if Deliveries.order(rest) != nil { return false }
        let isText = orders.action(current.pieces)?.asksModel ?? false
        if isFirm { return !isComma || !isText }
        guard let first = rest.first else { return false }
        return !isText && Lexicon.promptVerbs.contains(first.key)
    }

    /// "check the numbers and report": both halves make one prompt where the first is no order by itself.
    private func isOnePrompt(_ first: Pieces, _ second: ArraySlice<Piece>, isFirm: Bool) -> Bool {
        guard !isFirm, orders.action(first) == nil, let last = second.first else { return false }
        let joined =
            first + [Piece(kind: .word, key: "and", raw: last.raw.prefix(0), position: last.position - 1)] + second
        return !second.contains { ["if", "unless", "when"].contains($0.key) }
            && orders.action(joined)?.asksModel ?? false
    }

    /// A script or a request: nothing else looks like them.
    private func beginsTask(_ rest: Pieces) -> Bool {
        guard let first = rest.first else { return false }
        let near = Array(rest.prefix(6))
        if Targets.isScript(first.key) { return true }
        guard Lexicon.runVerbs.contains(first.key) || Lexicon.requestVerbs.contains(first.key) else { return false }
        if near.dropFirst().prefix(4).contains(where: { Targets.isScript($0.key) || Targets.isURL($0.key) }) {
            return true
        }
        return ["run", "execute"].contains(first.key) && near.count > 1 && orders.action(rest)?.type == "playbook"
    }

    // MARK: Clauses

    /// "otherwise do nothing".
    private static func isNothing(_ order: Pieces) -> Bool {
        let words = order.keys.joined(separator: " ")
        return [
            "do nothing", "nothing", "ignore it", "stay quiet", "stay silent", "keep quiet", "leave it", "skip it",
            "leave me alone", "say nothing", "that is fine", "no message", "never mind", "do not bother me",
            "leave it alone", "forget it", "do not do anything", "do not bother",
        ].contains(words)
    }

    /// A part that a condition opens either carries its own order behind the condition, or belongs to the clause before it.
    private func append(_ part: Part, to clauses: inout [Clause]) {
        if part.isOtherwise {
            let order = Padding.stripped(part.pieces)
            if Self.isNothing(order) { return }
            let condition = Clause.Condition(words: [], negated: true, isOtherwise: true)
            clauses.append(Clause(order: order, condition: condition))
            return
        }
        guard let opening = part.opening else {
            clauses.append(Clause(order: part.pieces, isThen: part.isThen))
            return
        }
        let (words, order) = conditionAndOrder(part.pieces)
        let condition = Clause.Condition(words: words, negated: opening.negated)
        if !order.isEmpty {
            clauses.append(Clause(order: order, condition: condition))
        } else if let last = clauses.indices.last, clauses[last].condition == nil {
            clauses[last].condition = condition
        } else {
            clauses.append(Clause(order: [], condition: condition))
        }
    }

    /// "it fails run rollback.sh", "the total is over 500, tell me": where the condition ends and the order begins.
    private func conditionAndOrder(_ pieces: Pieces) -> (condition: Pieces, order: Pieces) {
        for place in pieces.indices.dropFirst()
        where pieces[place].key == "," || pieces[place].key == "then" || pieces[place].key == ":" {
            let order = Padding.stripped(Array(pieces[(place + 1)...]))
            if beginsOrder(order) { return (Array(pieces[..<place]).trimmed, order) }
        }
        for place in pieces.indices.dropFirst(2) {
            let rest = Array(pieces[place...])
            if beginsTask(Padding.stripped(rest)) || TellOrder.begins(at: 0, in: rest) {
                return (Self.withoutJoint(pieces[..<place]), rest)
            }
        }
        for place in pieces.indices.dropFirst(2)
        where Lexicon.promptVerbs.contains(pieces[place].key) && place + 1 < pieces.count {
            return (Self.withoutJoint(pieces[..<place]), Array(pieces[place...]))
        }
        return (pieces, [])
    }

    /// "the disk is full and", before "warn me": the last word joins the two.
    private static func withoutJoint(_ condition: ArraySlice<Piece>) -> Pieces {
        var words = Array(condition).trimmed
        while let last = words.last, last.isStop || Lexicon.joints.contains(last.key) {
            words.removeLast()
        }
        return words
    }

    private func beginsOrder(_ rest: Pieces) -> Bool {
        guard let first = rest.first else { return false }
        return beginsTask(rest) || TellOrder.begins(at: 0, in: rest) || Lexicon.promptVerbs.contains(first.key)
            || Deliveries.order(rest) != nil || orders.action(rest) != nil
    }
}
