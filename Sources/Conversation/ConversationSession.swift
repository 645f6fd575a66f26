import Foundation
import IntentContract
import JobModel
import Planning
import ScheduleLanguage

/// A conversation with one person: each turn goes from text to a reply, and holds at most one open question.
///
/// Replies about jobs are made from what the store holds, never from what a model said.
package actor ConversationSession {
    /// What the program around the conversation provides.
    package struct Environment: Sendable {
        package var store: any JobStore
        package var interpreter: any Interpreter
        package var now: @Sendable () -> Date
        /// The machine's zone, used until the person has said theirs.
        package var systemZone: String
        package var lookAround: @Sendable (_ agreed: Set<String>) async -> Surroundings
        package var presence: @Sendable () async -> SchedulerPresence
        /// What can be seen of the owner and of the store's file, without reading the store.
        package var sight: @Sendable () async -> SchedulerSight = { SchedulerSight() }
        /// Something changed: the scheduler should look.
        package var wakeScheduler: @Sendable () -> Void
        /// Hexadecimal digest of a canonical plan.
        package var digest: @Sendable (String) -> String
        /// A person sits at a terminal: questions can be answered, approvals given.
        package var isInteractive: Bool
        package var directory: String?
        /// What models cost; `nil` where nobody counts it.
        package var ledger: (any SpendingLedger)?
        package var budget = SpendingCaps()

        package init(
            store: any JobStore, interpreter: any Interpreter, now: @escaping @Sendable () -> Date, systemZone: String,
            lookAround: @escaping @Sendable (Set<String>) async -> Surroundings,
            presence: @escaping @Sendable () async -> SchedulerPresence,
            wakeScheduler: @escaping @Sendable () -> Void, digest: @escaping @Sendable (String) -> String,
            isInteractive: Bool, directory: String? = nil
        ) {
            self.store = store
            self.interpreter = interpreter
            self.now = now
            self.systemZone = systemZone
            self.lookAround = lookAround
            self.presence = presence
            self.wakeScheduler = wakeScheduler
            self.digest = digest
            self.isInteractive = isInteractive
            self.directory = directory
            ledger = store as? any SpendingLedger
        }
    }

    let environment: Environment
    var pending: Pending?
    private var turns: [InterpretationContext.Turn] = []
    /// How the last request was read.
    private var lastBasis: ReadingBasis?

    package init(_ environment: Environment) { self.environment = environment }

    var store: any JobStore { environment.store }
    /// In whole milliseconds, as the store keeps moments: what is planned now must come back from it unchanged.
    var now: Date {
        Date(timeIntervalSince1970: (environment.now().timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    }

    /// One turn. Never throws: trouble with the store is a reply of its own.
    package func say(_ text: String) async -> Reply {
        let words = text.withoutControlCharacters(keepingNewlines: true).trimmingCharacters(in: .whitespacesAndNewlines)
        do {
            let reply = try await answer(words)
            remember(said: words, reply: reply)
            return reply
        } catch {
            return .failure(Self.message(for: error))
        }
    }

    static func message(for error: any Error) -> String {
        (error as? StoreError)?.message ?? (error as? PlanningFailure)?.message ?? "That did not work: \(error)"
    }

    private func answer(_ words: String) async throws -> Reply {
        if let open = pending {
            pending = nil
            if let reply = try await answer(open, with: words) { return reply }
        }
        guard !words.isEmpty else { return Reply() }
        if words == "/why" { return why }
        return try await request(words)
    }

    private func remember(said words: String, reply: Reply) {
        guard !words.isEmpty else { return }
        let answered = (reply.retold + [reply.question?.line].compactMap(\.self)).joined(separator: "\n")
        turns = (turns + [.init(said: words, answered: answered)]).suffix(6)
    }

    // MARK: A request

    /// Interprets and plans `words` as a request of its own.
    func request(_ words: String) async throws -> Reply {
        if RunWords.meanCurrentRun(words), let reply = try await endCurrentRun(words) {
            lastBasis = ReadingBasis(strategy: .grammar, reason: "a run of what was spoken of was under way")
            return reply
        }
        let interpretation = await interpret(words)
        lastBasis = interpretation.basis
        let provenance = Provenance(
            sentence: words, interpreter: interpretation.interpreter, directory: environment.directory)
        let request = PlanningRequest(
            intents: interpretation.intents, provenance: provenance, needsYes: interpretation.needsConfirmation)
        var reply: Reply
        if let question = interpretation.question, let index = interpretation.disputed {
            pending = .planning(request, index: index, question)
            reply = asking(question)
        } else if let question = interpretation.question, !interpretation.readings.isEmpty {
            let readings = interpretation.readings.map { intents in
                PlanningRequest(
                    intents: intents, provenance: provenance, needsYes: interpretation.needsConfirmation)
            }
            pending = .readings(readings, question)
            reply = asking(question)
        } else if let question = interpretation.question {
            pending = .sentence(words, question)
            reply = asking(question)
        } else if interpretation.intents.isEmpty {
            return notUnderstood(words, interpretation)
        } else {
            reply = try await plan(request)
        }
        if let remark = interpretation.remark {
            reply.lines.insert(remark, at: 0)
            reply.records.insert(Rows.reply(remark), at: 0)
        }
        return reply
    }

    func interpret(_ words: String) async -> Interpretation {
        await environment.interpreter.interpret(words, in: await context())
    }

    /// What the grammar makes of words that may answer a question: no model decides what an answer is.
    func readAnswer(_ words: String) async -> Interpretation {
        await environment.interpreter.grammar.interpret(words, in: await context())
    }

    private func context() async -> InterpretationContext {
        let situation = try? await situation()
        var context = InterpretationContext(
            now: now, zone: situation?.zone ?? environment.systemZone,
            jobs: (situation?.jobs ?? []).filter { $0.status != .finished }.map { job in
                .init(name: job.name, schedule: job.schedules.map(\.text).joined(separator: "; "))
            },
            gateways: situation?.surroundings.gatewayNames ?? [], turns: turns, outcomes: await outcomes(),
            habits: situation.map(Self.habits) ?? [])
        context.hourHabit = situation?.hourHabit.rawValue
        context.dateOrder = situation?.dateOrder.rawValue
        context.calendars = situation?.surroundings.calendars?.compactMap { try? $0.content.get() }
        return context
    }

    /// Plans, and then asks, asks for a yes, or does it.
    func plan(_ request: PlanningRequest) async throws -> Reply {
        var situation = try await situation()
        if request.intents.contains(where: { $0.name == CancelRun.intentName }) {
            situation.underWay = try await underWay(of: situation.jobs.map(\.id))
        }
        let planner = Planner(situation: situation, answers: request.answers, provenance: request.provenance)
        switch planner.plan(request.intents) {
        case .question(let question, let index):
            pending = .planning(request, index: index, question)
            return asking(question)
        case .failure(let failure):
            return .failure(failure.message)
        case .plan(let plan)
        where !plan.risks.isEmpty || request.needsYes && plan.items.contains(where: \.action.changes):
            return try await confirm(plan)
        case .plan(let plan):
            return try await apply(plan)
        }
    }

    private var why: Reply {
        said(lastBasis?.sentence ?? "Nothing was read yet; the built-in grammar reads what needs no model.")
    }

    func asking(_ question: Question) -> Reply {
        let open = OpenQuestion(about: question.about, text: question.text, options: question.options)
        return Reply(question: open, status: .needsAnswer, records: [Rows.question(open)])
    }

    /// Where a configured model could not be asked, that is the reason, and the exit code says so.
    private func notUnderstood(_ words: String, _ interpretation: Interpretation) -> Reply {
        let isModelOut = environment.interpreter.name != interpretation.interpreter
        var reply = Self.notUnderstood(words, remark: interpretation.remark)
        if isModelOut { reply.status = .provider }
        return reply
    }

    static func notUnderstood(_ words: String, remark: String?) -> Reply {
        let shown = words.count > 60 ? words.prefix(60) + "…" : words
        let hint =
            remark ?? "Say what should happen and when, for example \"every weekday at 9 remind me to stand up\"."
        let line = "I did not understand \"\(shown)\". \(hint)"
        return Reply(
            lines: [line], status: .notUnderstood, records: [Rows.error(code: "not_understood", message: line)])
    }

    // MARK: The situation

    func situation() async throws -> Situation {
        let settings = try await store.settings()
        let surroundings = await environment.lookAround(try await store.agreed())
        return Situation(
            now: now, zone: settings["preference.timezone"] ?? environment.systemZone, jobs: try await store.jobs(),
            focus: try await store.focus(at: now),
            hourHabit: settings["preference.ambiguous_hour"].flatMap(PhraseContext.HourHabit.init) ?? .ask,
            dateOrder: settings["preference.date_order"].flatMap(PhraseContext.DateOrder.init) ?? .ask,
            defaultDelivery: Self.recipients(settings["preference.deliver"]), surroundings: surroundings)
    }

    private static func recipients(_ setting: String?) -> [Recipient] {
        (setting ?? "").split(separator: ",").map { Recipient($0.trimmingCharacters(in: .whitespaces)) }
            .filter { !$0.isConversation }
    }
}

/// Who would run a job that is made now.
package enum SchedulerPresence: Hashable, Sendable {
    case here
    case elsewhere(pid: Int32)
    case none
}

extension Reply {
    static func failure(_ message: String) -> Reply {
        Reply(lines: [message], status: .failed, records: [Rows.error(code: "failed", message: message)])
    }
}
