import Foundation
import JobModel
import ModelProviders
import Synchronization
import TestSupport
import Testing

/// Gives what a test says, and counts how often it was asked.
private final class AnsweringModel: LanguageModel {
    let name = "openai:x"
    private let answer: Result<ModelAnswer, ModelError>
    private let asked = Mutex(0)

    init(_ answer: Result<ModelAnswer, ModelError>) { self.answer = answer }

    var questions: Int { asked.withLock { $0 } }

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        asked.withLock { $0 += 1 }
        return try answer.get()
    }
}

/// Gives no answer, and says what that may cost.
private struct LosingModel: LanguageModel {
    let name = "openai:x"
    let lost: LostQuestion

    func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer { throw lost.error }
    func completeCounted(_ request: ModelRequest) async throws(LostQuestion) -> ModelAnswer { throw lost }
}

/// A ledger on a disk that is full.
private struct BrokenLedger: SpendingLedger {
    private static let full = StoreError.full(path: "/x")

    func reserve(_: ModelSpending, caps: SpendingCaps, dayStart: Date) async throws -> ModelSpending { throw Self.full }
    func settle(id: Int64, model: String, usage: ModelUsage) async throws { throw Self.full }
    func release(_ id: Int64) async throws { throw Self.full }
    func spending(since moment: Date) async throws -> [ModelSpending] { throw Self.full }
    func tell(_ notice: BudgetNotice) async throws -> Bool { throw Self.full }
    func notices(ofDay dayStart: Date) async throws -> [BudgetNotice] { throw Self.full }
    func answer(forKey key: String, keptSince moment: Date) async throws -> ModelAnswer? { throw Self.full }
    func keep(_ answer: ModelAnswer, forKey key: String, at moment: Date) async throws { throw Self.full }
}

