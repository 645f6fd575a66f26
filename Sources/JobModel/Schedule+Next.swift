import CronExpressions
import Foundation

extension Schedule {
    /// Returns the first due moment strictly after `date`, or `nil` when none is left or the zone is unknown.
    ///
    /// Bounds and exclusions are honoured; an exclusion leaves out whole days of the schedule's zone.
    package func next(after date: Date) -> Date? {
        guard let zone = try? ZoneRules.named(zone) else { return nil }
        return due(after: date, in: zone)
    }

    /// At most `limit` due moments strictly after `date`, in order.
    package func occurrences(after date: Date, limit: Int) -> [Date] {
        occurrences(after: date, through: .distantFuture, limit: limit)
    }

    /// At most `limit` due moments strictly after `date` and not after `end`, in order.
    package func occurrences(after date: Date, through end: Date, limit: Int) -> [Date] {
        guard let zone = try? ZoneRules.named(zone) else { return [] }
        var found: [Date] = []
        var last = date
        while found.count < limit, let next = due(after: last, in: zone), next <= end {
            found.append(next)
            last = next
        }
        return found
    }

    /// Returns the last due moment strictly before `date`, or `nil` when there was none or the zone is unknown.
    package func previous(before date: Date) -> Date? {
        guard let zone = try? ZoneRules.named(zone) else { return nil }
        guard let jitter else { return nominal(before: date, in: zone) }
        return delayed(before: date, by: jitter, in: zone)
    }

    private func due(after date: Date, in zone: ZoneRules) -> Date? {
        guard let jitter else { return nominal(after: date, in: zone) }
        return delayed(after: date, by: jitter, in: zone)
    }

    // MARK: Without the random delay

    /// After so many left-out days in a row the exclusions are taken to leave nothing.
    private static let mostSkips = 1_000

    func nominal(before date: Date, in zone: ZoneRules) -> Date? {
        var cursor = date
        if let until { cursor = min(cursor, until + 1) }
        for _ in 0..<Self.mostSkips {
            guard let candidate = pattern.previous(before: cursor, in: zone), candidate >= start ?? candidate else {
                return nil
            }
            if let until, candidate > until {
                cursor = candidate
            } else if !excludes(candidate, in: zone) {
                return candidate
            } else {
                cursor = min(candidate, zone.startOfDay(candidate, plus: 0))
            }
        }
        return nil
    }

    func nominal(after date: Date, in zone: ZoneRules) -> Date? {
        var cursor = date
        if let start { cursor = max(cursor, start - 1) }
        for _ in 0..<Self.mostSkips {
            guard let candidate = pattern.next(after: cursor, in: zone), candidate <= until ?? candidate else {
                return nil
            }
            if let start, candidate < start {
                cursor = candidate
            } else if !excludes(candidate, in: zone) {
                return candidate
            } else {
                cursor = max(candidate, zone.startOfDay(candidate, plus: 1) - 1)
            }
        }
        return nil
    }

    private func excludes(_ date: Date, in zone: ZoneRules) -> Bool {
        guard !exclusions.isEmpty else { return false }
        let local = zone.localComponents(at: date)
        return exclusions.contains { $0.covers(local) }
    }
}

extension Exclusion {
    /// The day is left out.
    func covers(_ local: LocalDateTime) -> Bool {
        switch self {
        case .weekdays(let days): days.contains(local.weekday)
        case .date(let month, let day, let year):
            local.month == month && local.day == day && local.year == year ?? local.year
        case .holidays(let calendar):
            calendar.holiday(on: LocalDay(year: local.year, month: local.month, day: local.day)) != nil
        }
    }
}

extension Schedule.Pattern {
    /// The first moment strictly after `date`, bounds and exclusions apart.
    func next(after date: Date, in zone: ZoneRules) -> Date? {
        switch self {
        case .cron(let expressions): expressions.compactMap { $0.nextOccurrence(after: date, in: zone) }.min()
        case .interval(let seconds, let anchor): Self.tick(seconds, anchor, after: date)
        case .calendar(let step): step.next(after: date, in: zone)
        case .once(let dates): dates.filter { $0 > date }.min()
        case .startup: nil
        }
    }

    /// The last moment strictly before `date`, bounds and exclusions apart.
    func previous(before date: Date, in zone: ZoneRules) -> Date? {
        switch self {
        case .cron(let expressions): expressions.compactMap { $0.previousOccurrence(before: date, in: zone) }.max()
        case .interval(let seconds, let anchor): Self.tick(seconds, anchor, before: date)
        case .calendar(let step): step.previous(before: date, in: zone)
        case .once(let dates): dates.filter { $0 < date }.max()
        case .startup: nil
        }
    }

    /// `anchor + n × seconds` for the least `n` of at least 1 that lies after `date`.
    private static func tick(_ seconds: Int, _ anchor: Date, after date: Date) -> Date? {
        guard seconds > 0 else { return nil }
        let step = TimeInterval(seconds)
        // One less than the quotient says: division may have rounded up to a tick that is still to come.
        var tick = max(1, (date.timeIntervalSince(anchor) / step).rounded(.down))
        while anchor + tick * step <= date { tick += 1 }
        return anchor + tick * step
    }

    private static func tick(_ seconds: Int, _ anchor: Date, before date: Date) -> Date? {
        guard seconds > 0 else { return nil }
        let step = TimeInterval(seconds)
        var tick = (date.timeIntervalSince(anchor) / step).rounded(.up)
        while anchor + tick * step >= date { tick -= 1 }
        return tick >= 1 ? anchor + tick * step : nil
    }
}

extension ZoneRules {
    /// The first instant of the local day of `date`, or of a day some days later.
    func startOfDay(_ date: Date, plus days: Int) -> Date {
        var local = localComponents(at: date)
        (local.day, local.hour, local.minute, local.second) = (local.day + days, 0, 0, 0)
        return instant(of: local)
    }
}
