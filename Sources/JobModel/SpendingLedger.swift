import Foundation

/// Who keeps what models cost, for all processes that ask them.
package protocol SpendingLedger: Sendable {
    /// Keeps `spending` as reserved where `caps` allow it, together with all that was spent and reserved since
    /// `dayStart`; returns it with its id.
    ///
    /// Checked and kept at once: reservations of several processes never come above a cap together. Throws
    /// `SpendingRefusal` where a cap stands in the way; nothing is kept then.
    func reserve(
        _ spending: ModelSpending, caps: SpendingCaps, dayStart: Date
    ) async throws -> ModelSpending

    /// Replaces what was reserved by what was used. Does nothing for what is not reserved any more.
    func settle(id: Int64, model: String, usage: ModelUsage) async throws

    /// It cost nothing. Does nothing for what is not reserved any more.
    func release(_ id: Int64) async throws

    /// Everything that was asked at `moment` or later, earliest first.
    func spending(since moment: Date) async throws -> [ModelSpending]

    /// Keeps that a cap was met, for good; whether it is the first time in its day.
    func tell(_ notice: BudgetNotice) async throws -> Bool

    /// The caps that were met in the day that began at `dayStart`, by name.
    func notices(ofDay dayStart: Date) async throws -> [BudgetNotice]

    /// The answer that was kept under `key` at `moment` or later; it uses no tokens when it is given again,
    /// and says when it was kept.
    func answer(forKey key: String, keptSince moment: Date) async throws -> ModelAnswer?

    /// Keeps the text of `answer` and who gave it, and forgets answers that are too old to be given again.
    func keep(_ answer: ModelAnswer, forKey key: String, at moment: Date) async throws
}

extension ModelAnswer {
    /// Seconds for which an answer may be given again at most.
    package static let lifetime: TimeInterval = 30 * 86_400

    /// As it is given again.
    package static func kept(_ text: String, model: String?, at moment: Date) -> ModelAnswer {
        ModelAnswer(
            text: text, inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, model: model, keptAt: moment)
    }
}

extension Retention {
    /// What was spent since is kept, however short the retention is: the caps of a day need it.
    package static let shortestSpending: TimeInterval = 2 * 86_400
}
