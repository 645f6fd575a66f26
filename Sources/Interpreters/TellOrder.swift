/// Orders to tell a person something: reminders, notices, alarms.
struct TellOrder {
    /// What is said; `nil` where only "tell me" was said.
    var text: String?
    var recipients: [String]
    /// The person said "remind" or "reminder": the words after it are theirs to keep.
    var isReminder: Bool

    /// `nil` for a clause that tells nobody anything.
    static func read(_ pieces: Pieces) -> TellOrder? {
        let pieces = Padding.stripped(pieces)
        return verb(pieces) ?? notice(pieces) ?? memory(pieces) ?? noun(pieces)
    }

    /// Where in `pieces` such an order begins at this place.
    static func begins(at place: Int, in pieces: Pieces) -> Bool {
        let rest = Array(pieces[place...])
        guard let first = rest.first, first.isWord else { return false }
        if object(behind: first.key, in: rest) != nil { return true }
        return notices.longestPrefixLength(of: rest) != nil || memories.longestPrefixLength(of: rest) != nil
    }

    // MARK: "remind me to …", "tell ops on telegram that …"

    private static func verb(_ pieces: Pieces) -> TellOrder? {
        guard let first = pieces.first, let (count, person) = object(behind: first.key, in: pieces) else { return nil }
        let isReminder = first.key == "remind"
        var recipients = [first.key == "text" || first.key == "message" ? nil : Gateways.recipient(first.key)]
            .compactMap(\.self)
        let rest = Array(pieces[count...])
        let deliveries = Deliveries(in: rest, isReminder: !startsWithDelivery(rest))
        recipients += deliveries.recipients.filter { !recipients.contains($0) }
        if let person, !recipients.isEmpty { recipients = recipients.map { $0.contains("/") ? $0 : "\($0)/\(person)" } }
        if person != nil, recipients.isEmpty, !isReminder { return nil }
        return TellOrder(text: said(deliveries.rest), recipients: recipients, isReminder: isReminder)
    }

    private static func startsWithDelivery(_ rest: Pieces) -> Bool {
        Deliveries.destination(at: 0, in: rest.trimmed) != nil && rest.count < 3
    }

    /// How many pieces verb and object take ("remind me" is 2), and the person who is neither speaker nor everybody.
    private static func object(behind verb: String, in pieces: Pieces) -> (count: Int, person: String?)? {
        guard Lexicon.tellVerbs.contains(verb), pieces.count > 1, verb != "call" || pieces[1].key == "me" else {
            return nil
        }
        let next = pieces[1].key
        guard pieces[1].isWord, !Targets.isURL(next) else { return nil }
        if Lexicon.audience.contains(next) { return (2, nil) }
        return group(in: pieces).map { ($0, nil) } ?? named(verb, in: pieces)
    }

    private static let groupNouns: Set<String> = [
        "team", "group", "office", "family", "channel", "others", "crew", "staff", "squad", "folks", "guys", "people",
        "department", "board",
    ]

    /// "the team", "the support crew", "all of us": who is told by the usual way, and is no recipient by name.
    private static func group(in pieces: Pieces) -> Int? {
        let keys = pieces.dropFirst().prefix(4).map(\.key)
        for group in [["all", "of", "us"], ["both", "of", "us"]] where keys.starts(with: group) { return 4 }
        guard let first = keys.first, ["the", "my", "our", "all"].contains(first) else { return nil }
        return keys.dropFirst().firstIndex(where: groupNouns.contains).map { $0 + 2 }
    }

    /// "tell ops on telegram", "remind Ana to …": one or two words for a person, then where or what.
    private static func named(_ verb: String, in pieces: Pieces) -> (count: Int, person: String?)? {
        var place = 1
        while place < pieces.count, ["the", "my", "our"].contains(pieces[place].key) { place += 1 }
        guard place + 1 < pieces.count, pieces[place].isWord,
            ["remind", "tell", "notify", "message", "ping", "alert", "warn", "inform", "nudge", "text", "dm"].contains(
                verb)
        else { return nil }
        let behind = pieces[place + 1]
        for count in 1...2 where Deliveries.destination(at: place + count, in: pieces)?.recipient != nil {
            return (place + count, pieces[place].key)
        }
        guard verb == "remind", behind.key == "to" || behind.key == "about" || behind.key == "that" else { return nil }
        return (place + 1, nil)
    }

    /// The words to say: without "to", "that" or "about" before them.
    private static func said(_ pieces: Pieces) -> String? {
        var rest = Padding.stripped(pieces)[...]
        // Behind "to" and the like the words are the person's own: "to listen to the birds".
        var isLed = false
        let leads: Set<String> = [
            "to", "that", "about", "of", "for", "saying", "with", "the", "message", "words", "text", "via", "when",
        ]
        while let first = rest.first, first.isWord, leads.contains(first.key) {
            if ["the", "message", "words", "text"].contains(first.key), !isLeadNoun(rest) { break }
            rest = rest.dropFirst()
            while let mark = rest.first, mark.isStop { rest = rest.dropFirst() }
            isLed = ["to", "that", "about"].contains(first.key)
            if isLed { break }
        }
        let text = (isLed ? Padding.strippedBack(Array(rest)) : Padding.stripped(Array(rest))).text.trimmingQuotes
        let empty: Set<String> = [
            "", "that day", "then", "it", "that", "about it", "so", "again", "of it", "there", "this", "right away",
            "of that", "on that day", "immediately", "first", "at that time", "beforehand",
        ]
        return empty.contains(text.lowercased()) ? nil : text
    }

