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
    /// A digest of all that the action is given, equal where it is the same; `nil` where that is not known.
    func inputHash(of action: Action, in context: StepContext) async -> String?
}

extension ActionExecutor {
    package func inputHash(of action: Action, in context: StepContext) async -> String? { nil }
}

/// What an action may know about its surroundings.
package struct StepContext: Sendable {
    package var job: Job
    package var run: Run
    /// Results of the steps before it, by step name.
    package var results: [String: StepResult]
    /// Results of the job's last run that succeeded, by step name.
    package var previous: [String: StepResult]
    /// The name of the step that is carried out.
    package var step: String
    /// The element that it is carried out for, with `forEach`.
    package var item: JSONValue?
    /// `name`, `email` and `zone` of the person, as the settings say.
    package var user: JSONValue
    /// Seconds.
    package var timeout: TimeInterval
    package var now: Date
    /// When the step began; earlier than `now` where it goes on after it gave its place up (`StepResult.waitsUntil`).
    package var began: Date
    /// Told as soon as a script's process exists, before it is waited for.
    package var processStarted: @Sendable (ProcessIdentity) async -> Void

    package init(
        job: Job, run: Run, results: [String: StepResult] = [:], previous: [String: StepResult] = [:],
        step: String = "", item: JSONValue? = nil, user: JSONValue = .object([:]), timeout: TimeInterval, now: Date,
        began: Date? = nil,
        processStarted: @escaping @Sendable (ProcessIdentity) async -> Void = { _ in }
    ) {
        self.job = job
        self.run = run
        self.results = results
        self.previous = previous
        self.step = step
        self.item = item
        self.user = user
        self.timeout = timeout
        self.now = now
        self.began = began ?? now
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
