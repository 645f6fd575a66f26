/// Where a condition opens: "if", "unless", "check whether".
extension ClauseSplitter {
    struct ConditionOpening {
        var length: Int
        var negated: Bool
        /// It begins the sentence or follows a stop or "and", so that its order comes behind it.
        var isLed: Bool
    }

    private static let openings: [(words: [String], negated: Bool)] = [
        (["but", "only", "if"], false), (["but", "only", "when"], false), (["and", "only", "if"], false),
        (["and", "only", "when"], false),
        (["and", "then", "if"], false), (["then", "if"], false), (["then", "only", "if"], false),
        (["and", "then", "only", "if"], false),
        (["only", "if"], false), (["only", "when"], false), (["only", "once"], false), (["even", "if"], false),
        (["and", "if"], false), (["but", "if"], false), (["if"], false),
        (["but", "not", "if"], true), (["but", "not", "when"], true), (["except", "if"], true),
        (["except", "when"], true), (["not", "if"], true), (["unless"], true), (["but", "unless"], true),
        (["in", "case"], false), (["as", "long", "as"], false), (["provided", "that"], false), (["provided"], false),
        (["and", "when"], false), (["when"], false), (["whenever"], false), (["once"], false),
        (["as", "soon", "as"], false), (["and", "unless"], true), (["and", "in", "case"], false),
    ]

    /// Verbs whose "if" is part of what is to be said: "ask Bob if he comes".
    private static let asking: Set<String> = [
        "ask", "see", "check", "know", "find", "decide", "wonder", "even", "as", "whether", "verify", "tell", "confirm",
        "think",
    ]

    func conditionOpening(at place: Int, after current: Part) -> ConditionOpening? {
        if let length = whether(at: place, after: current) {
            return ConditionOpening(length: length, negated: false, isLed: true)
        }
        var start = place
        while start < pieces.count, pieces[start].isStop { start += 1 }
        guard let found = Self.openings.first(where: { pieces[start...].prefix($0.words.count).map(\.key) == $0.words })
        else { return nil }
        let isSoft = ["when", "whenever", "once"].contains(found.words.last ?? "") && !found.words.contains("only")
        if isSoft, !opensSoftly(after: current) { return nil }
        if TellOrder.read(current.pieces)?.isReminder == true,
            current.pieces.dropFirst(2).contains(where: { Self.asking.contains($0.key) })
        {
            return nil
        }
        if let last = current.pieces.last,
            ["see", "check", "whether", "even", "wonder", "ask", "verify", "test"].contains(last.key)
        {
            return nil
        }
        let isLed = start > place || current.pieces.isEmpty || ["and", "then", "but"].contains(found.words[0])
        return ConditionOpening(length: start - place + found.words.count, negated: found.negated, isLed: isLed)
    }

    /// "check whether the disk is full and warn me": looking is all that the first words order.
    private func whether(at place: Int, after current: Part) -> Int? {
        guard place + 3 < pieces.count, current.pieces.isEmpty, current.opening == nil,
            ["check", "see", "look", "test", "verify"].contains(pieces[place].key),
            ["whether", "if"].contains(pieces[place + 1].key)
        else { return nil }
        let rest = pieces[(place + 2)...]
        return SystemSubject.begins(rest) || Self.asksTarget(rest) ? 2 : nil
    }

    /// "https://a.test is up and tell me": a page or a script is asked something, and an order follows.
    private static func asksTarget(_ pieces: ArraySlice<Piece>) -> Bool {
        let question = pieces.prefix { !["and", "then", "but", "otherwise"].contains($0.key) && !$0.isStop }
        let hasTarget = question.contains { Targets.isURL($0.key) || Targets.isScript($0.key) }
        return hasTarget && question.count > 1 && question.endIndex < pieces.endIndex
    }

    /// "when" opens a condition only behind an order to tell ("tell me when it is over 60").
    private func opensSoftly(after current: Part) -> Bool {
        guard let tell = TellOrder.read(current.pieces), current.opening == nil else { return false }
        return tell.text == nil
    }
}
