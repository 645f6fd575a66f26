/// Finds in a clause where its result goes.
struct Deliveries {
    /// Recipients in the order said, each once.
    private(set) var recipients: [String] = []
    /// The clause without the words about delivery.
    private(set) var rest: Pieces
    /// Some words about delivery were found, even if they name only the person ("send it to me").
    private(set) var found = false

    /// - Parameter isReminder: the clause has words to keep; "on slack" belongs to them behind "post" or "reply".
    init(in pieces: Pieces, isReminder: Bool = false) {
        rest = pieces.trimmed
        repeat {} while takeOrder() || takePhrase(isReminder: isReminder) || takeTrailingName()
        rest = rest.trimmed
    }

    private mutating func add(_ recipient: String?) {
        found = true
        guard let recipient, !recipients.contains(recipient) else { return }
        recipients.append(recipient)
    }

    // MARK: "and send it to telegram"

    private static let verbs: Set<String> = [
        "send", "post", "push", "deliver", "forward", "share", "put", "drop", "give", "email", "mail", "e-mail",
        "publish",
        "dm", "message", "text", "slack", "telegram", "discord", "report", "return", "show", "tell", "route", "write",
        "get", "ping",
    ]

    /// What is sent when it is only the result of what was just said.
    private static let results = Pattern(
        """
        [me|us] (it / that / this / them / [the|a|its|their|all|every] [short|full|final|whole|finished|generated]
        result|results|output|outcome|summary|report|answer|answers|digest|list|draft|copy|text|file|response|findings|everything|plan|recap|note|analysis|numbers)
        """
    )

    /// An order at the end whose only matter is where the result goes.
    private mutating func takeOrder() -> Bool {
        for start in rest.indices.reversed() where rest[start].isWord {
            guard startsOrder(at: start), start > 0 || rest[start].key != "write",
                let order = Self.order(Array(rest[start...]), bringsResult: start > 0)
            else {
                continue
            }
            order.forEach { add($0) }
            if order.isEmpty { add(nil) }
            rest = Array(rest[..<start])
            while let last = rest.last, last.isStop || Lexicon.joints.contains(last.key) {
                rest.removeLast()
            }
            return true
        }
        return false
    }

    private func startsOrder(at start: Int) -> Bool {
        guard start > 0 else { return true }
        let before = rest[start - 1]
        return before.isStop || Lexicon.joints.contains(before.key) || ["please", "pls"].contains(before.key)
    }

    /// Recipients of an order like "send it to me on slack", "email me", "post the result to discord"; `nil` for another order.
    ///
    /// - Parameter bringsResult: an order stands before, whose result may be named anew ("and email me the table").
    static func order(_ pieces: Pieces, bringsResult: Bool = true) -> [String]? {
        let pieces = Padding.stripped(pieces)
        guard let verb = pieces.first else { return nil }
        let isNoun = ["results", "result", "output", "summary"].contains(verb.key)
        guard isNoun || verbs.contains(verb.key) else { return nil }
        var rest = isNoun ? pieces : Array(pieces.dropFirst())
        var recipients = [Gateways.recipient(verb.key)].compactMap(\.self)
        var hasObject = false
        if let count = results.prefixLength(of: MatchInput(rest)) {
            rest.removeFirst(count)
            hasObject = true
        } else if let first = rest.first, Lexicon.audience.contains(first.key) {
            rest.removeFirst()
            hasObject = true
            if bringsResult, bringing.contains(verb.key) { rest.removeFirst(resultLength(rest)) }
        }
        while !rest.trimmed.isEmpty {
            rest = rest.trimmed
            guard let (recipient, count) = destination(at: 0, in: rest) else { return nil }
            if let recipient { recipients.append(recipient) }
            rest.removeFirst(count)
        }
        // "write the report" is work; "write the report to slack" is where it goes.
        if Lexicon.promptVerbs.contains(verb.key), recipients.isEmpty { return nil }
        return hasObject || !recipients.isEmpty ? recipients : nil
    }

    private static let bringing: Set<String> = [
        "send", "email", "mail", "e-mail", "message", "text", "dm", "slack", "telegram", "discord", "forward", "post",
    ]

    /// "email me a table", "message me the best ones": what the order before brings, in up to four words.
    private static func resultLength(_ pieces: Pieces) -> Int {
        guard let first = pieces.first, ["a", "an", "the", "its", "their", "all", "any"].contains(first.key) else {
            return 0
        }
        let nouns = pieces.dropFirst().prefix { $0.isWord && !prepositions.contains($0.key) }
        let endsHere = pieces.count == nouns.count + 1 || destination(at: nouns.count + 1, in: pieces) != nil
        return (1...4).contains(nouns.count) && endsHere ? nouns.count + 1 : 0
    }

