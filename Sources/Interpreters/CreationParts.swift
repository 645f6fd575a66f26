import IntentContract
import JobModel

/// The time words of a request, cut out of it.
struct TimeCut {
    /// All time words, joined; `nil` where none was said.
    private(set) var text: String?
    /// No word that only makes sense with the times was left behind.
    private(set) var isTidy = true

    init(_ pieces: inout Pieces) {
        var parts: [String] = []
        var rest: Pieces = []
        var place = 0
        while place < pieces.count {
            guard pieces[place].isTime else {
                rest.append(pieces[place])
                place += 1
                continue
            }
            var phrase = [pieces[place]]
            while let last = rest.last, last.isWord, TimeWords.attached.contains(last.key),
                last.position + 1 == phrase[0].position
            {
                phrase.insert(rest.removeLast(), at: 0)
            }
            // "for 3am": the preposition belongs to no task and says nothing that the time does not say.
            if let last = rest.last, last.key == "for", last.position + 1 == phrase[0].position { rest.removeLast() }
            parts.append(Self.words(of: phrase, behind: rest.last))
            place += 1
        }
        pieces = Self.tidied(rest)
        text = parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// As typed; "a timer for 10 minutes" rings in 10 minutes.
    private static func words(of phrase: Pieces, behind before: Piece?) -> String {
        let text = phrase.text
        guard ["timer", "countdown"].contains(before?.key ?? ""), text.lowercased().hasPrefix("for ") else {
            return text
        }
        return "in " + text.dropFirst(4)
    }

    /// Marks that stood around a time phrase and now stand alone or twice.
    private static func tidied(_ pieces: Pieces) -> Pieces {
        var result: Pieces = []
        for piece in pieces.trimmed {
            if piece.key == ",", let last = result.last, last.isStop { continue }
            result.append(piece)
        }
        return result
    }

    /// "daily standup reminder": without another time the adjective is the schedule.
    mutating func takeAdjective(from pieces: Pieces, isFree: Bool) {
        guard text == nil, isFree, let adjective = pieces.first(where: \.isAdjective) else { return }
        let nouns: Set<String> = [
            "reminder", "reminders", "summary", "report", "digest", "briefing", "recap", "overview", "check",
            "check-in", "roundup", "notification", "alert", "email", "run", "analysis", "review",
        ]
        guard pieces.contains(where: { nouns.contains($0.key) && $0.position > adjective.position }) else { return }
        text = pieces.filter(\.isAdjective).text
    }
}

/// "set up a job that …", "schedule …": words that say only that something is to be scheduled.
enum Wrapping {
    private static let patterns = PatternList([
        """
        (set up / create / make / add / schedule / start / setup / build / define / configure / put together / i need
        / i want / give me) (a / an / another / one) [new|small|recurring|scheduled|daily|weekly|regular|simple] (job
        / task / schedule / playbook / automation / workflow / cron job / cronjob / routine / cron) (that / which / to
        / where you / for / so that you / where it / called) [will|should]
        """,
        """
        (set up / create / make / add / schedule) (a / an) [new|scheduled|recurring] (job / task / playbook / schedule
        / automation / cron job)
        """,
        "(set up / setup / arrange for / arrange) (to / for you to)",
        "(schedule / plan) (a run of / the run of / running / the execution of / a call to)",
        "(i want / i need / i would like) [you] [to] (have)", "schedule",
    ])

    /// Removes such words; returns whether there were any.
    static func strip(_ pieces: inout Pieces) -> Bool {
        guard let count = patterns.firstPrefixLength(of: pieces) else { return false }
        pieces = imperative(Padding.stripped(Array(pieces[count...])))
        return true
    }

