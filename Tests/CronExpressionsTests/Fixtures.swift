import CronExpressions
import Foundation

/// An instant as RFC 3339 writes it; a text that is none stops the test.
func instant(_ text: String) -> Date {
    guard let date = try? Date(text, strategy: .iso8601) else { preconditionFailure("\(text) is no instant") }
    return date
}

/// The first `count` occurrences after `start`.
func occurrences(_ cron: CronExpression, after start: Date, in zone: ZoneRules, count: Int) -> [Date] {
    var found: [Date] = []
    while found.count < count, let next = cron.nextOccurrence(after: found.last ?? start, in: zone) {
        found.append(next)
    }
    return found
}
