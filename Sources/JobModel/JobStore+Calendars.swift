import Foundation

extension JobStore {
    /// Brings what jobs keep of these calendars up to what their files say now, and returns the jobs that this changed.
    ///
    /// A calendar is found by its name. Drafts are left alone: what a person approves is what was shown.
    package func refresh(_ calendars: [HolidayCalendar], at: Date) async throws -> [Job] {
        guard !calendars.isEmpty else { return [] }
        let byName = Dictionary(calendars.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        var changed: [Job] = []
        for job in try await jobs() where job.status != .draft {
            let triggers = job.triggers.compactMap { $0.refreshed(from: byName) }
            guard !triggers.isEmpty else { continue }
            try await amend(triggers, of: job.id, at: at)
            changed.append(job)
        }
        return changed
    }
}

extension Trigger {
    /// The trigger with the calendars as they are now; `nil` where nothing is different.
    fileprivate func refreshed(from calendars: [String: HolidayCalendar]) -> Trigger? {
        guard case .schedule(var schedule) = kind else { return nil }
        schedule.exclusions = schedule.exclusions.map { exclusion in
            guard case .holidays(let known) = exclusion, let calendar = calendars[known.name] else { return exclusion }
            return .holidays(calendar)
        }
        let refreshed = Trigger(id: id, .schedule(schedule))
        return refreshed == self ? nil : refreshed
    }
}

extension Job {
    /// The names of the calendars whose days its schedules leave out.
    package var calendarNames: Set<String> {
        Set(
            schedules.flatMap(\.exclusions).compactMap { exclusion in
                guard case .holidays(let calendar) = exclusion else { return nil }
                return calendar.name
            })
    }
}
