import Foundation
import JobModel

/// A model whose questions are paid from a budget: each is reserved at the most that it can cost before it is asked,
/// and settled with what it used.
///
/// What cannot be reserved is not asked (`ModelError.overBudget`), also where the ledger itself cannot be reached.
/// Usage that a provider does not tell, or an answer that broke off, stays counted as the most.
package struct MeteredModel: LanguageModel {
    /// Who counts, and by which rules.
    package struct Meter: Sendable {
        package var ledger: any SpendingLedger
        package var prices: PriceTable
        package var caps: SpendingCaps
        package var now: @Sendable () -> Date
        /// When the person's day began that the moment falls into.
        package var dayStart: @Sendable (Date) async -> Date
        /// Hexadecimal digest of a text.
        package var digest: @Sendable (String) -> String

        package init(
            ledger: any SpendingLedger, prices: PriceTable, caps: SpendingCaps, now: @escaping @Sendable () -> Date,
            dayStart: @escaping @Sendable (Date) async -> Date, digest: @escaping @Sendable (String) -> String
        ) {
            self.ledger = ledger
            self.prices = prices
            self.caps = caps
            self.now = now
            self.dayStart = dayStart
            self.digest = digest
        }
    }

    private let model: any LanguageModel
    private let base: String?
    private let meter: Meter
    private let price: ModelPrice

    /// - Parameter base: where the model is served; what runs on this machine is free unless the prices say otherwise.
    package init(_ model: any LanguageModel, at base: String?, meter: Meter) {
        self.model = model
        self.base = base
        self.meter = meter
        price = meter.prices.price(of: model.name, at: base)
    }

    package var name: String { model.name }

    package func complete(_ request: ModelRequest) async throws(ModelError) -> ModelAnswer {
        let key = request.mayReuseFor == nil ? nil : key(of: request)
        if let key, let kept = await keptAnswer(key, for: request.mayReuseFor) { return kept }
        let reserved = try await reserve(request)
        let answer: ModelAnswer
        do throws(LostQuestion) {
            answer = try await model.completeCounted(request)
        } catch {
            await close(reserved, after: error)
            throw error.error
        }
        await settle(reserved, with: answer)
        // An answer that cannot be kept is asked for again, and so is one that says nothing.
        if let key, !answer.text.allSatisfy(\.isWhitespace) {
            try? await meter.ledger.keep(answer, forKey: key, at: meter.now())
        }
        return answer
    }

    // MARK: Before

    private func reserve(_ request: ModelRequest) async throws(ModelError) -> ModelSpending {
        let now = meter.now()
        let dayStart = await meter.dayStart(now)
        let spending = ModelSpending(
            at: now, model: name, purpose: request.purpose, usage: .worst(of: request, price: price))
        do {
            return try await meter.ledger.reserve(spending, caps: meter.caps, dayStart: dayStart)
        } catch let refusal as SpendingRefusal {
            let notice = BudgetNotice(refusal, of: request.purpose, dayStart: dayStart)
            throw .overBudget(refusal.message, isTold: await isTold(notice))
        } catch {
            throw .overBudget("the budget cannot be looked up: \((error as? StoreError)?.message ?? "\(error)")")
        }
    }

    /// What cannot be looked up is told again.
    private func isTold(_ notice: BudgetNotice?) async -> Bool {
        guard let notice, let isNew = try? await meter.ledger.tell(notice) else { return false }
        return !isNew
    }

    // MARK: After

    // Where these writes fail, the reservation stays and counts as the most that the question can have cost.

    private func settle(_ reserved: ModelSpending, with answer: ModelAnswer) async {
        let answered = answer.model ?? name
        let price = answered == name ? price : meter.prices.price(of: answered)
        let usage = ModelUsage.real(answer, worst: reserved.usage, price: price)
        try? await meter.ledger.settle(id: reserved.id, model: answered, usage: usage)
    }

    /// Every attempt that may be charged counts as the most.
    private func close(_ reserved: ModelSpending, after lost: LostQuestion) async {
        guard lost.chargeable > 0 else {
            try? await meter.ledger.release(reserved.id)
            return
        }
        var usage = reserved.usage
        usage.cost *= Int64(lost.chargeable)
        try? await meter.ledger.settle(id: reserved.id, model: name, usage: usage)
    }

    // MARK: Answers that are given again

    /// A list, so that no two questions have the same text.
    private func key(of request: ModelRequest) -> String {
        let words = request.sameness.map { [$0] } ?? [request.instructions, request.input]
        let parts: [JSONValue] = [
            .string(base.map { "\(name)@\($0)" } ?? name), .array(words.map(JSONValue.string)),
            request.schema ?? .null, .string(request.tier.rawValue), .number(Double(request.maximumTokens)),
        ]
        return meter.digest(JSONValue.array(parts).compactText)
    }

    /// - Parameter span: seconds; no answer is given again for longer than it is kept.
    private func keptAnswer(_ key: String, for span: TimeInterval?) async -> ModelAnswer? {
        let oldest = meter.now() - min(span ?? 0, ModelAnswer.lifetime)
        return (try? await meter.ledger.answer(forKey: key, keptSince: oldest)) ?? nil
    }
}
