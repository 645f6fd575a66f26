import Foundation

/// The clock that everything long-lived waits on; only the system implementation reads the real one.
package protocol TimeSource: Sendable {
    var now: Date { get }
    /// Suspends until the wall clock has passed `deadline`, also across suspend and clock changes. May return early
    /// where the clock is set back: whoever needs the moment itself looks at `now` again.
    func sleep(until deadline: Date) async throws
    /// Suspends for so many seconds, whatever happens to the wall clock meanwhile.
    func sleep(for seconds: TimeInterval) async throws
}

extension TimeSource {
    package func sleep(for seconds: TimeInterval) async throws { try await sleep(until: now + seconds) }
}

/// Executes a claimed run from its first step to its outcome. Never throws: a failure is an outcome.
package protocol RunExecutor: Sendable {
    func execute(_ run: Run, of job: Job) async -> RunOutcome
}

/// Executes one action. Never throws: a failure is a result.
package protocol ActionExecutor: Sendable {
    func execute(_ action: Action, in context: StepContext) async -> StepResult
}

/// What an action may know about its surroundings.
package struct StepContext: Sendable {
    package var job: Job
    package var run: Run
    /// Results of the steps before it, by step name.
    package var results: [String: StepResult]
    /// Seconds.
    package var timeout: TimeInterval
    package var now: Date
    /// Told as soon as a script's process exists, before it is waited for.
    package var processStarted: @Sendable (ProcessIdentity) async -> Void

    package init(
        job: Job, run: Run, results: [String: StepResult] = [:], timeout: TimeInterval, now: Date,
        processStarted: @escaping @Sendable (ProcessIdentity) async -> Void = { _ in }
    ) {
        self.job = job
        self.run = run
        self.results = results
        self.timeout = timeout
        self.now = now
        self.processStarted = processStarted
    }
}

/// A way out of the machine: a log file, a webhook, a chat service.
package protocol Gateway: Sendable {
    /// As the person names it: `telegram`, `log`.
    var name: String { get }
    func deliver(_ delivery: Delivery) async -> DeliveryResult
}

package enum DeliveryResult: Hashable, Sendable {
    case sent
    /// May pass; tried again.
    case retry(reason: String, after: TimeInterval?)
    /// Will never work as it is.
    case refused(reason: String)
}

/// A model that completes a prompt.
package protocol LanguageModel: Sendable {
    /// `openai:gpt-x`, for provenance.
    var name: String { get }
    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer
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
    /// Who is charged for it.
    package var purpose: ModelPurpose
    package var tier: ModelTier
    /// An answer that was given to exactly the same question may be given again.
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

/// What a model is asked for.
package enum ModelPurpose: Hashable, Sendable {
    /// What a person said.
    case request
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

/// How able a model has to be: routine work goes to the fast one, where one is configured.
package enum ModelTier: String, Hashable, Sendable {
    case smart, fast
}

package struct ModelAnswer: Hashable, Sendable {
    package var text: String
    /// All that was read, what the provider had cached included. `nil` where the provider did not say: never to be
    /// counted as zero.
    package var inputTokens: Int?
    package var outputTokens: Int?
    /// How many of `inputTokens` the provider had cached; `nil` is none.
    package var cachedInputTokens: Int?
    /// Who answered, where several could have; `nil` is the one that was asked.
    package var model: String?

    package init(
        text: String, inputTokens: Int? = nil, outputTokens: Int? = nil, cachedInputTokens: Int? = nil,
        model: String? = nil
    ) {
        self.text = text
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedInputTokens = cachedInputTokens
        self.model = model
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
    case cancelled
    /// A clause about the cap that stood in the way; nothing was asked.
    case overBudget(String)
}
