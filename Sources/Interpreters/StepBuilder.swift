import IntentContract

/// Makes steps out of clauses, and finds what their conditions measure.
struct StepBuilder {
    enum Problem: Error, Hashable {
        /// A condition has nothing to measure.
        case unmeasurable(String)
        /// No rule knows the words as an order.
        case unknownOrder(String)
        /// "remind me at 7:30", and nothing to say.
        case nothingToSay
        /// "at 61:00": looks like a time of day and is none.
        case impossibleTime(String)
    }

    private(set) var steps: [StepIntent] = []
    /// Recipients of the whole.
    private(set) var deliver: [String] = []
    /// A bare order became a reminder.
    private(set) var usedBareOrder = false
    /// The condition before, for "otherwise".
    private var lastCondition: String?
    private var lastWords: String?
    let event: EventClause?
    let orders: OrderReader

    init(event: EventClause?, orders: OrderReader) {
        self.event = event
        self.orders = orders
    }

    /// - Parameter next: the clause behind, which may say what is done where a condition does not hold.
    mutating func add(_ clause: Clause, before next: Clause?, isAlone: Bool) throws(Problem) {
        var condition: String?
        var words = ""
        if let said = clause.condition {
            words = said.isOtherwise ? lastWords ?? "" : said.words.text
            if said.negated || said.isOtherwise { words = Self.turnedRound(words) }
            condition = try read(said)
            lastCondition = condition
            lastWords = words
        }
        if clause.order.isEmpty, next?.condition?.isOtherwise == true { return }
        guard !clause.order.isEmpty else { throw Problem.unmeasurable(clause.condition?.words.text ?? "") }
        try addOrder(clause, condition: condition, words: words, isAlone: isAlone)
    }

    // MARK: Conditions

    /// "not so: it is up", and back.
    private static func turnedRound(_ words: String) -> String {
        let not = "not so: "
        return words.hasPrefix(not) ? String(words.dropFirst(not.count)) : not + words
    }

    private mutating func read(_ condition: Clause.Condition) throws(Problem) -> String {
        if condition.isOtherwise {
            guard let last = lastCondition else { throw Problem.unmeasurable("otherwise") }
            return last.hasPrefix("not ") ? String(last.dropFirst(4)) : "not \(last)"
        }
        if let url = condition.words.first(where: { Targets.isURL($0.key) }) {
            append(.http("GET", String(url.raw)), condition: nil)
        }
        if steps.isEmpty, let script = condition.words.first(where: { Targets.isScript($0.key) }) {
            append(.script(String(script.raw)), condition: nil)
        }
        if let machine = readMachine(condition) { return machine }
        guard let subject else { throw Problem.unmeasurable(condition.words.text) }
        let words = condition.words.filter { !Targets.isURL($0.key) && !Targets.isScript($0.key) }
        guard case .condition(let text) = ConditionReader.read(words, subject: subject, negated: condition.negated)
        else {
            throw Problem.unmeasurable(condition.words.text)
        }
        return text
    }

    /// "the disk is more than 85% full": a step that looks, and a condition on what it finds. A step that was ordered
    /// before ("check the disk") is what its condition asks about.
    private mutating func readMachine(_ condition: Clause.Condition) -> String? {
        let last = steps.lastIndex { $0.action.type != "notify" }
        let looked = last.flatMap { steps[$0].action.type == "system" ? $0 : nil }
        guard let found = SystemSubject(condition.words, noun: looked.map { Self.name(of: steps[$0].action) }) else {
            return nil
        }
        // "its load": of what ran before.
        if last != nil, looked == nil, condition.words.contains(where: { ["it", "its"].contains($0.key) }) {
            return nil
        }
        if let looked, steps[looked].action == found.action {
            return found.condition(on: steps[looked].name, negated: condition.negated)
        }
        if let looked, found.name == Self.name(of: steps[looked].action), found.name != "file", lastCondition == nil {
            steps[looked].action = found.action
            return found.condition(on: steps[looked].name, negated: condition.negated)
        }
        append(found.action, condition: nil)
        return steps.last.map { found.condition(on: $0.name, negated: condition.negated) }
    }