    /// "schedule scripts/x.sh" and "schedule the trend analyzer" mean a run of it.
    static func order(_ pieces: Pieces) -> Pieces {
        guard let first = pieces.first, OrderReader(isJob: { _ in false }).action(pieces) == nil,
            TellOrder.read(pieces) == nil
        else { return pieces }
        let isStored =
            ["the", "my", "our"].contains(first.key) && pieces.allSatisfy(JobWords.mayName) && pieces.count <= 6
        guard isStored || Targets.isScript(first.key) else { return pieces }
        return [Piece(kind: .word, key: "run", raw: first.raw.prefix(0), position: first.position - 1)] + pieces
    }

    /// "that runs scripts/x.sh" orders "run scripts/x.sh"; "schedule scripts/x.sh" and "schedule the scan" mean a run.
    static func imperative(_ pieces: Pieces) -> Pieces {
        guard var first = pieces.first else { return pieces }
        let stems = [1, 2].map { String(first.key.dropLast($0)) }
        let verbs = Lexicon.promptVerbs.union(Lexicon.runVerbs).union(Lexicon.requestVerbs).union(Lexicon.tellVerbs)
        guard first.key.hasSuffix("s"), let order = stems.first(where: verbs.contains) else { return pieces }
        first = Piece(
            kind: .word, key: order, raw: first.raw.dropLast(first.key.count - order.count), position: first.position)
        return [first] + pieces.dropFirst()
    }
}

/// Requests that watch something nobody can read: no address, no script.
enum Unmeasured {
    private static let verbs: Set<String> = Lexicon.watchVerbs.union(["check"])

    /// What is to be watched ("competitor prices"); `nil` where the words do not ask for that, or name where to look.
    static func subject(of pieces: Pieces) -> String? {
        let pieces = Padding.stripped(pieces)
        var rest = pieces[...]
        let keeps =
            ["keep", "have", "keep", "put"].contains(rest.first?.key ?? "")
            && zip(rest, rest.dropFirst()).contains { ["eye", "tabs"].contains($0.key) && $1.key == "on" }
        guard let first = rest.first, keeps || verbs.contains(first.key) else { return nil }
        let upToCondition = pieces.prefix {
            !["and", "if", "when", "unless", "then", "but"].contains($0.key) && !$0.isStop
        }
        if SystemSubject.look(Array(upToCondition)) != nil { return nil }
        let opening = pieces.firstIndex { ["whether", "if", "when", "unless"].contains($0.key) }
        if let opening, SystemSubject.begins(pieces[(opening + 1)...]) { return nil }
        guard !pieces.contains(where: { Targets.isURL($0.key) || Targets.isScript($0.key) }) else { return nil }
        if first.key == "check" || keeps == false, !hasCondition(pieces),
            first.key == "check" || !Lexicon.watchVerbs.contains(first.key)
        {
            return nil
        }
        if first.key == "check", PromptOrder.read(pieces) != nil, !hasCondition(pieces) { return nil }
        if Lexicon.watchVerbs.contains(first.key), !hasCondition(pieces), PromptOrder.read(pieces) != nil { return nil }
        if ["watch", "follow"].contains(first.key), !hasCondition(pieces) { return nil }
        rest = rest.dropFirst()
        let object = rest.prefix { !["and", "if", "when", "unless", "then", "but"].contains($0.key) && !$0.isStop }
        return object.text.isEmpty ? "that" : object.text
    }

    /// "when I get home, remind me …": an occasion that no event and no page tells.
    static func occasion(in pieces: Pieces) -> String? {
        guard let first = pieces.first, ["when", "whenever", "if", "once"].contains(first.key) else { return nil }
        for place in pieces.indices.dropFirst(2) where TellOrder.begins(at: place, in: pieces) {
            let words = Array(pieces[1..<place]).trimmed
            if SystemSubject(words) != nil { return nil }
            return words.contains { Targets.isURL($0.key) || Targets.isScript($0.key) } ? nil : words.text
        }
        return nil
    }

    private static func hasCondition(_ pieces: Pieces) -> Bool {
        pieces.dropFirst(2).contains { ["if", "unless", "when", "whenever", "once"].contains($0.key) }
    }

