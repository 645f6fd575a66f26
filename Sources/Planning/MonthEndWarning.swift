import CronExpressions
import JobModel

/// "The 31st of every month": months without that day are skipped, which surprises people.
enum MonthEndWarning {
    static func text(for schedule: Schedule) -> String? {
        guard case .cron(let expressions) = schedule.pattern else { return nil }
        let days = expressions.compactMap { Int($0.text.split(separator: " ").dropFirst(2).first ?? "") }
        let everyMonth = expressions.allSatisfy { $0.text.split(separator: " ").dropFirst(3).first == "*" }
        guard everyMonth, let day = days.first(where: { $0 > 28 }) else { return nil }
        return "Months without a day \(day) are skipped; say \"on the last day of the month\" for the last one."
    }
}