    /// What "it" is: the last step with a result, else the event.
    private var subject: ConditionReader.Subject? {
        if let step = steps.last(where: { $0.action.type != "notify" }) {
            let kinds: [String: ConditionReader.Subject.Kind] = ["http": .page, "prompt": .words]
            return ConditionReader.Subject(name: step.name, kind: kinds[step.action.type] ?? .program)
        }
        return event == nil ? nil : ConditionReader.Subject(name: "event", kind: .event)
    }

    // MARK: Orders

    private mutating func addOrder(_ clause: Clause, condition: String?, words: String, isAlone: Bool) throws(Problem) {
        let pieces = clause.order
        if try addWatch(pieces) { return }
        let order = try order(pieces, mayBeBare: isAlone)
        switch order {
        case .action(let action): append(action, condition: condition)
        case .tell(let text, let recipients):
            let isDelivery = text == nil && condition == nil && !steps.isEmpty
            if isDelivery, !clause.isThen {
                add(recipients)
            } else {
                let said = text ?? (isDelivery ? "{{outcome}}" : notice(about: words, when: condition))
                guard let text = said else { throw Problem.nothingToSay }
                append(.notify(text), condition: condition, to: recipients)
            }
        case .bare(let text):
            if let time = Self.impossibleTime(in: pieces) { throw Problem.impossibleTime(time) }
            usedBareOrder = true
            append(.notify(text), condition: condition)
        }
    }

    /// A word such as `61:00` that the time language left where a time would stand.
    private static func impossibleTime(in pieces: Pieces) -> String? {
        for (word, before) in zip(pieces.dropFirst(), pieces) where ["at", "from", "until", "by"].contains(before.key) {
            let parts = word.raw.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count == 2, parts.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) }) {
                return String(word.raw)
            }
        }
        return nil
    }

    private mutating func order(_ pieces: Pieces, mayBeBare: Bool) throws(Problem) -> Order {
        if orders.action(pieces)?.asksModel ?? false, let prompt = prompt(pieces) { return .action(prompt) }
        if let recipients = Deliveries.order(pieces), !steps.isEmpty { return .tell(text: nil, recipients: recipients) }
        if let tell = TellOrder.read(pieces) ?? posting(pieces) {
            return .tell(text: tell.text, recipients: tell.recipients)
        }
        let deliveries = Deliveries(in: Padding.stripped(pieces))
        if let action = orders.action(deliveries.rest) {
            add(deliveries.recipients)
            return .action(action)
        }
        guard mayBeBare, let text = BareOrder.text(pieces) else { throw Problem.unknownOrder(pieces.text) }
        let kept = Deliveries(in: text, isReminder: true)
        add(kept.recipients)
        return .bare(kept.rest.text)
    }

    private static let posting = Pattern(
        "(post / send / say / write / publish / put) <text> (on / to / in / via) <gateway>")

    /// "otherwise post ok on slack": fixed words for a way out, beside other steps.
    private func posting(_ pieces: Pieces) -> TellOrder? {
        guard !steps.isEmpty, let captures = Self.posting.match(Padding.stripped(pieces)),
            let text = captures.text("text"), let recipient = captures.recipient
        else { return nil }
        return TellOrder(text: text, recipients: [recipient], isReminder: false)
    }

    /// A prompt keeps its words, but not those about delivery.
    private mutating func prompt(_ pieces: Pieces) -> ActionIntent? {
        let deliveries = Deliveries(in: Padding.stripped(pieces))
        guard var action = orders.action(deliveries.rest), action.asksModel else { return nil }
        if let step = steps.last(where: { $0.action.type != "notify" }), action.text?.contains("{{") == false {
            action.text = action.text.map { "\($0): {{\(step.name).text}}" }
        }
        add(deliveries.recipients)
        if pieces.first.map({ ["email", "mail", "slack"].contains($0.key) }) == true {
            add([Gateways.recipient(pieces[0].key)].compactMap(\.self))
        }
        return action
    }

    /// "watch URL for changes": a request, and word of it when the page changes or holds the words.
    private mutating func addWatch(_ pieces: Pieces) throws(Problem) -> Bool {
        let words = Padding.stripped(pieces).words
        guard let first = words.first, Lexicon.requestVerbs.contains(first.key),
            let place = words.lastIndex(where: { $0.key == "for" }),
            let url = words[..<place].last, Targets.isURL(url.key), place + 1 < words.count
        else { return false }
        let object = Array(words[(place + 1)...])
        append(.http("GET", String(url.raw)), condition: nil)
        guard let subject else { return false }
        let isChange = object.contains {
            ["changes", "updates", "change", "new", "news", "differences"].contains($0.key)
        }
        let condition =
            isChange
            ? "\(subject.name) changed"
            : "\(subject.name) contains \"\(object.text.trimmingQuotes.replacing("\"", with: ""))\""
        append(
            .notify("\(Targets.host(String(url.raw))): \(isChange ? "the page has changed" : object.text)"),
            condition: condition)
        return true
    }

    private mutating func add(_ recipients: [String]) {
        for recipient in recipients where !deliver.contains(recipient) { deliver.append(recipient) }
    }

    /// What is told where only "tell me" was said: the condition or the event in the person's words.
    private func notice(about words: String, when condition: String?) -> String? {
        if let step = steps.last(where: { $0.action.type != "notify" }), !words.isEmpty {
            let isMachine = step.action.type == "system"
            if ["failed", "succeeded"].contains(where: { condition?.hasSuffix("\(step.name) \($0)") == true }) {
                return "{{outcome}}"
            }
            let what =
                step.action.url.map(Targets.host) ?? step.action.path ?? (isMachine ? step.name : step.action.name)
                ?? step.name
            let measured = condition?.contains("\(step.name).number") == true ? " (now {{\(step.name).number}})" : ""
            return "\(what): \(words)\(measured)"
        }
        guard let event else { return words.isEmpty ? nil : words }
        return words.isEmpty ? event.words : "\(event.words): \(words)"
    }

    // MARK: Steps

    private mutating func append(_ action: ActionIntent, condition: String?, to recipients: [String] = []) {
        let base = Self.name(of: action)
        var name = base
        var number = 2
        while steps.contains(where: { $0.name == name }) {
            name = "\(base)\(number)"
            number += 1
        }
        steps.append(StepIntent(name: name, action: action, when: condition, to: recipients))
    }

    private static func name(of action: ActionIntent) -> String {
        switch action.type {
        case "script": Targets.stem(action.path ?? "script")
        case "http": "fetch"
        case "notify": "notify"
        case "playbook": "playbook"
        case "system": action.name.map { String($0.prefix { $0 != "_" }) } ?? "system"
        case "agent": "agent"
        default: "write"
        }
    }
}

