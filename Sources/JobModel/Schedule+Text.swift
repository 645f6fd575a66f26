import CronExpressions
import Foundation

extension Schedule {
    /// The schedule in English, the zone apart: "Every 2 weeks on Friday at 15:00, until 31 August 2026".
    ///
    /// Read by the schedule language, it gives this schedule again.
    package var text: String { text(countingHolidaysOf: nil) }

    /// The same, with what stands behind the words "holidays": "except on holidays (de.ics, 11 days in 2026)".
    package func text(countingHolidaysOf year: Int?) -> String {
        let parts = [startText, exclusionText(year), boundText, jitter?.text].compactMap(\.self)
        return ([patternText] + parts).joined(separator: ", ")
    }

    private var patternText: String {
        switch pattern {
        case .cron(let expressions): CronExpression.explanation(of: expressions, beforeStart: startsApart)
        case .interval(let seconds, _): Self.intervalText(seconds)
        case .calendar(let step): step.text
        case .once(let dates): "Once on \(dates.map(momentText).englishList())"
        case .startup: "When the scheduler starts"
        }
    }

    /// "except on Mondays and 25 December".
    private func exclusionText(_ year: Int?) -> String? {
        guard !exclusions.isEmpty else { return nil }
        return "except on " + exclusions.flatMap { $0.names(year) }.englishList()
    }

    private var startText: String? {
        guard let start else { return nil }
        return "from \(boundaryText(start, isStart: true))"
    }

    /// "5 times", or "until 31 August 2026".
    private var boundText: String? {
        if let count { return count == 1 ? "1 time" : "\(count) times" }
        return until.map { "until \(boundaryText($0, isStart: false))" }
    }

    /// "Every 6 hours, from 1 June 2026 at 13:00" would count from that time, which is none of the schedule's.
    private var startsApart: Bool {
        guard let start, !isWholeDay(start, isStart: true) else { return false }
        return pattern.next(after: start - 1, in: rules) != start
    }

    // MARK: Moments in the schedule's zone

    private var rules: ZoneRules { (try? ZoneRules.named(zone)) ?? .utc }

    /// "Fri 27 Mar 2026 at 09:00".
    private func momentText(_ date: Date) -> String {
        let local = rules.localComponents(at: date)
        let time = LocalTime(local.hour, local.minute, local.second)
        let weekday = LocalDay.weekdayNames[local.weekday - 1].prefix(3)
        let month = LocalDay.monthNames[local.month - 1].prefix(3)
        return "\(weekday) \(local.day) \(month) \(local.year) at \(time.text)"
    }

    /// The day alone where the moment is its first or last, or its last minute; else the day and the time.
    private func boundaryText(_ date: Date, isStart: Bool) -> String {
        let local = rules.localComponents(at: date)
        let day = "\(local.day) \(LocalDay.monthNames[local.month - 1]) \(local.year)"
        let time = LocalTime(local.hour, local.minute, local.second)
        return isWholeDay(date, isStart: isStart) ? day : "\(day) at \(time.text)"
    }

    private func isWholeDay(_ date: Date, isStart: Bool) -> Bool {
        let local = rules.localComponents(at: date)
        let time = LocalTime(local.hour, local.minute, local.second)
        return isStart ? time == LocalTime(0) : time >= LocalTime(23, 59)
    }

    /// "Every 45 minutes", "Every 2 hours and 30 minutes"; days are hours here, since "every day" is a time of day.
    private static func intervalText(_ seconds: Int) -> String {
        let units = [(3_600, "hour"), (60, "minute"), (1, "second")]
        if seconds == 60 { return "Every 60 seconds" }
        // "36 hours" and "90 minutes" are how people say it; only larger mixtures are split.
        if let (size, name) = units.first(where: { seconds % $0.0 == 0 }), size == 3_600 || seconds / size < 100 {
            let count = seconds / size
            let unit = count == 1 ? name : "\(count) \(name)s"
            return "Every \(unit)" + (keepsToClock(seconds) ? ", by elapsed time" : "")
        }
        return "Every \(mixture(of: units, in: seconds))"
    }

    /// "90 seconds", "2 hours and 30 minutes", "1 day".
    static func duration(_ seconds: Int) -> String {
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
        guard let (size, _) = units.first(where: { seconds % $0.0 == 0 }), seconds / size < 100 else {
            return mixture(of: units, in: seconds)
        }
        return mixture(of: units.filter { $0.0 == size }, in: seconds)
    }

    /// As many as fit of each unit, the larger ones first.
    private static func mixture(of units: [(size: Int, name: String)], in seconds: Int) -> String {
        var rest = seconds
        return units.compactMap { size, name -> String? in
            defer { rest %= size }
            let count = rest / size
            return count == 0 ? nil : "\(count) \(name)\(count == 1 ? "" : "s")"
        }.englishList()
    }

    /// "Every 30 minutes" and "every 2 hours" by themselves are times that the clock shows.
    private static func keepsToClock(_ seconds: Int) -> Bool {
        seconds % 60 == 0 && 3_600 % seconds == 0 || seconds % 3_600 == 0 && 86_400 % seconds == 0 && seconds < 86_400
    }
}

extension CalendarStep {
    /// "Every 2 weeks on Friday at 15:00".
    fileprivate var text: String {
        if unit == .month, every % 12 == 0 { return yearlyText }
        let unitText = every == 1 ? "Every \(unit.rawValue)" : "Every \(every) \(unit.rawValue)s"
        return unitText + dayText + " at " + times.sorted().map(\.text).englishList()
    }

    /// "Every year on 25 December at 09:00".
    private var yearlyText: String {
        let years = every == 12 ? "year" : "\(every / 12) years"
        let day = "\(anchor.day) \(LocalDay.monthNames[anchor.month - 1])"
        return "Every \(years) on \(day) at " + times.sorted().map(\.text).englishList()
    }

    private var dayText: String {
        switch unit {
        case .day: return ""
        case .week:
            let days = weekdays.isEmpty ? [CivilDay.weekday(ofDay: anchor.number)] : weekdays.sorted()
            return " on " + days.map { LocalDay.weekdayNames[$0 - 1] }.englishList()
        case .month:
            let endings = [1: "st", 2: "nd", 3: "rd"]
            let ending = (11...13).contains(anchor.day) ? "th" : endings[anchor.day % 10] ?? "th"
            return " on the \(anchor.day)\(ending)"
        }
    }
}

extension Exclusion {
    /// "Mondays", "25 December", "25 December 2026", "holidays".
    fileprivate func names(_ year: Int?) -> [String] {
        switch self {
        case .weekdays(let days):
            days.filter { (1...7).contains($0) }.map { LocalDay.weekdayNames[$0 - 1] + "s" }
        case .date(let month, let day, let year):
            ["\(day) \(LocalDay.monthNames[(month - 1) % 12])" + (year.map { " \($0)" } ?? "")]
        case .holidays(let calendar): [calendar.spokenName + (year.map { " (\(calendar.summary(of: $0)))" } ?? "")]
        }
    }
}

extension LocalTime {
    /// "09:00", "09:00:30".
    package var text: String {
        ([hour, minute] + (second == 0 ? [] : [second])).map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

extension LocalDay {
    /// English, Monday first.
    package static let weekdayNames = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]

    /// English, January first.
    package static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension [String] {
    /// "a", "a and b", "a, b and c".
    fileprivate func englishList() -> String {
        guard count > 1, let last else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
