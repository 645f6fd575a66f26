import Foundation
import JobModel
import Testing

/// What every `SpendingLedger` promises, as checks on an empty one that is a store as well.
package struct LedgerConformance: Sendable, CustomTestStringConvertible {
    package let name: String
    /// Records an issue for each broken promise.
    package let check: @Sendable (any SpendingLedger & JobStore) async throws -> Void

    package var testDescription: String { name }

    init(_ name: String, _ check: @escaping @Sendable (any SpendingLedger & JobStore) async throws -> Void) {
        self.name = name
        self.check = check
    }

    package static let all: [LedgerConformance] = reserving + settling + counting + answers
}

private func asking(
    _ cost: Int64, for purpose: ModelPurpose = .request, at seconds: TimeInterval = 0
) -> ModelSpending {
    let usage = ModelUsage(inputTokens: 100, outputTokens: 50, cost: cost, isEstimated: true)
    return ModelSpending(at: at(seconds), model: "openai:x", purpose: purpose, usage: usage)
}

private func used(_ cost: Int64, isEstimated: Bool = false) -> ModelUsage {
    ModelUsage(inputTokens: 90, cachedTokens: 40, outputTokens: 14, cost: cost, isEstimated: isEstimated)
}

extension SpendingLedger {
    fileprivate func reserved(_ spending: ModelSpending, _ caps: SpendingCaps = .none) async throws -> ModelSpending {
        try await reserve(spending, caps: caps, dayStart: start)
    }

    fileprivate func expectRefused(
        _ spending: ModelSpending, _ caps: SpendingCaps, _ refusal: SpendingRefusal,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await self.spending(since: .distantPast)
        await #expect(throws: refusal, sourceLocation: location) { _ = try await reserved(spending, caps) }
        #expect(try await self.spending(since: .distantPast) == before, sourceLocation: location)
    }
}

extension LedgerConformance {
    private static let day = SpendingCaps(request: nil, job: nil, day: 100)
    private static let job = SpendingCaps(request: nil, job: 100, day: nil)

