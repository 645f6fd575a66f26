import Foundation

/// How many questions, or tokens, models may take; `nil` is no cap. They hold for models that cost nothing too.
package struct CountCaps: Hashable, Sendable {
    /// One run of a job; of tokens, also one question of the conversation.
    package var request: Int?
    /// One job in one day.
    package var job: Int?
    /// Everything in one day of the person.
    package var day: Int?

    package static let none = CountCaps(request: nil, job: nil, day: nil)
    package static let usualCalls = CountCaps(request: 50, job: 2000, day: 5000)
    package static let usualTokens = CountCaps(request: 1_000_000, job: 10_000_000, day: 50_000_000)

    package init(request: Int?, job: Int?, day: Int?) {
        self.request = request
        self.job = job
        self.day = day
    }

    /// Why `asked` more are not allowed; `nil` where they are.
    func refusal(
        _ measure: SpendingRefusal.Measure, of asked: Int, after spent: SpendingSoFar,
        _ count: (SpendingTally) -> Int
    ) -> SpendingRefusal? {
        let rows: [(SpendingRefusal.Cap, limit: Int?, spent: Int?)] = [
            (.request, request, count(spent.run ?? .none)), (.job, job, spent.job.map(count)),
            (.day, day, count(spent.day)),
        ]
        for (cap, limit, spent) in rows {
            guard let limit, let spent, asked > limit - spent else { continue }
            return SpendingRefusal(cap, of: measure, asked: Int64(asked), spent: Int64(spent), limit: Int64(limit))
        }
        return nil
    }
}

/// What was spent and reserved, without what was released.
package struct SpendingTally: Hashable, Sendable {
    package var calls: Int
    package var tokens: Int
    /// Micro-dollars.
    package var cost: Int64

    package static let none = SpendingTally(calls: 0, tokens: 0, cost: 0)

    package init(calls: Int, tokens: Int, cost: Int64) {
        self.calls = calls
        self.tokens = tokens
        self.cost = cost
    }

    package init(_ rows: some Sequence<ModelSpending>) {
        self = .none
        for row in rows where row.state != .released {
            calls += 1
            tokens += row.usage.tokens
            cost += row.usage.cost
        }
    }
}

/// What counts against the caps of one more question.
package struct SpendingSoFar: Hashable, Sendable {
    /// Of its run; `nil` where it is no run's.
    package var run: SpendingTally?
    /// Of its job in this day; `nil` where it is no job's.
    package var job: SpendingTally?
    package var day: SpendingTally

    package init(run: SpendingTally?, job: SpendingTally?, day: SpendingTally) {
        self.run = run
        self.job = job
        self.day = day
    }
}

extension ModelUsage {
    /// In and out.
    package var tokens: Int { inputTokens + outputTokens }
}

extension SpendingCaps {
    /// Why one more question that may use `usage` is not allowed; `nil` where it is.
    package func refusal(of usage: ModelUsage, after spent: SpendingSoFar) -> SpendingRefusal? {
        refusal(of: usage.cost, inJob: spent.job?.cost, inDay: spent.day.cost)
            ?? calls.refusal(.calls, of: 1, after: spent) { $0.calls }
            ?? tokens.refusal(.tokens, of: usage.tokens, after: spent) { $0.tokens }
    }
}
