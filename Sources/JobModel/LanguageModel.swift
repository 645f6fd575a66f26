import Foundation

/// A model that completes a prompt.
package protocol LanguageModel: Sendable {
    /// `openai:gpt-x`, for provenance.
    var name: String { get }
    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer
    /// The same for who counts: a failure says how many attempts may be charged.
    func completeCounted(_ request: ModelRequest) async throws(LostQuestion) -> ModelAnswer
    /// The models that it stands for, in the order in which they are asked; itself where it is one.
    func candidates(for tier: ModelTier) -> [any LanguageModel]
}

extension LanguageModel {
    package func completeCounted(_ request: ModelRequest) async throws(LostQuestion) -> ModelAnswer {
        do throws(ModelError) { return try await complete(request) } catch { throw LostQuestion(error) }
    }
}

/// A question without an answer.
package struct LostQuestion: Error, Hashable, Sendable {
    package var error: ModelError
    /// Attempts that the provider may charge.
    package var chargeable: Int

    package init(_ error: ModelError, chargeable: Int) {
        self.error = error
        self.chargeable = chargeable
    }

    /// Of one attempt that had not begun to answer.
    package init(_ error: ModelError) { self.init(error, chargeable: error.costsNothing ? 0 : 1) }
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
    /// Seconds for which an answer to exactly the same question may be given again; `nil` is never.
    package var mayReuseFor: TimeInterval?
    /// What is asked, without what is drawn anew for each call: two questions with the same one are the same. `nil`
    /// compares `instructions` and `input`.
    package var sameness: String?

    package init(
        instructions: String, input: String, schema: JSONValue? = nil, schemaName: String = "intents",
        maximumTokens: Int = 1500, timeout: TimeInterval = 30, purpose: ModelPurpose = .request,
        tier: ModelTier = .smart, mayReuseFor: TimeInterval? = nil, sameness: String? = nil
    ) {
        self.instructions = instructions
        self.input = input
        self.schema = schema
        self.schemaName = schemaName
        self.maximumTokens = maximumTokens
        self.timeout = timeout
        self.purpose = purpose
        self.tier = tier
        self.mayReuseFor = mayReuseFor
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
    package var isSchemaForced: Bool
    /// Attempts before it that had begun to answer and broke off: what they took was not said.
    package var lostAttempts: Int
    /// When it was first given, where it is given again and nobody was asked.
    package var keptAt: Date?

    package init(
        text: String, inputTokens: Int? = nil, outputTokens: Int? = nil, cachedInputTokens: Int? = nil,
        model: String? = nil, isSchemaForced: Bool = false, lostAttempts: Int = 0, keptAt: Date? = nil
    ) {
        self.isSchemaForced = isSchemaForced
        self.text = text
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.model = model
        self.lostAttempts = lostAttempts
        self.keptAt = keptAt
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
    /// A cap on spending stands against it; a clause says which. The person was told of it in this period already.
    case overBudget(String, isTold: Bool = false)
    case cancelled
}
