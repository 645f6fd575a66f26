import IntentContract
import JobModel

/// Reads requests for new jobs: times, event, orders, conditions and delivery.
struct CreationReader {
    struct Reading {
        var intent: Intent?
        var question: Question?
        /// Something was assumed.
        var isGuess = false
        /// The sentence says when, or at which event.
        var hasTrigger = false
        /// The job tells a person fixed words, so that what follows may belong to them.
        var isReminder = false
    }

    let lexer: Lexer
    var trace: ReadingTrace?
    let isJob: (String) -> Bool

    /// `nil` where the words order nothing that could become a job.
    func read(_ text: String) -> Reading? {
        var pieces = Padding.stripped(lexer.pieces(of: text, for: .making))
        let isWrapped = Wrapping.strip(&pieces)
        var when = TimeCut(&pieces)
        pieces = Self.withoutLooking(Padding.stripped(pieces), hasTime: when.text != nil)
        if isWrapped { pieces = Wrapping.order(pieces) }
        let event = takeEvent(&pieces, hasTime: when.text != nil)
        if event == nil, let vague = Unmeasured.occasion(in: pieces) { return Unmeasured.reading(condition: vague) }
        when.takeAdjective(from: pieces, isFree: event == nil)
        guard let first = pieces.first, event != nil || !asks(pieces, first) else { return nil }
        if let words = when.text {
            trace?.add(.read, "when: \(words)\(when.isTidy ? "" : " (something beside it is left over)")")
        }
        if let event { trace?.add(.read, "event: \(event.name)\(event.job.map { " of \"\($0)\"" } ?? "")") }
        let scene = Scene(when: when.text, event: event, isWrapped: isWrapped, isTidy: when.isTidy)
        return read(preface(&pieces), pieces, scene)
    }

    /// "do I …" asks, "do not let me forget …" orders.
    private func asks(_ pieces: Pieces, _ first: Piece) -> Bool {
        let next = pieces.dropFirst().first?.key ?? ""
        return Lexicon.questionWords.contains(first.key)
            && !(["do", "have"].contains(first.key) && !["i", "you", "we", "they"].contains(next))
    }

    /// "if …, tell me, check every 15 minutes": a verb of looking that the time left alone orders nothing more.
    private static func withoutLooking(_ pieces: Pieces, hasTime: Bool) -> Pieces {
        if hasTime, pieces.count > 3, pieces[pieces.count - 3].isStop,
            ["run", "check", "do"].contains(pieces[pieces.count - 2].key),
            ["it", "this", "that"].contains(pieces[pieces.count - 1].key)
        {
            return Array(pieces.dropLast(3)).trimmed
        }
        guard hasTime, pieces.count > 2, let last = pieces.last, pieces[pieces.count - 2].isStop,
            ["check", "checking", "checked", "look", "poll", "test", "repeat"].contains(last.key)
        else { return pieces }
        return Array(pieces.dropLast(2)).trimmed
    }

    private struct Scene {
        var when: String?
        var event: EventClause?
        var isWrapped: Bool
        var isTidy: Bool
        var hasTrigger: Bool { when != nil || event != nil }
    }

    // MARK: Event and preface

    private static let eventOpenings: [[String]] = [
        ["on", "the", "event"], ["on", "event"], ["on", "every"], ["on", "each"], ["every", "time"], ["each", "time"],
        ["as", "soon", "as"], ["whenever"], ["when"], ["once"], ["if"], ["after"], ["any", "time"], ["anytime"], ["on"],
        ["upon"], ["should"], ["in", "case"], ["the", "moment"], ["the", "instant"], ["the", "second"],
        ["the", "minute"],
    ]

    /// Takes "when a github issue is created" off either end of the sentence.
    ///
    /// - Parameter hasTime: a time was said too: "every evening, if it gets loud, …" is a condition, and only an event that
    ///   is named (`order.paid`) is one.
    private func takeEvent(_ pieces: inout Pieces, hasTime: Bool) -> EventClause? {
        var rest = pieces
        guard let event = takeLeadingEvent(&rest) ?? takeTrailingEvent(&rest) else { return nil }
        if hasTime, pieces.contains(where: { $0.key == "if" }),
            !pieces.contains(where: { Targets.isEventName($0.key) })
        {
            return nil
        }
        pieces = rest
        return event
    }

    private func opening(at place: Int, in pieces: Pieces) -> Int? {
        Self.eventOpenings.first { pieces[place...].prefix($0.count).map(\.key) == $0 }?.count
    }

