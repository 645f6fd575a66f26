import CronExpressions
import Foundation
import JobModel
import Planning

/// What models cost.
extension ConversationSession {
    func costs(days: Int) async throws -> Reply {
        let zone = try ZoneRules.named(await situation().zone)
        let start = SpendingDay.start(of: now, daysBack: days, in: zone)
        let spending = try await environment.ledger?.spending(since: start) ?? []
        let names = Dictionary(try await store.jobs().map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        var report = CostReport(
            spending, days: days, names: names, caps: environment.budget, zone: zone, now: now)
        report.notices = try await environment.ledger?.notices(ofDay: SpendingDay.start(of: now, in: zone)) ?? []
        guard try await hasAsked(spending) else {
            let line =
                "No model has been asked yet. The built-in grammar costs nothing; what a model costs will stand here."
            return Reply(lines: [line], records: report.rows)
        }
        return Reply(lines: report.lines, records: report.rows)
    }

    private func hasAsked(_ spending: [ModelSpending]) async throws -> Bool {
        guard spending.isEmpty, let ledger = environment.ledger else { return !spending.isEmpty }
        return try await !ledger.spending(since: .distantPast).isEmpty
    }
}
