import CronExpressions
import Foundation

/// What one question to a model used, or may use.
package struct ModelSpending: Hashable, Sendable, Identifiable {
    package enum State: String, Hashable, Sendable {
        /// Asked, and not heard of since: counts as the most that it can cost, for good where its process died.
        case reserved
        case settled
        /// It certainly cost nothing.
        case released
    }

    /// 0 until a ledger has given it one.
    package var id: Int64
    package var at: Date
    /// `openai:gpt-x`.
    package var model: String
    package var purpose: ModelPurpose
    package var usage: ModelUsage
    package var state: State

    package init(
        id: Int64 = 0, at: Date, model: String, purpose: ModelPurpose, usage: ModelUsage, state: State = .reserved
    ) {
        self.id = id
        self.at = at
        self.model = model
        self.purpose = purpose
        self.usage = usage
        self.state = state
    }
}

package struct ModelUsage: Hashable, Sendable {
    /// Cached input included.
    package var inputTokens: Int
    package var cachedTokens: Int
    package var outputTokens: Int
    /// Micro-dollars.
    package var cost: Int64
    /// The provider did not tell all of it: what is missing is counted as the most that it can be.
    package var isEstimated: Bool

    package static let none = ModelUsage(inputTokens: 0, outputTokens: 0, cost: 0, isEstimated: false)

    package init(inputTokens: Int, cachedTokens: Int = 0, outputTokens: Int, cost: Int64, isEstimated: Bool) {
        self.inputTokens = inputTokens
        self.cachedTokens = cachedTokens
        self.outputTokens = outputTokens
        self.cost = cost
        self.isEstimated = isEstimated
    }
}

extension ModelUsage {
    /// What a provider can be believed to count.
    private static let mostTokens = 1_000_000_000

    /// The most that `request` can use: a token for three bytes that are sent, and as long an answer as is allowed.
    package static func worst(of request: ModelRequest, price: ModelPrice) -> ModelUsage {
        let schema = request.schema?.compactText ?? ""
        let bytes = [request.instructions, request.input, schema].reduce(0) { $0 + $1.utf8.count }
        let (input, output) = ((bytes + 2) / 3, max(0, request.maximumTokens))
        return ModelUsage(
            inputTokens: input, outputTokens: output, cost: price.worst(input: input, output: output),
            isEstimated: true)
    }

    /// What `answer` used. What the provider left out, or counted as nothing, is counted as in `worst`.
    package static func real(_ answer: ModelAnswer, worst: ModelUsage, price: ModelPrice) -> ModelUsage {
        func told(_ tokens: Int?) -> Int? { tokens.flatMap { $0 > 0 ? min($0, mostTokens) : nil } }
        let (input, output) = (told(answer.inputTokens), told(answer.outputTokens))
        let inputTokens = input ?? worst.inputTokens
        let cached = input == nil ? 0 : min(told(answer.cachedInputTokens) ?? 0, inputTokens)
        let outputTokens = output ?? worst.outputTokens
        // What broke off said nothing of its usage, and counts as the most.
        return ModelUsage(
            inputTokens: inputTokens, cachedTokens: cached, outputTokens: outputTokens,
            cost: price.cost(input: inputTokens, cached: cached, output: outputTokens)
                + worst.cost * Int64(answer.lostAttempts),
            isEstimated: input == nil || output == nil || answer.lostAttempts > 0)
    }
}

/// How much models may cost, in micro-dollars; `nil` is no cap.
package struct SpendingCaps: Hashable, Sendable {
    /// One question.
    package var request: Int64?
    /// One job in one day.
    package var job: Int64?
    /// Everything in one day of the person.
    package var day: Int64?
    /// Questions to models, free ones too.
    package var calls: CountCaps
    /// Tokens in and out, free ones too.
    package var tokens: CountCaps

    package static let none = SpendingCaps(request: nil, job: nil, day: nil, calls: .none, tokens: .none)

    /// What holds where nobody set anything.
    package init(
        request: Int64? = 500_000, job: Int64? = 1_000_000, day: Int64? = 5_000_000,
        calls: CountCaps = .usualCalls, tokens: CountCaps = .usualTokens
    ) {
        self.request = request
        self.job = job
        self.day = day
        self.calls = calls
        self.tokens = tokens
    }

    /// Why something that may cost `cost` is not allowed; `nil` where it is. What costs nothing always is.
    ///
    /// - Parameters:
    ///   - inJob: what its job has spent and reserved in this day; `nil` where it is no job's.
    ///   - inDay: the same of everything.
    package func refusal(of cost: Int64, inJob: Int64?, inDay: Int64) -> SpendingRefusal? {
        guard cost > 0 else { return nil }
        if let request, cost > request { return SpendingRefusal(.request, asked: cost, spent: 0, limit: request) }
        if let job, let inJob, cost > job - inJob {
            return SpendingRefusal(.job, asked: cost, spent: inJob, limit: job)
        }
        if let day, cost > day - inDay { return SpendingRefusal(.day, asked: cost, spent: inDay, limit: day) }
        return nil
    }
}

/// Days as the person's clock counts them.
package enum SpendingDay {
    /// When the day of `date` began in `zone`: midnight, or the first moment after it where the clock skips midnight.
    package static func start(of date: Date, in zone: ZoneRules) -> Date {
        var local = zone.localComponents(at: date)
        (local.hour, local.minute, local.second) = (0, 0, 0)
        return zone.instant(of: local)
    }

    /// When the first of the last `days` days began, the day of `date` included.
    package static func start(of date: Date, daysBack days: Int, in zone: ZoneRules) -> Date {
        let local = zone.localComponents(at: date)
        let number = CivilDay.number(year: local.year, month: local.month, day: local.day) - max(1, days) + 1
        let day = CivilDay.date(ofDay: number)
        return zone.instant(of: LocalDateTime(year: day.year, month: day.month, day: day.day))
    }
}
