import Foundation
import IntentContract
import JobModel
import ScheduleLanguage

/// Understands requests with a language model, held to the contract and to the person's own words; what the grammar reads
/// exactly, and whatever releases something, the grammar keeps to itself.
///
/// The order of reading is: the grammar where it is certain; else the models in their order, each with one attempt at
/// repair; else the grammar's guess, which then needs a yes.
package struct ModelInterpreter: Interpreter {
    private let model: any LanguageModel
    private let contract: ContractLibrary
    private let prompts: PromptTemplates
    private let offline: OfflineInterpreter
    /// The model is asked even where the grammar is certain.
    private let readsAlways: Bool
    /// Seconds for each exchange.
    private let timeout: Double
    /// Questions that one sentence may put to the model; `nil` is no cap.
    private let mostCalls: Int?

    package init(
        model: any LanguageModel, contract: ContractLibrary, offline: OfflineInterpreter = OfflineInterpreter(),
        readsAlways: Bool = false, timeout: Double = 30, mostCalls: Int? = CountCaps.usualCalls.request
    ) {
        self.model = model
        self.contract = contract
        prompts = PromptTemplates(contract: contract)
        self.offline = offline
        self.readsAlways = readsAlways
        self.timeout = timeout
        self.mostCalls = mostCalls
    }

    package var name: String { model.name }

    package var grammar: any Interpreter { offline }

    /// About how many tokens a request takes, and its answer: what stays the same of it, and a usual remainder.
    package static func usualTokens(contract: ContractLibrary) -> (input: Int, output: Int) {
        let fixed = PromptTemplates(contract: contract).understanding.utf8.count
        return ((fixed + contract.answerSchema.compactText.utf8.count) / 4 + 300, 150)
    }

    package func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
        var reading = await offline.interpret(text, in: context)
        if Self.isReserved(text, reading: reading) {
            reading.basis = ReadingBasis(strategy: .grammar, reason: "answers and releases are never a model's to read")
            return reading
        }
        if reading.certainty == .exact, !readsAlways {
            reading.basis = ReadingBasis(strategy: .grammar, reason: "it accounts for every word")
            return reading
        }
        return await ask(text, in: context, own: reading)
    }

    // MARK: What the grammar keeps to itself

    private static let reserved: Set<String> = ["approve", "reject", "undo", "redo"]
    private static let answers: Set<String> = ["yes", "no", "y", "n", "yep", "nope", "yeah", "nah"]

    private static func isReserved(_ text: String, reading: Interpretation) -> Bool {
        if reading.intents.contains(where: { reserved.contains($0.name) }) { return true }
        let word = text.lowercased().filter { $0.isLetter || $0.isNumber }
        return answers.contains(word) || (!word.isEmpty && word.allSatisfy(\.isNumber))
    }

    // MARK: The model, then the grammar's guess

    private func ask(_ text: String, in context: InterpretationContext, own: Interpretation) async -> Interpretation {
        let reason = own.certainty == .exact ? "it reads everything" : "the grammar is not certain of it"
        var exchange = ModelConversation(model: model, timeout: timeout, mostCalls: mostCalls)
        let input = ModelInput(text: text, context: context).text
        let heard = HeardWords(request: text, earlier: context.turns.map(\.said))
        do throws(ModelFailure) {
            var interpretation = try await exchange.answer(
                instructions: prompts.understanding, input: input, schema: contract.answerSchema, name: "intents"
            ) { (answer) throws(AnswerProblem) in try read(answer, heard, context, own: own) }
            interpretation = try await planned(interpretation, heard, context, own: own, &exchange)
            interpretation.interpreter = exchange.answeredBy ?? model.name
            interpretation.basis = exchange.basis(reason)
            return interpretation
        } catch {
            return fallback(own, after: exchange)
        }
    }

    private func fallback(_ own: Interpretation, after exchange: ModelConversation) -> Interpretation {
        var reading = own
        let first = exchange.failures.first
        let sentence = "\(first?.clause ?? "no model answered"), so this was read offline."
        reading.remark = [first?.isTold == true ? nil : sentence, own.remark].compactMap(\.self).joined(separator: " ")
        reading.needsConfirmation = own.certainty == .guess && !own.intents.isEmpty && own.question == nil
        reading.basis = ReadingBasis(
            strategy: .fallback, reason: exchange.failure, seconds: exchange.seconds)
        return reading
    }

    // MARK: Reading an answer

    private func read(
        _ answer: String, _ heard: HeardWords, _ context: InterpretationContext, own: Interpretation
    ) throws(AnswerProblem) -> Interpretation {
        let reply = try ModelReply(answer, contract: contract)
        if let forbidden = reply.intents.first(where: { Self.reserved.contains($0.name) }) {
            throw AnswerProblem("the intent \(forbidden.name) is not for you to give")
        }
        if let words = reply.question {
            return Interpretation(
                interpreter: model.name, certainty: .guess, question: Question(about: .other, text: words))
        }
        guard !reply.intents.isEmpty else { throw AnswerProblem("no intents and no question") }
        let grounding = Grounding(heard: heard, context: context, own: own)
        try grounding.check(reply.intents)
        let numbers = StepNumbers(heard.request)
        var needsYes = grounding.isFarReaching(reply.intents)
        let intents = try reply.intents.map { (intent) throws(AnswerProblem) -> Intent in
            guard case .editPlaybook(let body) = intent else { return grounding.labelled(intent) }
            let held = try numbers.held(body)
            needsYes = needsYes || held.needsYes
            return .editPlaybook(held.edit)
        }
        return try held(intents, reply.times, grounding, needsYes: needsYes)
    }

    /// Times, ends and conditions beside the person's: where they differ, one question asks which is meant.
    private func held(
        _ intents: [Intent], _ meanings: [String: String], _ grounding: Grounding, needsYes: Bool
    ) throws(AnswerProblem) -> Interpretation {
        let agreement = grounding.agreement
        let counterparts = agreement.counterparts(of: intents)
        let moment = PhraseContext(grounding.context)
        let times = TimeCheck(
            heard: grounding.heard, own: grounding.own, context: moment, isExact: agreement.isExact)
        let disputes = try times.disputes(in: intents, beside: counterparts, meanings: meanings)
        let doubts =
            try times.endDoubts(in: intents, beside: counterparts)
            + ConditionCheck(heard: grounding.heard, isExact: agreement.isExact)
            .doubts(about: intents, beside: counterparts)
        guard disputes.count + doubts.choices.count < 2 else {
            throw AnswerProblem("several times, ends or conditions are not the person's; copy their words")
        }
        var interpretation = Interpretation(
            interpreter: model.name, certainty: .guess, intents: intents,
            question: disputes.first?.question(in: moment), disputed: disputes.first?.index,
            needsConfirmation: needsYes || doubts.needsYes)
        if let choice = doubts.choices.first {
            (interpretation.question, interpretation.readings) = (choice.question, choice.readings)
        }
        return interpretation
    }

    // MARK: The steps of a goal

    /// A playbook without steps is a goal: a second question plans its steps.
    private func planned(
        _ interpretation: Interpretation, _ heard: HeardWords, _ context: InterpretationContext, own: Interpretation,
        _ exchange: inout ModelConversation
    ) async throws(ModelFailure) -> Interpretation {
        var interpretation = interpretation
        for (index, intent) in interpretation.intents.enumerated() {
            guard case .createPlaybook(var playbook) = intent, playbook.steps.isEmpty else { continue }
            var doubts = Doubts()
            let input = "Goal: \(JSONValue.string(heard.request).compactText)"
            let reply = try await exchange.answer(
                instructions: prompts.planning, input: input, schema: contract.stepsSchema, name: "steps"
            ) { (answer) throws(AnswerProblem) in
                let reply = try StepsReply(answer, contract: contract)
                var whole = playbook
                whole.steps = reply.steps
                let grounding = Grounding(heard: heard, context: context, own: own)
                try grounding.check(planned: .createPlaybook(whole))
                doubts = try ConditionCheck(heard: heard, isExact: false, isPlanned: true)
                    .doubts(about: [.createPlaybook(whole)], beside: [nil])
                return reply
            }
            if let question = reply.question {
                interpretation.intents = []
                (interpretation.disputed, interpretation.readings) = (nil, [])
                interpretation.question = Question(about: .other, text: question)
                return interpretation
            }
            playbook.steps = reply.steps
            interpretation.intents[index] = .createPlaybook(playbook)
            interpretation.settle(doubts, at: index)
        }
        return interpretation
    }
}

