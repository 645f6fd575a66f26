import IntentContract
import Interpreters
import JobModel
import ModelProviders

/// Whether a model answers, how fast, and about what a request to it costs: one small question.
struct ModelCheck {
    let isFine: Bool
    let text: String

    static func run(_ address: ModelAddress, _ models: ConfiguredModels) async -> ModelCheck {
        let question = ModelRequest(
            instructions: "You check a connection.", input: "Answer with the word ok.", maximumTokens: 64, timeout: 20)
        let start = ContinuousClock.now
        do throws(ModelError) {
            let model: any LanguageModel = models.guarded(address) ?? models.served(address)
            let answer = try await model.complete(question)
            return ModelCheck(
                isFine: true,
                text: "model \(address): answers in \(milliseconds(since: start)) ms\(tokens(answer)); "
                    + cost(models.price(of: address)))
        } catch {
            return ModelCheck(isFine: false, text: "model \(address): \(error.reason)")
        }
    }

    /// What reading a sentence takes, which is more than the small question.
    private static func cost(_ price: ModelPrice) -> String {
        guard price != .free else { return "a request costs nothing" }
        guard let contract = try? ContractLibrary.embedded() else { return "what a request costs is not known" }
        let tokens = ModelInterpreter.usualTokens(contract: contract)
        let amount = Dollars.text(price.cost(input: tokens.input, output: tokens.output))
        return "a request costs about \(amount)"
            + (price == .unknown ? " at the price that is assumed where prices.yaml states none" : "")
    }

    private static func milliseconds(since start: ContinuousClock.Instant) -> Int {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    private static func tokens(_ answer: ModelAnswer) -> String {
        guard let input = answer.inputTokens, let output = answer.outputTokens else {
            return "; it does not say how many tokens that takes"
        }
        return ", \(input) + \(output) tokens"
    }
}
