import CronExpressions
import Foundation

extension Schedule {
    /// How it comes round.
    package enum Kind: String, Codable, Sendable {
        /// At wall-clock times.
        case recurring
        /// By elapsed time.
        case interval
        case once
        /// By something that happens, not by the clock.
        case event
    }

    package var kind: Kind {
        switch pattern {
        case .cron(let expressions): expressions.allSatisfy(\.isReboot) ? .event : .recurring
        case .calendar: .recurring
        case .interval: .interval
        case .once: .once
        case .startup: .event
        }
    }

    /// Seconds between neighbouring occurrences as they typically are; `nil` where there is at most one.
    ///
    /// Of uneven distances the one in the middle counts: "every weekday" comes a day apart, whatever the weekend.
    package var period: TimeInterval? {
        if case .interval(let seconds, _) = pattern { return TimeInterval(seconds) }
        let distances = Self.distances(of: sample)
        return distances.isEmpty ? nil : distances.sorted()[(distances.count - 1) / 2]
    }

    /// What the pattern gives without bounds, exclusions, delays and clock changes.
    private var sample: [Date] {
        if case .once(let dates) = pattern { return dates.sorted() }
        var free = self
        (free.zone, free.start, free.until, free.exclusions, free.jitter) = ("UTC", nil, nil, [], nil)
        return free.occurrences(after: start ?? Self.sampleStart, limit: 32)
    }

    /// Any fixed moment will do; this one is a Monday far from clock changes.
    private static let sampleStart = Date(timeIntervalSince1970: 1_767_571_200)

    private static func distances(of dates: [Date]) -> [TimeInterval] {
        zip(dates, dates.dropFirst()).map { $1.timeIntervalSince($0) }
    }
}