    static let reserving: [LedgerConformance] = [
        LedgerConformance("what is reserved is kept, with an id of its own") { ledger in
            let first = try await ledger.reserved(asking(60))
            let second = try await ledger.reserved(asking(70, for: .job(id: 3, run: 9), at: 5.000_4))
            #expect(first.id != second.id && first.id > 0)
            #expect(second.at == at(5) && second.state == .reserved && second.usage.isEstimated)
            #expect(second.purpose == .job(id: 3, run: 9) && second.usage.cost == 70)
            #expect(try await ledger.spending(since: start) == [first, second])
            #expect(try await ledger.spending(since: at(5)) == [second])
        },
        LedgerConformance("what is reserved and what is settled counts against the day") { ledger in
            _ = try await ledger.reserved(asking(40), day)
            let second = try await ledger.reserved(asking(40), day)
            try await ledger.settle(id: second.id, model: "openai:x", usage: used(30))
            _ = try await ledger.reserved(asking(30), day)
            let refusal = SpendingRefusal(.day, asked: 1, spent: 100, limit: 100)
            try await ledger.expectRefused(asking(1), day, refusal)
            _ = try await ledger.reserved(asking(0), day)
        },
        LedgerConformance("a job's cap counts that job alone, the conversation has none") { ledger in
            _ = try await ledger.reserved(asking(90, for: .job(id: 1, run: 1)), job)
            let refusal = SpendingRefusal(.job, asked: 20, spent: 90, limit: 100)
            try await ledger.expectRefused(asking(20, for: .job(id: 1, run: 2)), job, refusal)
            _ = try await ledger.reserved(asking(20, for: .job(id: 2, run: nil)), job)
            _ = try await ledger.reserved(asking(900), job)
        },
        LedgerConformance("a request's cap needs no history") { ledger in
            let caps = SpendingCaps(request: 50, job: nil, day: nil)
            let refusal = SpendingRefusal(.request, asked: 51, spent: 0, limit: 50)
            try await ledger.expectRefused(asking(51), caps, refusal)
            _ = try await ledger.reserved(asking(50), caps)
        },
        LedgerConformance("what was asked before the day began does not count") { ledger in
            _ = try await ledger.reserved(asking(90, at: -1), day)
            _ = try await ledger.reserved(asking(90, at: 0), day)
            let refusal = SpendingRefusal(.day, asked: 20, spent: 90, limit: 100)
            try await ledger.expectRefused(asking(20, at: 1), day, refusal)
        },
        LedgerConformance("sixteen that reserve at once never come above the cap") { ledger in
            let allowed = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<16 {
                    group.addTask {
                        let spending = asking(15, for: number % 2 == 0 ? .request : .job(id: 1, run: nil))
                        return (try? await ledger.reserved(spending, day)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(allowed == 6)
            let kept = try await ledger.spending(since: start)
            #expect(kept.map(\.usage.cost) == Array(repeating: 15, count: 6))
        },
    ]

    static let settling: [LedgerConformance] = [
        LedgerConformance("what was used replaces what was reserved") { ledger in
            var spending = try await ledger.reserved(asking(60))
            try await ledger.settle(id: spending.id, model: "openai:y", usage: used(7))
            (spending.model, spending.usage, spending.state) = ("openai:y", used(7), .settled)
            #expect(try await ledger.spending(since: start) == [spending])
            // It is over: nothing changes it again.
            try await ledger.settle(id: spending.id, model: "openai:z", usage: used(1))
            try await ledger.release(spending.id)
            #expect(try await ledger.spending(since: start) == [spending])
        },
        LedgerConformance("what cost more than was reserved counts in full") { ledger in
            let spending = try await ledger.reserved(asking(60), day)
            try await ledger.settle(id: spending.id, model: "openai:x", usage: used(130, isEstimated: true))
            let refusal = SpendingRefusal(.day, asked: 1, spent: 130, limit: 100)
            try await ledger.expectRefused(asking(1), day, refusal)
        },
        LedgerConformance("what was released costs nothing, and makes room") { ledger in
            let spending = try await ledger.reserved(asking(90), day)
            try await ledger.release(spending.id)
            let kept = try #require(await ledger.spending(since: start).first)
            #expect(kept.state == .released && kept.usage == .none && kept.model == "openai:x")
            _ = try await ledger.reserved(asking(90), day)
        },
        LedgerConformance("an id that does not exist is passed over") { ledger in
            try await ledger.settle(id: 99, model: "openai:x", usage: used(1))
            try await ledger.release(99)
            #expect(try await ledger.spending(since: .distantPast).isEmpty)
        },
        LedgerConformance("old rows are deleted, but never those of today and yesterday") { ledger in
            let days: [Double] = [0, 3, 6.5, 8]
            for day in days { _ = try await ledger.reserved(asking(1, at: day * 86_400)) }
            while try await ledger.prune(Retention(age: 60), at: at(8 * 86_400)) > 0 {}
            #expect(try await ledger.spending(since: .distantPast).map(\.at) == [at(6.5 * 86_400), at(8 * 86_400)])
        },
    ]

    static let answers: [LedgerConformance] = [
        LedgerConformance("an answer that was kept is given again for nothing") { ledger in
            let answer = ModelAnswer(text: "{}", inputTokens: 90, outputTokens: 14, model: "openai:y")
            try await ledger.keep(answer, forKey: "a", at: at(10))
            let again = try await ledger.answer(forKey: "a", keptSince: at(10))
            #expect(
                again
                    == ModelAnswer(
                        text: "{}", inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, model: "openai:y",
                        keptAt: at(10)))
            #expect(try await ledger.answer(forKey: "b", keptSince: at(0)) == nil)
            #expect(try await ledger.answer(forKey: "a", keptSince: at(11)) == nil)
            #expect(try await ledger.spending(since: .distantPast).isEmpty)
        },
        LedgerConformance("the latest answer is the one that is kept") { ledger in
            try await ledger.keep(ModelAnswer(text: "old", model: "m"), forKey: "a", at: at(10))
            try await ledger.keep(ModelAnswer(text: "new"), forKey: "a", at: at(20))
            let again = try await ledger.answer(forKey: "a", keptSince: at(15))
            #expect(again?.text == "new" && again?.model == nil)
        },
        LedgerConformance("answers older than a month are forgotten") { ledger in
            try await ledger.keep(ModelAnswer(text: "old"), forKey: "a", at: start)
            try await ledger.keep(ModelAnswer(text: "new"), forKey: "b", at: start + ModelAnswer.lifetime + 1)
            #expect(try await ledger.answer(forKey: "a", keptSince: .distantPast) == nil)
            #expect(try await ledger.answer(forKey: "b", keptSince: .distantPast) != nil)
            _ = try await ledger.prune(Retention(), at: start + 2 * ModelAnswer.lifetime + 2)
            #expect(try await ledger.answer(forKey: "b", keptSince: .distantPast) == nil)
        },
    ]
}
