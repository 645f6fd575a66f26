import Foundation
import JobModel
import Testing

/// Caps that are not money, and what was told of caps.
extension LedgerConformance {
    private static func asking(_ purpose: ModelPurpose, tokens: Int = 150, at seconds: Double = 0) -> ModelSpending {
        let usage = ModelUsage(inputTokens: tokens - 50, outputTokens: 50, cost: 0, isEstimated: true)
        return ModelSpending(at: TestSupport.at(seconds), model: "ollama:x", purpose: purpose, usage: usage)
    }

    private static func caps(calls: CountCaps = .none, tokens: CountCaps = .none) -> SpendingCaps {
        SpendingCaps(request: nil, job: nil, day: nil, calls: calls, tokens: tokens)
    }

    /// The cap that stands against a question; `nil` where it was reserved.
    private static func refused(
        _ purpose: ModelPurpose, _ caps: SpendingCaps, by ledger: any SpendingLedger
    ) async -> SpendingRefusal? {
        do {
            _ = try await ledger.reserve(asking(purpose), caps: caps, dayStart: start)
        } catch {
            return error as? SpendingRefusal
        }
        return nil
    }

    private static func refusal(_ cap: SpendingRefusal.Cap, _ limit: Int64) -> SpendingRefusal {
        SpendingRefusal(cap, of: .calls, asked: 1, spent: limit, limit: limit)
    }

    /// A cap in dollars of the day that began so many seconds after `start`: that of a job, or everybody's.
    private static func notice(_ job: JobID?, _ seconds: Double) throws -> BudgetNotice {
        let refusal = SpendingRefusal(job == nil ? .day : .job, asked: 1, spent: 5, limit: 5)
        let purpose = job.map { ModelPurpose.job(id: $0, run: nil) } ?? .request
        return try #require(BudgetNotice(refusal, of: purpose, dayStart: TestSupport.at(seconds)))
    }

    static let counting: [LedgerConformance] = [
        LedgerConformance("questions are counted by run, job and day, free ones too") { ledger in
            let caps = caps(calls: CountCaps(request: 1, job: 2, day: 3))
            #expect(await refused(.job(id: 1, run: 1), caps, by: ledger) == nil)
            #expect(await refused(.job(id: 1, run: 1), caps, by: ledger) == refusal(.request, 1))
            #expect(await refused(.job(id: 1, run: 2), caps, by: ledger) == nil)
            #expect(await refused(.job(id: 1, run: 3), caps, by: ledger) == refusal(.job, 2))
            #expect(await refused(.request, caps, by: ledger) == nil)
            #expect(await refused(.request, caps, by: ledger) == refusal(.day, 3))
            let kept = try await ledger.spending(since: .distantPast)
            #expect(kept.count == 3)
        },
        LedgerConformance("what was released is no question") { ledger in
            let caps = caps(calls: CountCaps(request: nil, job: nil, day: 1))
            let first = try await ledger.reserve(asking(.request), caps: caps, dayStart: start)
            try await ledger.release(first.id)
            _ = try await ledger.reserve(asking(.request), caps: caps, dayStart: start)
        },
        LedgerConformance("tokens are counted as they may be used, then as they were") { ledger in
            let caps = caps(tokens: CountCaps(request: nil, job: nil, day: 200))
            let first = try await ledger.reserve(asking(.request), caps: caps, dayStart: start)
            let refusal = SpendingRefusal(.day, of: .tokens, asked: 150, spent: 150, limit: 200)
            await #expect(throws: refusal) {
                _ = try await ledger.reserve(asking(.request), caps: caps, dayStart: start)
            }
            let usage = ModelUsage(inputTokens: 30, outputTokens: 20, cost: 0, isEstimated: false)
            try await ledger.settle(id: first.id, model: "ollama:x", usage: usage)
            _ = try await ledger.reserve(asking(.request), caps: caps, dayStart: start)
        },
        LedgerConformance("a cap is told once in its day, and each job's by itself") { ledger in
            let day = 86_400.0
            for (job, moment, isNew) in [
                (nil, 0, true), (nil, 0, false), (3, 0, true), (4, 0, true), (3, 0, false), (nil, day, true),
                (nil, day, false), (3, day, true),
            ] as [(JobID?, Double, Bool)] {
                let told = try await ledger.tell(try notice(job, moment))
                #expect(told == isNew)
            }
            let (first, later) = (try notice(4, 0), [try notice(nil, day), try notice(3, day)])
            let today = try await ledger.notices(ofDay: TestSupport.at(day))
            #expect(today == later)
            let before = try await ledger.notices(ofDay: start)
            #expect(before == [first])
        },
    ]
}
