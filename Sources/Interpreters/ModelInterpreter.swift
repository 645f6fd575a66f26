import IntentContract
import JobModel
import ScheduleLanguage

/// Understands requests with a language model, held to the contract; falls back to the grammar.
///
/// The model sees the request and what the context allows it to know, and answers with intents only. Approvals, undo and
/// bare answers are read by the grammar alone: no model may release anything.
package struct ModelInterpreter: Interpreter {
    private let model: any LanguageModel
    private let contract: ContractLibrary
    private let offline: OfflineInterpreter
    /// Seconds for each exchange.
    private let timeout: Double

    package init(
        model: any LanguageModel, contract: ContractLibrary, offline: OfflineInterpreter = OfflineInterpreter(),
        timeout: Double = 30
    ) {
        self.model = model
        self.contract = contract
        self.offline = offline
        self.timeout = timeout
    }

    package var name: String { model.name }

    package func interpret(_ text: String, in context: InterpretationContext) async -> Interpretation {
        let reading = await offline.interpret(text, in: context)
        guard !Self.isReserved(text, reading: reading) else { return reading }
        do throws(Failure) {
            return try await askModel(text, in: context)
        } catch {
            var fallback = reading
            fallback.remark = [error.sentence(model: model.name), reading.remark].compactMap(\.self).joined(
                separator: " ")
            return fallback
        }
    }

    // MARK: What the grammar keeps to itself

    private static let reserved: Set<String> = ["approve", "reject", "undo", "redo"]
    private static let answers: Set<String> = ["yes", "no", "y", "n", "yep", "nope", "yeah", "nah"]

    private static func isReserved(_ text: String, reading: Interpretation) -> Bool {
        if reading.intents.contains(where: { reserved.contains($0.name) }) { return true }
        let word = text.lowercased().filter { $0.isLetter || $0.isNumber }
        return answers.contains(word) || (!word.isEmpty && word.allSatisfy(\.isNumber))
    }

    // MARK: The exchange

    private enum Failure: Error {
        case model(ModelError)
        case invalid(String)

        func sentence(model: String) -> String {
            switch self {
            case .model(let error): "\(model) \(error.reason), so this was read offline."
            case .invalid(let problem): "\(model) gave no usable answer (\(problem)), so this was read offline."
            }
        }
    }

    private func askModel(_ text: String, in context: InterpretationContext) async throws(Failure) -> Interpretation {
        let input = ModelInput(text: text, context: context).text
        let times = TimeCheck(
            request: text, earlier: context.turns.map(\.said),
            context: PhraseContext(now: context.now, zone: context.zone))
        let first = try await complete(input)
        do throws(AnswerProblem) {
            return try interpretation(first, times: times)
        } catch {
            let second = try await complete(ModelInput.repair(of: input, answer: first, problem: error.message))
            do throws(AnswerProblem) {
                return try interpretation(second, times: times)
            } catch {
                throw .invalid(error.message)
            }
        }
    }

    private func complete(_ input: String) async throws(Failure) -> String {
        let request = ModelRequest(
            instructions: contract.instructions, input: input, schema: contract.answerSchema, timeout: timeout)
        do throws(ModelError) {
            return try await model.complete(request).text
        } catch {
            throw .model(error)
        }
    }

    private func interpretation(_ answer: String, times: TimeCheck) throws(AnswerProblem) -> Interpretation {
        let answer = try ModelReply(answer, contract: contract)
        try times.check(answer.intents)
        if let forbidden = answer.intents.first(where: { Self.reserved.contains($0.name) }) {
            throw AnswerProblem("the intent \(forbidden.name) is not for you to give")
        }
        let question = answer.question.map { Question(about: .other, text: $0) }
        guard question != nil || !answer.intents.isEmpty else { throw AnswerProblem("no intents and no question") }
        return Interpretation(
            interpreter: model.name, certainty: .guess, intents: question == nil ? answer.intents : [],
            question: question)
    }
}

extension ModelError {
    /// What happened, as the end of "openai:x …".
    fileprivate var reason: String {
        switch self {
        case .unauthorized: "refused the key"
        case .unreachable: "could not be reached"
        case .timedOut(let seconds): "did not answer within \(Int(seconds)) s"
        case .rateLimited: "is asked too often at the moment"
        case .rejected(let status, _): "refused the request (HTTP \(status))"
        case .refused: "declined to answer"
        case .incomplete: "broke off its answer"
        case .malformed: "gave an answer that cannot be read"
        case .cancelled: "was interrupted"
        case .overBudget(let cap): "was not asked: \(cap)"
        }
    }
}
