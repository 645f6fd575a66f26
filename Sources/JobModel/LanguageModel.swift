import Foundation

/// A model that completes a prompt.
package protocol LanguageModel: Sendable {
    /// `openai:gpt-x`, for provenance.
    var name: String { get }
    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer
    /// The models that it stands for, in the order in which they are asked; itself where it is one.
    func candidates(for tier: ModelTier) -> [any LanguageModel]
}

/// What a model is asked for; costs are counted by it.
package enum ModelPurpose: Hashable, Sendable {
    /// To read what a person said.
    case request
    /// A step of a job.
    case job(id: JobID, run: RunID?)

    package var job: JobID? {
        guard case .job(let id, _) = self else { return nil }
        return id
    }

    package var run: RunID? {
        guard case .job(_, let run) = self else { return nil }
        return run
    }
}

/// Which of the configured models: the capable one, or the cheaper one for routine work.
package enum ModelTier: String, Codable, Hashable, Sendable, CaseIterable {
    case fast, smart
}

package struct ModelRequest: Sendable {
    /// Stable instructions first, so that providers can cache them.
    package var instructions: String
    package var input: String
    /// The answer must be a JSON document of this schema; `nil` asks for plain text.
    package var schema: JSONValue?
    package var schemaName: String
    package var maximumTokens: Int
    /// Seconds for the whole exchange.
    package var timeout: TimeInterval
    package var purpose: ModelPurpose
    package var tier: ModelTier
    /// An answer to exactly the same question may be given again.
    package var mayReuse: Bool
    /// What is asked, without what is drawn anew for each call: two questions with the same one are the same. `nil`
    /// compares `instructions` and `input`.
    package var sameness: String?

    package init(
        instructions: String, input: String, schema: JSONValue? = nil, schemaName: String = "intents",
        maximumTokens: Int = 1500, timeout: TimeInterval = 30, purpose: ModelPurpose = .request,
        tier: ModelTier = .smart, mayReuse: Bool = false, sameness: String? = nil
    ) {
        self.instructions = instructions
        self.input = input
        self.schema = schema
        self.schemaName = schemaName
        self.maximumTokens = maximumTokens
        self.timeout = timeout
        self.purpose = purpose
        self.tier = tier
        self.mayReuse = mayReuse
        self.sameness = sameness
    }
}

package struct ModelAnswer: Hashable, Sendable {
    package var text: String
    /// All that was read, cached or not. `nil` where the provider did not say: never to be counted as zero.
    package var inputTokens: Int?
    package var outputTokens: Int?
    /// Of the input, what came from the provider's cache.
    package var cachedInputTokens: Int?
    /// Who answered, where several could.
    package var model: String?
    /// The provider was told to write nothing but a document of the request's schema; false also where it was only
    /// asked to in words.
    package var isSchemaForced = false
    /// Attempts before it that had begun to answer and broke off: what they took was not said.
    package var lostAttempts: Int

    package init(
        text: String, inputTokens: Int? = nil, outputTokens: Int? = nil, cachedInputTokens: Int? = nil,
        model: String? = nil, lostAttempts: Int = 0
    ) {
        self.text = text
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.model = model
        self.lostAttempts = lostAttempts
    }
}

/// Why a model gave no answer. No message holds a credential.
package enum ModelError: Error, Hashable, Sendable {
    case unauthorized(String)
    case unreachable(String)
    case timedOut(TimeInterval)
    case rateLimited(retryAfter: TimeInterval?)
    case rejected(status: Int, message: String)
    case refused(String)
    /// The stream was cut, or the answer ended early.
    case incomplete(String)
    case malformed(String)
    /// It failed too often and is left alone for so many seconds.
    case resting(TimeInterval)
    /// A cap on spending stands against it; a sentence says which.
    case overBudget(String)
    case cancelled
}