    static func reading(_ subject: String) -> CreationReader.Reading {
        question("What should be measured for \"\(subject)\"? A page (https://…) or a script that prints it would do.")
    }

    static func reading(condition: String) -> CreationReader.Reading {
        question(
            """
            How can \"\(condition)\" be measured? A page (https://…) or a script, and a value or words to look for, \
            would do.
            """
        )
    }

    private static func question(_ text: String) -> CreationReader.Reading {
        CreationReader.Reading(question: Question(about: .missingMeasure, text: text))
    }
}

/// Joins what was said before an order with the words of the order.
enum Preface {
    /// The words of the reminder stand as typed; what came before joins them only where they need it ("take them").
    static func join(_ preface: String, _ text: String?) -> String {
        guard let text else { return preface }
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        let needs = words.contains { ["them", "it", "that", "this", "these", "those", "there"].contains($0) }
        return needs && !preface.isEmpty ? "\(preface): \(text)" : text
    }
}

/// Verbs of common errands: a bare order that begins with one is surely a reminder.
enum BareVerbs {
    private static let verbs: Set<String> = [
        "call", "phone", "buy", "get", "take", "pay", "pick", "water", "feed", "clean", "wash", "cook", "book", "visit",
        "meet", "go", "bring",
        "return", "renew", "send", "email", "text", "walk", "stretch", "drink", "eat", "do", "put", "fix", "file",
        "submit", "check", "order", "leave",
        "wake", "sleep", "study", "practice", "practise", "exercise", "move", "turn", "lock", "close", "open", "empty",
        "change", "charge", "back", "join",
        "attend", "finish", "start", "prepare", "sign", "mail", "post", "ask", "tell", "talk", "reply", "answer",
        "pack", "iron", "vacuum", "mow", "defrost", "stand", "ring", "read", "make", "bake", "shave", "log", "collect",
        "drop", "schedule", "cancel", "apply", "print", "replace", "refill", "unplug", "register", "vote", "deposit",
        "transfer", "play", "run",
    ]

    static func known(_ text: String) -> Bool {
        text.lowercased().split(separator: " ").first.map { verbs.contains(String($0)) } ?? false
    }
}

/// Short names for jobs.
enum JobTitle {
    static func title(of action: ActionIntent, event: EventClause?) -> String {
        switch action.type {
        case "script": title(Targets.stem(action.path ?? "script").replacing("_", with: " "))
        case "http": "Check \(Targets.host(action.url ?? ""))"
        case "playbook": title(action.name ?? "Playbook")
        case "system":
            title("Watch \(action.path ?? action.name.map { String($0.prefix { $0 != "_" }) } ?? "the machine")")
        case "notify": title(event?.words ?? action.text ?? "Reminder")
        default: title(action.text ?? "Prompt")
        }
    }

    private static let ends: Set<String> = [
        "from", "for", "about", "based", "that", "which", "and", "of", "in", "on", "with", "this", "at", "to", "based",
        "because", "so",
    ]
    private static let dangling: Set<String> = ["the", "a", "an", "my", "our", "your", "its", "to", "of", "and", "for"]

    /// At most five words and forty characters, cut where a phrase ends, with a capital first.
    static func title(_ text: String) -> String {
        var words: [String] = []
        for word in text.replacing("{", with: "").replacing("}", with: "").split(whereSeparator: \.isWhitespace).map(
            String.init)
        {
            if words.count >= 5 || (words.count >= 2 && ends.contains(word.lowercased())) { break }
            guard words.joined(separator: " ").count + word.count < 40 else { break }
            words.append(word)
        }
        while words.count > 1, let last = words.last, dangling.contains(last.lowercased()) { words.removeLast() }
        var name = words.joined(separator: " ")
        while let last = name.last, ",;:.!?".contains(last) { name.removeLast() }
        guard let first = name.first else { return "Reminder" }
        return first.uppercased() + name.dropFirst()
    }
}