    // MARK: "on slack"

    private static let prepositions: Set<String> = [
        "on", "via", "by", "to", "in", "over", "through", "into", "using", "with", "and", "onto", "at",
    ]
    private static let nouns: Set<String> = [
        "channel", "chat", "dm", "group", "bot", "message", "inbox", "too", "instead", "room", "account",
    ]

    /// A way out at this place ("on my telegram", "to me", "and slack") and how many pieces it takes.
    static func destination(at start: Int, in pieces: Pieces) -> (recipient: String?, count: Int)? {
        var place = start
        guard place < pieces.count, prepositions.contains(pieces[place].key) else { return nil }
        let joins = pieces[place].key == "and"
        place += 1
        while place < pieces.count,
            ["the", "my", "our", "a", "an", "on", "by", "to", "via"].contains(pieces[place].key)
        { place += 1 }
        guard place < pieces.count else { return nil }
        if !joins, ["me", "us", "myself"].contains(pieces[place].key) { return (nil, place + 1 - start) }
        let named =
            place + 1 < pieces.count && pieces[place].key.hasPrefix("#") ? String(pieces[place].key.dropFirst()) : nil
        if named != nil {
            place += 1
            while place < pieces.count, ["on", "in", "channel", "at"].contains(pieces[place].key) { place += 1 }
        }
        guard place < pieces.count, let gateway = Gateways.recipient(pieces[place].key) else { return nil }
        if pieces[start].key == "to" || pieces[place - 1].key == "to", isVerb(at: place, in: pieces) { return nil }
        place += 1
        var recipient = named.map { "\(gateway)/\($0)" } ?? gateway
        if place < pieces.count, pieces[place].key.hasPrefix("#"), !gateway.contains("/") {
            recipient = "\(gateway)/\(pieces[place].key.dropFirst())"
            place += 1
        }
        while place < pieces.count, pieces[place].isWord, nouns.contains(pieces[place].key) { place += 1 }
        return (recipient, place - start)
    }

    /// "to email the landlord", "to text Bob": the way out is what is to be done.
    private static func isVerb(at place: Int, in pieces: Pieces) -> Bool {
        guard ["email", "mail", "slack", "telegram", "sms", "signal"].contains(pieces[place].key),
            place + 1 < pieces.count
        else { return false }
        let next = pieces[place + 1]
        return next.isWord && !nouns.contains(next.key) && !prepositions.contains(next.key)
            && !["if", "when", "unless", "please", "then"].contains(next.key)
    }

    private static let speakingVerbs: Set<String> = [
        "post", "reply", "message", "write", "answer", "check", "share", "announce", "send", "dm", "ask", "update",
        "email", "log", "publish", "respond", "read", "clean", "unsubscribe", "find", "look", "search", "tell", "ping",
        "say",
    ]

    /// "reminder on slack to …": the way out belongs to the notice, not to its words.
    private static let noticeNouns: Set<String> = [
        "reminder", "reminders", "alert", "alarm", "notification", "message",
    ]

    private mutating func takePhrase(isReminder: Bool) -> Bool {
        for start in rest.indices where rest[start].isWord {
            guard let (recipient, count) = Self.destination(at: start, in: rest), let recipient else { continue }
            let behind = start + count
            let before = start > 0 ? rest[start - 1] : nil
            if rest[start].key == "and", !found { continue }
            let isBehindNoun = before.map { Self.noticeNouns.contains($0.key) } ?? false
            if isReminder, let before, !before.isStop, !Lexicon.audience.contains(before.key), !isBehindNoun {
                let atEnd = rest[behind...].allSatisfy(\.isMark)
                guard atEnd,
                    !rest[..<start].contains(where: {
                        Self.speakingVerbs.contains($0.key) && $0.position != rest[0].position
                    })
                else { continue }
            }
            add(recipient)
            rest.removeSubrange(start..<behind)
            return true
        }
        return false
    }

    // MARK: ", discord"

    private mutating func takeTrailingName() -> Bool {
        guard rest.count > 2, let last = rest.last, last.isWord, let recipient = Gateways.recipient(last.key) else {
            return false
        }
        guard rest[rest.count - 2].isStop else { return false }
        add(recipient)
        rest.removeLast(2)
        return true
    }
}
