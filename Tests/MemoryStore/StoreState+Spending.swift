import Foundation
import JobModel

extension StoreState {
    struct KeptAnswer {
        let answer: ModelAnswer
        let at: Date
    }

    mutating func reserve(
        _ request: ModelSpending, caps: SpendingCaps, dayStart: Date
    ) throws(SpendingRefusal) -> ModelSpending {
        let today = spending.filter { $0.at >= dayStart.rounded }
        let purpose = request.purpose
        let soFar = SpendingSoFar(
            run: purpose.run.map { run in SpendingTally(spending.filter { $0.purpose.run == run }) },
            job: purpose.job.map { job in SpendingTally(today.filter { $0.purpose.job == job }) },
            day: SpendingTally(today))
        if let refusal = caps.refusal(of: request.usage, after: soFar) { throw refusal }
        var stored = request
        lastSpending += 1
        (stored.id, stored.at, stored.state) = (lastSpending, request.at.rounded, .reserved)
        stored.usage.isEstimated = true
        spending.append(stored)
        return stored
    }

    mutating func close(_ id: Int64, model: String?, usage: ModelUsage, state: ModelSpending.State) {
        guard let index = spending.firstIndex(where: { $0.id == id && $0.state == .reserved }) else { return }
        spending[index].model = model ?? spending[index].model
        (spending[index].usage, spending[index].state) = (usage, state)
    }

    func spending(since moment: Date) -> [ModelSpending] {
        spending.filter { $0.at >= moment.rounded }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    // MARK: Notices

    mutating func tell(_ notice: BudgetNotice) -> Bool {
        let old = remembered[notice.name].flatMap { BudgetNotice(name: notice.name, value: $0) }
        if let old, old.isSame(as: notice) { return false }
        remembered[notice.name] = notice.value
        return true
    }

    func notices(ofDay dayStart: Date) -> [BudgetNotice] {
        remembered.sorted { $0.key < $1.key }.compactMap { BudgetNotice(name: $0.key, value: $0.value) }
            .filter { $0.day == dayStart.rounded }
    }

    // MARK: Answers

    func answer(_ key: String, keptSince moment: Date) -> ModelAnswer? {
        answers[key].flatMap { $0.at >= moment.rounded ? $0.answer : nil }
    }

    mutating func keep(_ answer: ModelAnswer, as key: String, at moment: Date) {
        forgetAnswers(before: moment - ModelAnswer.lifetime)
        answers[key] = KeptAnswer(
            answer: .kept(answer.text, model: answer.model, at: moment.rounded), at: moment.rounded)
    }

    private mutating func forgetAnswers(before moment: Date) {
        answers = answers.filter { $0.value.at >= moment.rounded }
    }

    // MARK: Retention

    mutating func pruneSpending(before cutoff: Date, at: Date, limit: Int) -> Int {
        forgetAnswers(before: at - ModelAnswer.lifetime)
        let latest = min(cutoff, (at - Retention.shortestSpending).rounded)
        let old = Set(spending.filter { $0.at < latest }.prefix(limit).map(\.id))
        spending.removeAll { old.contains($0.id) }
        return old.count
    }
}

extension InMemoryStore: SpendingLedger {
    package func reserve(_ spending: ModelSpending, caps: SpendingCaps, dayStart: Date) throws -> ModelSpending {
        try state.reserve(spending, caps: caps, dayStart: dayStart)
    }

    package func settle(id: Int64, model: String, usage: ModelUsage) {
        state.close(id, model: model, usage: usage, state: .settled)
    }

    package func release(_ id: Int64) { state.close(id, model: nil, usage: .none, state: .released) }

    package func spending(since moment: Date) -> [ModelSpending] { state.spending(since: moment) }

    package func tell(_ notice: BudgetNotice) -> Bool { state.tell(notice) }

    package func notices(ofDay dayStart: Date) -> [BudgetNotice] { state.notices(ofDay: dayStart) }

    package func answer(forKey key: String, keptSince moment: Date) -> ModelAnswer? {
        state.answer(key, keptSince: moment)
    }

    package func keep(_ answer: ModelAnswer, forKey key: String, at moment: Date) {
        state.keep(answer, as: key, at: moment)
    }
}