@Suite struct MeteredModelTests {
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)
    private static let told = ModelAnswer(text: "{}", inputTokens: 90, outputTokens: 14)
    /// 3 bytes and 100 tokens: at most 1 + 1000 micro-dollars.
    private static let request = ModelRequest(
        instructions: "S", input: "UU", maximumTokens: 100, purpose: .job(id: 3, run: 9))
    private static let worst = ModelUsage(inputTokens: 1, outputTokens: 100, cost: 1001, isEstimated: true)

    private let time = ManualTimeSource(start)
    private let ledger = InMemoryStore()

    private func metered(
        _ model: any LanguageModel, caps: SpendingCaps = .none, ledger: (any SpendingLedger)? = nil,
        at base: String? = "https://api.example.test/v1"
    ) -> MeteredModel {
        let prices = PriceTable(lines: [.init("openai:x", ModelPrice(input: 1, output: 10))])
        let meter = MeteredModel.Meter(
            ledger: ledger ?? self.ledger, prices: base == nil ? .builtIn : prices, caps: caps,
            now: { [time] in time.now }, dayStart: { _ in Self.start }, digest: { "digest of \($0)" })
        return MeteredModel(model, at: base, meter: meter)
    }

    private func rows() async -> [ModelSpending] { await ledger.spending(since: .distantPast) }

    // MARK: Settling

    @Test func settlesWithWhatWasUsed() async throws {
        #expect(try await metered(AnsweringModel(.success(Self.told))).complete(Self.request) == Self.told)
        let usage = ModelUsage(inputTokens: 90, outputTokens: 14, cost: 230, isEstimated: false)
        #expect(
            await rows() == [
                ModelSpending(
                    id: 1, at: Self.start, model: "openai:x", purpose: .job(id: 3, run: 9), usage: usage,
                    state: .settled)
            ])
    }

    /// Attempts that broke off before the answer came took something too.
    @Test func countsLostAttemptsAsTheMost() async throws {
        var answer = Self.told
        answer.lostAttempts = 2
        _ = try await metered(AnsweringModel(.success(answer))).complete(Self.request)
        #expect(
            await rows().map(\.usage) == [
                ModelUsage(inputTokens: 90, outputTokens: 14, cost: 230 + 2 * 1001, isEstimated: true)
            ])
    }

    @Test func countsUnknownUsageAsTheMost() async throws {
        _ = try await metered(AnsweringModel(.success(ModelAnswer(text: "{}")))).complete(Self.request)
        #expect(await rows().map(\.usage) == [Self.worst])
    }

    /// A price that nobody stated is the highest, and so is that of whoever answered instead.
    @Test func countsUnknownPricesAsTheMost() async throws {
        var answer = Self.told
        answer.model = "openai:other"
        _ = try await metered(AnsweringModel(.success(answer))).complete(Self.request)
        #expect(await rows().map(\.model) == ["openai:other"])
        #expect(await rows().map(\.usage.cost) == [90 * 15 + 14 * 75])
        _ = try await metered(AnsweringModel(.success(Self.told)), at: nil).complete(Self.request)
        #expect(await rows().last?.usage.cost == 90 * 15 + 14 * 75)
    }

    @Test(arguments: [
        ModelError.unauthorized("no"), .unreachable("refused"), .rateLimited(retryAfter: nil),
        .rejected(status: 400, message: "bad"), .rejected(status: 429, message: "credit"),
    ])
    func releasesWhatCertainlyCostNothing(_ error: ModelError) async {
        await #expect(throws: error) { try await metered(AnsweringModel(.failure(error))).complete(Self.request) }
        #expect(await rows().map(\.state) == [.released])
        #expect(await rows().map(\.usage.cost) == [0])
    }

    @Test(arguments: [
        ModelError.timedOut(30), .incomplete("cut"), .malformed("nonsense"), .refused("no"), .cancelled,
        .rejected(status: 500, message: "oops"), .rejected(status: 302, message: "elsewhere"),
    ])
    func keepsTheMostOfWhatMayHaveCost(_ error: ModelError) async {
        await #expect(throws: error) { try await metered(AnsweringModel(.failure(error))).complete(Self.request) }
        #expect(await rows().map(\.state) == [.settled])
        #expect(await rows().map(\.usage) == [Self.worst])
    }

    /// What had begun may be charged, whatever ended it; one attempt that had not begun and cost nothing is free.
    @Test(
        arguments: [
            (LostQuestion(.rejected(status: 400, message: "bad"), chargeable: 1), 1001),
            (LostQuestion(.rateLimited(retryAfter: nil), chargeable: 3), 3 * 1001),
            (LostQuestion(.rejected(status: 400, message: "bad")), 0), (LostQuestion(.timedOut(30)), 1001),
        ] as [(LostQuestion, Int64)])
    func countsWhatMayBeCharged(_ lost: LostQuestion, _ cost: Int64) async {
        await #expect(throws: lost.error) { try await metered(LosingModel(lost: lost)).complete(Self.request) }
        #expect(await rows().map(\.usage.cost) == [cost])
        #expect(await rows().map(\.state) == [cost > 0 ? .settled : .released])
    }

    // MARK: Caps

    @Test func tellsOfACapOnceADay() async {
        let metered = metered(
            AnsweringModel(.success(Self.told)), caps: SpendingCaps(request: nil, job: nil, day: 0))
        for isTold in [false, true, true] {
            await #expect(
                throws: ModelError.overBudget("the day's budget of $0.00 is used up ($0.00 so far)", isTold: isTold)
            ) {
                try await metered.complete(Self.request)
            }
        }
    }

    @Test func tellsOfARequestsCapEachTime() async {
        let metered = metered(
            AnsweringModel(.success(Self.told)), caps: SpendingCaps(request: 1, job: nil, day: nil))
        let sentence = "it could cost $0.0010, more than the budget of $0.0001 for one request"
        for _ in 0..<2 {
            await #expect(throws: ModelError.overBudget(sentence)) { try await metered.complete(Self.request) }
        }
    }

    @Test func asksNothingAboveTheBudget() async throws {
        let model = AnsweringModel(.success(ModelAnswer(text: "{}")))
        let metered = metered(model, caps: SpendingCaps(request: nil, job: nil, day: 2500))
        for _ in 0..<2 { _ = try await metered.complete(Self.request) }
        let sentence = "the day's budget of $0.0025 leaves no room for it ($0.0020 so far, and it could cost $0.0010)"
        await #expect(throws: ModelError.overBudget(sentence)) { try await metered.complete(Self.request) }
        #expect(model.questions == 2)
        #expect(await rows().count == 2)
    }

    @Test func asksServersOnThisMachineWhateverIsLeft() async throws {
        let model = AnsweringModel(.success(Self.told))
        let meter = MeteredModel.Meter(
            ledger: ledger, prices: .builtIn, caps: SpendingCaps(request: 0, job: 0, day: 0), now: { Self.start },
            dayStart: { _ in Self.start }, digest: { $0 })
        _ = try await MeteredModel(model, at: "http://127.0.0.1:8080/v1", meter: meter).complete(Self.request)
        #expect(await rows().map(\.usage.cost) == [0])
        #expect(await rows().map(\.usage.inputTokens) == [90])
    }

    @Test func asksNothingThatCannotBeCounted() async {
        let model = AnsweringModel(.success(Self.told))
        let sentence =
            "the budget cannot be looked up: The disk that holds /x is full; nothing was written. "
            + "Free some space, and the work goes on."
        await #expect(throws: ModelError.overBudget(sentence)) {
            try await metered(model, ledger: BrokenLedger()).complete(Self.request)
        }
        #expect(model.questions == 0)
    }

    @Test func sixteenAtOnceKeepToTheBudget() async {
        let model = AnsweringModel(.success(ModelAnswer(text: "{}")))
        let metered = metered(model, caps: SpendingCaps(request: nil, job: nil, day: 5005))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 { group.addTask { _ = try? await metered.complete(Self.request) } }
        }
        #expect(model.questions == 5)
        #expect(await rows().reduce(0) { $0 + $1.usage.cost } == 5005)
    }

    // MARK: Answers that are given again

    private static let reusable: ModelRequest = {
        var request = Self.request
        request.mayReuseFor = ModelAnswer.lifetime
        return request
    }()

    @Test func givesAKeptAnswerForAMonth() async throws {
        let model = AnsweringModel(.success(Self.told))
        let metered = metered(model, caps: SpendingCaps(request: nil, job: nil, day: 1001))
        #expect(try await metered.complete(Self.reusable) == Self.told)
        time.set(Self.start + ModelAnswer.lifetime)
        #expect(try await metered.complete(Self.reusable).text == "{}")
        #expect(model.questions == 1)
        #expect(await rows().count == 1)
        time.set(Self.start + ModelAnswer.lifetime + 1)
        await #expect(throws: ModelError.self) { try await metered.complete(Self.reusable) }
    }

    @Test(
        arguments: [
            { $0.mayReuseFor = nil }, { $0.input = "U" }, { $0.instructions = "SU" }, { $0.schema = ["a": 1] },
            { $0.tier = .fast }, { $0.maximumTokens = 99 }, { ($0.instructions, $0.input) = ("SU", "U") },
        ] as [@Sendable (inout ModelRequest) -> Void])
    func asksAgainWhatIsAnotherQuestion(_ change: @Sendable (inout ModelRequest) -> Void) async throws {
        let model = AnsweringModel(.success(Self.told))
        var other = Self.reusable
        change(&other)
        _ = try await metered(model).complete(Self.reusable)
        _ = try await metered(model).complete(other)
        #expect(model.questions == 2)
    }

    /// What is drawn anew for each call makes no other question.
    @Test func comparesWhatIsTheSameForEachCall() async throws {
        let model = AnsweringModel(.success(Self.told))
        for (mark, same) in [("x", "a"), ("y", "a"), ("y", "b")] {
            var request = Self.reusable
            (request.instructions, request.sameness) = (mark, same)
            _ = try await metered(model).complete(request)
        }
        #expect(model.questions == 2)
    }

    /// The span counts from when the answer was given, and giving it again does not make it younger.
    @Test func givesAKeptAnswerNoLongerThanIsAllowed() async throws {
        let model = AnsweringModel(.success(Self.told))
        let metered = metered(model)
        var request = Self.reusable
        request.mayReuseFor = 3600
        for (seconds, questions, keptAt) in [(0.0, 1, nil), (3600, 1, Self.start), (3601, 2, nil)] {
            time.set(Self.start + seconds)
            #expect(try await metered.complete(request).keptAt == keptAt)
            #expect(model.questions == questions)
        }
        #expect(await rows().count == 2)
    }

    @Test func keepsNoAnswerThatSaysNothing() async throws {
        let model = AnsweringModel(.success(ModelAnswer(text: " \n", inputTokens: 9, outputTokens: 1)))
        for _ in 0..<2 { _ = try await metered(model).complete(Self.reusable) }
        #expect(model.questions == 2)
    }

    @Test func keepsNoFailures() async throws {
        let model = AnsweringModel(.failure(.incomplete("cut")))
        for _ in 0..<2 { _ = try? await metered(model).complete(Self.reusable) }
        #expect(model.questions == 2)
    }
}