extension Interpretation {
    /// Adds what is open about the steps of one intent; where another question is open already, a yes must do.
    fileprivate mutating func settle(_ doubts: Doubts, at index: Int) {
        needsConfirmation = needsConfirmation || doubts.needsYes || doubts.choices.count > 1
        guard let choice = doubts.choices.first else { return }
        guard question == nil else {
            needsConfirmation = true
            return
        }
        question = choice.question
        readings = choice.readings.map { reading in
            var whole = intents
            whole[index] = reading[0]
            return whole
        }
    }
}

extension PhraseContext {
    /// What an interpreter knows of the person's moment, zone, habits and holidays.
    fileprivate init(_ context: InterpretationContext) {
        self.init(
            now: context.now, zone: context.zone, hourHabit: context.hourHabit.flatMap(HourHabit.init) ?? .ask,
            dateOrder: context.dateOrder.flatMap(DateOrder.init) ?? .ask,
            calendars: context.calendars?.map { PhraseCalendar($0) })
    }
}

/// Why the model's reading does not count.
enum ModelFailure: Error {
    case model(ModelError)
    case invalid(String)

    /// A cap of which the person was told already.
    var isTold: Bool {
        guard case .model(let error) = self else { return false }
        return error.isTold
    }

    /// Another model may do better.
    func leavesOthers(isFirst: Bool) -> Bool {
        switch self {
        case .model(let error): error.leavesOthers(isFirst: isFirst)
        case .invalid: true
        }
    }

    /// "openai:x did not answer within 30 s".
    func clause(model: String) -> String {
        switch self {
        case .model(let error): "\(model) \(error.reason)"
        case .invalid(let problem): "\(model) gave no usable answer (\(problem))"
        }
    }
}
