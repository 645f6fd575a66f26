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

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
