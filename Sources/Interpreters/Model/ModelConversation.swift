import IntentContract
import JobModel

/// The questions that one request puts to a model: each may be repaired once, and all are counted.
struct ModelConversation {
    let model: any LanguageModel
    let timeout: Double
    let mostCalls: Int?
    private var calls = 0
    /// Seconds that the models took.
    private(set) var seconds = 0.0
    private(set) var answeredBy: String?
    private var inputTokens: Int? = 0
    private var outputTokens: Int? = 0
    private var wasRepaired = false

    init(model: any LanguageModel, timeout: Double, mostCalls: Int?) {
        self.mostCalls = mostCalls
        self.model = model
        self.timeout = timeout
    }

    /// Asks, and asks once more with the problem quoted where `read` does not take the answer.
    mutating func answer<Reading>(
        instructions: String, input: String, schema: JSONValue, name: String,
        read: (String) throws(AnswerProblem) -> Reading
    ) async throws(ModelFailure) -> Reading {
        let request = ModelRequest(
            instructions: instructions, input: input, schema: schema, schemaName: name, timeout: timeout)
        let first = try await complete(request)
        do throws(AnswerProblem) {
            return try read(first)
        } catch {
            wasRepaired = true
            var again = request
            again.input = ModelInput.repair(of: input, answer: first, problem: error.message)
            let second = try await complete(again)
            do throws(AnswerProblem) {
                return try read(second)
            } catch {
                throw .invalid(error.message)
            }
        }
    }

    private mutating func complete(_ request: ModelRequest) async throws(ModelFailure) -> String {
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

    func basis(_ reason: String) -> ReadingBasis {
        ReadingBasis(
            strategy: wasRepaired ? .repaired : .model, reason: reason, model: answeredBy, seconds: seconds,
            inputTokens: inputTokens, outputTokens: outputTokens)
    }
}
