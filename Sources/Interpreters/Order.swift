import IntentContract

/// What one clause orders.
enum Order: Hashable {
    /// A script, a request, a prompt or a stored playbook.
    case action(ActionIntent)
    /// A person is told; `text` is `nil` where only "tell me" was said.
    case tell(text: String?, recipients: [String])
    /// Words that no rule knows as an order: a reminder where a time is said.
    case bare(String)
}

/// Reads clauses as orders.
struct OrderReader {
    /// Whether a stored job or playbook of these words is known.
    let isJob: (String) -> Bool

    /// The order of a clause that holds no condition any more; times and delivery have been cut out of it.
    func action(_ pieces: Pieces) -> ActionIntent? {
        let pieces = Padding.stripped(pieces)
        return AgentWords.read(pieces) ?? ScriptOrder.read(pieces) ?? RequestOrder.read(pieces)
            ?? SystemSubject.look(pieces) ?? promptAsked(pieces) ?? runOrder(pieces) ?? PromptOrder.read(pieces)
    }

    private func promptAsked(_ pieces: Pieces) -> ActionIntent? { PromptOrder.readAsked(pieces) }

    // MARK: Stored playbooks

    private static let run = Pattern(
        "(run / execute / trigger / rerun / invoke / start / launch / fire off / kick off / set off) <name:job>")
    private static let nouns: Set<String> = [
        "playbook", "workflow", "job", "routine", "pipeline", "agent", "automation",
    ]

    private func runOrder(_ pieces: Pieces) -> ActionIntent? {
        guard let captures = Self.run.match(pieces), var name = captures["name"], let verb = pieces.first else {
            return nil
        }
        let named = name.count > 1 && nouns(name)
        if named { name.removeLast() }
        guard let reference = JobWords.reference(name), Int(reference.words.prefix { $0 != " " }) == nil else {
            return nil
        }
        let sure = ["run", "execute", "trigger", "rerun", "invoke", "kick", "fire", "set"].contains(verb.key)
        guard named || isJob(reference.words) || (sure && !Self.isErrand(pieces)) else { return nil }
        return .playbook(reference.words)
    }

    private func nouns(_ name: Pieces) -> Bool { name.last.map { Self.nouns.contains($0.key) } ?? false }

    /// "run a bath", "run to the shop", "run 5 km": for a person.
    private static func isErrand(_ pieces: Pieces) -> Bool {
        guard pieces.count > 1 else { return true }
        let errand: Set<String> = [
            "a", "an", "to", "for", "in", "with", "some", "errands", "around", "into", "out", "away", "home",
        ]
        return errand.contains(pieces[1].key)
    }
}

/// "run scripts/x.sh --full", "execute backup.py with arguments a b".
enum ScriptOrder {
    static func read(_ pieces: Pieces) -> ActionIntent? {
        let words = pieces.words
        guard let place = words.firstIndex(where: { $0.isWord && Targets.isScript($0.key) }) else { return nil }
        let lead = words[..<place].map(\.key)
        if lead.isEmpty || wishes.contains(lead) {
            let tail = words[(place + 1)...].map(\.key)
            if lead.isEmpty, tail == ["run", "it"] || tail == ["execute", "it"] { return .script(path(words[place])) }
            if let verb = tail.last, ["run", "execute", "executed", "start", "running"].contains(verb),
                tail.dropLast().allSatisfy(modal.contains)
            {
                return .script(path(words[place]))
            }
            if !lead.isEmpty { return nil }
        }
        guard lead.allSatisfy(filler.contains), let first = lead.first ?? Optional("run"), starts(first) else {
            return nil
        }
        var action = ActionIntent.script(path(words[place]))
        guard let arguments = arguments(Array(words[(place + 1)...])) else { return nil }
        if !arguments.isEmpty { action.arguments = arguments }
        return action
    }

    /// "have x.sh run", "i want x.sh to run", "x.sh should run".
    private static let wishes: Set<[String]> = [
        ["have"], ["let"], ["make"], ["i", "want"], ["i", "need"], ["i", "would", "like"], ["get"], ["want"], ["need"],
    ]
    private static let modal: Set<String> = [
        "to", "should", "must", "has", "needs", "be", "is", "gets", "get", "will", "shall", "ought",
    ]

    private static let filler: Set<String> = Lexicon.runVerbs.union([
        "the", "my", "our", "script", "file", "a", "run", "do", "that", "which", "runs", "executes", "calls", "to",
        "start", "of", "it", "should", "will", "kick", "off", "use", "python", "bash", "sh", "swift", "node", "with",
        "command", "program", "shell", "running", "executing",
    ])

