import JobModel
import Synchronization

/// A model behind a circuit breaker, which all that ask it share.
package final class GuardedModel: LanguageModel {
    private let base: any LanguageModel
    private let time: any TimeSource
    private let breaker = Mutex(CircuitBreaker.ofProvider)

    package init(_ base: any LanguageModel, time: any TimeSource) {
        self.base = base
        self.time = time
    }

    package var name: String { base.name }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        if let wait = breaker.withLock({ $0.waitBeforeAsking(at: time.now) }) { throw .resting(wait) }
        do throws(ModelError) {
            let answer = try await base.complete(request)
            breaker.withLock { $0.succeeded() }
            return answer
        } catch {
            breaker.withLock { $0.failed(error, at: time.now) }
            throw error
        }
    }
}

/// Several models: each tier has its order, and the next is asked where one gives no answer.
package struct ModelChain: LanguageModel {
    private let smart: [any LanguageModel]
    private let fast: [any LanguageModel]

    /// - Parameters:
    ///   - smart: in the order in which they are asked; never empty.
    ///   - fast: the same for routine work; empty takes `smart`.
    package init(smart: [any LanguageModel], fast: [any LanguageModel] = []) {
        precondition(!smart.isEmpty, "a chain without a model")
        self.smart = smart
        self.fast = fast.isEmpty ? smart : fast
    }

    package var name: String { smart[0].name }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        try await complete(request) { (answer) throws(ModelError) in answer }
    }

    package func candidates(for tier: ModelTier) -> [any LanguageModel] { tier == .fast ? fast : smart }
}
