import CronExpressions
import Foundation

/// An `@` line: where the clock goes.
enum ClockLine: Hashable {
    /// The next time of day, local: an hour that is past means the next day's.
    case timeOfDay(hour: Int, minute: Int, second: Int)
    case later(TimeInterval)
    case moment(LocalDateTime)
    /// The next thing that is due.
    case next

    init?(parsing text: String) {
        if text == "next" {
            self = .next
        } else if text.hasPrefix("+"), let seconds = Duration.seconds(String(text.dropFirst())) {
            self = .later(seconds)
        } else if let local = Self.local(text) {
            self = .moment(local)
        } else if let time = Self.time(text) {
            self = .timeOfDay(hour: time[0], minute: time[1], second: time[2])
        } else {
            return nil
        }
    }

    /// `2026-03-27T08:55:00` or without seconds.
    static func local(_ text: String) -> LocalDateTime? {
        let parts = text.split(separator: "T")
        guard parts.count == 2, let time = time(String(parts[1])) else { return nil }
        let day = parts[0].split(separator: "-").compactMap { Int($0) }
        guard day.count == 3 else { return nil }
        return LocalDateTime(
            year: day[0], month: day[1], day: day[2], hour: time[0], minute: time[1], second: time[2])
    }

    private static func time(_ text: String) -> [Int]? {
        let fields = text.split(separator: ":").map { Int($0) }
        guard (2...3).contains(fields.count), !fields.contains(nil) else { return nil }
        let numbers = fields.compactMap(\.self) + (fields.count == 2 ? [0] : [])
        guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        return numbers
    }

    /// The moment that is meant, in `zone`, seen from `now`; `nil` for `next`.
    func target(from now: Date, in zone: ZoneRules) -> Date? {
        switch self {
        case .next: return nil
        case .later(let seconds): return now + seconds
        case .moment(let local): return zone.instant(of: local)
        case .timeOfDay(let hour, let minute, let second):
            var local = zone.localComponents(at: now)
            (local.hour, local.minute, local.second) = (hour, minute, second)
            let today = zone.instant(of: local)
            if today > now { return today }
            let noon = now + 86_400
            let tomorrow = zone.localComponents(at: noon)
            local = LocalDateTime(
                year: tomorrow.year, month: tomorrow.month, day: tomorrow.day, hour: hour, minute: minute,
                second: second)
            return zone.instant(of: local)
        }
    }
}