    /// `./scripts/x.sh` and `scripts/x.sh` are one file.
    private static func path(_ piece: Piece) -> String {
        String(piece.raw.hasPrefix("./") ? piece.raw.dropFirst(2) : piece.raw)
    }

    private static func starts(_ word: String) -> Bool {
        Lexicon.runVerbs.contains(word)
            || [
                "the", "my", "script", "do", "runs", "kick", "use", "executes", "calls", "a", "running", "executing",
                "python", "bash", "sh", "node",
            ].contains(word)
    }

    /// Words behind the file: options, or what follows "with"; `nil` where they are something else.
    private static func arguments(_ words: Pieces) -> [String]? {
        var words = words.filter {
            !["script", "file", "again", "once", "now", "right", "immediately"].contains($0.key)
        }
        guard let first = words.first else { return [] }
        if ["with", "using"].contains(first.key) {
            words.removeFirst()
            while let next = words.first,
                [
                    "argument", "arguments", "the", "option", "options", "parameter", "parameters", "args", "flag",
                    "flags", "and",
                ].contains(next.key)
            {
                words.removeFirst()
            }
            return words.map { String($0.raw).trimmingQuotes }.filter { !$0.isEmpty }
        }
        guard first.key.hasPrefix("-") else { return nil }
        return words.map { String($0.raw).trimmingQuotes }
    }
}

/// "check https://x.test/queue", "POST {…} to https://…".
enum RequestOrder {
    static func read(_ pieces: Pieces) -> ActionIntent? {
        let words = pieces.words
        guard let place = words.firstIndex(where: { $0.isWord && Targets.isURL($0.key) }) else {
            return misspelt(words)
        }
        let url = String(words[place].raw)
        guard let first = words.first, place > 0 else { return words.count == 1 ? .http("GET", url) : nil }
        guard Lexicon.requestVerbs.contains(first.key) || ["make", "send", "do", "keep", "issue"].contains(first.key)
        else { return nil }
        let lead = words[..<place].map(\.key)
        let said = lead.first { Lexicon.methods.contains($0) && $0 != "head" || $0 == "head" && first.key == "head" }
        let method = said.map { $0.uppercased() } ?? "GET"
        guard let body = body(lead: Array(words[1..<place]), tail: Array(words[(place + 1)...]), method: method) else {
            return nil
        }
        var action = ActionIntent.http(method, url)
        action.body = body.isEmpty ? nil : body
        return action
    }

    /// "GET htp:/x": a request all the same, so that its address is refused by name instead of becoming a reminder.
    private static func misspelt(_ words: Pieces) -> ActionIntent? {
        guard words.count == 2, let method = words.first, Lexicon.methods.contains(method.key),
            method.raw == method.raw.uppercased(), words[1].raw.contains(where: { "/:".contains($0) })
        else { return nil }
        return .http(method.key.uppercased(), String(words[1].raw))
    }

    private static let filler: Set<String> = [
        "to", "at", "the", "a", "an", "page", "url", "from", "site", "website", "endpoint", "on", "request", "get",
        "post", "put", "api", "feed", "head", "patch", "delete", "an", "eye", "that", "of", "my", "our", "http",
        "webhook", "price", "prices", "status", "address", "queue", "health", "call", "into", "for", "url:", "request:",
        "link", "content", "contents", "if", "whether", "service", "server", "temperature", "out", "up", "changes",
        "and", "again", "updates", "is",
    ]

    /// What is sent; empty for nothing, `nil` where the words around the address mean something else.
    private static func body(lead: Pieces, tail: Pieces, method: String) -> String? {
        let extra = lead.filter { !filler.contains($0.key) }
        var tail = tail[...]
        if let first = tail.first, ["with", "sending"].contains(first.key) {
            tail = tail.dropFirst()
            while let next = tail.first, ["body", "the", "data", "payload", "json", "a"].contains(next.key) {
                tail = tail.dropFirst()
            }
            return tail.text.trimmingQuotes
        }
        if extra.count == 1, Lexicon.pronouns.contains(extra[0].key) { return "" }
        if ["POST", "PUT", "PATCH"].contains(method), !extra.isEmpty, tail.allSatisfy({ filler.contains($0.key) }) {
            return lead.last?.key == "to" ? lead.dropLast().text.trimmingQuotes : lead.text.trimmingQuotes
        }
        return tail.allSatisfy { filler.contains($0.key) } && extra.count <= 3 ? "" : nil
    }
}