/// Orders to a person: "call Ana", "take out the bins".
enum BareOrder {
    /// The words of a reminder; `nil` for a question or words that order nothing.
    static func text(_ pieces: Pieces) -> Pieces? {
        var pieces = Padding.stripped(pieces)
        if pieces.first?.key == "to", pieces.count > 1 { pieces.removeFirst() }
        guard let first = pieces.first, first.isWord, !Lexicon.questionWords.contains(first.key) else { return nil }
        guard !Lexicon.pronouns.contains(first.key), !refused.contains(first.key),
            pieces.words.count > 1 || first.key.count > 2
        else { return nil }
        guard !pieces.contains(where: { Targets.isURL($0.key) || Targets.isScript($0.key) }) else { return nil }
        // "book club is …": a statement, cut off at its time.
        guard let last = pieces.last, !["is", "are", "was", "were", "will"].contains(last.key) else { return nil }
        return pieces
    }

    /// Beginnings of requests about jobs that exist: better not understood than made into a reminder of themselves.
    static let refused: Set<String> = [
        "no", "not", "never", "pause", "resume", "delete", "remove", "cancel", "skip", "snooze", "rename", "move",
        "stop", "undo", "redo", "approve",
        "reject", "mute", "unpause", "disable", "enable", "reschedule", "show", "list", "explain", "test", "if",
        "unless", "when", "yes", "and", "or", "monitor", "watch",
        "track", "postpone", "edit", "change", "schedule", "job", "every", "there", "scheduler", "i", "you", "we",
        "they", "he", "she", "nothing", "something", "everything", "add",
    ]
}
