import CronExpressions
import Foundation
import JobModel

/// A calendar that has run out: its job would run on holidays, and nobody would know why.
enum HolidayWarning {
    static func text(for schedule: Schedule, now: Date) -> String? {
        guard let zone = try? ZoneRules.named(schedule.zone) else { return nil }
        let local = zone.localComponents(at: now)
        let today = LocalDay(year: local.year, month: local.month, day: local.day).number
        for case .holidays(let calendar) in schedule.exclusions {
            let coming = (today...today + 365).lazy.map(LocalDay.init(number:))
            guard !coming.contains(where: { calendar.holiday(on: $0) != nil }) else { continue }
            return "The calendar \(calendar.name) (\(calendar.file)) names no day in the next 12 months: "
                + "bring the file up to date."
        }
        return nil
    }
}
