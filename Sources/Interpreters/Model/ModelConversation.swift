import IntentContract
import JobModel

/// The questions that one request puts to models: each may be repaired once, then the next model is asked; all are
/// counted.
struct ModelConversation {
    /// One that was of no use.
    struct Failure: Hashable {
        /// "openai:x did not answer within 30 s".
        var clause: String
        /// A cap of which the person was told already: the reason stands in `/why`, and is no remark again.
        var isTold: Bool
    }

    /// Those that were of use so far, in their order; never empty.
    private var models: [any LanguageModel]
    private let timeout: Double
    private let mostCalls: Int?
    private var calls = 0
    private(set) var failures: [Failure] = []
    /// Seconds that the models took.
    private(set) var seconds = 0.0
    private(set) var answeredBy: String?
    private var inputTokens: Int? = 0
    private var outputTokens: Int? = 0
    private var wasRepaired = false

    /// - Parameter mostCalls: Questions that the request may put in all; `nil` is no cap.
    init(model: any LanguageModel, timeout: Double, mostCalls: Int?) {
        models = model.candidates(for: .smart)
        self.mostCalls = mostCalls
        self.timeout = timeout
    }

    /// Asks one model after the other until `read` takes an answer; of several failures the last is thrown.
    mutating func answer<Reading>(
        instructions: String, input: String, schema: JSONValue, name: String,
        read: (String) throws(AnswerProblem) -> Reading
    ) async throws(ModelFailure) -> Reading {
        let request = ModelRequest(
            instructions: instructions, input: input, schema: schema, schemaName: name, timeout: timeout)
        while true {
            let model = models[0]
            do throws(ModelFailure) {
                return try await answer(of: model, to: request, read: read)
            } catch {
                failures.append(Failure(clause: error.clause(model: model.name), isTold: error.isTold))
                guard models.count > 1, error.leavesOthers(isFirst: failures.count == 1) else { throw error }
                models.removeFirst()
                wasRepaired = false
            }
        }
    }

    /// Asks, and asks once more with the problem quoted where `read` does not take the answer.
    private mutating func answer<Reading>(
        of model: any LanguageModel, to request: ModelRequest, read: (String) throws(AnswerProblem) -> Reading
    ) async throws(ModelFailure) -> Reading {
        let first = try await complete(request, by: model)
        do throws(AnswerProblem) {
            return try read(first)
        } catch {
            wasRepaired = true
            var again = request
            again.input = ModelInput.repair(of: request.input, answer: first, problem: error.message)
            let second = try await complete(again, by: model)
            do throws(AnswerProblem) {
                return try read(second)
            } catch {
                throw .invalid(error.message)
            }
        }
    }

    private mutating func complete(
        _ request: ModelRequest, by model: any LanguageModel
    ) async throws(ModelFailure) -> String {
        if let mostCalls, calls >= mostCalls {
            let refusal = SpendingRefusal(
                .request, of: .calls, asked: 1, spent: Int64(calls), limit: Int64(mostCalls))
            throw .model(.overBudget(refusal.message))
        }
        calls += 1
        let start = ContinuousClock.now
        defer { seconds += (ContinuousClock.now - start) / .seconds(1) }
        do throws(ModelError) {
            let answer = try await model.complete(request)
            answeredBy = answer.model ?? model.name
            // Unknown once is unknown in all.
            inputTokens = inputTokens.flatMap { sum in answer.inputTokens.map { sum + $0 } }
            outputTokens = outputTokens.flatMap { sum in answer.outputTokens.map { sum + $0 } }
            return answer.text
        } catch {
            throw .model(error)
        }
    }

    /// - Parameter reason: why a model was asked at all; why it was not the first is added.
    func basis(_ reason: String) -> ReadingBasis {
        ReadingBasis(
            strategy: wasRepaired ? .repaired : .model, reason: Self.list([reason] + failures.map(\.clause)),
            model: answeredBy,
            seconds: seconds,
            inputTokens: inputTokens, outputTokens: outputTokens)
    }

    /// Why no model's reading counts, as one clause.
    var failure: String { Self.list(failures.map(\.clause)) }

    /// "a", "a, and b", "a, and b, and c": clauses may hold commas of their own.
    private static func list(_ clauses: [String]) -> String { clauses.joined(separator: ", and ") }
}