    private static func isLeadNoun(_ rest: ArraySlice<Piece>) -> Bool {
        let keys = rest.prefix(2).map(\.key)
        return keys.first != "the"
            ? rest.count > 1 && rest.dropFirst().first?.isMark == true
            : ["message", "words", "text"].contains(keys.last)
    }

    // MARK: "let me know …"

    private static let notices = PatternList([
        "let (me / us / everyone / the team) know",
        """
        give (me / us) a (shout / nudge / heads up / heads-up / ping / ring / buzz / poke / warning / notice /
        reminder)
        """,
        "drop (me / us) (a / an) [quick|short] [<gateway>] (line / message / note / email / mail / text)",
        """
        (send / shoot) (me / us) (a / an) [quick|short] [<gateway>] (message / note / notification / alert / reminder / ping /
        text / warning / heads-up / email / mail / notice)
        """,
        "get (me / us) (a / an) [<gateway>] (message / email / alert / notification)",
        "(get / receive) (a / an) [<gateway>] (email / alert / message / notification / warning / text / reminder / ping)",
        "(send / raise / post) (a / an) (message / notification / alert / alarm / warning / reminder / note)",
        """
        (i want / i would like / i need / i expect) (a / an) [quick|short] [<gateway>] (message / email / alert /
        notification / text / ping / nudge / poke / shout / buzz / heads-up / heads up / warning)
        """,
        "(shout / yell / ping / alert / warn / notify / message) (on / in / via / over) [my|our|the] <gateway>",
        "(i get / i receive) (a / an) [<gateway>] (email / alert / message / notification)",
        "keep me (posted / informed / updated)", "wake me up", "wake me", "shout at me", "bug me",
    ])

    private static func notice(_ pieces: Pieces) -> TellOrder? {
        guard let found = notices.longestPrefixLength(of: pieces) else { return nil }
        let lead = pieces[..<found].keys
        let rest = Array(pieces[found...])
        let deliveries = Deliveries(in: rest, isReminder: true)
        var recipients = deliveries.recipients
        for recipient in lead.compactMap(Gateways.recipient) where !recipients.contains(recipient) {
            recipients.append(recipient)
        }
        let text = lead.contains("wake") ? said(deliveries.rest) ?? "wake up" : said(deliveries.rest)
        return TellOrder(text: text, recipients: recipients, isReminder: lead.contains("reminder"))
    }

    // MARK: "don't let me forget to …"

    private static let memories = PatternList([
        "do not let (me / us) forget (to / about / that / )", "make sure [that] (i / we) [do] [not] [forget] [to]",
        "see to it that (i / we)", "help me (remember / not forget) (to / about / )",
        "(i must not / i can not / i should not / i do not want to) forget (to / about / that / )",
        "(i need / i want) to remember (to / about / )",
        "(jog / refresh) my memory (to / about / of / )",
        "i need (a / another) reminder (to / about / for / that / of / )", "note to self",
        "(i need / i want) to be reminded (to / of / about / that / )",
        "(bug / nag / pester) me (to / about / until / )",
    ])

    private static func memory(_ pieces: Pieces) -> TellOrder? {
        guard let found = memories.longestPrefixLength(of: pieces) else { return nil }
        let deliveries = Deliveries(in: Array(pieces[found...]), isReminder: true)
        return TellOrder(text: said(deliveries.rest), recipients: deliveries.recipients, isReminder: true)
    }

    // MARK: "daily standup reminder", "reminder to renew the domain"

    private static let before: Set<String> = [
        "set", "up", "create", "make", "add", "schedule", "give", "send", "need", "want", "i", "a", "an", "the", "me",
        "us", "new", "another", "put", "in", "my", "get", "have", "recurring", "repeating", "regular", "one", "for",
        "would", "like", "please", "quick", "little", "small", "friendly", "gentle", "place", "setup", "configure",
        "start", "on", "slack", "telegram", "discord", "email", "one-off", "one-time", "single",
    ]

    private static func noun(_ pieces: Pieces) -> TellOrder? {
        let deliveries = Deliveries(in: pieces, isReminder: true)
        let pieces = deliveries.rest
        guard
            let place = pieces.prefix(10).firstIndex(where: {
                ["reminder", "reminders", "alarm", "alert", "notification", "timer", "countdown"].contains($0.key)
            })
        else { return nil }
        let lead = pieces[..<place].filter(\.isWord)
        let topic = lead.filter { !before.contains($0.key) && !$0.isAdjective }
        // "write a payment reminder" is a text to be written.
        if let verb = lead.first, Lexicon.promptVerbs.contains(verb.key), !before.contains(verb.key) { return nil }
        let orders = lead.first.map { before.contains($0.key) } ?? true
        guard orders || topic.count <= 4, !pieces[..<place].contains(where: \.isStop) else { return nil }
        if !orders, let first = lead.first,
            Lexicon.questionWords.contains(first.key) || BareOrder.refused.contains(first.key)
        {
            return nil
        }
        guard ["reminder", "reminders"].contains(pieces[place].key) || orders && place > 0 else { return nil }
        var rest = Array(pieces[(place + 1)...])
        while let first = rest.first,
            first.isMark
                || ["me", "us", "for", "myself"].contains(first.key)
                    && rest.dropFirst().first.map({ ["me", "to", "about", "that"].contains($0.key) }) == true
        { rest.removeFirst() }
        if rest.first.map({ ["me", "us"].contains($0.key) }) == true { rest.removeFirst() }
        let fallback = ["alarm": "Alarm", "timer": "Time is up", "countdown": "Time is up"][pieces[place].key]
        let text = said(rest) ?? (topic.isEmpty ? fallback : topic.text)
        return TellOrder(text: text, recipients: deliveries.recipients, isReminder: true)
    }
}