    private func takeLeadingEvent(_ pieces: inout Pieces) -> EventClause? {
        guard let length = opening(at: 0, in: pieces) else { return nil }
        let splitter = OrderReader(isJob: isJob)
        for end in (length + 1)..<max(length + 2, min(pieces.count, length + 12)) where end < pieces.count {
            let clause = Array(pieces[length..<end])
            let isComma = pieces[end].isStop
            let rest = Padding.stripped(Array(pieces[end...]))
            guard isComma || beginsOrder(rest, splitter) else { continue }
            guard !rest.isEmpty else { continue }
            if let event = event(clause, after: pieces[0].key, length: length) {
                pieces = rest
                return event
            }
            if let (event, condition) = eventAndCondition(clause) {
                pieces = condition + rest
                return event
            }
        }
        return nil
    }

    /// "order.paid arrives and the total is over 1000", "order.paid arrives with a total above 1000": the event, and the
    /// rest as a condition on it. "with" needs the event's name before it: things may have something with them.
    private func eventAndCondition(_ clause: Pieces) -> (EventClause, Pieces)? {
        let place = clause.indices.first { place in
            clause[place].key == "and"
                || clause[place].key == "with" && clause[..<place].contains { Targets.isEventName($0.key) }
        }
        guard let place, place + 1 < clause.count else { return nil }
        guard let event = EventClause(Array(clause[..<place]), isJob: isJob) else { return nil }
        var opening = clause[place]
        opening.key = "if"
        return (event, [opening] + clause[(place + 1)...])
    }

    /// "on X" needs a dotted name: "on friday" is no event.
    private func event(_ clause: Pieces, after word: String, length: Int) -> EventClause? {
        let onlyNames = (word == "on" || word == "upon" || word == "should") && length == 1
        if onlyNames, !clause.contains(where: { Targets.isEventName($0.key) }) { return nil }
        return EventClause(clause, isJob: isJob)
    }

    private func beginsOrder(_ rest: Pieces, _ orders: OrderReader) -> Bool {
        guard let first = rest.first, first.isWord else { return false }
        if TellOrder.begins(at: 0, in: rest) || Lexicon.promptVerbs.contains(first.key) { return true }
        if ["start", "open"].contains(first.key) { return orders.action(rest) != nil }
        guard Lexicon.runVerbs.contains(first.key) || Lexicon.requestVerbs.contains(first.key) else {
            return first.key == "if"
        }
        return orders.action(rest) != nil
            || rest.prefix(4).contains { Targets.isURL($0.key) || Targets.isScript($0.key) }
    }

    private func takeTrailingEvent(_ pieces: inout Pieces) -> EventClause? {
        let openings = ["when", "whenever", "once", "if", "on", "every", "each", "after", "as", "upon"]
        for place in pieces.indices.dropFirst(2) where openings.contains(pieces[place].key) {
            guard let length = opening(at: place, in: pieces), place + length < pieces.count else { continue }
            let clause = Array(pieces[(place + length)...])
            guard
                !pieces[..<place].contains(where: { Targets.isURL($0.key) || Targets.isScript($0.key) })
                    || clause.contains(where: { Targets.isEventName($0.key) })
            else { continue }
            let said = trailing(clause)
            guard let event = event(said.event, after: pieces[place].key, length: length) else { continue }
            guard
                TellOrder.read(Array(pieces[..<place]))?.text == nil
                    || ["whenever", "every", "each", "when"].contains(pieces[place].key)
            else { continue }
            pieces = Padding.stripped(Array(pieces[..<place]) + said.rest)
            return event
        }
        return nil
    }

    /// "… when the build fails on slack": what stands behind the event.
    private func trailing(_ clause: Pieces) -> (event: Pieces, rest: Pieces) {
        for place in clause.indices.dropFirst(2) {
            if let found = Deliveries.destination(at: place, in: clause), found.recipient != nil,
                place + found.count == clause.count
            {
                return (Array(clause[..<place]), Array(clause[place...]))
            }
        }
        return (clause, [])
    }

    /// "i've got a culture running, remind me …": what stands before the order and is none itself.
    private func preface(_ pieces: inout Pieces) -> Pieces {
        guard TellOrder.read(pieces) == nil, !["if", "unless", "only"].contains(pieces.first?.key ?? "") else {
            return []
        }
        let orders = OrderReader(isJob: isJob)
        for place in pieces.indices.dropFirst()
        where pieces[place].isStop || ["so", "and", "then"].contains(pieces[place].key) {
            let before = Array(pieces[..<place]).trimmed
            let rest = Padding.stripped(Array(pieces[(place + 1)...]))
            guard let tell = TellOrder.read(rest) else { continue }
            if orders.action(Padding.stripped(before)) != nil
                || before.contains(where: { Targets.isURL($0.key) || Targets.isScript($0.key) })
                || before.contains(where: { ["if", "unless", "when"].contains($0.key) })
            {
                return []
            }
            if pieces[place].isWord, !["so"].contains(pieces[place].key), !tell.isReminder { continue }
            pieces = rest
            return before
        }
        return []
    }

    // MARK: Orders

    private func read(_ preface: Pieces, _ pieces: Pieces, _ scene: Scene) -> Reading? {
        if !preface.isEmpty, let tell = TellOrder.read(pieces), Unmeasured.subject(of: preface) == nil {
            return reminder(tell, preface: preface, scene)
        }
        if let subject = Unmeasured.subject(of: preface.isEmpty ? pieces : preface) {
            return Unmeasured.reading(subject)
        }
        let orders = OrderReader(isJob: isJob)
        let clauses = ClauseSplitter(pieces, orders: orders).clauses()
        var builder = StepBuilder(event: scene.event, orders: orders)
        do throws(StepBuilder.Problem) {
            for (place, clause) in clauses.enumerated() {
                let next = place + 1 < clauses.count ? clauses[place + 1] : nil
                let known = builder.steps.count
                try builder.add(clause, before: next, isAlone: clauses.count == 1)
                note(clause, steps: builder.steps[min(known, builder.steps.count)...])
            }
        } catch .unmeasurable(let words) {
            return Unmeasured.reading(condition: words)
        } catch .impossibleTime(let time) {
            let text = "\"\(time)\" is no time of day; 00:00 to 23:59 are. When should it be?"
            return Reading(question: Question(about: .missingTime, text: text))
        } catch .nothingToSay {
            return Reading(question: Question(about: .other, text: "What should I remind you of?"))
        } catch {
            return nil
        }
        return finished(builder, scene)
    }

    private func note(_ clause: Clause, steps: ArraySlice<StepIntent>) {
        guard let trace else { return }
        let condition = clause.condition.map {
            $0.isOtherwise ? "otherwise" : "\($0.negated ? "unless" : "if") \($0.words.text)"
        }
        let said = [condition, clause.order.isEmpty ? nil : "order: \(clause.order.text)"].compactMap(\.self)
        let made = steps.map { "\($0.action.type)\($0.when.map { " when \($0)" } ?? "")" }.joined(separator: ", ")
        trace.add(.read, said.joined(separator: "; ") + " → " + (made.isEmpty ? "where the result goes" : made))
    }

    private func reminder(_ tell: TellOrder, preface: Pieces, _ scene: Scene) -> Reading? {
        var before = Padding.stripped(preface)
        while let last = before.last,
            ["is", "are", "on", "at", "the", "every", "of", "that", "have", "it"].contains(last.key)
        { before.removeLast() }
        let text = Preface.join(before.text, tell.text)
        guard !text.isEmpty else { return nil }
        let deliver = tell.recipients
        return checked(
            CreateJob(
                name: JobTitle.title(text), when: scene.when, event: scene.event?.name, eventJob: scene.event?.job,
                action: .notify(text), deliver: deliver), scene, isGuess: false)
    }

    private func finished(_ builder: StepBuilder, _ scene: Scene) -> Reading? {
        guard let first = builder.steps.first else { return nil }
        let isPlaybook = builder.steps.count > 1 || builder.steps.contains { $0.when != nil }
        let isStrange = builder.usedBareOrder && !BareVerbs.known(first.action.text ?? "")
        guard scene.hasTrigger || !isStrange else { return nil }
        // "standup nagging wanted, 9 on workdays": the figure may be the hour, and no rule knows the order.
        if isStrange, first.action.text?.contains(where: \.isNumber) == true { return nil }
        let isGuess = isStrange || !scene.isTidy
        guard isPlaybook else {
            let job = CreateJob(
                name: JobTitle.title(of: first.action, event: scene.event), when: scene.when, event: scene.event?.name,
                eventJob: scene.event?.job,
                action: first.action, deliver: (first.to + builder.deliver).uniqued())
            return checked(job, scene, isGuess: isGuess)
        }
        let playbook = CreatePlaybook(
            name: JobTitle.title(of: first.action, event: scene.event), when: scene.when, event: scene.event?.name,
            eventJob: scene.event?.job,
            steps: builder.steps, deliver: builder.deliver)
        return checked(playbook, scene, isGuess: isGuess)
    }

    /// Asks for the time that is missing, where nothing could start the job.
    private func checked(_ body: any IntentBody, _ scene: Scene, isGuess: Bool) -> Reading {
        var reading = Reading(intent: Intent(body), isGuess: isGuess, hasTrigger: scene.hasTrigger)
        let actions = (body as? CreateJob).map { [$0.action] } ?? (body as? CreatePlaybook)?.steps.map(\.action) ?? []
        reading.isReminder = actions.allSatisfy { $0.type == "notify" }
        let waits = actions.first.map { ["notify", "prompt", "agent", "system"].contains($0.type) } ?? false
        if !scene.hasTrigger, waits || scene.isWrapped {
            reading.question = Question(
                about: .missingTime, text: "When? For example \"tomorrow at 9:00\" or \"every weekday at 9\".",
                options: [])
        }
        return reading
    }
}
